/** Times as codes print them. Nothing here knows a time zone: a wall clock stays one. */

const MONTH_DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
const MINUTE_MS = 60_000

function daysIn(year: number, month: number): number {
  const leap = month === 2 && year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
  return (MONTH_DAYS[month - 1] ?? 0) + (leap ? 1 : 0)
}

/** Two texts of digits and a third as `2026-11-21`; null for a day that no calendar has. */
export function wallDay(year: string, month: string, day: string): string | null {
  if (!/^\d{8}$/.test(year + month + day) || year.length !== 4 || month.length !== 2) return null
  if (Number(day) < 1 || Number(day) > daysIn(Number(year), Number(month))) return null
  return `${year}-${month}-${day}`
}

/** `20261121` → `2026-11-21`. */
export function compactDay(digits: string): string | null {
  if (digits.length !== 8) return null
  return wallDay(digits.slice(0, 4), digits.slice(4, 6), digits.slice(6))
}

/** `1842`, `184259`, with or without colons → `18:42`, `18:42:59`. */
export function timeOfDay(text: string): string | null {
  const parts = /^(\d{2}):?(\d{2})(?::?(\d{2}))?$/.exec(text)
  if (parts === null) return null
  const [, hour = '', minute = '', second] = parts
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second ?? 0) > 59) return null
  return second === undefined ? `${hour}:${minute}` : `${hour}:${minute}:${second}`
}

/** A day and a time of day, each of which may have been refused. */
export function wallClock(day: string | null, time: string | null): string | null {
  return day === null || time === null ? null : `${day}T${time}`
}

/** `20261121184259`, with or without a `T` between day and time. */
export function compactClock(digits: string): string | null {
  const parts = /^(\d{8})[Tt]?(\d{4}|\d{6})$/.exec(digits)
  return parts && wallClock(compactDay(parts[1] ?? ''), timeOfDay(parts[2] ?? ''))
}

/** `2026-11-21T18:42:59`, also with a blank for the `T` → itself with the `T`. */
export function isoClock(text: string): string | null {
  const parts = /^(\d{4})-(\d{2})-(\d{2})[Tt ](\d{2}:\d{2}(?::\d{2})?)$/.exec(text)
  if (parts === null) return null
  const [, year = '', month = '', day = '', time = ''] = parts
  return wallClock(wallDay(year, month, day), timeOfDay(time))
}

/** Milliseconds since 1970 as an instant; whole seconds are written without the fraction. */
export function instantOf(epochMs: number): string | null {
  if (!Number.isSafeInteger(epochMs) || Math.abs(epochMs) > 8.64e15) return null
  const text = new Date(epochMs).toISOString()
  return /^\d{4}-/.test(text) ? text.replace('.000Z', 'Z') : null
}

/**
 * A time with `Z` or an offset, as an instant. A blank stands for the plus sign of an offset, which
 * many a link loses on its way.
 */
export function isoInstant(text: string): string | null {
  const parts = /^([\d-]{10}[Tt ][\d:]{8})(?:\.(\d{1,9}))?(?:([Zz])|([+ -])(\d{2}):?(\d{2}))$/.exec(
    text,
  )
  const wall = isoClock(parts?.[1] ?? '')
  if (parts === null || wall === null) return null
  const [, , fraction = '', , sign, hours = '0', minutes = '0'] = parts
  if (Number(hours) > 14 || Number(minutes) > 59) return null
  const offset = (Number(hours) * 60 + Number(minutes)) * (sign === '-' ? -1 : 1)
  const ms = Number(fraction.padEnd(3, '0').slice(0, 3))
  return instantOf(Date.parse(`${wall}Z`) + ms - offset * MINUTE_MS)
}
