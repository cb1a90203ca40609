import type { PhotoReading } from './photo.ts'
import { type CodeScan, isRuScan, type ReceiptScan } from './receipt.ts'
import {
  CHECKED_FIELDS,
  type CheckedField,
  type CheckedReading,
  type ReviewMarks,
} from './review.ts'

/**
 * What a spot check asks about: what the machine itself read, by the code before the print, for
 * that is what it decided by. `scan`: of the receipt, where the reading does not hold what its code
 * said, as of every country but the home one.
 */
export function checkedReading(
  { scan: home, ...read }: PhotoReading,
  scan: ReceiptScan | null = null,
): CheckedReading {
  const said = home ? { ...saidAt(home.time), total: home.totalMinor } : saidBy(scan)
  const numbers = home
    ? [home.fn, String(home.i), String(home.fp)]
    : [read.fn, read.fd, read.fp].map((field) => field?.value ?? '')
  const items = read.items.map(({ name }) => name)
  return {
    retailer: read.retailer?.value ?? null,
    date: said.date ?? read.date?.value ?? null,
    time: said.time ?? read.time?.value ?? null,
    total: said.total ?? read.totalMinor?.value ?? null,
    numbers: numbers.some((one) => one !== '') ? numbers : null,
    items: items.length > 0 ? items : null,
  }
}

const saidAt = (time: string) => ({ date: time.slice(0, 10), time: time.slice(11) })

const NOTHING = { date: null, time: null, total: null }

/** A code of another country may leave something out: a stand-in for it was read by nobody. */
function saidBy(scan: ReceiptScan | null): Pick<CheckedReading, 'date' | 'time' | 'total'> {
  if (scan === null || !isCodeScan(scan)) return NOTHING
  const { date, time } = saidAt(scan.time)
  const isTold = (part: string) => !scan.missing.includes(part)
  return {
    date: isTold('issued_at') ? date : null,
    time: isTold('issued_at') && isTold('time_of_day') ? time : null,
    total: isTold('total') ? scan.totalMinor : null,
  }
}

const isCodeScan = (scan: ReceiptScan): scan is CodeScan => !isRuScan(scan) && 'text' in scan

/** Fields that were read, each to be called right or wrong by the reviewer. */
export function fieldsToCheck(checked: CheckedReading | null): CheckedField[] {
  return checked === null ? [] : CHECKED_FIELDS.filter((field) => checked[field] !== null)
}

/** Nobody has looked at these yet: a field that was not marked says nothing of the machine. */
export const unmarkedOf = (checked: CheckedReading | null, marks: ReviewMarks): CheckedField[] =>
  fieldsToCheck(checked).filter((field) => marks[field] === undefined)

/** Whether the marks are of all that was read and of nothing else. */
export function marksFit(checked: CheckedReading | null, marks: ReviewMarks): boolean {
  const isStray = CHECKED_FIELDS.some(
    (field) => marks[field] !== undefined && (checked?.[field] ?? null) === null,
  )
  return !isStray && unmarkedOf(checked, marks).length === 0
}
