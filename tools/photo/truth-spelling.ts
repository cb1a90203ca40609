import { monthOf } from '../../ocr/src/fields/dates.ts'

/** How the sample sets spell dates, times and sums; null for what says nothing. */

const NOTHING = /^(?:null|none|n\/?a|unknown|-+|\?+)?$/i

export function textOf(value: unknown): string | null {
  const text = typeof value === 'number' ? String(value) : value
  return typeof text === 'string' && !NOTHING.test(text.trim()) ? text : null
}

const two = (part: number | string) => String(part).padStart(2, '0')

function dateOf(year: number, month: number, day: number): string | null {
  if (month < 1 || month > 12 || day < 1 || day > 31) return null
  return `${year < 100 ? 2000 + year : year}-${two(month)}-${two(day)}`
}

/** ISO, `20180620`, `31/12/2018`, `12/31/2018`, `31-12-18`, `05 JAN 2017`, `Jan 5, 2017`. */
export function isoDate(value: unknown): string | null {
  const text = textOf(value)
  if (text === null) return null
  const iso = /(?<!\d)((?:19|20)\d{2})[-./]?(\d{2})[-./]?(\d{2})(?!\d)/.exec(text)
  if (iso !== null) return dateOf(Number(iso[1]), Number(iso[2]), Number(iso[3]))
  const figures = /(?<!\d)(\d{1,2})\s*[./-]\s*(\d{1,2})\s*[./-]\s*(\d{4}|\d{2})(?!\d)/.exec(text)
  if (figures !== null) {
    const [a, b, year] = figures.slice(1).map(Number) as [number, number, number]
    return b > 12 ? dateOf(year, a, b) : dateOf(year, b, a)
  }
  const dayFirst = /(\d{1,2})[\s./-]*(\p{L}{3,})[\s.,/'-]*(\d{4}|\d{2})(?!\d)/u.exec(text)
  const monthFirst = /(\p{L}{3,})[\s.]*(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})/u.exec(text)
  const [day, word, year] = dayFirst
    ? [dayFirst[1], dayFirst[2], dayFirst[3]]
    : [monthFirst?.[2], monthFirst?.[1], monthFirst?.[3]]
  const month = monthOf(word ?? '')
  return month === null ? null : dateOf(Number(year), month, Number(day))
}

/** `16:20`, `16:20:05`, `9.05`, `4:05 PM`, or behind the date. */
export function timeOf(value: unknown): string | null {
  const match = /(?<![\d.])(\d{1,2})[:h](\d{2})(?::\d{2})?(?:\s*([ap])\.?m)?/i.exec(
    textOf(value) ?? '',
  )
  if (match === null) return null
  const [, hour = '', minute = '', half = ''] = match
  const shift = half.toLowerCase() === 'p' && Number(hour) < 12 ? 12 : 0
  const isMidnight = half.toLowerCase() === 'a' && Number(hour) === 12
  return `${two(isMidnight ? 0 : Number(hour) + shift)}:${minute}`
}

/** `26.60`, `RM 1,234.50`, `1 234,5 ₽`, `15 305`, `1.234,50` or a number; minor units. */
export function minorOf(value: unknown): number | null {
  if (typeof value === 'number') return Math.round(value * 100)
  const text = textOf(value)
    ?.match(/-?\d[\d\s.,'’\u00a0]*/)?.[0]
    ?.replace(/[^\d]+$/, '')
  if (text === undefined) return null
  const [, whole = '', cents = ''] = /^(.*?)(?:[.,](\d{1,2}))?$/s.exec(text) ?? []
  const minor = Number(whole.replace(/\D/g, '')) * 100 + Number(cents.padEnd(2, '0'))
  return text.startsWith('-') ? -minor : minor
}
