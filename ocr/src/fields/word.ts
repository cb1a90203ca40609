/** A rectangle in px of the level sheet. */
export type Box = {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

/** A word as read: `box` in px of the level sheet, `confidence` 0–100 by the reader. */
export type Word = { readonly text: string; readonly box: Box; readonly confidence: number }

/** Words that stand on one line of the receipt, left to right. */
export type Line = { readonly text: string; readonly words: readonly Word[]; readonly box: Box }

/** One reading of the sheet. Several differ in preparation or language and then vote. */
export type Pass = {
  readonly name: string
  readonly lines: readonly Line[]
  /** The model that read. Readings of one model share its mistakes, those of two seldom do. */
  readonly model?: string
  /** Single lines read on their own, not the page. */
  readonly isStrip?: true
  /** Lines of figures by the model that tells figures best, which reads nothing else in them. */
  readonly isFigures?: true
}

/** Readings of figures alone that go before all others where they say the same. */
export const FIGURES_HEARD_MIN = 2

export function around(boxes: readonly Box[]): Box {
  return {
    left: Math.min(...boxes.map(({ left }) => left)),
    top: Math.min(...boxes.map(({ top }) => top)),
    right: Math.max(...boxes.map(({ right }) => right)),
    bottom: Math.max(...boxes.map(({ bottom }) => bottom)),
  }
}

export function lineOf(words: readonly Word[]): Line {
  return {
    words,
    text: words.map(({ text }) => text).join(' '),
    box: around(words.map(({ box }) => box)),
  }
}

/** The box of `text.slice(from, to)` of a line: the words it touches. */
export function boxWithin(line: Line, from: number, to: number): Box {
  let at = 0
  const touched: Box[] = []
  for (const { text, box } of line.words) {
    if (at < to && at + text.length > from) touched.push(box)
    at += text.length + 1
  }
  return touched.length > 0 ? around(touched) : line.box
}

/** How sure the reader was of a line's words on average, 0–100. */
export const surenessOf = ({ words }: Line) =>
  words.reduce((sum, { confidence }) => sum + confidence, 0) / Math.max(1, words.length)
