import { CHECKED_FIELDS, type Precision } from '#schema/review'

/** Two-sided 95 % of the normal distribution. */
const Z = 1.96

/**
 * How many of the marked fields were right, with Wilson's score interval: E. B. Wilson, "Probable
 * inference, the law of succession, and statistical inference", JASA 22 (1927).
 */
export function wilson(right: number, marked: number): { from: number; to: number } {
  if (marked === 0) return { from: 0, to: 1 }
  const share = right / marked
  const square = (Z * Z) / marked
  const middle = share + square / 2
  const spread = Z * Math.sqrt((share * (1 - share)) / marked + square / (4 * marked))
  const bound = (value: number) => Math.min(1, Math.max(0, value / (1 + square)))
  return { from: bound(middle - spread), to: bound(middle + spread) }
}

export type MarkCount = { readonly field: string; readonly right: number; readonly marked: number }

/** Precision per field in the order of the fields, and of all marks together first. */
export function precisionOf(counts: readonly MarkCount[]): Precision[] {
  const of = (field: Precision['field'], parts: readonly MarkCount[]): Precision => {
    const right = parts.reduce((sum, part) => sum + part.right, 0)
    const marked = parts.reduce((sum, part) => sum + part.marked, 0)
    return { field, right, marked, ...wilson(right, marked) }
  }
  const each = CHECKED_FIELDS.map((field) =>
    of(
      field,
      counts.filter((count) => count.field === field),
    ),
  )
  return [of('all', counts), ...each.filter(({ marked }) => marked > 0)]
}
