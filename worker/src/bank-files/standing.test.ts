import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { outcomeOf, type SaidAnswer, standingOf } from './standing.ts'

const ASKED = {
  market: 'kz',
  amountMinor: 104_00,
  currency: 'KZT',
  writtenAgainAt: null,
} as const
const at = (hour: number) => `2026-11-23T${String(hour).padStart(2, '0')}:00:00.000Z`
const said = (status: string, hour: number, changes: Partial<SaidAnswer> = {}): SaidAnswer => ({
  status,
  saidAt: at(hour),
  amount: '104.00',
  currency: 'KZT',
  reason: null,
  scope: 'transfer',
  isConfirmed: true,
  isOfWholeFile: false,
  ...changes,
})
/** Of a file that was written again on the 22nd, a Sunday, for the 23rd. */
const writtenAgain = (...answers: SaidAnswer[]) =>
  standingOf({ ...ASKED, writtenAgainAt: '2026-11-22T08:00:00.000Z' }, answers)
const standing = (...answers: SaidAnswer[]) => standingOf(ASKED, answers)
const outcome = (...answers: SaidAnswer[]) => outcomeOf('k', standing(...answers)).kind

describe('the bank’s word', () => {
  test.each(['RCVD', 'PDNG', 'ACTC', 'ACCP', 'ACSP', 'ACWC', 'ACWP'])(
    '%s is under way',
    (status) => {
      expect(outcome(said(status, 1))).toBe('pending')
    },
  )

  test('nothing said is under way', () => {
    expect(outcome()).toBe('pending')
  })

  test.each(['ACSC', 'ACCC'])('%s is arrival', (status) => {
    expect(outcome(said(status, 1))).toBe('succeeded')
  })

  test('RJCT gives the money back with the bank’s reason, or with a word of ours', () => {
    const refused = standing(said('RJCT', 1, { reason: 'AC04' }))
    expect(refused).toEqual({ state: 'refused', reason: 'AC04', trouble: null })
    expect(standing(said('RJCT', 1)).reason).toBe('rejected')
  })

  test.each(['BLCK', 'CANC', 'PART', 'XXXX'])('%s waits, and loudly', (status) => {
    // Kills "an unknown status is a refusal" and "an unknown status is arrival".
    expect(outcome(said(status, 1))).toBe('unknown')
    expect(standing(said(status, 1)).trouble).toContain(status)
  })

  test.each([
    ['another amount', { amount: '105.00' }],
    ['a hundredth of it', { amount: '1.04' }],
    ['a hundred times', { amount: '10400' }],
    ['below zero', { amount: '-104.00' }],
    ['words', { amount: 'сто четыре' }],
    ['another currency', { currency: 'USD' }],
    ['no currency', { currency: '' }],
  ])('about %s proves nothing, whatever it says', (_, changes) => {
    for (const status of ['ACSC', 'RJCT']) {
      expect(outcome(said(status, 1, changes))).toBe('unknown')
      expect(standing(said(status, 1, changes)).trouble).toContain('MISMATCH')
    }
  })

  test('an amount that is not repeated, or spelled shorter, is no difference', () => {
    for (const amount of ['104', '104.0', '104.00000']) {
      expect(outcome(said('ACSC', 1, { amount }))).toBe('succeeded')
    }
    expect(outcome(said('ACSC', 1, { amount: null, currency: null }))).toBe('succeeded')
  })
})

describe('a refusal that one person alone vouches for', () => {
  const alone = (status: string, hour: number) => said(status, hour, { isConfirmed: false })

  test('gives nothing back, neither before an arrival nor after it', () => {
    expect(standing(alone('RJCT', 1))).toEqual({ state: 'on_its_way', reason: null, trouble: null })
    expect(outcome(said('ACSC', 1), alone('RJCT', 2))).toBe('succeeded')
    expect(outcome(said('ACSC', 1), alone('RJCT', 1))).toBe('succeeded')
  })

  test('hides nothing, and stops no arrival', () => {
    expect(standing(alone('RJCT', 1), alone('ACSC', 2))).toEqual({
      state: 'settled',
      reason: null,
      trouble: null,
    })
    expect(standing(alone('BLCK', 1)).trouble).toContain('BLCK')
  })
})

describe('a refusal of the whole file', () => {
  const file = (hour: number, reason: string | null) =>
    said('RJCT', hour, { reason, scope: 'group', amount: null, currency: null })

  test.each(['AM05', 'DUPL', 'DU01', 'DU05', 'NARR', null])(
    'that may be one of its second submission gives nothing back: %s',
    (reason) => {
      // Kills "RJCT is an end": the first submission of the same MsgId is being paid.
      expect(outcome(file(1, reason))).toBe('unknown')
      expect(outcome(said('ACSC', 1), file(2, reason))).toBe('succeeded')
      expect(standing(said('ACSC', 1), file(2, reason)).trouble).toContain('refused')
    },
  )

  test('of a transfer as a duplicate gives nothing back either', () => {
    expect(outcome(said('RJCT', 1, { reason: 'DU04' }))).toBe('unknown')
  })

  test('with a reason gives the money back while nothing else was ever said', () => {
    expect(standing(file(1, 'AM04'))).toEqual({ state: 'refused', reason: 'AM04', trouble: null })
    expect(outcome(file(1, 'AM04'), file(2, 'AM04'))).toBe('canceled')
  })

  test.each(['RCVD', 'ACSP', 'ACSC', 'BLCK'])('is none once %s was said', (status) => {
    for (const hour of [0, 2]) {
      const both = standing(said(status, hour), file(1, 'AM04'))
      expect(both.state).toBe(status === 'ACSC' ? 'settled' : 'on_its_way')
    }
    // What has arrived comes back by a word about itself alone.
    expect(standing(said(status, 0), file(1, 'AM04')).trouble).toContain('had been taken')
  })
})

describe('several words', () => {
  test('a payment that came back later is returned', () => {
    const back = standing(said('ACSC', 1), said('RJCT', 2, { reason: 'AC04' }))
    expect(back).toEqual({ state: 'returned', reason: 'AC04', trouble: null })
  })

  test('a refusal that is older than the payment takes nothing back', () => {
    // Kills "the last report that was brought counts": it may be brought late.
    expect(standing(said('RJCT', 1), said('ACSC', 2))).toMatchObject({
      state: 'settled',
      trouble: 'paid after a refusal',
    })
  })

  test('an end and its contrary in one moment are none', () => {
    expect(outcome(said('ACSC', 1), said('RJCT', 1))).toBe('unknown')
    expect(outcome(said('RJCT', 1), said('ACSC', 1))).toBe('unknown')
    expect(outcome(said('ACSC', 1), said('RJCT', 1), said('ACSC', 2))).toBe('succeeded')
  })

  test('under way again after an end does not undo the end', () => {
    expect(standing(said('ACSC', 1), said('ACSP', 2))).toMatchObject({ state: 'settled' })
    expect(standing(said('RJCT', 1), said('PDNG', 2)).trouble).toBe('PDNG after an end')
    expect(standing(said('ACSP', 1), said('ACSC', 1)).trouble).toBeNull()
  })

  test('a wrong answer is forgiven when the right one comes', () => {
    expect(standing(said('ACSC', 1, { amount: '1' }), said('ACSC', 2))).toEqual({
      state: 'settled',
      reason: null,
      trouble: null,
    })
  })

  test('mean the same in whatever order they were brought, and however often', () => {
    const one = fc.record({
      status: fc.constantFrom('ACSC', 'RJCT', 'ACSP', 'BLCK'),
      hour: fc.integer({ min: 0, max: 23 }),
    })
    const distinct = fc.uniqueArray(one, { maxLength: 8, selector: ({ hour }) => hour })
    fc.assert(
      fc.property(distinct, fc.array(fc.nat(7)), (answers, order) => {
        const all = answers.map(({ status, hour }) => said(status, hour))
        const again = order.flatMap((index) => all[index] ?? [])
        expect(standingOf(ASKED, [...again.reverse(), ...all.toReversed()])).toEqual(
          standingOf(ASKED, all),
        )
      }),
    )
  })
})

describe('of a file that was written again', () => {
  const whole = { reason: 'DT01', isOfWholeFile: true }
  const group = { ...whole, scope: 'group', amount: null, currency: null } as const
  const later = { saidAt: '2026-11-29T00:00:00.000Z' }

  test('a refusal of the whole ends nothing, whatever its reason and its day', () => {
    // Kills "the refusal of one version is believed of both": the other one pays.
    for (const changes of [group, { ...group, ...later }, { ...group, isOfWholeFile: false }]) {
      const { state, trouble } = writtenAgain(said('RJCT', 1, changes))
      expect([state, trouble]).toEqual(['on_its_way', expect.stringContaining('two versions')])
    }
    expect(standing(said('RJCT', 1, group)).state).toBe('refused')
  })

  test('a refusal of each transfer ends them once no version comes to the bank any more', () => {
    const before = { ...whole, saidAt: '2026-11-28T23:59:59.999Z' }
    expect(writtenAgain(said('RJCT', 1, before))).toMatchObject({ state: 'on_its_way' })
    const ended = { state: 'refused', reason: 'DT01', trouble: null }
    expect(writtenAgain(said('RJCT', 1, { ...whole, ...later }))).toEqual(ended)
  })

  test('a refusal of some transfers is of the version that the bank has taken', () => {
    expect(writtenAgain(said('RJCT', 1, { reason: 'AC04' }))).toMatchObject({ state: 'refused' })
  })

  test('what had arrived is not sent back by a refusal of the other version', () => {
    const both = writtenAgain(said('ACSC', 1), said('RJCT', 2, whole))
    expect(both).toMatchObject({ state: 'settled', trouble: expect.any(String) })
    expect(writtenAgain(said('RJCT', 1, group), said('ACSC', 2))).toMatchObject({
      state: 'settled',
      trouble: null,
    })
  })
})
