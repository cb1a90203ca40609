import { z } from 'zod'
import type { LookupCountry } from '#schema/operator'
import type { AuthorityAnswer } from './authority.ts'
import { type AuthorityHealth, healthAfter, noteFrom } from './health.ts'
import type { LookupAnswer } from './lookups/lookup.ts'
import { moscowDay, untilMoscowMidnight } from './recheck.ts'

/**
 * Who is asked about a Russian receipt, and when. The tax service first, then whoever resells its
 * base; an answer about the receipt ends the question, so that nobody is paid for a second one.
 */
export const CHANNEL_NAMES = ['fns', 'proverkacheka', 'ofd'] as const
export type ChannelName = (typeof CHANNEL_NAMES)[number]

const COST_MINOR_MAX = 100_000
const PER_DAY_MAX = 100_000_000

/** A channel as the settings give it; their order is the order of asking. */
export const ChannelPlan = z.strictObject({
  name: z.enum(CHANNEL_NAMES),
  /** Questions a Moscow day that we allow ourselves; null: as many as the service answers. */
  perDayMax: z.number().int().min(0).max(PER_DAY_MAX).nullable(),
  /** What one question costs the network, kopecks; counted when it is asked. */
  costMinor: z.number().int().min(0).max(COST_MINOR_MAX),
})
export type ChannelPlan = z.infer<typeof ChannelPlan>

/** So many failures within the window open a channel's breaker for the pause. */
export const BREAKER = { failuresMax: 5, windowMs: 60_000, pauseMs: 60_000 }
/** A probe whose invocation was ended never comes back: after this another one may go. */
const PROBE_MS_MAX = 150_000
const PAST_DAYS_MAX = 30

type DayCount = { day: string; asked: number; spentMinor: number }

/** All that is known of a channel. Instants are epoch milliseconds, days are Moscow's. */
export type ChannelState = DayCount & {
  health: AuthorityHealth
  failures: number[]
  /** The breaker: open until then, half-open after, closed when null. */
  openUntil: number | null
  probeUntil: number | null
  past: DayCount[]
}

/** Whoever is asked about receipts: a channel of Russia, or a country's own look-up. */
export type AskedName = ChannelName | LookupCountry

export type ChannelBook = Partial<Record<AskedName, ChannelState>>

const WELL: AuthorityHealth = { state: 'ok', since: null, nextTryAt: null, lastError: null }

/** The state of a channel today; yesterday's counts go to the past. */
export function channelToday(book: ChannelBook, name: AskedName, now: number): ChannelState {
  const day = moscowDay(now)
  const known = book[name]
  if (known === undefined) {
    const empty = { failures: [], openUntil: null, probeUntil: null, past: [] }
    return { day, asked: 0, spentMinor: 0, health: WELL, ...empty }
  }
  if (known.day === day) return known
  const { asked, spentMinor } = known
  const past = [{ day: known.day, asked, spentMinor }, ...known.past].slice(0, PAST_DAYS_MAX)
  return { ...known, day, asked: 0, spentMinor: 0, past }
}

/** Until when a channel's limits hold it back; null while they do not. */
export function heldUntil(
  plan: Pick<ChannelPlan, 'perDayMax'>,
  state: ChannelState,
  now: number,
): number | null {
  const { health } = state
  if (health.state === 'quota' && (health.nextTryAt ?? 0) > now) return health.nextTryAt
  const usedUp = plan.perDayMax !== null && state.asked >= plan.perDayMax
  return usedUp ? now + untilMoscowMidnight(now) : null
}

export type Taken =
  /** Ask this one. `watched`: a good answer is news as well. */
  | { kind: 'ask'; name: ChannelName; watched: boolean }
  /** Every channel that was not tried is held back by its limits, or rests. */
  | { kind: 'none'; detail: string; retryAfterMs: number }

/**
 * Picks the next channel for a question and counts it. A channel whose breaker is open is passed
 * over while another one is left. When none is, and this question has asked nobody yet, the first
 * is asked all the same: the receipts' own pauses already spare it, and somebody must find out when
 * it is back.
 */
export function takeChannel(
  book: ChannelBook,
  plans: readonly ChannelPlan[],
  tried: readonly ChannelName[],
  now: number,
): { book: ChannelBook; taken: Taken } {
  const left = plans
    .filter(({ name }) => !tried.includes(name))
    .map((plan) => ({ plan, state: channelToday(book, plan.name, now) }))
  const free = left.filter(({ plan, state }) => heldUntil(plan, state, now) === null)
  const chosen =
    free.find(({ state }) => !rests(state, now)) ?? (tried.length === 0 ? free[0] : null)
  if (!chosen) return { book, taken: nobody(left, now) }
  const { plan, state } = chosen
  const next: ChannelState = {
    ...state,
    asked: state.asked + 1,
    spentMinor: state.spentMinor + plan.costMinor,
    probeUntil: state.openUntil === null ? null : now + PROBE_MS_MAX,
  }
  const watched = state.failures.length > 0 || state.health.state !== 'ok'
  return { book: { ...book, [plan.name]: next }, taken: { kind: 'ask', name: plan.name, watched } }
}

export type LookUpPlan = { readonly name: LookupCountry; readonly perDayMax: number | null }

/** `watched`: a good answer is news as well. Otherwise what the receipt is told instead. */
export type LookUpTaken =
  | { kind: 'ask'; watched: boolean }
  | Extract<ChannelNote, { kind: 'unavailable' | 'quota' }>

/**
 * Counts a question to a country's look-up, or says why it is not asked now. Nobody stands beside
 * it: while its breaker is open the receipts wait, and one probe finds out when it is back.
 */
export function takeLookUp(
  book: ChannelBook,
  plan: LookUpPlan,
  now: number,
): { book: ChannelBook; taken: LookUpTaken } {
  const state = channelToday(book, plan.name, now)
  const held = heldUntil(plan, state, now)
  const detail = state.health.lastError ?? 'the limit of the day is used up'
  if (held !== null) return { book, taken: { kind: 'quota', detail, retryAfterMs: held - now } }
  if (rests(state, now)) return { book, taken: { kind: 'unavailable', detail: `rests: ${detail}` } }
  const probeUntil = state.openUntil === null ? null : now + PROBE_MS_MAX
  const watched = state.failures.length > 0 || state.health.state !== 'ok'
  const next = { ...state, asked: state.asked + 1, probeUntil }
  return { book: { ...book, [plan.name]: next }, taken: { kind: 'ask', watched } }
}

/** Open, or half-open with a probe already on its way. */
function rests({ openUntil, probeUntil }: ChannelState, now: number): boolean {
  return openUntil !== null && (openUntil > now || (probeUntil ?? 0) > now)
}

function nobody(left: readonly { plan: ChannelPlan; state: ChannelState }[], now: number): Taken {
  const waits = left.map(({ plan, state }) => (heldUntil(plan, state, now) ?? now) - now)
  const detail = left.find(({ state }) => state.health.lastError)?.state.health.lastError
  return {
    kind: 'none',
    detail: detail ?? 'every channel has used up its limit',
    retryAfterMs: Math.max(0, Math.min(...waits, untilMoscowMidnight(now))),
  }
}

/** What an answer says about the channel, without the receipt. */
export type ChannelNote =
  | Extract<AuthorityAnswer, { kind: 'unavailable' | 'quota' }>
  | { kind: 'ok' }

export function noteOf(answer: AuthorityAnswer | LookupAnswer): ChannelNote {
  return answer.kind === 'unavailable' || answer.kind === 'quota' ? answer : { kind: 'ok' }
}

/** The channel after an answer: its health, and its breaker by the failures of late. */
export function noteChannel(
  book: ChannelBook,
  name: AskedName,
  note: ChannelNote,
  now: number,
): ChannelBook {
  const state = channelToday(book, name, now)
  const news = noteFrom(note.kind === 'ok' ? { kind: 'not_delivered' } : note, state.health, now)
  const health = news === null ? state.health : healthAfter(state.health, news, now)
  const failed = note.kind === 'unavailable' && !note.sparingly
  if (!failed) {
    return {
      ...book,
      [name]: { ...state, health, failures: [], openUntil: null, probeUntil: null },
    }
  }
  const recent = state.failures.filter((at) => at > now - BREAKER.windowMs)
  const failures = [...recent, now].slice(-BREAKER.failuresMax)
  const opens = state.openUntil !== null || failures.length >= BREAKER.failuresMax
  const openUntil = opens ? now + BREAKER.pauseMs : null
  return { ...book, [name]: { ...state, health, failures, openUntil, probeUntil: null } }
}
