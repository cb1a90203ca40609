import { z } from 'zod'
import type { ProblemCode } from '#schema/problem'
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
}

export type StatusReport = {
  readonly messageId: string
  /** Of the file that it answers. */
  readonly fileMessageId: string
  /** When the bank made it, UTC. */
  readonly saidAt: string
  /** Holds for every transaction of the file that is not among the answers. */
  readonly others: Omit<BankAnswer, 'key' | 'amount' | 'currency'> | null
  readonly answers: readonly BankAnswer[]
}

type Unread = { readonly wrong: ProblemCode }

const Id = z.string().regex(/^[A-Za-z0-9/?:().,'+ -]{1,35}$/)
const Status = z.string().regex(/^[A-Z]{4}$/)

/** ISO date and time; without a zone it is taken for UTC, as reports of one bank agree anyway. */
const Moment = z.union([z.iso.datetime({ offset: true }), z.iso.datetime({ local: true })])

export function readStatusReport(text: string): StatusReport | Unread {
  const root = readXml(text)
  if (root === null) return { wrong: 'bank_report_unreadable' }
  if (root.name !== 'Document' || root.namespace !== NAMESPACE) {
    const isIso = root.namespace.startsWith('urn:iso:std:iso:20022:')
    return { wrong: isIso ? 'bank_report_wrong_type' : 'bank_report_unreadable' }
  }
  return reportOf(childOf(root, 'CstmrPmtStsRpt')) ?? { wrong: 'bank_report_unreadable' }
}

function reportOf(report: XmlElement | null): StatusReport | Unread | null {
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
  const answers = childrenOf(payment, 'TxInfAndSts').map(answerOf)
  if (answers.length > ANSWERS_MAX || answers.includes(null)) return null
  const others = statusOf(payment, 'PmtInfSts') ?? statusOf(original, 'GrpSts')
  if (others === null && answers.length === 0) return null
  return {
    messageId: messageId.data,
    fileMessageId: fileMessageId.data,
    saidAt: new Date(withZone(saidAt.data)).toISOString(),
    others: others?.status === PARTLY ? null : others,
    answers: answers.filter((answer) => answer !== null),
  }
}

/** Some of the group are so, and others are not: nothing is said of those that are not named. */
const PARTLY = 'PART'

const withZone = (moment: string) => (/(Z|[+-]\d\d:\d\d)$/.test(moment) ? moment : `${moment}Z`)

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
  }
}

function statusOf(element: XmlElement | null, name: string) {
  const status = Status.safeParse(textOf(element, name))
  if (!status.success) return null
  const [information = null] = childrenOf(element, 'StsRsnInf')
  const code = textOf(information, 'Rsn', 'Cd') ?? textOf(information, 'Rsn', 'Prtry')
  return { status: status.data, reason: reasonOf(code) }
}

/** Codes only: the bank's additional text carries names and account numbers. */
const reasonOf = (code: string | null) =>
  code !== null && /^[\w .-]{1,35}$/.test(code) ? withoutNumbers(code) : null

const textOf = (element: XmlElement | null, ...names: string[]): string | null =>
  childOf(element, ...names)?.text ?? null
