import type { PayoutMethod } from '#schema/market'
import type { Absent, ProviderOutcome } from './provider.ts'

/**
 * When a payout without an end is asked about again, and how. The provider recognises an
 * idempotency key for 24 hours after its first use; a later repeat would be a second payout
 * (yookassa.ru/developers/using-api/interaction-format, "Идемпотентность"). So sending stops an
 * hour before that, and from then on the provider is only searched.
 */
const SECOND_MS = 1_000
const MINUTE_MS = 60 * SECOND_MS
const HOUR_MS = 60 * MINUTE_MS

/** Waits after the first, second, … question; after the last one: hourly. */
const ASK_DELAYS_MS = [
  2 * SECOND_MS,
  5 * SECOND_MS,
  15 * SECOND_MS,
  MINUTE_MS,
  5 * MINUTE_MS,
  15 * MINUTE_MS,
]

/** Age of the key, counted from before its first use, at which sending stops. */
export const RESEND_MS_MAX = 23 * HOUR_MS

/** Age from which absence at the provider is proof: the key is dead, nothing is in flight. */
const ABSENCE_PROVES_MS = 25 * HOUR_MS

/** A named payout without an end for longer than this is shown to the operator as stuck. */
const PENDING_MS_MAX = 72 * HOUR_MS

/**
 * First sent before these moments and without an end, a payout is stuck: the operator should look.
 * Sooner where the provider has not even named it, because nothing is sent for it any more.
 */
export function stuckBefore(now: number): { unnamed: number; named: number } {
  return { unnamed: now - RESEND_MS_MAX, named: now - PENDING_MS_MAX }
}

/** What the payout's row knows. Instants are ms since the epoch. */
interface AskedSoFar {
  /** Kept durably before the first question leaves; null when none did. */
  firstSentAt: number | null
  /** Questions asked, whatever became of them. */
  attempts: number
  /** Null until the provider has named the payout. */
  providerId: string | null
}

export type WayToAsk = 'send' | 'look' | 'find'

/**
 * The safe question at this very moment. To be decided when the question leaves, not when it is
 * planned: an alarm may fire hours late, when the key has died.
 */
export function wayToAsk(soFar: AskedSoFar, now: number): WayToAsk {
  if (soFar.providerId !== null) return 'look'
  if (soFar.firstSentAt === null) return 'send'
  return now - soFar.firstSentAt < RESEND_MS_MAX ? 'send' : 'find'
}

/** How to look at a payout that has ended for us, once more: nothing is ever sent for it. */
export function wayToCheck({ providerId }: Pick<AskedSoFar, 'providerId'>): WayToAsk {
  return providerId === null ? 'find' : 'look'
}

/** When to ask again after `attempts` questions without an end. */
export function nextAskAt(attempts: number, now: number): number {
  return now + (ASK_DELAYS_MS[attempts - 1] ?? HOUR_MS)
}

/** Whether what has arrived may come back: a bank returns a transfer even weeks after it was sent. */
export const mayBounce = (method: PayoutMethod): boolean => method === 'iban'

/**
 * What the provider's word about an ended payout means for the audit. `asked`: the bank has sent it
 * back, so the cell is to ask and give the money back; no contradiction.
 */
export function heldAgainst(
  ended: { state: 'arrived' | 'came_back'; destinationCode: PayoutMethod },
  { kind }: ProviderOutcome | Absent,
): 'agrees' | 'asked' | 'contradicts' {
  // An outage of the provider is not a finding about our books.
  if (kind === 'unknown' || (kind === 'succeeded') === (ended.state === 'arrived')) return 'agrees'
  if (ended.state === 'came_back' || !mayBounce(ended.destinationCode)) return 'contradicts'
  if (kind === 'canceled') return 'asked'
  return kind === 'pending' ? 'agrees' : 'contradicts'
}

type AfterAsk =
  | { kind: 'arrived'; providerId: string }
  | { kind: 'came_back'; providerId: string | null; reason: string }
  | {
      kind: 'wait'
      providerId: string | null
      at: number
      /** For the operator: what the provider said; null when all goes well. */
      lastError: string | null
    }

/**
 * What an answer means for the payout. `soFar` counts the question that was just answered.
 * Money comes back only on a definitive answer: a refusal is one of the first question only,
 * absence only after the key has died.
 */
export function afterAsk(
  outcome: ProviderOutcome | Absent,
  soFar: AskedSoFar,
  now: number,
): AfterAsk {
  const age = soFar.firstSentAt === null ? 0 : now - soFar.firstSentAt
  switch (outcome.kind) {
    case 'succeeded':
      return { kind: 'arrived', providerId: outcome.providerId }
    case 'canceled':
      return {
        kind: 'came_back',
        providerId: outcome.providerId ?? soFar.providerId,
        reason: outcome.reason,
      }
    case 'refused':
      // A refused repeat says nothing about an earlier try, which may still be running there.
      return soFar.attempts <= 1 || age >= ABSENCE_PROVES_MS
        ? { kind: 'came_back', providerId: null, reason: outcome.reason }
        : wait(soFar, now, soFar.providerId, `refused a repeat: ${outcome.reason}`)
    case 'absent':
      return age >= ABSENCE_PROVES_MS
        ? { kind: 'came_back', providerId: null, reason: 'never_accepted' }
        : wait(soFar, now, soFar.providerId, 'the provider has no such payout yet')
    case 'pending':
      return wait(soFar, now, outcome.providerId, null)
    case 'unknown':
      return wait(soFar, now, soFar.providerId, outcome.detail)
  }
}

function wait(
  soFar: AskedSoFar,
  now: number,
  providerId: string | null,
  lastError: string | null,
): AfterAsk {
  return { kind: 'wait', providerId, at: nextAskAt(soFar.attempts, now), lastError }
}
