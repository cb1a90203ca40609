import { expect, it } from 'vitest'
import { CURRENCIES, minorOfEuros } from './currency.ts'
import { MARKET_CODES, MARKETS } from './market.ts'

const LIMITS = [
  'payoutMinorMin',
  'payoutMinorMax',
  'invoiceMinorMin',
  'invoiceMinorMax',
  'reviewedReceiptMinorMax',
  'reviewedMonthMinorMax',
] as const

it('keeps the home market’s limits as its providers and its page of rules have them', () => {
  expect(MARKETS.ru).toMatchObject({
    payoutMinorMin: 1_00,
    payoutMinorMax: 250_000_00,
    invoiceMinorMin: 100_00,
    invoiceMinorMax: 100_000_000_00,
    reviewedReceiptMinorMax: 500_00,
    reviewedMonthMinorMax: 2_000_00,
  })
})

it('sizes limits by the currency: no amount of roubles bounds euros, tenges or pesos', () => {
  expect(MARKETS.at).toMatchObject({ payoutMinorMin: 1_00, reviewedReceiptMinorMax: 5_00 })
  expect(MARKETS.kz).toMatchObject({ payoutMinorMin: 600_00, reviewedReceiptMinorMax: 3_000_00 })
  // A peso of Chile has no hundredth.
  expect(MARKETS.cl).toMatchObject({ payoutMinorMin: 1_000, reviewedReceiptMinorMax: 5_000 })
  expect(MARKETS.uz).toMatchObject({ payoutMinorMin: 15_000_00 })
})

it('has limits in every market that are whole, in order, and worth about the same', () => {
  for (const code of MARKET_CODES) {
    const rules = MARKETS[code]
    for (const limit of LIMITS) {
      const minor = rules[limit]
      expect(Number.isSafeInteger(minor), `${code} ${limit}`).toBe(true)
      const euros = minor / minorOfEuros(rules.currency, 1)
      expect(euros, `${code} ${limit}`).toBeGreaterThan(0)
      expect(euros, `${code} ${limit}`).toBeLessThanOrEqual(1_000_000)
    }
    expect(rules.payoutMinorMin).toBeLessThan(rules.payoutMinorMax)
    expect(rules.reviewedReceiptMinorMax).toBeLessThan(rules.reviewedMonthMinorMax)
    expect(rules.submissionDays).toBeLessThanOrEqual(rules.submissionDaysMax)
  }
})

it('turns euros of every currency into whole minor units, cents too', () => {
  for (const currency of CURRENCIES) {
    expect(Number.isSafeInteger(minorOfEuros(currency, 0.2)), currency).toBe(true)
    expect(minorOfEuros(currency, 0.2), currency).toBeGreaterThan(0)
  }
})
