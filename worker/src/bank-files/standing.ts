import type { BankStanding } from '#schema/bank-file'
import type { CurrencyCode } from '#schema/currency'
import type { MarketCode } from '#schema/market'
import type { ProviderOutcome } from '../payouts/provider.ts'
import { handInEndsAt } from './hand-in.ts'
import { amountText } from './pain-001.ts'
import { type BankAnswer, isDuplicate } from './pain-002.ts'

/**
 * What the bank has said of an instruction, taken together; pure. Reports may be brought late,
 * twice and out of order, so the bank's own clock orders them: the latest end that it named counts.
 */
export type SaidAnswer = Omit<BankAnswer, 'key'> & {
  readonly saidAt: string
  /** A person besides the maker of the file and the bringer of the report stands behind it. */
  readonly isConfirmed: boolean
  /** The report refuses every payout of the file, one by one or together. */
  readonly isOfWholeFile: boolean
}

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

/** Reasons that say nothing: told in words that are not read, and not specified. */
const NO_REASONS: readonly (string | null)[] = [null, 'NARR', 'MS03']

type Asked = {
  readonly market: MarketCode
  readonly amountMinor: number
  readonly currency: CurrencyCode
  /** The file was written again then, and the bank names both versions alike. */
  readonly writtenAgainAt: string | null
}
/** The bank said something else than a refusal, at whatever time. */
type Taken = { readonly wasTaken: boolean }
type Heard = Standing & { readonly endedAt: string | null }

/** Where an instruction that stands in a file is, by all that was ever said of it. */
export function standingOf(asked: Asked, said: readonly SaidAnswer[]): Standing {
  const start: Heard = { state: 'on_its_way', reason: null, trouble: null, endedAt: null }
  const wasTaken = said.some(({ status }) => status !== 'RJCT')
  const { state, reason, trouble } = said
    .toSorted((one, other) => (one.saidAt < other.saidAt ? -1 : Number(one.saidAt > other.saidAt)))
    .reduce((heard, answer) => hear(heard, answer, { ...asked, wasTaken }), start)
  return { state, reason, trouble }
}

/**
 * Why a refusal proves nothing about the transfer, or null. A second submission of a file is
 * refused as a whole, and not every bank says that this is why.
 */
function doubtOf(answer: SaidAnswer, asked: Asked & Taken): string | null {
  const { status, reason, scope } = answer
  if (status !== 'RJCT') return null
  if (isDuplicate(reason)) return `${reason}: refused as a duplicate`
  if (mayBeOfOther(answer, asked)) return 'refused, or only one of two versions of the file'
  if (scope === 'transfer') return null
  if (NO_REASONS.includes(reason)) return 'the file was refused without a reason'
  return asked.wasTaken ? `${reason}: the file was refused, and it had been taken` : null
}

/**
 * Of a file that was written again the bank refuses one version for whatever it checks first, its
 * date or its codes, while it pays the other. So a refusal of the whole file ends nothing, and one
 * by transfers only when some were not refused, or when no version comes to the bank any more.
 */
function mayBeOfOther(answer: SaidAnswer, { writtenAgainAt, market }: Asked): boolean {
  if (writtenAgainAt === null) return false
  if (answer.scope === 'group') return true
  return answer.isOfWholeFile && answer.saidAt < handInEndsAt(writtenAgainAt, market)
}

function hear(heard: Heard, answer: SaidAnswer, asked: Asked & Taken): Heard {
  const wrong = differenceOf(answer, asked)
  if (wrong !== null) return { ...heard, trouble: `MISMATCH: ${wrong}` }
  const doubt = doubtOf(answer, asked)
  if (doubt !== null) return { ...heard, trouble: doubt }
  const meaning = MEANINGS[answer.status]
  if (meaning === undefined) return { ...heard, trouble: `unknown status ${answer.status}` }
  // Anybody can write a refusal of their own payout by hand: it takes two to believe one.
  if (meaning === 'refused' && !answer.isConfirmed) return heard
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
