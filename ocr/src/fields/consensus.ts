const isSame = (one = '', other = '') => one.toLowerCase() === other.toLowerCase()

/** A sign in the case of the best reading's: strips are read in small letters now and then. */
const inCaseOf = (best: string, sign: string) =>
  best === best.toUpperCase() ? sign.toUpperCase() : sign.toLowerCase()

/** A reading of a line: what it says, and how much it is heard. */
export type Voice = { readonly text: string; readonly weight: number }

/** Readings that differ in more than this share are of something else. */
const FAR_SHARE = 0.4
/** What the best reading is heard more, so that nothing changes where all are equal. */
const BEST_GAIN = 0.1

/**
 * One text out of several readings of a line: along the best of them, sign by sign, what most
 * weight says. A reading may lack a sign, or have one between two.
 */
export function consensusOf(best: Voice, others: readonly Voice[]): string {
  const near = others.filter(
    ({ text }) => aligned(best.text, text).cost <= FAR_SHARE * best.text.length,
  )
  const voices = [{ ...best, weight: best.weight + BEST_GAIN }, ...near]
  const all = voices.map(({ text, weight }) => ({ ...aligned(best.text, text), weight }))
  const heard = (of: (one: Alignment) => string) => {
    const votes = new Map<string, number>()
    for (const one of all) votes.set(of(one), (votes.get(of(one)) ?? 0) + one.weight)
    return [...votes].sort(([, a], [, b]) => b - a)[0]?.[0] ?? ''
  }
  const signs = Array.from(best.text, (_, at) => [
    heard(({ between }) => between[at] ?? ''),
    heard(({ over }) => over[at] ?? ''),
  ])
  return [...signs.flat(), heard(({ between }) => between[best.text.length] ?? '')].join('')
}

type Alignment = {
  /** What a reading has for each sign of the best one; nothing where it lacks it. */
  readonly over: readonly string[]
  /** What it has before each sign and after the last. */
  readonly between: readonly string[]
  readonly cost: number
}

function aligned(best: string, text: string): Alignment {
  const costs = costsOf(best, text)
  const at = (row: number, column: number) => costs[row]?.[column] ?? Number.POSITIVE_INFINITY
  const over: string[] = Array.from(best, () => '')
  const between: string[] = [...over, '']
  let [i, j] = [best.length, text.length]
  while (i > 0 || j > 0) {
    const change = i > 0 && j > 0 && isSame(best[i - 1], text[j - 1]) ? 0 : 1
    if (i > 0 && j > 0 && at(i, j) === at(i - 1, j - 1) + change) {
      over[i - 1] = inCaseOf(best[i - 1] ?? '', text[j - 1] ?? '')
      i -= 1
      j -= 1
    } else if (i > 0 && at(i, j) === at(i - 1, j) + 1) {
      i -= 1
    } else {
      between[i] = (text[j - 1] ?? '') + between[i]
      j -= 1
    }
  }
  return { over, between, cost: at(best.length, text.length) }
}

/** Edits from every beginning of one text to every beginning of the other. */
function costsOf(one: string, other: string): number[][] {
  const costs = [Array.from({ length: other.length + 1 }, (_, index) => index)]
  for (let i = 1; i <= one.length; i += 1) {
    const above = costs[i - 1] ?? []
    const row = [i]
    for (let j = 1; j <= other.length; j += 1) {
      const change = isSame(one[i - 1], other[j - 1]) ? 0 : 1
      row.push(Math.min((above[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (above[j - 1] ?? 0) + change))
    }
    costs.push(row)
  }
  return costs
}
