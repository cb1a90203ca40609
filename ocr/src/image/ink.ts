import { boxBlur, type Gray } from './gray.ts'

/** How much darker than its surroundings a pixel must be to count as print. */
const CONTRAST_MIN = 18
const CONTRAST_SHARE = 0.14

/** Marks the print: pixels clearly darker than the mean of the window around them. */
export function inkOf(gray: Gray, radius: number): Uint8Array {
  const mean = boxBlur(gray, radius)
  const ink = new Uint8Array(gray.data.length)
  for (let at = 0; at < ink.length; at += 1) {
    const around = mean.data[at] ?? 0
    const limit = Math.max(CONTRAST_MIN * (around / 200), around * CONTRAST_SHARE)
    if ((gray.data[at] ?? 0) < around - limit) ink[at] = 1
  }
  return ink
}

/** Print that differs less than this from well-lit paper is faint. */
const FAINT_RANGE = 70
const LIT_MIN = 180
const INK_RADIUS = 14

/** Spreads a picture of faint print over the whole range; any other stays as it is. */
export function spreadFaint(gray: Gray): Gray {
  const ink = inkOf(gray, INK_RADIUS)
  const [inks, papers] = [new Uint32Array(256), new Uint32Array(256)]
  for (let at = 0; at < ink.length; at += 1) {
    const value = gray.data[at] ?? 0
    const counts = ink[at] === 1 ? inks : papers
    counts[value] = (counts[value] ?? 0) + 1
  }
  const [dark, light] = [middleOf(inks), middleOf(papers)]
  if (light < LIT_MIN || light - dark >= FAINT_RANGE || light <= dark) return gray
  const data = gray.data.map((value) =>
    Math.max(0, Math.min(255, 20 + ((value - dark) * 220) / (light - dark))),
  )
  return { width: gray.width, height: gray.height, data }
}

/** The median of counted values. */
function middleOf(counts: Uint32Array): number {
  let left = counts.reduce((sum, count) => sum + count, 0) / 2
  return counts.findIndex((count) => {
    left -= count
    return left <= 0
  })
}

/**
 * At least as many as there are connected pieces of ink: runs of a row that touch no ink above.
 * Counted before anything is labelled, because each piece costs, and noise is all pieces.
 */
export function marksIn(ink: Uint8Array, width: number, height: number): number {
  let marks = 0
  for (let y = 0; y < height; y += 1) {
    const row = y * width
    let isRun = false
    let isJoined = false
    for (let x = 0; x < width; x += 1) {
      if (ink[row + x] !== 1) {
        if (isRun && !isJoined) marks += 1
        isRun = false
        isJoined = false
        continue
      }
      isRun = true
      if (y > 0 && ink[row - width + x] === 1) isJoined = true
    }
    if (isRun && !isJoined) marks += 1
  }
  return marks
}

export type Blob = {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
  readonly pixels: number
}

/** Connected pieces of ink (4-neighbours), by union of runs. */
export function blobsOf(ink: Uint8Array, width: number, height: number): Blob[] {
  const parents: number[] = []
  const boxes: { left: number; top: number; right: number; bottom: number; pixels: number }[] = []
  const rootOf = (label: number): number => {
    let root = label
    while (parents[root] !== root) root = parents[root] ?? root
    parents[label] = root
    return root
  }
  let above: { from: number; to: number; label: number }[] = []
  for (let y = 0; y < height; y += 1) {
    const runs: typeof above = []
    for (let x = 0; x < width; x += 1) {
      if (ink[y * width + x] !== 1) continue
      const from = x
      while (x + 1 < width && ink[y * width + x + 1] === 1) x += 1
      const label = parents.length
      parents.push(label)
      boxes.push({ left: from, top: y, right: x, bottom: y, pixels: x - from + 1 })
      for (const run of above) {
        if (run.to < from || run.from > x) continue
        const a = rootOf(run.label)
        const b = rootOf(label)
        if (a !== b) parents[Math.max(a, b)] = Math.min(a, b)
      }
      runs.push({ from, to: x, label })
    }
    above = runs
  }
  for (let label = boxes.length - 1; label >= 0; label -= 1) {
    const root = rootOf(label)
    const box = boxes[label]
    const into = boxes[root]
    if (root === label || box === undefined || into === undefined) continue
    into.left = Math.min(into.left, box.left)
    into.top = Math.min(into.top, box.top)
    into.right = Math.max(into.right, box.right)
    into.bottom = Math.max(into.bottom, box.bottom)
    into.pixels += box.pixels
  }
  return boxes.filter((_, label) => parents[label] === label)
}
