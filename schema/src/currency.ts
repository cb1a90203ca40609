/** Currencies of the markets (ISO 4217) with the sign that people write after or before amounts. */
const SIGNS = {
  ALL: 'L',
  ARS: 'AR$',
  AZN: '₼',
  BAM: 'KM',
  BRL: 'R$',
  CLP: 'CLP$',
  EUR: '€',
  FJD: 'FJ$',
  INR: '₹',
  KES: 'KSh',
  KGS: 'сом',
  KZT: '₸',
  MDL: 'lei',
  MXN: 'MX$',
  RSD: 'дин.',
  RUB: '₽',
  SAR: 'SAR',
  TZS: 'TSh',
  UAH: '₴',
  UZS: 'soʻm',
  WST: 'WS$',
} as const

export type CurrencyCode = keyof typeof SIGNS
export const CURRENCIES = Object.keys(SIGNS) as [CurrencyCode, ...CurrencyCode[]]

/** Digits of the minor unit: a Chilean peso has none, all others here have a hundredth. */
export function minorDigits(currency: CurrencyCode): 0 | 2 {
  return currency === 'CLP' ? 0 : 2
}

/** The amount in whole units, for spreadsheets: 1234 is 12.34 roubles and 1234 Chilean pesos. */
export const unitsOf = (currency: CurrencyCode, amountMinor: number): number =>
  amountMinor / 10 ** minorDigits(currency)

export const currencySign = (currency: CurrencyCode): string => SIGNS[currency]

/**
 * About so many whole units make a euro: reference rates of the European Central Bank and, where it
 * has none, of the country's central bank, late 2025, rounded. They size limits, so
 * that a market's smallest withdrawal is neither dust nor a fortune; no money is converted by them.
 */
const UNITS_PER_EURO: Readonly<Record<CurrencyCode, number>> = {
  ALL: 100,
  ARS: 2_000,
  AZN: 2,
  BAM: 2,
  BRL: 6,
  CLP: 1_000,
  EUR: 1,
  FJD: 3,
  INR: 100,
  KES: 150,
  KGS: 100,
  KZT: 600,
  MDL: 20,
  MXN: 20,
  RSD: 100,
  RUB: 100,
  SAR: 4,
  TZS: 3_000,
  UAH: 50,
  UZS: 15_000,
  WST: 3,
}

/** An amount of about so many euros, for limits only: `minorOfEuros('KZT', 5)` is 3 000 ₸. */
export function minorOfEuros(currency: CurrencyCode, euros: number): number {
  return Math.round(euros * UNITS_PER_EURO[currency] * 10 ** minorDigits(currency))
}
