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
export type Pass = { readonly name: string; readonly lines: readonly Line[] }

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

function wordsWithin(line: Line, from: number, to: number): Word[] {
  let at = 0
  return line.words.filter(({ text }) => {
    const start = at
    at += text.length + 1
    return start < to && start + text.length > from
  })
}

/** The box of `text.slice(from, to)` of a line: the words it touches. */
export function boxWithin(line: Line, from: number, to: number): Box {
  const touched = wordsWithin(line, from, to)
  return touched.length > 0 ? around(touched.map(({ box }) => box)) : line.box
}

/** The least confidence, 0–100, of the words that `text.slice(from, to)` touches. */
export const confidenceWithin = (line: Line, from: number, to: number): number =>
  Math.min(100, ...wordsWithin(line, from, to).map(({ confidence }) => confidence))
