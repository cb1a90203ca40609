import { describe, expect, test } from 'vitest'
import { MARKETS } from '#schema/market'
import { minor } from '#schema/money'
import type { PayoutDestination, PayoutRequest } from '#schema/payout'
import { decidePayout, type PayoutFacts } from './payout.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const NOW = 1_800_000_000_000

const facts: PayoutFacts = {
  availableMinor: 30_000_000,
  adultConfirmedAt: NOW - 1_000 * HOUR,
  reauthenticatedAt: NOW - MINUTE,
  phoneChangedAt: null,
  bankKnown: true,
  frozen: false,
  contentTag: 'tag',
  previous: null,
}

const sbp: PayoutDestination = { code: 'sbp', phone: '+79161234567', bankId: '100000000111' }

function asking(amountMinor: number, destination: PayoutDestination = sbp): PayoutRequest {
  const id = '0b6f5c64-2f0e-4e5a-9f0d-5b1f1c1f7a11'
  return { id, amountMinor: minor(amountMinor), destination }
}

const decided = (amountMinor: number, changed: Partial<PayoutFacts> = {}) =>
  decidePayout(asking(amountMinor), { ...facts, ...changed }, MARKETS.ru, NOW)

const post = { ok: true, replay: false }
const no = (code: string) => ({ ok: false, code })

describe('the amount', () => {
  test('one rouble is enough, and a kopeck less is not', () => {
    expect(decided(100)).toEqual(post)
    expect(decided(99)).toEqual(no('payout_amount_too_small'))
  })

  test('the largest payout is taken, and a kopeck more is not', () => {
    expect(decided(25_000_000)).toEqual(post)
    expect(decided(25_000_001)).toEqual(no('payout_amount_too_large'))
  })

  test('the last kopeck of the wallet may leave, and not one more', () => {
    expect(decided(500, { availableMinor: 500 })).toEqual(post)
    expect(decided(501, { availableMinor: 500 })).toEqual(no('wallet_short'))
  })
})

describe('the person', () => {
  test('nobody withdraws before confirming to be 18', () => {
    expect(decided(100, { adultConfirmedAt: null })).toEqual(no('adult_confirmation_needed'))
  })

  test('nobody withdraws without having proved who they are', () => {
    expect(decided(100, { reauthenticatedAt: null })).toEqual(no('reauthentication_needed'))
  })

  test('a proof opens withdrawals for ten minutes and not a millisecond longer', () => {
    expect(decided(100, { reauthenticatedAt: NOW - 10 * MINUTE })).toEqual(post)
    const stale = { reauthenticatedAt: NOW - 10 * MINUTE - 1 }
    expect(decided(100, stale)).toEqual(no('reauthentication_needed'))
  })

  test('a thief with a new phone waits 48 hours, whatever was proved since', () => {
    const fresh = { phoneChangedAt: NOW - 48 * HOUR + 1, reauthenticatedAt: NOW }
    expect(decided(100, fresh)).toEqual(no('phone_change_cooldown'))
    expect(decided(100, { phoneChangedAt: NOW - 48 * HOUR })).toEqual(post)
  })
})

describe('the destination', () => {
  test('a bank that the provider does not list is refused before money is set aside', () => {
    expect(decided(100, { bankKnown: false })).toEqual(no('bank_unknown'))
  })

  test('a card number that does not check is never sent', () => {
    const wrong = asking(100, { code: 'bank_card', cardNumber: '4242424242424241' })
    expect(decidePayout(wrong, facts, MARKETS.ru, NOW)).toEqual(no('card_number_invalid'))
    const right = asking(100, { code: 'bank_card', cardNumber: '4242424242424242' })
    expect(decidePayout(right, facts, MARKETS.ru, NOW)).toEqual(post)
  })

  test('a wallet number is not judged as a card', () => {
    const wallet = asking(100, { code: 'yoo_money', accountNumber: '410011758831136' })
    expect(decidePayout(wallet, facts, MARKETS.ru, NOW)).toEqual(post)
  })
})

describe('abroad', () => {
  const iban: PayoutDestination = {
    code: 'iban',
    iban: 'AT611904300234573201',
    holder: 'Anna Muster',
  }
  const inAustria = (amountMinor: number, destination: PayoutDestination) =>
    decidePayout(asking(amountMinor, destination), facts, MARKETS.at, NOW)

  test('the market’s own bounds hold, not those of the home market', () => {
    expect(inAustria(250_000, iban)).toEqual(post)
    expect(inAustria(250_001, iban)).toEqual(no('payout_amount_too_large'))
    const forints = { ...MARKETS.at, payoutMinorMin: 40_000, payoutMinorMax: 1_000_000 }
    const small = decidePayout(asking(39_999, iban), facts, forints, NOW)
    expect(small).toEqual(no('payout_amount_too_small'))
  })

  test('nothing leaves a market whose currency nobody carries', () => {
    for (const destination of [iban, sbp]) {
      const uzbek = decidePayout(asking(2_000_000, destination), facts, MARKETS.uz, NOW)
      expect(uzbek).toEqual(no('payouts_not_open'))
    }
  })

  test('money of one market never leaves by the ways of another', () => {
    expect(inAustria(100, sbp)).toEqual(no('payout_method_not_here'))
    const home = decidePayout(asking(100, iban), facts, MARKETS.ru, NOW)
    expect(home).toEqual(no('payout_method_not_here'))
  })

  test('an account number that does not check is never sent', () => {
    const mistyped = { ...iban, iban: 'AT611904300234573210' }
    expect(inAustria(100, mistyped)).toEqual(no('iban_invalid'))
  })
})

describe('in Kazakhstan', () => {
  const account: PayoutDestination = {
    code: 'iban',
    iban: 'KZ86125KZT5004100100',
    holder: 'Әлия Қасымова',
    personalNumber: '900505300003',
  }
  const { personalNumber: _, ...unnamed } = account
  const asked = (changes: Partial<typeof account>) =>
    decidePayout(asking(100_000, { ...account, ...changes }), facts, MARKETS.kz, NOW)

  test('an order to the bank names account, holder and the holder’s number', () => {
    expect(asked({})).toEqual(post)
    expect(asked({ holder: 'Aliya Qasymova' })).toEqual(post)
  })

  test('what the bank would refuse days later is refused before money is set aside', () => {
    expect(asked({ iban: 'AT611904300234573201' })).toEqual(no('iban_foreign'))
    expect(asked({ iban: 'KZ86125KZT5004100101' })).toEqual(no('iban_invalid'))
    const wrong = no('personal_number_invalid')
    expect(asked({ personalNumber: '900505300004' })).toEqual(wrong)
    const nameless = decidePayout(asking(100_000, unnamed), facts, MARKETS.kz, NOW)
    expect(nameless).toEqual(wrong)
  })

  test('a number that nobody needs, and letters that no bank carries, stay at home', () => {
    const inAustria = (changes: Partial<typeof account>) =>
      decidePayout(
        asking(100_000, { ...account, iban: 'AT611904300234573201', ...changes }),
        facts,
        MARKETS.at,
        NOW,
      )
    expect(inAustria({})).toEqual(no('holder_invalid'))
    expect(inAustria({ holder: 'Anna Muster' })).toEqual(no('personal_number_invalid'))
  })
})

describe('the books', () => {
  test('nothing leaves a cell whose books are in doubt', () => {
    expect(decided(100, { frozen: true })).toEqual(no('payouts_frozen'))
  })
})

describe('the id', () => {
  test('a repeat is answered even when nothing would be allowed any more', () => {
    const since: Partial<PayoutFacts> = {
      previous: 'tag',
      availableMinor: 0,
      adultConfirmedAt: null,
      reauthenticatedAt: null,
      phoneChangedAt: NOW,
      frozen: true,
    }
    expect(decided(100, since)).toEqual({ ok: true, replay: true })
  })

  test('another content under the same id is refused before anything else is told', () => {
    expect(decided(1, { previous: 'other' })).toEqual(no('id_reused'))
  })
})
