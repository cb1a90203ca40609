import parsePhone from 'libphonenumber-js/min'

/** Codes go by SMS to mobile numbers of the market only: other numbers cost money to abuse. */
const MOBILE_RU = /^\+79\d{9}$/

/** E.164 of what a person typed (`8 (999) 123-45-67`), or null when it is no such number. */
export function normalisePhone(text: string): string | null {
  const number = parsePhone(text, 'RU')?.number
  return number !== undefined && MOBILE_RU.test(number) ? number : null
}

/** `+79991234542` → `+7 999 ···-··-42`: enough to recognise one's own number. */
export function maskPhone(phone: string): string {
  return `${phone.slice(0, 2)} ${phone.slice(2, 5)} ···-··-${phone.slice(-2)}`
}

/** `anna@example.com` → `a···@example.com`. */
export function maskMail(address: string): string {
  const at = address.lastIndexOf('@')
  return `${address.slice(0, 1)}···${address.slice(at)}`
}
