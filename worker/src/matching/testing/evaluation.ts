/**
 * Coverage, precision and false accepts of matching on a corpus with known answers; always reported
 * together.
 */

import { productNames, productsOf } from './catalogue.ts'
import { matchNamed, type NamedIndex, namedIndex } from './named.ts'
import type { Noise } from './noise.ts'
import { seeded } from './random.ts'

/** A line and its product's id, or null when the catalogue lacks the product. */
export interface LabelledLine {
  readonly line: string
  readonly name: string
  readonly productId: string | null
  readonly style: string
}

/** Shares are 0 … 1. */
export interface Figures {
  readonly present: number
  readonly absent: number
  /** Lines of present products that were accepted, rightly or not. */
  readonly coverage: number
  /** Accepted lines of present products that got the right product. */
  readonly precision: number
  /** Lines of absent products that were accepted. */
  readonly falseAccepts: number
  /** All accepted lines, absent ones included, that were right. */
  readonly overallPrecision: number
}

/** A catalogue and labelled lines, both from the seed. */
export interface Corpus {
  readonly index: NamedIndex
  readonly lines: readonly LabelledLine[]
  readonly names: readonly string[]
}

/**
 * Makes names, keeps a share out of the catalogue, and writes each as a line in each style. The
 * names kept out are siblings of those within: same brand in another flavour, size, percentage or
 * count.
 */
export function makeCorpus(
  seed: number,
  count: number,
  absentShare: number,
  styles: Readonly<Record<string, Noise>>,
  given?: readonly string[],
): Corpus {
  const random = seeded(seed)
  const names = given ?? productNames(random, count)
  const split = Math.round(names.length * (1 - absentShare))
  const present = names.slice(0, split)
  const index = namedIndex(productsOf(present))
  const lines = names.flatMap((name, at) =>
    Object.entries(styles).map(([style, noise]) => ({
      line: noise(random, name),
      name,
      productId: at < split ? `p${at}` : null,
      style,
    })),
  )
  return { index, lines, names: present }
}

/** Matches every line and counts. */
export function evaluate(
  { index, lines }: Pick<Corpus, 'index' | 'lines'>,
  look: (line: LabelledLine, match: ReturnType<typeof matchNamed>) => void = () => undefined,
): Figures {
  let present = 0
  let accepted = 0
  let right = 0
  let falseAccepts = 0
  for (const line of lines) {
    const match = matchNamed(index, { name: line.line })
    look(line, match)
    if (line.productId !== null) present += 1
    if (!match.accepted) continue
    if (line.productId === null) falseAccepts += 1
    else accepted += 1
    if (line.productId === match.productId) right += 1
  }
  const absent = lines.length - present
  const share = (part: number, whole: number) => (whole === 0 ? 0 : part / whole)
  return {
    present,
    absent,
    coverage: share(accepted, present),
    precision: share(right, accepted),
    falseAccepts: share(falseAccepts, absent),
    overallPrecision: share(right, accepted + falseAccepts),
  }
}
