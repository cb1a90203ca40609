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

export const currencySign = (currency: CurrencyCode): string => SIGNS[currency]
