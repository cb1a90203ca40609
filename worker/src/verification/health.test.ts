import { describe, expect, test } from 'vitest'
import { type AuthorityHealth, healthAfter, noteFrom } from './health.ts'

const NOW = Date.UTC(2026, 10, 21)
const HOUR = 3_600_000
const OK: AuthorityHealth = { state: 'ok', since: null, nextTryAt: null, lastError: null }
const PAUSE: AuthorityHealth = {
  state: 'quota',
  since: NOW - HOUR,
  nextTryAt: NOW + HOUR,
  lastError: 'the daily limit',
}
const DOWN = { state: 'down', lastError: '503', nextTryAt: null } as const

describe('what an answer says about the tax service', () => {
  test('a refusal of this very question does not call it down', () => {
    const answer = { kind: 'unavailable', detail: '400', sparingly: true } as const
    expect(noteFrom(answer, OK, NOW)).toBeNull()
    expect(noteFrom({ kind: 'unavailable', detail: '503' }, OK, NOW)).toEqual(DOWN)
  })

  test('a used-up limit names the moment until which nobody asks', () => {
    const answer = { kind: 'quota', detail: 'the daily limit', retryAfterMs: HOUR } as const
    expect(noteFrom(answer, OK, NOW)).toEqual({
      state: 'quota',
      lastError: 'the daily limit',
      nextTryAt: NOW + HOUR,
    })
  })

  test('a good answer is news only after a bad time', () => {
    expect(noteFrom({ kind: 'not_delivered' }, OK, NOW)).toBeNull()
    expect(noteFrom({ kind: 'not_delivered' }, PAUSE, NOW)).toMatchObject({ state: 'ok' })
  })
})

describe('the health that everybody reads', () => {
  test('keeps the pause of a used-up limit when a late question fails', () => {
    // Kills "the last note wins": the pause would be forgotten and the quota spent on refusals.
    expect(healthAfter(PAUSE, DOWN, NOW)).toBe(PAUSE)
    expect(healthAfter(PAUSE, DOWN, NOW + HOUR)).toEqual({ ...DOWN, since: NOW + HOUR })
  })

  test('counts from when it began, and does not change without news', () => {
    const down = healthAfter(OK, DOWN, NOW)
    expect(down).toEqual({ ...DOWN, since: NOW })
    expect(healthAfter(down, DOWN, NOW + 1)).toBe(down)
    expect(healthAfter(PAUSE, { ...OK, state: 'ok' }, NOW)).toMatchObject({ state: 'ok' })
  })
})
