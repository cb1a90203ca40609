import { describe, expect, test } from 'vitest'
import type { PayoutMethod } from '#schema/market'
import type { Absent, ProviderOutcome } from './provider.ts'
import { afterAsk, heldAgainst, nextAskAt, stuckBefore, wayToAsk } from './schedule.ts'

const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const SENT = 1_800_000_000_000

const unnamed = { firstSentAt: SENT, attempts: 3, providerId: null }
const named = { ...unnamed, providerId: 'po-1' }

describe('when', () => {
  test.each([
    [1, 2 * SECOND],
    [2, 5 * SECOND],
    [3, 15 * SECOND],
    [4, MINUTE],
    [5, 5 * MINUTE],
    [6, 15 * MINUTE],
    [7, HOUR],
    [500, HOUR],
  ])('after question %i the next one waits %i ms', (attempts, delay) => {
    expect(nextAskAt(attempts, SENT) - SENT).toBe(delay)
  })
})

describe('how', () => {
  test('a payout that never left is sent', () => {
    expect(wayToAsk({ firstSentAt: null, attempts: 0, providerId: null }, SENT)).toBe('send')
  })

  test('a payout that the provider named is never sent again, however young', () => {
    expect(wayToAsk(named, SENT)).toBe('look')
  })

  test('the same key is sent again while the provider surely knows it', () => {
    expect(wayToAsk(unnamed, SENT + 23 * HOUR - 1)).toBe('send')
  })

  test('an hour before the key may die sending stops for ever', () => {
    expect(wayToAsk(unnamed, SENT + 23 * HOUR)).toBe('find')
    expect(wayToAsk(unnamed, SENT + 1_000 * HOUR)).toBe('find')
  })

  test('an alarm that fires hours late does not send with a dead key', () => {
    const planned = nextAskAt(unnamed.attempts, SENT)
    expect(wayToAsk(unnamed, planned)).toBe('send')
    expect(wayToAsk(unnamed, planned + 24 * HOUR)).toBe('find')
  })
})

describe('what an answer means', () => {
  const now = SENT + MINUTE

  test('paid is the end', () => {
    expect(afterAsk({ kind: 'succeeded', providerId: 'po-1' }, unnamed, now)).toEqual({
      kind: 'arrived',
      providerId: 'po-1',
    })
  })

  test('canceled brings the money back with the provider’s reason', () => {
    const outcome = { kind: 'canceled', providerId: null, reason: 'fraud_suspected' } as const
    expect(afterAsk(outcome, named, now)).toEqual({
      kind: 'came_back',
      providerId: 'po-1',
      reason: 'fraud_suspected',
    })
  })

  test('refused at the first question brings the money back', () => {
    const first = { ...unnamed, attempts: 1 }
    expect(afterAsk({ kind: 'refused', reason: 'invalid_request' }, first, now)).toEqual({
      kind: 'came_back',
      providerId: null,
      reason: 'invalid_request',
    })
  })

  test('refused at a repeat proves nothing while an earlier try may still be running', () => {
    const refused = { kind: 'refused', reason: 'invalid_request' } as const
    const again = { ...unnamed, attempts: 2 }
    // Kills "any 400 returns the money": the first try may be accepted a second later.
    expect(afterAsk(refused, again, now)).toMatchObject({
      kind: 'wait',
      providerId: null,
      at: now + 5 * SECOND,
      lastError: 'refused a repeat: invalid_request',
    })
    expect(afterAsk(refused, again, SENT + 25 * HOUR - 1)).toMatchObject({ kind: 'wait' })
    expect(afterAsk(refused, again, SENT + 25 * HOUR)).toMatchObject({ kind: 'came_back' })
  })

  test('pending keeps the provider’s name for it and asks again', () => {
    expect(afterAsk({ kind: 'pending', providerId: 'po-1' }, unnamed, now)).toEqual({
      kind: 'wait',
      providerId: 'po-1',
      at: now + 15 * SECOND,
      lastError: null,
    })
  })

  test('silence never brings the money back, not even after a month', () => {
    const silence = { kind: 'unknown', detail: 'no answer' } as const
    expect(afterAsk(silence, unnamed, now)).toEqual({
      kind: 'wait',
      providerId: null,
      at: now + 15 * SECOND,
      lastError: 'no answer',
    })
    const later = SENT + 30 * 24 * HOUR
    expect(afterAsk(silence, unnamed, later)).toMatchObject({ kind: 'wait' })
  })

  test('silence does not forget the provider’s name for it', () => {
    const outcome = afterAsk({ kind: 'unknown', detail: 'HTTP 500' }, named, now)
    expect(outcome).toMatchObject({ kind: 'wait', providerId: 'po-1' })
  })

  test('absence brings the money back only when no try can be in flight any more', () => {
    const absent = { kind: 'absent' } as const
    const before = afterAsk(absent, unnamed, SENT + 25 * HOUR - 1)
    expect(before).toMatchObject({ kind: 'wait' })
    expect(afterAsk(absent, unnamed, SENT + 25 * HOUR)).toEqual({
      kind: 'came_back',
      providerId: null,
      reason: 'never_accepted',
    })
  })
})

test('a payout is stuck after three days with a name, as soon as sending stops without one', () => {
  expect(stuckBefore(SENT)).toEqual({ unnamed: SENT - 23 * HOUR, named: SENT - 72 * HOUR })
})

const OUTCOMES: Record<(ProviderOutcome | Absent)['kind'], ProviderOutcome | Absent> = {
  pending: { kind: 'pending', providerId: '1' },
  succeeded: { kind: 'succeeded', providerId: '1' },
  canceled: { kind: 'canceled', providerId: '1', reason: 'funds_refunded' },
  refused: { kind: 'refused', reason: 'no' },
  unknown: { kind: 'unknown', detail: 'silent' },
  absent: { kind: 'absent' },
}

describe('an end that is held against the provider', () => {
  const told = (
    state: 'arrived' | 'came_back',
    destinationCode: PayoutMethod,
    kind: (ProviderOutcome | Absent)['kind'],
  ) => heldAgainst({ state, destinationCode }, OUTCOMES[kind])

  test('agrees when both say the same, and when the provider says nothing', () => {
    for (const method of ['sbp', 'iban'] as const) {
      expect(told('arrived', method, 'succeeded')).toBe('agrees')
      expect(told('came_back', method, 'canceled')).toBe('agrees')
      expect(told('came_back', method, 'absent')).toBe('agrees')
      expect(told('arrived', method, 'unknown')).toBe('agrees')
      expect(told('came_back', method, 'succeeded')).toBe('contradicts')
      expect(told('arrived', method, 'absent')).toBe('contradicts')
    }
  })

  test('a transfer that the bank sends back is given back, and freezes nobody', () => {
    expect(told('arrived', 'iban', 'pending')).toBe('agrees')
    expect(told('arrived', 'iban', 'canceled')).toBe('asked')
  })

  test('money by phone, card or purse does not come back by itself', () => {
    expect(told('arrived', 'sbp', 'canceled')).toBe('contradicts')
    expect(told('arrived', 'bank_card', 'pending')).toBe('contradicts')
  })
})
