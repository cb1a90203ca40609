import type { AuthorityAnswer } from './authority.ts'

const SECOND_MS = 1_000
const MINUTE_MS = 60 * SECOND_MS
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS

/** A till hands its receipts on within minutes, or when its shop is online again. */
const DELIVERY_OFFSETS_MS = [15 * MINUTE_MS, 2 * HOUR_MS, 12 * HOUR_MS, 24 * HOUR_MS]
const DELIVERY_STEP_MS = 72 * HOUR_MS

/** Pauses after an answer that said nothing; the last one repeats. */
const FAILURE_PAUSES_MS = [30 * SECOND_MS, 2 * MINUTE_MS, 10 * MINUTE_MS, 30 * MINUTE_MS, HOUR_MS]

/** After a used-up quota not everybody comes back in the same second. */
const QUOTA_SPREAD_MS = 10 * MINUTE_MS

/** What waits: since when, after how many answers, and for how long its market does. */
export type Waiting = {
  readonly submittedAt: number
  /** Answers before this one. */
  readonly checks: number
  readonly waitDays: number
}

/**
 * When to ask the authority again, or null when it must not be asked: the answer is final, or the
 * days that its market waits have passed since submission (then it was never delivered).
 *
 * Not delivered: 15 min, 2 h, 12 h, 24 h, 72 h after *submission*, then every 72 h, and for the
 * last time exactly at the end; so the shopper can be told the next date at any moment, however
 * many other answers came in between. No answer: 30 s, 2 min, 10 min, 30 min after *now*, then
 * hourly, by `checks`. All times are epoch milliseconds.
 */
export function nextAuthorityCheck(
  answer: AuthorityAnswer,
  { submittedAt, checks, waitDays }: Waiting,
  now: number,
): number | null {
  const end = submittedAt + waitDays * DAY_MS
  if (answer.kind === 'authentic' || answer.kind === 'forged' || now >= end) return null
  return Math.min(end, wish(answer, submittedAt, checks, now))
}

function wish(
  answer: Exclude<AuthorityAnswer, { kind: 'authentic' | 'forged' }>,
  submittedAt: number,
  checks: number,
  now: number,
): number {
  if (answer.kind === 'quota') {
    return now + Math.max(SECOND_MS, answer.retryAfterMs) + (submittedAt % QUOTA_SPREAD_MS)
  }
  if (answer.kind === 'not_delivered' || answer.kind === 'unconfirmed')
    return nextDelivery(submittedAt, now)
  if (answer.kind === 'unavailable' && answer.sparingly) return nextDelivery(submittedAt, now)
  return now + (FAILURE_PAUSES_MS[checks] ?? HOUR_MS)
}

function nextDelivery(submittedAt: number, now: number): number {
  // A minute of grace: a check that ran a moment early must not be repeated at once.
  const elapsed = Math.max(0, now - submittedAt) + MINUTE_MS
  const offset =
    DELIVERY_OFFSETS_MS.find((candidate) => candidate > elapsed) ??
    (Math.floor(elapsed / DELIVERY_STEP_MS) + 1) * DELIVERY_STEP_MS
  return submittedAt + offset
}

/** The day in Moscow, UTC+3, by which the tax service counts: `2026-11-21`. */
export function moscowDay(now: number): string {
  return new Date(now + 3 * HOUR_MS).toISOString().slice(0, 'YYYY-MM-DD'.length)
}

/** Milliseconds until the tax service's daily counters start anew: midnight in Moscow, UTC+3. */
export function untilMoscowMidnight(now: number): number {
  const sinceMidnight = (now + 3 * HOUR_MS) % DAY_MS
  return DAY_MS - sinceMidnight
}
