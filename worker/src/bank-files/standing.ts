import type { BankStanding } from '#schema/bank-file'
import type { CurrencyCode } from '#schema/currency'
import type { ProviderOutcome } from '../payouts/provider.ts'
import { amountText } from './pain-001.ts'
import type { BankAnswer } from './pain-002.ts'

/**
 * What the bank has said of an instruction, taken together; pure. Reports may be brought late,
 * twice and out of order, so the bank's own clock orders them: the latest end that it named counts.
 */
export type SaidAnswer = Omit<BankAnswer, 'key'> & { readonly saidAt: string }

export type Standing = {
  readonly state: BankStanding
  /** The bank's code of a refusal. */
  readonly reason: string | null
  /** Why a person has to look; null when all is well. */
  readonly trouble: string | null
}

type Meaning = 'settled' | 'refused' | 'moving'

/** ISO 20022 external code set ExternalPaymentTransactionStatus1Code; others wait for a person. */
const MEANINGS: Readonly<Record<string, Meaning>> = {
  ACSC: 'settled',
  ACCC: 'settled',
  RJCT: 'refused',
  RCVD: 'moving',
  PDNG: 'moving',
  ACTC: 'moving',
  ACCP: 'moving',
  ACFC: 'moving',
  ACSP: 'moving',
  ACWC: 'moving',
  ACWP: 'moving',
}

type Asked = { readonly amountMinor: number; readonly currency: CurrencyCode }
type Heard = Standing & { readonly endedAt: string | null }

/** Where an instruction that stands in a file is, by all that was ever said of it. */
export function standingOf(asked: Asked, said: readonly SaidAnswer[]): Standing {
  const start: Heard = { state: 'on_its_way', reason: null, trouble: null, endedAt: null }
  const { state, reason, trouble } = said
    .toSorted((one, other) => (one.saidAt < other.saidAt ? -1 : Number(one.saidAt > other.saidAt)))
    .reduce((heard, answer) => hear(heard, answer, asked), start)
  return { state, reason, trouble }
}

function hear(heard: Heard, answer: SaidAnswer, asked: Asked): Heard {
  const wrong = differenceOf(answer, asked)
  if (wrong !== null) return { ...heard, trouble: `MISMATCH: ${wrong}` }
  const meaning = MEANINGS[answer.status]
  if (meaning === undefined) return { ...heard, trouble: `unknown status ${answer.status}` }
  const { state, endedAt } = heard
  if (meaning === 'moving') {
    if (endedAt === null || answer.saidAt === endedAt) return heard
    return { ...heard, trouble: `${answer.status} after an end` }
  }
  if (endedAt === answer.saidAt) {
    // The same word again, unless it is another.
    if (state !== 'on_its_way' && (meaning === 'settled') === (state === 'settled')) return heard
    const trouble = 'the bank says of one moment that it paid and that it did not'
    return { state: 'on_its_way', reason: null, trouble, endedAt }
  }
  if (meaning === 'refused') {
    const hadArrived = state === 'settled' || state === 'returned'
    const reason = answer.reason ?? 'rejected'
    const ended = hadArrived ? 'returned' : 'refused'
    return { state: ended, reason, trouble: null, endedAt: answer.saidAt }
  }
  // Refused, then paid: the money may be the shopper's again already, and the cell has to be told.
  const isNews = state === 'on_its_way' || state === 'settled'
  const trouble = isNews ? null : 'paid after a refusal'
  return { state: 'settled', reason: null, trouble, endedAt: answer.saidAt }
}

function differenceOf({ amount, currency }: SaidAnswer, asked: Asked): string | null {
  if (amount === null) return null
  const expected = amountText(asked.amountMinor, asked.currency)
  if (currency === asked.currency && isSameAmount(amount, expected)) return null
  const given = `${amount} ${currency}`.replace(/[^\w. ]/g, '')
  return `asked ${expected} ${asked.currency}, answered ${given}`
}

/** `104`, `104.0` and `104.00` are one amount; compared as text, because cents are exact there. */
function isSameAmount(one: string, other: string): boolean {
  const whole = (text: string) => text.replace(/(\.\d*?)0+$/, '$1').replace(/\.$/, '')
  return /^\d{1,18}(\.\d{0,5})?$/.test(one) && whole(one) === whole(other)
}

/**
 * What it means for the payout. Without an end a trouble is `unknown`, loud and asked again; with
 * one the end stands, because the latest end is the bank's word.
 */
export function outcomeOf(key: string, { state, reason, trouble }: Standing): ProviderOutcome {
  if (state === 'settled') return { kind: 'succeeded', providerId: key }
  if (state === 'refused' || state === 'returned') {
    return { kind: 'canceled', providerId: key, reason: reason ?? 'rejected' }
  }
  if (trouble !== null) return { kind: 'unknown', detail: trouble }
  return { kind: 'pending', providerId: key }
}
