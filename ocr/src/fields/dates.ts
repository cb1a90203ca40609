import { shapeOf } from './fold.ts'
import { MONTHS } from './keywords.ts'
import type { Line } from './word.ts'

export type DateFound = {
  /** `2018-06-20`. */
  readonly date: string
  readonly from: number
  readonly to: number
  /** How sure the form is: a time beside it, a four-digit year, a mended letter. */
  readonly weight: number
  /** `16:20`, when a time stands on the line. */
  readonly time: string | null
}

/** Order of day and month where figures alone cannot tell. */
export type DayOrder = 'day_first' | 'month_first'

const TWINS: Readonly<Record<string, string>> = {
  О: '0',
  O: '0',
  о: '0',
  o: '0',
  З: '3',
  з: '3',
  В: '8',
  I: '1',
  l: '1',
  '|': '1',
  S: '5',
  б: '6',
  '!': '1',
  B: '8',
  в: '8',
  i: '1',
  Ч: '4',
}

const YEAR_FIRST = 2000

/** Letters inside figures become figures, where figures stand on both sides or nearly. */
function mended(text: string): string {
  return text.replace(/[\dОOоoЗзВвIl|SбB!iЧ.,/:-]{5,}/g, (word) => {
    const digits = word.replace(/\D/g, '').length
    const letters = word.replace(/[\d.,/:-]/g, '').length
    return letters > 0 && letters <= 3 && digits >= 4
      ? word.replace(/[^\d.,/:-]/g, (twin) => TWINS[twin] ?? twin)
      : word
  })
}

const NUMERIC =
  /(?<![\d])(\d{1,2})\s?([./\-,'`])\s?(\d{1,2})\s?([./\-,'`])\s?(20\d{2}|\d{2})(?!\d)(?!\s?[.,:]\d)/g
const ISO = /(?<!\d)(20\d{2})([./-])(\d{1,2})\2(\d{1,2})(?!\d)/g
const WORDED = /(?<!\d)(\d{1,2})[\s./-]*(\p{L}{3,10})[\s.,/'-]*(20\d{2}|\d{2})(?!\d)/gu
const MONTH_FIRST = /(\p{L}{3,9})[\s.]*(\d{1,2}),?\s+(20\d{2})(?!\d)/gu
/** A separator was lost, four-digit years only: `20/062018`, `21.01 2019`, `31/ 01 2018`. */
const BROKEN = /(?<!\d)(\d{2})[./\s-]?(\d{2})[./\s-](20\d{2})(?!\d)/g
const TIME =
  /(?<![\d.,])([01]?\d|2[0-3])\s?[:;]\s?([0-5]\d)(?:\s?[:;.]\s?([0-5]\d))?(?!\d)\s?([AP]M)?/gi

/** Times of a line, `HH:MM`. */
function timesIn(text: string): string[] {
  return [...text.matchAll(TIME)].map(([, hour = '', minute = '', , half]) => {
    const shifted =
      half?.toUpperCase() === 'PM' && Number(hour) < 12
        ? Number(hour) + 12
        : half?.toUpperCase() === 'AM' && Number(hour) === 12
          ? 0
          : Number(hour)
    return `${String(shifted).padStart(2, '0')}:${minute}`
  })
}

export const timeIn = (line: Line): string | null => timesIn(mended(line.text))[0] ?? null

const monthOf = (word: string): number | null => {
  const shape = shapeOf(word)
  const index = MONTHS.findIndex((names) => names.some((name) => shape.startsWith(shapeOf(name))))
  return index < 0 ? null : index + 1
}

type Parts = { year: number; month: number; day: number }

/** A slashed zero is read as 8, 9 or 6: `81/11/18` is the first of the month. */
const unslashed = (value: number, most: number) =>
  value > most && [6, 8, 9].includes(Math.floor(value / 10)) ? value % 10 : value

function printed(parts: Parts): string | null {
  const { year } = parts
  const [month, day] = [unslashed(parts.month, 12), unslashed(parts.day, 31)]
  const full = year < 100 ? 2000 + year : year
  if (full < YEAR_FIRST || month < 1 || month > 12 || day < 1) return null
  if (day > new Date(Date.UTC(full, month, 0)).getUTCDate()) return null
  return `${full}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
}

type Raw = { parts: Parts; match: RegExpExecArray; weight: number }

function numeric(match: RegExpExecArray, order: DayOrder): Raw[] {
  const [, first = '', one, second = '', two, year = ''] = match
  const [day, month] =
    order === 'day_first' || Number(first) > 12
      ? [Number(first), Number(second)]
      : [Number(second), Number(first)]
  const isEven = one === two && one !== ','
  const weight = (year.length === 4 ? 3 : 2) + (isEven ? 1 : -1)
  const swapped = Number(second) > 12 && Number(first) <= 12
  const parts = swapped
    ? { year: Number(year), month: Number(first), day: Number(second) }
    : { year: Number(year), month, day }
  return [{ parts, match, weight: swapped ? weight - 2 : weight }]
}

function worded(match: RegExpExecArray, day = '', word = '', year = ''): Raw[] {
  const month = monthOf(word)
  if (month === null) return []
  return [{ parts: { year: Number(year), month, day: Number(day) }, match, weight: 4 }]
}

/** Receipts are brought within weeks; a year long past is more likely misread. */
const YEAR_USUAL = 2010
const UNUSUAL_WEIGHT = 0.4

/** A day until which something holds is no day of sale. */
const UNTIL =
  /(?:^|[\s(])(?:до|по|дійсн\S*|действ\S*|bis|gültig|until|till|valid|exp\S*|hasta|até|важи)[\s:]*$/iu
const UNTIL_WEIGHT = 0.3

/** Dates of a line; `latest` (`YYYY-MM-DD`) drops what lies after it. */
export function datesIn(line: Line, order: DayOrder, latest: string): DateFound[] {
  const text = mended(line.text)
  const raws: Raw[] = [
    ...[...text.matchAll(NUMERIC)].flatMap((match) => numeric(match, order)),
    ...[...text.matchAll(ISO)].map((match) => ({
      parts: { year: Number(match[1]), month: Number(match[3]), day: Number(match[4]) },
      match,
      weight: 4,
    })),
    ...[...text.matchAll(WORDED)].flatMap((match) => worded(match, match[1], match[2], match[3])),
    ...[...text.matchAll(MONTH_FIRST)].flatMap((m) => worded(m, m[2], m[1], m[3])),
    ...[...text.matchAll(BROKEN)].map((match) => ({
      parts: { year: Number(match[3]), month: Number(match[2]), day: Number(match[1]) },
      match,
      weight: 1.5,
    })),
  ]
  return raws.flatMap(({ parts, match, weight }) => {
    const date = printed(parts)
    if (date === null || date > latest) return []
    const time = timesIn(text.slice(match.index + match[0].length))[0] ?? timesIn(text)[0] ?? null
    return [
      {
        date,
        from: match.index,
        to: match.index + match[0].length,
        weight:
          (weight + (time === null ? 0 : 2)) *
          (Number(date.slice(0, 4)) < YEAR_USUAL ? UNUSUAL_WEIGHT : 1) *
          (UNTIL.test(text.slice(0, match.index)) ? UNTIL_WEIGHT : 1),
        time,
      },
    ]
  })
}
