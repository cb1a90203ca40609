import type { CheckedField, ReviewMarks } from '#schema/review'

/** A digit's mark: right at first, then wrong, and back. */
export const toggled = (marks: ReviewMarks, field: CheckedField): ReviewMarks => ({
  ...marks,
  [field]: marks[field] !== true,
})
