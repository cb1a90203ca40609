import { z } from 'zod'
import type { ProblemCode } from '#schema/problem'
import { instantOfWall } from '../offers/wall.ts'
import { childOf, childrenOf, readXml, type XmlElement } from '../outside/xml.ts'
import { withoutNumbers } from '../payouts/mask.ts'
import { paymentIdOf } from './pain-001.ts'

/**
 * The bank's answer to a file: ISO 20022 `pain.002.001.10`, CustomerPaymentStatusReport. A status
 * of the whole group or of the payment information holds for every transaction that has none of its
 * own (usage rules of GrpSts and PmtInfSts). It is hostile until it is shown to be about our file.
 */
const NAMESPACE = 'urn:iso:std:iso:20022:tech:xsd:pain.002.001.10'
const ANSWERS_MAX = 10_000

/** What the bank says of one transaction, in its own words. */
export type BankAnswer = {
  readonly key: string
  readonly status: string
  /** As written, `104.00`; null where the report does not repeat it. */
  readonly amount: string | null
  readonly currency: string | null
  /** Code of the refusal, `AC04`. */
  readonly reason: string | null
  /** Said of this transfer itself, or of the group that it came in. */
  readonly scope: AnswerScope
}

type AnswerScope = 'transfer' | 'group'

export type StatusReport = {
  readonly messageId: string
  /** Of the file that it answers. */
  readonly fileMessageId: string
  /** When the bank made it, UTC. */
  readonly saidAt: string
  /** Holds for every transaction of the file that is not among the answers. */
  readonly others: Pick<BankAnswer, 'status' | 'reason'> | null
  readonly answers: readonly BankAnswer[]
}

type Unread = { readonly wrong: ProblemCode }

const Id = z.string().regex(/^[A-Za-z0-9/?:().,'+ -]{1,35}$/)
const Status = z.string().regex(/^[A-Z]{4}$/)

/** ISO date and time; without a zone it is the bank's own wall clock. */
const Moment = z.union([z.iso.datetime({ offset: true }), z.iso.datetime({ local: true })])

/** Reads a report of a bank whose clocks show the time of a zone, `Asia/Almaty`. */
export function readStatusReport(text: string, timeZone: string): StatusReport | Unread {
  const root = readXml(text)
  if (root === null) return { wrong: 'bank_report_unreadable' }
  if (root.name !== 'Document' || root.namespace !== NAMESPACE) {
    const isIso = root.namespace.startsWith('urn:iso:std:iso:20022:')
    return { wrong: isIso ? 'bank_report_wrong_type' : 'bank_report_unreadable' }
  }
  const report = childOf(root, 'CstmrPmtStsRpt')
  return reportOf(report, timeZone) ?? { wrong: 'bank_report_unreadable' }
}

function reportOf(report: XmlElement | null, timeZone: string): StatusReport | Unread | null {
  const original = childOf(report, 'OrgnlGrpInfAndSts')
  const messageId = Id.safeParse(textOf(report, 'GrpHdr', 'MsgId'))
  const saidAt = Moment.safeParse(textOf(report, 'GrpHdr', 'CreDtTm'))
  const fileMessageId = Id.safeParse(textOf(original, 'OrgnlMsgId'))
  if (!messageId.success || !saidAt.success || !fileMessageId.success) return null
  if (!textOf(original, 'OrgnlMsgNmId')?.startsWith('pain.001')) return null
  const payments = childrenOf(report, 'OrgnlPmtInfAndSts')
  const ours = payments.filter(
    (payment) => textOf(payment, 'OrgnlPmtInfId') === paymentIdOf(fileMessageId.data),
  )
  // A status of something that the file does not have is about no file of ours.
  if (payments.length > 1 || ours.length < payments.length) {
    return { wrong: 'bank_report_of_other_file' }
  }
  const [payment = null] = ours
  const others = statusOf(payment, 'PmtInfSts') ?? statusOf(original, 'GrpSts')
  const answers = answersOf(childrenOf(payment, 'TxInfAndSts'), others)
  if (answers === null || (others === null && answers.length === 0)) return null
  return {
    messageId: messageId.data,
    fileMessageId: fileMessageId.data,
    saidAt: instantOf(saidAt.data, timeZone),
    others: others?.status === PARTLY ? null : others,
    answers,
  }
}

/** Null when one of them cannot be read, or when a transfer is named twice. */
function answersOf(
  transactions: readonly XmlElement[],
  others: StatusReport['others'],
): BankAnswer[] | null {
  if (transactions.length > ANSWERS_MAX) return null
  const answers = transactions
    .map(answerOf)
    .filter((answer) => answer !== null)
    .map((answer) => repeated(answer, others))
  const keys = new Set(answers.map(({ key }) => key))
  return keys.size < transactions.length ? null : answers
}

/** A refusal without a reason of its own only repeats that of its group. */
function repeated(answer: BankAnswer, others: StatusReport['others']): BankAnswer {
  const isOwn = answer.status !== 'RJCT' || answer.reason !== null || others?.status !== 'RJCT'
  return isOwn ? answer : { ...answer, reason: others.reason, scope: 'group' }
}

/** Some of the group are so, and others are not: nothing is said of those that are not named. */
const PARTLY = 'PART'

function instantOf(moment: string, timeZone: string): string {
  if (/(Z|[+-]\d\d:\d\d)$/.test(moment)) return new Date(moment).toISOString()
  const minute = Date.parse(instantOfWall(moment.slice(0, 16), timeZone))
  return new Date(minute + Number(moment.slice(17) || 0) * 1_000).toISOString()
}

function answerOf(transaction: XmlElement): BankAnswer | null {
  const key = Id.safeParse(textOf(transaction, 'OrgnlEndToEndId'))
  const said = statusOf(transaction, 'TxSts')
  if (!key.success || said === null) return null
  const amount = childOf(transaction, 'OrgnlTxRef', 'Amt', 'InstdAmt')
  return {
    key: key.data,
    ...said,
    amount: amount?.text.slice(0, 30) ?? null,
    currency: amount === null ? null : (amount.attributes.Ccy ?? '').slice(0, 10),
    scope: 'transfer',
  }
}

function statusOf(element: XmlElement | null, name: string) {
  const status = Status.safeParse(textOf(element, name))
  if (!status.success) return null
  const reasons = childrenOf(element, 'StsRsnInf').map((information) =>
    reasonOf(textOf(information, 'Rsn', 'Cd') ?? textOf(information, 'Rsn', 'Prtry')),
  )
  return { status: status.data, reason: reasons.find(isDuplicate) ?? reasons[0] ?? null }
}

/**
 * Reasons of a file that the bank knows already (ExternalStatusReason1Code: AM05 duplication, DUPL
 * duplicate payment, DU01–DU05 duplicate message, payment information, transaction, ids).
 */
export const isDuplicate = (reason: string | null): boolean =>
  reason !== null && /^(AM05|DUPL|DU0[1-5])$/.test(reason)

/** Codes only: the bank's additional text carries names and account numbers. */
const reasonOf = (code: string | null) =>
  code !== null && /^[\w .-]{1,35}$/.test(code) ? withoutNumbers(code) : null

const textOf = (element: XmlElement | null, ...names: string[]): string | null =>
  childOf(element, ...names)?.text ?? null
