import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { judgeGuess, judgeLimit, LIMITS, type LimitName } from './limits.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const NOW = Date.UTC(2026, 10, 21)

const limitName = fc.constantFrom(...(Object.keys(LIMITS) as LimitName[]))
const times = fc.array(fc.integer({ min: NOW - 40 * 24 * HOUR_MS, max: NOW }), { maxLength: 1_200 })

describe('a limit', () => {
  test('allows exactly `max` events in every window, whatever came before', () => {
    fc.assert(
      fc.property(limitName, times, (name, events) => {
        const over = LIMITS[name].some(
          ({ max, windowMs }) => events.filter((at) => at > NOW - windowMs).length >= max,
        )
        expect(judgeLimit(name, events, NOW).allowed).toBe(!over)
      }),
    )
  })

  test('names the very first moment at which the same request would pass', () => {
    fc.assert(
      fc.property(limitName, times, (name, events) => {
        const verdict = judgeLimit(name, events, NOW)
        if (verdict.allowed) return
        expect(judgeLimit(name, events, verdict.retryAt).allowed).toBe(true)
        expect(judgeLimit(name, events, verdict.retryAt - 1).allowed).toBe(false)
      }),
    )
  })

  test('a second code within a minute is too soon, not exhausted', () => {
    expect(judgeLimit('code_send', [NOW - 59_999], NOW)).toEqual({
      allowed: false,
      code: 'code_resend_too_soon',
      retryAt: NOW + 1,
    })
    expect(judgeLimit('code_send', [NOW - 60_000], NOW)).toEqual({ allowed: true })
  })
})

describe('a guess', () => {
  const code = { digest: 'right', expiresAt: NOW + 1, attempts: 0 }
  const facts = { code, failures: [], sends: [NOW - MINUTE_MS] }

  test('is right until the moment at which the code expires', () => {
    expect(judgeGuess(facts, 'right', NOW).outcome).toBe('right')
    expect(judgeGuess(facts, 'right', NOW + 1).outcome).toBe('expired')
    expect(judgeGuess({ ...facts, code: null }, 'right', NOW).outcome).toBe('expired')
  })

  test('the fifth is still judged, the sixth is not, right or wrong', () => {
    const fifth = { ...facts, code: { ...code, attempts: 4 } }
    expect(judgeGuess(fifth, 'right', NOW).outcome).toBe('right')
    expect(judgeGuess(fifth, 'wrong', NOW)).toEqual({ outcome: 'wrong', attemptsLeft: 0 })
    const sixth = { ...facts, code: { ...code, attempts: 5 } }
    expect(judgeGuess(sixth, 'right', NOW)).toEqual({ outcome: 'exhausted', retryAt: NOW })
  })

  test('a dead code says when the next one may be asked for', () => {
    const dead = { ...facts, code: { ...code, attempts: 5 }, sends: [NOW - 20_000] }
    expect(judgeGuess(dead, 'wrong', NOW)).toEqual({ outcome: 'exhausted', retryAt: NOW + 40_000 })
  })

  test('ten failures in an hour refuse even the right code', () => {
    const failures = Array.from({ length: 10 }, (_, index) => NOW - index * MINUTE_MS)
    expect(judgeGuess({ ...facts, failures }, 'right', NOW)).toEqual({
      outcome: 'exhausted',
      retryAt: NOW + 51 * MINUTE_MS,
    })
  })
})
