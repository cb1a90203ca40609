import type { FiscalCountry } from './code.ts'

/**
 * The zone that a country's receipts are printed in (IANA), where the whole country has one clock
 * or its law names one. Null: the clock is that of the place of sale, one of several, and a code
 * does not say which.
 */
export const ZONES: Readonly<Record<FiscalCountry, string | null>> = {
  al: 'Europe/Tirane',
  ar: 'America/Argentina/Buenos_Aires',
  at: 'Europe/Vienna',
  az: 'Asia/Baku',
  ba: 'Europe/Sarajevo',
  br: null,
  // Easter Island and Magallanes have clocks of their own.
  cl: null,
  de: 'Europe/Berlin',
  // The Canary Islands are an hour behind.
  es: null,
  fj: 'Pacific/Fiji',
  gr: 'Europe/Athens',
  hr: 'Europe/Zagreb',
  in: 'Asia/Kolkata',
  ke: 'Africa/Nairobi',
  kg: 'Asia/Bishkek',
  kz: 'Asia/Almaty',
  md: 'Europe/Chisinau',
  me: 'Europe/Podgorica',
  mx: null,
  // The Azores are an hour behind.
  pt: null,
  rs: 'Europe/Belgrade',
  ru: null,
  sa: 'Asia/Riyadh',
  si: 'Europe/Ljubljana',
  sk: 'Europe/Bratislava',
  tz: 'Africa/Dar_es_Salaam',
  ua: 'Europe/Kyiv',
  uz: 'Asia/Tashkent',
  ws: 'Pacific/Apia',
}
