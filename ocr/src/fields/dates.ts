import { findAny, shapeOf } from './fold.ts'
import { MONTHS } from './keywords.ts'
import type { Line } from './word.ts'

export type DateFound = {
  /** `2018-06-20`. */
  readonly date: string
  readonly from: number
  readonly to: number
  /** How sure the form is: a time beside it, a four-digit year, a mended letter. */
  readonly weight: number
  /** Another order of the figures, or one of them put right: never what a proof rests on. */
  readonly isGuess: boolean
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
  D: '0',
  C: '0',
  С: '0',
  Q: '0',
  '©': '0',
  '®': '0',
  З: '3',
  з: '3',
  Э: '3',
  В: '8',
  I: '1',
  l: '1',
  '|': '1',
  S: '5',
  s: '5',
  б: '6',
  G: '6',
  '!': '1',
  B: '8',
  в: '8',
  i: '1',
  Ч: '4',
  Т: '7',
  Z: '2',
  '?': '7',
}

const YEAR_FIRST = 2000
const LETTERS_MENDED_MAX = 3

/** Letters inside figures become figures, where figures stand on both sides or nearly. */
function mended(text: string): string {
  return text.replace(/[\dОOоoDCСQ©®ЗзЭВвIl|SsбGB!iЧТZ?.,/:-]{5,}/g, (word) => {
    const digits = word.replace(/\D/g, '').length
    const letters = word.replace(/[\d.,/:-]/g, '').length
    return letters > 0 && letters <= LETTERS_MENDED_MAX && digits >= 4
      ? word.replace(/[^\d.,/:-]/g, (twin) => TWINS[twin] ?? twin)
      : word
  })
}

const NUMERIC =
  /(?<![\d])(\d{1,2})\s?([./\-,'`~–—\\])\s?(\d{1,2})\s?([./\-,'`~–—\\])\s?(20\d{2}|\d{2})(?!\d)(?!\s?[.,:]\d)/g
const ISO = /(?<!\d)(20\d{2})\s?([./-])\s?(\d{1,2})\s?\2\s?(\d{1,2})(?!\d)/g
const WORDED = /(?<!\d)(\d{1,2})[\s./-]*(\p{L}{3,10})[\s.,/'-]*(20\d{2}|\d{2})(?!\d)/gu
const MONTH_FIRST = /(\p{L}{3,9})[\s.]*(\d{1,2}),?\s+(20\d{2})(?!\d)/gu
/** A separator was lost, four-digit years only: `20/062018`, `21.01 2019`, `31/ 01 2018`. */
const BROKEN = /(?<!\d)(\d{2})\s?[./\s-]?\s?(\d{2})\s?[./\s-]\s?(20\d{2})(?!\d)/g
/** Separators read as a one or a seven: `03/0372017`, `03110/2017`. */
const BARRED = /(?<!\d)(?:(\d{2})[./-](\d{2})[17](20\d{2})|(\d{2})[17](\d{2})[./-](20\d{2}))(?!\d)/g
/** No separator is left; counts only beside a word or a time. */
const RUN = /(?<!\d)(\d{2})[./-]?(\d{2})(20[12]\d)(?!\d)/g
const TIME =
  /(?<![\d.,])([01]?\d|2[0-3])\s?[:;]\s?([0-5]\d)(?:\s?[:;.]\s?([0-5]\d))?(?!\d)\s?([AP]M)?/gi

/** Universal time of a signature or a log, `2025-07-31T10:41:27.000Z`: no clock of the shop. */
const UNIVERSAL = /-\d{2}[TТ71]\d{2}:\d{2}:\d{2}(?:[.,]\s?\d{3}|\s?Z)/g
/** Of the times of a table the one at which it was paid. */
const CLOSED = /(?:закры|закрит|closed|geschlossen|cierre|fecho)\p{L}*/iu

/** Times of a line, `HH:MM`, the one that is meant first. */
function timesIn(line: string): string[] {
  const own = line.replace(UNIVERSAL, ' ')
  const closed = CLOSED.exec(own)
  const text = closed === null ? own : own.slice(closed.index) + own.slice(0, closed.index)
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

/** The seconds behind a time, `SS`; null where the line has not that time, or no seconds. */
export function secondsIn(line: Line, time: string): string | null {
  const own = mended(line.text).replace(UNIVERSAL, ' ')
  const found = [...own.matchAll(TIME)].find(
    ([, hour = '', minute]) => `${hour.padStart(2, '0')}:${minute}` === time,
  )
  return found?.[3] ?? null
}

export const timeIn = (line: Line): string | null => timesIn(mended(line.text))[0] ?? null

export const monthOf = (word: string): number | null => {
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

type Raw = { parts: Parts; match: RegExpExecArray; weight: number; isGuess?: true }

/** What an ambiguous date weighs the other way round: another date of the paper may decide. */
const OTHER_ORDER_WEIGHT = 0.5

function numeric(match: RegExpExecArray, order: DayOrder): Raw[] {
  const [, first = '', one, second = '', two, last = ''] = match
  const [a, b, year] = [Number(first), Number(second), Number(last)]
  const isEven = one === two && one !== ','
  const weight = (last.length === 4 ? 3 : 2) + (isEven ? 1 : -1)
  const dayFirst = { year, month: b, day: a }
  const monthFirst = { year, month: a, day: b }
  const yearFirst = { year: a, month: b, day: year }
  const [usual, other] = order === 'day_first' ? [dayFirst, monthFirst] : [monthFirst, dayFirst]
  const isAmbiguous = a <= 12 && b <= 12 && a !== b
  return [
    { parts: usual, match, weight },
    { parts: other, match, weight: isAmbiguous ? OTHER_ORDER_WEIGHT : weight - 2, isGuess: true },
    // Terminals of cards print `25-11-09`; a day below thirteen leaves it open.
    ...(last.length === 2 && a > 12
      ? [{ parts: yearFirst, match, weight: weight - 1.2, isGuess: true as const }]
      : []),
  ]
}

function barred(match: RegExpExecArray): Raw[] {
  const [day, month, year] = match.slice(1).filter((part) => part !== undefined)
  return [
    { parts: { year: Number(year), month: Number(month), day: Number(day) }, match, weight: 1.2 },
  ]
}

function worded(match: RegExpExecArray, day = '', word = '', year = ''): Raw[] {
  const month = monthOf(word)
  if (month === null) return []
  return [{ parts: { year: Number(year), month, day: Number(day) }, match, weight: 4 }]
}

/** Receipts are brought within weeks; a year long past is more likely misread. */
const YEAR_USUAL = 2010
const UNUSUAL_WEIGHT = 0.4

/** A day until which something holds is no day of sale, nor is that of a law or a promotion. */
const UNTIL =
  /(?:^|[\s(])(?:до|по|дійсн\S*|действ\S*|срок\S*|годен\S*|bis|gültig|until|till|valid|exp\S*|expiry date|due|since|hasta|até|validade|caducidad|важи|vigencia|start|від|от)[\s:.]*$/iu
const UNTIL_WEIGHT = 0.3

const DATE_WORDS = ['ДАТА', 'DATE', 'DATUM', 'FECHA', 'DATA', 'ДАТУМ', 'КҮНІ', 'ЧАС', 'TARIKH']
const WORD_WEIGHT = 1.3

function rawsIn(text: string, order: DayOrder, isBeside: boolean): Raw[] {
  const partsOf = (match: RegExpExecArray, year: number, month: number, day: number) => ({
    year: Number(match[year]),
    month: Number(match[month]),
    day: Number(match[day]),
  })
  return [
    ...[...text.matchAll(NUMERIC)].flatMap((match) => numeric(match, order)),
    ...[...text.matchAll(ISO)].map((match) => ({
      parts: partsOf(match, 1, 3, 4),
      match,
      weight: 4,
    })),
    ...[...text.matchAll(WORDED)].flatMap((match) => worded(match, match[1], match[2], match[3])),
    ...[...text.matchAll(MONTH_FIRST)].flatMap((m) => worded(m, m[2], m[1], m[3])),
    ...[...text.matchAll(BROKEN)].map((match) => ({
      parts: partsOf(match, 3, 2, 1),
      match,
      weight: 1.5,
    })),
    ...[...text.matchAll(BARRED)].flatMap(barred),
    ...(isBeside
      ? [...text.matchAll(RUN)].map((match) => ({
          parts: partsOf(match, 3, 2, 1),
          match,
          weight: 1,
        }))
      : []),
  ]
}

/** A North American telephone number: there `03/04/2020` is the fourth of March. */
const MONTH_FIRST_PLACE = /\(\d{3}\) ?\d{3}-\d{4}(?!\d)/
/** One misread day looks like a month; several readings do not agree on it. */
const MONTH_FIRST_MIN = 2

/** How the paper writes its dates: dates that allow one order only decide, then the place. */
export function orderOf(texts: readonly string[]): DayOrder {
  let dayFirst = 0
  let monthFirst = 0
  for (const text of texts) {
    for (const [, first, , second] of mended(text).matchAll(NUMERIC)) {
      const [a, b] = [Number(first), Number(second)]
      if (a > 12 && a <= 31 && b <= 12) dayFirst += 1
      if (b > 12 && b <= 31 && a <= 12) monthFirst += 1
    }
    if (MONTH_FIRST_PLACE.test(text)) monthFirst += 1
  }
  return monthFirst >= MONTH_FIRST_MIN && dayFirst === 0 ? 'month_first' : 'day_first'
}

/** Dates of a line; `latest` (`YYYY-MM-DD`) drops what lies after it. */
export function datesIn(line: Line, order: DayOrder, latest: string): DateFound[] {
  const text = mended(line.text)
  const isNamed = findAny(text, DATE_WORDS) !== null
  const lineTimes = timesIn(text)
  return rawsIn(text, order, isNamed || lineTimes.length > 0).flatMap(
    ({ parts, match, weight, isGuess }) => {
      const own = printed(parts)
      const isRepaired = own !== null && own > latest
      const date = isRepaired ? printed(withEarlierYear(parts, latest)) : own
      if (date === null || date > latest) return []
      const time = timesIn(text.slice(match.index + match[0].length))[0] ?? lineTimes[0] ?? null
      const base = weight + (time === null ? 0 : 2) + (isNamed ? WORD_WEIGHT : 0)
      const isUnusual = Number(date.slice(0, 4)) < YEAR_USUAL
      const isUntil = UNTIL.test(text.slice(0, match.index))
      return [
        {
          date,
          from: match.index,
          to: match.index + match[0].length,
          weight:
            base *
            (isRepaired ? REPAIRED_WEIGHT : 1) *
            (isUnusual ? UNUSUAL_WEIGHT : 1) *
            (isUntil ? UNTIL_WEIGHT : 1),
          isGuess: isRepaired || isGuess === true,
          time,
        },
      ]
    },
  )
}

const REPAIRED_WEIGHT = 0.2

/** A year yet to come has a misread ten: `2071` is 2021. The most recent year that can be. */
function withEarlierYear(parts: Parts, latest: string): Parts {
  const full = parts.year < 100 ? 2000 + parts.year : parts.year
  const recent = Number(latest.slice(0, 4))
  const unit = full % 10
  const year = recent - ((recent - unit) % 10)
  const isTenMisread = Math.floor(full / 10) > Math.floor(recent / 10) && full < 2100
  return isTenMisread ? { ...parts, year } : parts
}
