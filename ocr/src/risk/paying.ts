import type { Fields } from '../fields/fields.ts'
import type { Box } from '../fields/word.ts'

/** Fields that decide whether and how much is paid: whose receipt it is, when, and its total. */
type Paying = Pick<
  Fields,
  'totalMinor' | 'date' | 'time' | 'taxNumber' | 'fn' | 'fd' | 'fp' | 'numbers'
>

/** Where they stand: a field that was computed of others stands nowhere. */
export function payingBoxes(fields: Paying): Box[] {
  const { totalMinor, date, time, taxNumber, fn, fd, fp, numbers } = fields
  return [totalMinor, date, time, taxNumber, fn, fd, fp, ...numbers].flatMap(
    (field) => field?.box ?? [],
  )
}
