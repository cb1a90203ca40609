/**
 * What a line leaves unsaid matters where products of one family differ in it. A line cut before
 * its size is safe when the brand sells one size only, and open when its siblings come in several:
 * then a product that the catalogue lacks is as likely as the one it has.
 */

import type { ProductIndex } from './product-index.ts'

/** A candidate with what the line explained of it. */
export interface Explained {
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
const EXPLAINED_SURE_MIN = 0.75
/** However common a word is in the catalogue, within its family it parts products. */
const UNSAID_WEIGHT_MIN = 0.55

interface Facts {
  readonly said: ReadonlySet<number>
  readonly saidWeight: number
  readonly unsaid: readonly number[]
}

function factsOf(index: ProductIndex, { terms, sure }: Explained): Facts {
  const { weights, terms: parsed } = index.vocabulary
  const said = new Set<number>()
  const unsaid: number[] = []
  let saidWeight = 0
  for (const [at, term] of terms.entries()) {
    const weight = weights[term] ?? 0
    if ((sure[at] ?? 0) < SAID_SURE_MIN) {
      if (weight >= FACT_WEIGHT_MIN) unsaid.push(term)
    } else if (parsed[term]?.kind === 'word' && !said.has(term)) {
      said.add(term)
      saidWeight += weight
    }
  }
  return { said, saidWeight, unsaid }
}

/**
 * True when the other product has another value of the fact: a measure of its kind, or not this
 * word.
 */
function differsIn(index: ProductIndex, fact: number, other: Uint32Array): boolean {
  if (other.includes(fact)) return false
  const parsed = index.vocabulary.terms
  const kind = parsed[fact]?.kind
  if (kind === 'word') return true
  const isSize = kind === 'mass' || kind === 'volume'
  return other.some((term) => {
    const otherKind = parsed[term]?.kind
    return otherKind === kind || (isSize && (otherKind === 'mass' || otherKind === 'volume'))
  })
}

/** True when the kin explains a token of the line that the best candidate leaves without sense. */
function explainsMore(best: Explained, kin: Explained, weights: ArrayLike<number>): boolean {
  return best.lineSure.some((sure, at) => {
    const isFact = (weights[at] ?? 0) >= FACT_WEIGHT_MIN
    return isFact && sure < SAID_SURE_MIN && (kin.lineSure[at] ?? 0) >= EXPLAINED_SURE_MIN
  })
}

/**
 * How open a line leaves its best candidate, 0 … 1: a fact left unsaid in which some product of the
 * same family differs, or a word of the line that the candidate lacks and such a product has, times
 * how near of kin that product is. Either way a product with the other fact may exist outside the
 * catalogue. `lineWeights` go with the tokens of the line.
 */
export function openness(
  index: ProductIndex,
  best: Explained,
  others: Iterable<Explained>,
  lineWeights: ArrayLike<number>,
): number {
  const { said, saidWeight, unsaid } = factsOf(index, best)
  if (saidWeight === 0) return 0
  const { weights } = index.vocabulary
  let most = 0
  for (const other of others) {
    let shared = 0
    for (const term of other.terms) if (said.has(term)) shared += weights[term] ?? 0
    const kinship = Math.min(1, shared / saidWeight)
    if (kinship < KIN_SHARE_MIN) continue
    let open = explainsMore(best, other, lineWeights) ? 1 : 0
    for (const fact of unsaid) {
      const weight = Math.max(UNSAID_WEIGHT_MIN, weights[fact] ?? 0)
      if (weight > open && differsIn(index, fact, other.terms)) open = weight
    }
    most = Math.max(most, kinship * open)
  }
  return most
}
