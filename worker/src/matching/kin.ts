/**
 * What a line leaves unsaid matters where products of one family differ in it: then a product that
 * the catalogue lacks is as likely as the one it has, and no score makes up for that. In size all
 * families differ, whether the catalogue shows it or not.
 */

import type { TokenKind } from './normalise.ts'
import type { ProductIndex } from './product-index.ts'

/** A candidate with what the line explained of it. */
export interface Explained {
  readonly product: number
  readonly terms: Uint32Array
  /** How sure each term is explained by the line, 0 … 1. */
  readonly sure: Float64Array
  /** How sure each token of the line is explained by the product, 0 … 1. */
  readonly lineSure: Float64Array
}

/** Products that share this much of the explained words' weight are of one family. */
const KIN_SHARE_MIN = 0.6
/** Terms below this weight (packaging, codes) are no facts. */
const FACT_WEIGHT_MIN = 0.2
const SAID_SURE_MIN = 0.45
/** One digit of a cut size leaves too many sizes open, two leave few (`similarity.ts`). */
const MEASURE_SAID_SURE_MIN = 0.65
const EXPLAINED_SURE_MIN = 0.75

/** Kinds of measure that stand for each other: a bare number is mostly a count. */
const MEASURE: Readonly<Record<TokenKind, 'size' | 'share' | 'count' | null>> = {
  word: null,
  code: null,
  mass: 'size',
  volume: 'size',
  percent: 'share',
  count: 'count',
  number: 'count',
}

interface Facts {
  readonly said: ReadonlySet<number>
  readonly saidWeight: number
  readonly unsaidWords: readonly number[]
  readonly unsaidMeasures: readonly number[]
}

function factsOf(index: ProductIndex, { terms, sure }: Explained): Facts {
  const { vocabulary } = index
  const { weights } = vocabulary
  const said = new Set<number>()
  const unsaidWords: number[] = []
  const unsaidMeasures: number[] = []
  let saidWeight = 0
  for (const [at, term] of terms.entries()) {
    const weight = weights[term] ?? 0
    const isWord = vocabulary.kindOf(term) === 'word'
    const isSaid = (sure[at] ?? 0) >= (isWord ? SAID_SURE_MIN : MEASURE_SAID_SURE_MIN)
    if (!isSaid && weight >= FACT_WEIGHT_MIN) (isWord ? unsaidWords : unsaidMeasures).push(term)
    if (isSaid && isWord && !said.has(term)) {
      said.add(term)
      saidWeight += weight
    }
  }
  return { said, saidWeight, unsaidWords, unsaidMeasures }
}

function measureOf(index: ProductIndex, term: number): 'size' | 'share' | 'count' | null {
  return MEASURE[index.vocabulary.kindOf(term)]
}

/** True for how much of the product there is, in a pack or in pieces. */
function isSize(index: ProductIndex, fact: number): boolean {
  const measure = measureOf(index, fact)
  return measure === 'size' || measure === 'count'
}

/** True when the other product has another measure of the fact's kind. */
function hasOtherMeasure(index: ProductIndex, fact: number, other: Uint32Array): boolean {
  const measure = measureOf(index, fact)
  if (measure === null || other.includes(fact)) return false
  return other.some((term) => measureOf(index, term) === measure)
}

/** True when the kin explains a token of the line that the best candidate leaves without sense. */
function explainsMore(best: Explained, kin: Explained, weights: ArrayLike<number>): boolean {
  return best.lineSure.some((sure, at) => {
    const isFact = (weights[at] ?? 0) >= FACT_WEIGHT_MIN
    return isFact && sure < SAID_SURE_MIN && (kin.lineSure[at] ?? 0) >= EXPLAINED_SURE_MIN
  })
}

/**
 * True when the line leaves its best candidate open: a size that the product states and the line
 * lacks; a word or measure left unsaid in which a product of the same family differs; or a word of
 * the line that the candidate lacks and such a product has. In each case the product with the other
 * fact may be one that the catalogue lacks. `lineWeights` go with the tokens of the line;
 * `mayLackSize` says that the line states none, or that a till may have cut it.
 */
export function isOpen(
  index: ProductIndex,
  best: Explained,
  candidates: Iterable<Explained>,
  lineWeights: ArrayLike<number>,
  mayLackSize: boolean,
): boolean {
  const { said, saidWeight, unsaidWords, unsaidMeasures } = factsOf(index, best)
  if (saidWeight === 0) return false
  if (mayLackSize && unsaidMeasures.some((fact) => isSize(index, fact))) return true
  const { weights } = index.vocabulary
  for (const other of candidates) {
    if (index.mainOf(other.product) === index.mainOf(best.product)) continue
    let shared = 0
    for (const term of new Set(other.terms)) if (said.has(term)) shared += weights[term] ?? 0
    if (shared < KIN_SHARE_MIN * saidWeight) continue
    if (explainsMore(best, other, lineWeights)) return true
    if (unsaidWords.some((fact) => !other.terms.includes(fact))) return true
    if (unsaidMeasures.some((fact) => hasOtherMeasure(index, fact, other.terms))) return true
  }
  return false
}
