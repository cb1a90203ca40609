import parsePhone from 'libphonenumber-js/mobile'
import type { MarketCode } from '#schema/market'

/**
 * E.164 of what a person typed (`8 (999) 123-45-67`, `+43 664 …`, `0043 664 …`), or null when it is
 * no mobile number of these markets, by the numbering plan of its country: codes go by SMS to these
 * alone, as other numbers cost money to abuse. Without a country code a number is Russian.
 */
export function normalisePhone(text: string, markets: readonly MarketCode[]): string | null {
  const phone = parsePhone(text.trim().replace(/^00/, '+'), 'RU')
  if (!phone?.isValid()) return null
  const country = phone.country?.toLowerCase()
  return markets.some((market) => market === country) ? phone.number : null
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
