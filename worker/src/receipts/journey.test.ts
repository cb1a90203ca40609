import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { MARKETS } from '#schema/market'
import { minor } from '#schema/money'
import { RECEIPT_STATES, type RuScan } from '#schema/receipt'
import {
  decideAnswer,
  decideClaim,
  decideSubmission,
  differingAnswers,
  staffActions,
  wallMinuteAt,
  wallMs,
} from './journey.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS
/** 23:59:30 in Moscow: the next second but thirty is another day. */
const RULES = MARKETS.ru
const NOW = Date.parse('2026-11-21T20:59:30Z')
const MOSCOW_MS = 3 * HOUR_MS
/** From Kaliningrad to Kamchatka. */
const RUSSIAN_OFFSETS = [2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12].map((hours) => hours * HOUR_MS)

const scanAt = (time: string, kind: RuScan['kind'] = 1): RuScan => ({
  time,
  totalMinor: minor(12_345),
  fn: '9999078900000001',
  i: 1,
  fp: 1,
  kind,
})

const submittedAt = (instant: number, offsetMs = MOSCOW_MS, now = NOW) =>
  decideSubmission(scanAt(wallMinuteAt(instant, offsetMs)), RULES, now)

describe('a submission', () => {
  it('of this very minute is taken in every zone of the country', () => {
    for (const offset of RUSSIAN_OFFSETS) {
      expect(submittedAt(NOW, offset)).toMatchObject({ state: 'received', claim: 'asked' })
    }
  })

  it('is taken a minute before midnight and a minute after, whatever the day', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 3_000 }), fc.constantFrom(-1, 0, 1), (day, side) => {
        const midnight = Date.parse('2026-01-01T21:00:00Z') + day * DAY_MS
        const bought = midnight + side * MINUTE_MS
        const step = submittedAt(bought, MOSCOW_MS, bought)
        expect(step.next).toEqual({ kind: 'claim', dueAt: bought })
      }),
    )
  })

  it('from a till ten minutes ahead of the easternmost zone is still believed', () => {
    const ahead = wallMinuteAt(NOW + 10 * MINUTE_MS, 12 * HOUR_MS)
    expect(decideSubmission(scanAt(ahead), RULES, NOW).state).toBe('received')
    const further = wallMinuteAt(NOW + 11 * MINUTE_MS, 12 * HOUR_MS)
    const refused = decideSubmission(scanAt(further), RULES, NOW)
    expect(refused).toMatchObject({
      state: 'rejected',
      claim: 'none',
      reason: { code: 'from_the_future', seen: further },
      next: null,
    })
  })

  it('of a receipt from the future is taken when its time has come', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 400 * DAY_MS }), (ahead) => {
        const bought = NOW + ahead
        expect(submittedAt(bought, MOSCOW_MS, bought).state).toBe('received')
      }),
    )
  })

  it('is taken up to the thirtieth day, and says the oldest time when it is older', () => {
    const oldest = NOW + 2 * HOUR_MS - 30 * DAY_MS
    const first = wallMinuteAt(oldest + MINUTE_MS, 0)
    expect(decideSubmission(scanAt(first), RULES, NOW).state).toBe('received')
    const older = wallMinuteAt(oldest - MINUTE_MS, 0)
    expect(decideSubmission(scanAt(older), RULES, NOW)).toMatchObject({
      state: 'rejected',
      claim: 'none',
      reason: { code: 'too_old', seen: older, needed: wallMinuteAt(oldest, 0) },
    })
  })

  it('is taken for as long as the market of the receipt gives', () => {
    const rules = { ...RULES, submissionDaysMax: 7 }
    const bought = scanAt(wallMinuteAt(NOW + 2 * HOUR_MS - 8 * DAY_MS, 0))
    expect(decideSubmission(bought, RULES, NOW).state).toBe('received')
    expect(decideSubmission(bought, rules, NOW)).toMatchObject({ reason: { code: 'too_old' } })
  })

  it('of 29 days is never too old, wherever it was bought', () => {
    for (const offset of RUSSIAN_OFFSETS) {
      expect(submittedAt(NOW - 29 * DAY_MS, offset).state).toBe('received')
    }
  })

  it('of a return is claimed like a sale', () => {
    const step = decideSubmission(scanAt('2026-11-21T18:00', 2), RULES, NOW)
    expect(step).toMatchObject({ state: 'received', claim: 'asked' })
  })

  it('of anything but a sale or a return earns nothing and claims nothing', () => {
    for (const kind of [3, 4] as const) {
      expect(decideSubmission(scanAt('2026-11-21T18:00', kind), RULES, NOW)).toMatchObject({
        state: 'rejected',
        claim: 'none',
        reason: { code: 'not_a_sale', seen: String(kind) },
        next: null,
      })
    }
  })
})

describe('the directory answers', () => {
  it('yours: the authority is asked at once', () => {
    expect(decideClaim({ kind: 'yours' }, NOW)).toMatchObject({
      state: 'verifying',
      claim: 'held',
      next: { kind: 'verify', dueAt: NOW },
    })
  })

  it('taken: a duplicate that names when and, masked, by whom, and holds nothing', () => {
    expect(decideClaim({ kind: 'taken', at: NOW, by: '•••-67' }, NOW)).toMatchObject({
      state: 'duplicate',
      claim: 'none',
      reason: { code: 'already_claimed', at: '2026-11-21T20:59:30.000Z', by: '•••-67' },
      next: null,
    })
  })

  it('forged before: nobody asks the authority again', () => {
    expect(decideClaim({ kind: 'forged', at: NOW }, NOW)).toMatchObject({
      state: 'rejected',
      claim: 'none',
      next: null,
    })
  })
})

const asked = (changes: { submittedAt?: number; checks?: number; differed?: number } = {}) => ({
  submittedAt: NOW,
  waitDays: 30,
  checks: 0,
  differed: 0,
  ...changes,
})

describe('the authority', () => {
  it('refuses the sign: final, the tombstone first and then the release', () => {
    expect(decideAnswer({ kind: 'forged', detail: '406' }, asked(), NOW)).toMatchObject({
      state: 'rejected',
      claim: 'releasing',
      reason: { code: 'forged' },
      next: { kind: 'release', dueAt: NOW },
    })
  })

  it('vouches for what was credited by its paper: a duplicate, whose own claim goes back', () => {
    const step = decideAnswer({ kind: 'taken', at: NOW, by: 'another shopper' }, asked(), NOW)
    expect(step).toMatchObject({
      state: 'duplicate',
      claim: 'releasing',
      reason: { code: 'already_claimed', by: 'another shopper' },
      next: { kind: 'release', dueAt: NOW },
    })
  })

  it('answers about another document twice: asked again; three times: refused', () => {
    const differs: Parameters<typeof decideAnswer>[0] = {
      kind: 'differs',
      fields: ['total', 'time'],
    }
    const timeline: Parameters<typeof differingAnswers>[0][number][] = [{}]
    for (const checks of [0, 1]) {
      const differed = differingAnswers(timeline)
      const step = decideAnswer(differs, asked({ checks, differed }), NOW)
      expect(step).toMatchObject({ state: 'verifying', claim: 'held', next: { kind: 'verify' } })
      expect(step.reason).toEqual({ code: 'answer_differs' })
      timeline.push(step.entry)
    }
    const differed = differingAnswers(timeline)
    expect(decideAnswer(differs, asked({ checks: 2, differed }), NOW)).toMatchObject({
      state: 'rejected',
      claim: 'releasing',
      reason: { code: 'differs_from_authority', fields: ['total', 'time'] },
    })
  })

  it('answers about another document once after a week: that alone refuses nothing', () => {
    const step = decideAnswer({ kind: 'differs', fields: ['fp'] }, asked({ checks: 9 }), NOW)
    expect(step.state).toBe('verifying')
  })

  it('has not received it yet: a state with its next date, not a refusal', () => {
    expect(decideAnswer({ kind: 'not_delivered' }, asked(), NOW)).toMatchObject({
      state: 'awaiting_authority',
      claim: 'held',
      reason: { code: 'not_delivered_yet' },
      next: { kind: 'verify', dueAt: NOW + 15 * MINUTE_MS },
    })
  })

  it('is asked until the thirtieth day and not a moment longer, whatever it says', () => {
    const answer = fc.constantFrom(
      { kind: 'not_delivered' } as const,
      { kind: 'unavailable', detail: '503' } as const,
      { kind: 'unavailable', detail: '400', sparingly: true } as const,
      { kind: 'quota', detail: 'daily limit', retryAfterMs: 60_000 } as const,
    )
    const elapsed = fc.integer({ min: 0, max: 31 * DAY_MS })
    fc.assert(
      fc.property(answer, elapsed, fc.nat(200), (says, passed, checks) => {
        const now = NOW + passed
        const step = decideAnswer(says, asked({ checks }), now)
        const end = NOW + 30 * DAY_MS
        if (now >= end) {
          expect(step).toMatchObject({
            state: 'rejected',
            claim: 'releasing',
            reason: { code: 'never_delivered' },
          })
          return
        }
        expect(step.claim).toBe('held')
        expect(step.next?.kind).toBe('verify')
        expect(step.next?.dueAt).toBeGreaterThan(now)
        expect(step.next?.dueAt).toBeLessThanOrEqual(end)
      }),
    )
  })
})

describe('the operator', () => {
  it('may close what is under way or earned nothing, and nothing else', () => {
    const closable = RECEIPT_STATES.filter((state) =>
      staffActions({ state, claim: 'held' }).includes('release'),
    )
    expect(closable).toEqual(['received', 'verifying', 'awaiting_authority', 'no_reward'])
    expect(staffActions({ state: 'no_reward', claim: 'released' })).toEqual([])
  })

  it('offer no retry where nothing can be hastened: a lease is asked again by itself', () => {
    expect(staffActions({ state: 'awaiting_budget', claim: 'held' })).toEqual([])
    expect(staffActions({ state: 'awaiting_authority', claim: 'held' })).toContain('retry')
  })

  it('never takes back what was credited', () => {
    for (const claim of ['none', 'asked', 'held', 'releasing', 'released'] as const) {
      expect(staffActions({ state: 'credited', claim })).toEqual([])
    }
  })
})

describe('a wall-clock minute', () => {
  it('reads back what it prints', () => {
    const minute = fc.integer({ min: 0, max: 60_000_000 }).map((count) => count * MINUTE_MS)
    fc.assert(
      fc.property(minute, fc.constantFrom(...RUSSIAN_OFFSETS), (instant, offset) => {
        expect(wallMs(wallMinuteAt(instant, offset))).toBe(instant + offset)
      }),
    )
  })
})
