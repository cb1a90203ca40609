import parsePhone from 'libphonenumber-js/min'
import type { MarketCode } from '#schema/market'

/**
 * Mobile numbers by market, as their regulators number them. Codes go by SMS to these alone: other
 * numbers cost money to abuse. A market without a rule takes no phones yet.
 */
const MOBILE: Partial<Record<MarketCode, RegExp>> = {
  ru: /^\+79\d{9}$/,
  kz: /^\+77(0[0-8]|47|6[0-4]|7[15-8])\d{7}$/,
  at: /^\+436(5[0-3579]|6[013-9]|[7-9]\d)\d{6,9}$/,
  de: /^\+491(5\d|6[0237]|7\d)\d{7,8}$/,
}

/**
 * E.164 of what a person typed (`8 (999) 123-45-67`, `+43 664 …`), or null when it is no mobile
 * number of these markets. Without a country code a number is Russian.
 */
export function normalisePhone(text: string, markets: readonly MarketCode[]): string | null {
  const number = parsePhone(text, 'RU')?.number
  if (number === undefined) return null
  return markets.some((market) => MOBILE[market]?.test(number)) ? number : null
}

/** `+79991234542` → `+7 999 ···-··-42`: enough to recognise one's own number. */
export function maskPhone(phone: string): string {
  const end = 1 + (parsePhone(phone)?.countryCallingCode.length ?? 1)
  return `${phone.slice(0, end)} ${phone.slice(end, end + 3)} ···-··-${phone.slice(-2)}`
}

/** `anna@example.com` → `a···@example.com`. */
export function maskMail(address: string): string {
  const at = address.lastIndexOf('@')
  return `${address.slice(0, 1)}···${address.slice(at)}`
}
