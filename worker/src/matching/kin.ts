/**
 * What a line leaves unsaid matters where products of one family differ in it. A line cut before
 * its size is safe when nothing like it comes in another size, and open when its siblings do: then
 * a product that the catalogue lacks is as likely as the one it has. No score makes up for that.
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
/** A line that may be cut is open already when a product this little akin has another size. */
const CUT_KIN_SHARE_MIN = 0.15
/** Terms below this weight (packaging, codes) are no facts. */
const FACT_WEIGHT_MIN = 0.2
const SAID_SURE_MIN = 0.45
/** The first digit of a size says little of it. */
const MEASURE_SAID_SURE_MIN = 0.7
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
  const { weights, terms: parsed } = index.vocabulary
  const said = new Set<number>()
  const unsaidWords: number[] = []
  const unsaidMeasures: number[] = []
  let saidWeight = 0
  for (const [at, term] of terms.entries()) {
    const weight = weights[term] ?? 0
    const isWord = parsed[term]?.kind === 'word'
    const isSaid = (sure[at] ?? 0) >= (isWord ? SAID_SURE_MIN : MEASURE_SAID_SURE_MIN)
    if (!isSaid && weight >= FACT_WEIGHT_MIN) (isWord ? unsaidWords : unsaidMeasures).push(term)
    if (isSaid && isWord && !said.has(term)) {
      said.add(term)
      saidWeight += weight
    }
  }
  return { said, saidWeight, unsaidWords, unsaidMeasures }
}

/** True when the other product has another measure of the fact's kind. */
function hasOtherMeasure(index: ProductIndex, fact: number, other: Uint32Array): boolean {
  const measureOf = (term: number) => MEASURE[index.vocabulary.terms[term]?.kind ?? 'code']
  const measure = measureOf(fact)
  if (measure === null || other.includes(fact)) return false
  return other.some((term) => measureOf(term) === measure)
}

/** True when the kin explains a token of the line that the best candidate leaves without sense. */
function explainsMore(best: Explained, kin: Explained, weights: ArrayLike<number>): boolean {
  return best.lineSure.some((sure, at) => {
    const isFact = (weights[at] ?? 0) >= FACT_WEIGHT_MIN
    return isFact && sure < SAID_SURE_MIN && (kin.lineSure[at] ?? 0) >= EXPLAINED_SURE_MIN
  })
}

/**
 * True when the line leaves its best candidate open among the others: a word or measure left unsaid
 * in which a product of the same family differs, or a word of the line that the candidate lacks and
 * such a product has. Either way the product with the other fact may be one the catalogue lacks.
 * `lineWeights` go with the tokens of the line; `mayBeCut` says that a till may have cut it.
 */
export function isOpen(
  index: ProductIndex,
  best: Explained,
  candidates: Iterable<Explained>,
  lineWeights: ArrayLike<number>,
  mayBeCut: boolean,
): boolean {
  const { said, saidWeight, unsaidWords, unsaidMeasures } = factsOf(index, best)
  if (saidWeight === 0) return false
  const { weights } = index.vocabulary
  const measureShareMin = mayBeCut ? CUT_KIN_SHARE_MIN : KIN_SHARE_MIN
  for (const other of candidates) {
    if (index.ids[other.product] === index.ids[best.product]) continue
    let shared = 0
    for (const term of new Set(other.terms)) if (said.has(term)) shared += weights[term] ?? 0
    const kinship = shared / saidWeight
    const differs = (fact: number) => hasOtherMeasure(index, fact, other.terms)
    if (kinship >= measureShareMin && unsaidMeasures.some(differs)) return true
    if (kinship < KIN_SHARE_MIN) continue
    if (explainsMore(best, other, lineWeights)) return true
    if (unsaidWords.some((fact) => !other.terms.includes(fact))) return true
  }
  return false
}
