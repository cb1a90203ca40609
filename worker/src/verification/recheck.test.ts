import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { AuthorityAnswer } from './authority.ts'
import { nextAuthorityCheck as nextCheck, untilMoscowMidnight } from './recheck.ts'

const SUBMITTED = Date.parse('2026-11-21T12:00:00Z')
const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

const nextAuthorityCheck = (
  answer: AuthorityAnswer,
  submittedAt: number,
  checks: number,
  now: number,
  waitDays = 30,
) => nextCheck(answer, { submittedAt, checks, waitDays }, now)

function hoursAfterSubmission(at: number | null): number | null {
  return at === null ? null : (at - SUBMITTED) / HOUR
}

describe('a receipt that is not delivered yet', () => {
  test('is asked for after 15 min, 2, 12, 24, 72 h, then every 72 h, last on day 30', () => {
    const hours: number[] = []
    let now = SUBMITTED
    for (let checks = 0; ; checks += 1) {
      const next = nextAuthorityCheck({ kind: 'not_delivered' }, SUBMITTED, checks, now)
      if (next === null) break
      hours.push((next - SUBMITTED) / HOUR)
      now = next + 1_500
    }
    expect(hours).toEqual([0.25, 2, 12, 24, 72, 144, 216, 288, 360, 432, 504, 576, 648, 720])
  })

  test('keeps its dates whatever answers came in between', () => {
    const at = SUBMITTED + 3 * HOUR
    const next = nextAuthorityCheck({ kind: 'not_delivered' }, SUBMITTED, 17, at)
    expect(hoursAfterSubmission(next)).toBe(12)
  })

  test('is not asked again at once when a check ran a moment early', () => {
    const at = SUBMITTED + 2 * HOUR - 500
    const next = nextAuthorityCheck({ kind: 'not_delivered' }, SUBMITTED, 1, at)
    expect(hoursAfterSubmission(next)).toBe(12)
  })
})

test('no answer: half a minute, 2, 10, 30 min, then hourly', () => {
  const answer: AuthorityAnswer = { kind: 'unavailable', detail: '503' }
  const pauses = [0, 1, 2, 3, 4, 5, 50].map((checks) => {
    return ((nextAuthorityCheck(answer, SUBMITTED, checks, SUBMITTED) ?? 0) - SUBMITTED) / MINUTE
  })
  expect(pauses).toEqual([0.5, 2, 10, 30, 60, 60, 60])
})

test('a question that was refused as such is not asked every hour for ever', () => {
  const answer: AuthorityAnswer = { kind: 'unavailable', detail: '400', sparingly: true }
  const at = SUBMITTED + 25 * HOUR
  expect(hoursAfterSubmission(nextAuthorityCheck(answer, SUBMITTED, 9, at))).toBe(72)
})

test('a used-up quota waits as long as it says, not all in one second', () => {
  const answer: AuthorityAnswer = { kind: 'quota', detail: '', retryAfterMs: 9 * HOUR }
  const early = nextAuthorityCheck(answer, SUBMITTED, 0, SUBMITTED) ?? 0
  const later = nextAuthorityCheck(answer, SUBMITTED + 61_007, 0, SUBMITTED) ?? 0
  expect(early - SUBMITTED).toBeGreaterThanOrEqual(9 * HOUR)
  expect(later).not.toBe(early)
  expect(later - SUBMITTED).toBeLessThan(9 * HOUR + 11 * MINUTE)
})

test('the daily quota opens at midnight in Moscow', () => {
  expect(untilMoscowMidnight(Date.parse('2026-11-21T20:59:00Z'))).toBe(MINUTE)
  expect(untilMoscowMidnight(Date.parse('2026-11-21T21:00:00Z'))).toBe(DAY)
})

test('final answers are never asked again', () => {
  const forged: AuthorityAnswer = { kind: 'forged', detail: '406' }
  expect(nextAuthorityCheck(forged, SUBMITTED, 0, SUBMITTED)).toBeNull()
})

test('every wait moves forward and ends 30 days after submission', () => {
  const answers = fc.oneof(
    fc.constant<AuthorityAnswer>({ kind: 'not_delivered' }),
    fc.constant<AuthorityAnswer>({ kind: 'differs', fields: ['total'] }),
    fc.constant<AuthorityAnswer>({ kind: 'unavailable', detail: '' }),
    fc.constant<AuthorityAnswer>({ kind: 'unavailable', detail: '', sparingly: true }),
    fc
      .integer({ min: -1, max: 100 * DAY })
      .map((ms): AuthorityAnswer => ({ kind: 'quota', detail: '', retryAfterMs: ms })),
  )
  fc.assert(
    fc.property(answers, fc.nat(40 * DAY), fc.nat(2_000), (answer, elapsed, checks) => {
      const now = SUBMITTED + elapsed
      const next = nextAuthorityCheck(answer, SUBMITTED, checks, now)
      if (elapsed >= 30 * DAY) expect(next).toBeNull()
      else expect(next).toBeGreaterThan(now)
      expect(next ?? 0).toBeLessThanOrEqual(SUBMITTED + 30 * DAY)
    }),
  )
})

test('a market that waits for less time ends there', () => {
  const answer: AuthorityAnswer = { kind: 'not_delivered' }
  const late = SUBMITTED + 3 * DAY
  expect(nextAuthorityCheck(answer, SUBMITTED, 4, late - 1, 3)).toBe(late)
  expect(nextAuthorityCheck(answer, SUBMITTED, 4, late, 3)).toBeNull()
  expect(nextAuthorityCheck(answer, SUBMITTED, 4, late, 30)).not.toBeNull()
})
