import { checkedReading } from '#schema/checked-reading'
import type { PhotoReading } from '#schema/photo'
import { CHECKED_FIELDS, type CheckedField, type ReviewMarks } from '#schema/review'

/** Fields of a spot check: what was read, each to be called right or wrong by its reviewer. */
export function fieldsToCheck(reading: PhotoReading | null): CheckedField[] {
  if (reading === null) return []
  const read = checkedReading(reading)
  return CHECKED_FIELDS.filter((field) => read[field] !== null)
}

/** Nobody has looked at these yet: a field that was not marked says nothing of the machine. */
export const unmarkedOf = (reading: PhotoReading | null, marks: ReviewMarks): CheckedField[] =>
  fieldsToCheck(reading).filter((field) => marks[field] === undefined)

/** A digit's mark: right at first, then wrong, and back. */
export const toggled = (marks: ReviewMarks, field: CheckedField): ReviewMarks => ({
  ...marks,
  [field]: marks[field] !== true,
})
