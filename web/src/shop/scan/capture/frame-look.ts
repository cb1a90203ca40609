/** A small grey picture of what the camera sees: one byte a pixel, rows from the top. */
export interface Frame {
  width: number
  height: number
  gray: Uint8Array
}

/** What the shopper should do; `good`: press. */
type Hint = 'dark' | 'no_paper' | 'far' | 'cut' | 'glare' | 'blurred' | 'good'

/** Where the paper is, as shares of the frame. */
interface PaperArea {
  left: number
  top: number
  right: number
  bottom: number
}

export interface FrameLook {
  hint: Hint
  paper: PaperArea | null
}

const DARK_MEAN = 50
/** Paper and table must differ by this much grey. */
const CONTRAST_MIN = 36
/** Share of a column or row that is paper where the paper is: print and folds are dark. */
const LINE_SHARE = 0.4
/** A narrower paper has letters too small to be read. */
const WIDTH_MIN = 0.36
const SATURATED = 251
/** Paper that is overexposed as a whole is no glare; a burnt patch on darker paper is. */
const PAPER_MEDIAN_MAX = 238
const GLARE_SHARE = 0.03
/** Steepest step between neighbours over the range of greys: print in focus has steep edges. */
const STEEPNESS_MIN = 0.3
const RANGE_MIN = 50

/**
 * Judges a frame: `small` is all of it, about 160 px wide, `centre` a piece of its middle at full
 * size. A few additions a pixel, so that it may run several times a second.
 */
export function lookAtFrame(small: Frame, centre: Frame): FrameLook {
  const { gray } = small
  if (mean(gray) < DARK_MEAN) return { hint: 'dark', paper: null }
  const limit = parting(gray)
  if (limit === null) return { hint: 'no_paper', paper: null }
  const paper = paperIn(small, limit)
  if (paper === null) return { hint: 'no_paper', paper: null }
  const isCut = paper.left <= 0.01 || paper.right >= 0.99
  if (isCut) return { hint: 'cut', paper }
  if (paper.right - paper.left < WIDTH_MIN) return { hint: 'far', paper }
  if (hasGlare(small, limit)) return { hint: 'glare', paper }
  return { hint: isBlurred(centre) ? 'blurred' : 'good', paper }
}

const mean = (gray: Uint8Array) => gray.reduce((sum, value) => sum + value, 0) / gray.length

/** The grey between table and paper (Otsu); null when there are no two. */
function parting(gray: Uint8Array): number | null {
  const counts = new Float64Array(256)
  for (const value of gray) counts[value] = (counts[value] ?? 0) + 1
  const total = gray.reduce((sum, value) => sum + value, 0)
  let [below, belowSum, best, bestBetween, bestGap] = [0, 0, 0, -1, 0]
  for (let value = 0; value < 255; value += 1) {
    below += counts[value] ?? 0
    belowSum += value * (counts[value] ?? 0)
    const above = gray.length - below
    if (below === 0 || above === 0) continue
    const gap = (total - belowSum) / above - belowSum / below
    const between = below * above * gap * gap
    if (between > bestBetween) [bestBetween, best, bestGap] = [between, value, gap]
  }
  return bestGap < CONTRAST_MIN ? null : best
}

function paperIn({ width, height, gray }: Frame, limit: number): PaperArea | null {
  const columns = new Float64Array(width)
  for (let at = 0; at < gray.length; at += 1) {
    if ((gray[at] ?? 0) > limit) columns[at % width] = (columns[at % width] ?? 0) + 1 / height
  }
  const across = longestRun(columns)
  if (across === null) return null
  const rows = new Float64Array(height)
  for (let y = 0; y < height; y += 1) {
    for (let x = across.from; x < across.to; x += 1) {
      if ((gray[y * width + x] ?? 0) <= limit) continue
      rows[y] = (rows[y] ?? 0) + 1 / (across.to - across.from)
    }
  }
  const down = longestRun(rows)
  if (down === null) return null
  return {
    left: across.from / width,
    right: across.to / width,
    top: down.from / height,
    bottom: down.to / height,
  }
}

/** The longest run of lines that are paper; a dark line of print between does not end it. */
function longestRun(shares: Float64Array): { from: number; to: number } | null {
  const gapMax = Math.ceil(shares.length / 12)
  let best = { from: 0, to: 0 }
  let [from, last] = [-1, -1]
  for (let at = 0; at < shares.length; at += 1) {
    if ((shares[at] ?? 0) < LINE_SHARE) continue
    if (from < 0 || at - last > gapMax) from = at
    last = at
    if (last + 1 - from > best.to - best.from) best = { from, to: last + 1 }
  }
  return best.to - best.from < shares.length / 10 ? null : best
}

function hasGlare({ gray }: Frame, limit: number): boolean {
  const paper = gray.filter((value) => value > limit).sort()
  const burnt = paper.length - paper.findIndex((value) => value >= SATURATED)
  const share = (paper.at(-1) ?? 0) < SATURATED ? 0 : burnt / gray.length
  return share > GLARE_SHARE && (paper[paper.length >> 1] ?? 0) < PAPER_MEDIAN_MAX
}

function isBlurred({ width, gray }: Frame): boolean {
  const sorted = Uint8Array.from(gray).sort()
  const at = (share: number) => sorted[Math.floor((sorted.length - 1) * share)] ?? 0
  const range = at(0.98) - at(0.02)
  // Nothing is printed here: nothing to be sharp.
  if (range < RANGE_MIN) return false
  const steps = new Uint8Array(gray.length)
  for (let index = 1; index < gray.length; index += 1) {
    if (index % width > 0) steps[index] = Math.abs((gray[index] ?? 0) - (gray[index - 1] ?? 0))
  }
  steps.sort()
  return (steps[Math.floor(steps.length * 0.985)] ?? 0) / range < STEEPNESS_MIN
}
