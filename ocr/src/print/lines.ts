import type { RawWord } from '../engine/print-reader.ts'
import { type Line, lineOf, type Word } from '../fields/word.ts'
import { IDENTITY, type Projection, project } from '../image/projection.ts'

/** Specks that the reader takes for letters: no confidence and no size. */
const NOISE_CONFIDENCE = 12

/**
 * Words of the reader → lines of the receipt, boxes in px of the level sheet. The reader's own
 * lines hold; a price that it put on a line of its own beside its name comes back.
 */
export function linesOf(words: readonly RawWord[], toSheet: Projection = IDENTITY): Line[] {
  const kept = words.filter(
    ({ confidence, text }) => confidence >= NOISE_CONFIDENCE || /\d/.test(text) || text.length > 3,
  )
  const groups = [...Map.groupBy(kept, ({ line }) => line).values()]
  const rows = joined(groups).sort((a, b) => topOf(a) - topOf(b))
  return rows.map((row) =>
    lineOf(row.sort((a, b) => a.left - b.left).map((w) => onSheet(w, toSheet))),
  )
}

const topOf = (row: readonly RawWord[]) =>
  row.reduce((sum, { top, bottom }) => sum + top + bottom, 0) / (2 * row.length)

const heightOf = (row: readonly RawWord[]) =>
  row.reduce((sum, { top, bottom }) => sum + bottom - top, 0) / row.length

/** Joins rows at one height that do not overlap in width. */
function joined(groups: RawWord[][]): RawWord[][] {
  const rows: RawWord[][] = []
  for (const group of groups.sort((a, b) => topOf(a) - topOf(b))) {
    const near = rows.at(-1)
    const isBeside =
      near !== undefined &&
      Math.abs(topOf(near) - topOf(group)) < 0.35 * Math.min(heightOf(near), heightOf(group)) &&
      group.every((word) => near.every((o) => word.left >= o.right || word.right <= o.left))
    if (isBeside) near.push(...group)
    else rows.push([...group])
  }
  return rows
}

function onSheet(
  { text, confidence, left, top, right, bottom }: RawWord,
  toSheet: Projection,
): Word {
  const from = project(toSheet, { x: left, y: top })
  const to = project(toSheet, { x: right, y: bottom })
  return { text, confidence, box: { left: from.x, top: from.y, right: to.x, bottom: to.y } }
}
