/** One number for how well a product explains a line, from their alignment. */

import type { Alignment } from './alignment.ts'
import { isFlavour } from './lexicon.ts'
import type { LineToken } from './similarity.ts'
import type { Term } from './vocabulary.ts'

/** How well a line and a product agree, both 0 … 1. */
export interface Score {
  /** With everything unsaid held against the product. */
  readonly score: number
  /** With what the till may have cut off assumed to agree. */
  readonly ceiling: number
}

/** Shape of the score, fitted to the generated corpus (`testing/`). */
const SHAPE = {
  /**
   * Power of the explained share of the line: an unexplained word is the strongest sign of another
   * product.
   */
  linePower: 2.7,
  /** Power of the explained share of the product: receipts leave words out. */
  productPower: 0.6,
  /**
   * How much it costs when both sides keep an unexplained word: one probably stands in place of the
   * other.
   */
  substitution: 0.16,
  /** What a product's words behind the cut still weigh. */
  behindCut: 0.7,
  /**
   * What is left of the score when the product names a flavour that a whole line keeps silent
   * about.
   */
  unsaidFlavour: 0.85,
}

interface Share {
  readonly explained: number
  readonly unexplained: number
}

function shareOf(weights: ArrayLike<number>, sure: Float64Array, count: number): Share {
  let explained = 0
  let unexplained = 0
  for (let at = 0; at < count; at += 1) {
    const weight = weights[at] ?? 0
    const sureness = sure[at] ?? 0
    explained += weight * sureness
    unexplained += weight * (1 - sureness)
  }
  return { explained, unexplained }
}

function lastExplained(sure: Float64Array): number {
  for (let at = sure.length - 1; at >= 0; at -= 1) {
    if (sure[at] !== 0) return at
  }
  return -1
}

/** True when the product names a flavour, other than by its first word, that the line does not. */
function hasUnsaidFlavour(terms: readonly Term[], sure: Float64Array, until: number): boolean {
  for (let at = 1; at < until; at += 1) {
    if (sure[at] === 0 && isFlavour(terms[at]?.variant ?? 0)) return true
  }
  return false
}

function ratio({ explained, unexplained }: Share, discount: number): number {
  const total = explained + unexplained - discount
  return total <= 0 ? 0 : Math.min(1, explained / total)
}

/** Scores an alignment; `lineWeights` and `termWeights` go with the tokens and terms. */
export function scoreOf(
  line: readonly LineToken[],
  terms: readonly Term[],
  lineWeights: ArrayLike<number>,
  termWeights: ArrayLike<number>,
  { lineSure, productSure }: Alignment,
  mayBeCut: boolean,
): Score {
  const lineShare = shareOf(lineWeights, lineSure, line.length)
  const productShare = shareOf(termWeights, productSure, terms.length)
  const cutAt = mayBeCut ? lastExplained(productSure) + 1 : terms.length
  let behind = 0
  for (let at = cutAt; at < terms.length; at += 1) behind += termWeights[at] ?? 0
  const swapped = Math.min(1, lineShare.unexplained, productShare.unexplained - behind)
  const silence = hasUnsaidFlavour(terms, productSure, cutAt) ? SHAPE.unsaidFlavour : 1
  const base =
    silence *
    ratio(lineShare, 0) ** SHAPE.linePower *
    (1 - SHAPE.substitution * Math.max(0, swapped))
  const product = (discount: number) => ratio(productShare, discount) ** SHAPE.productPower
  return {
    score: base * product(behind * (1 - SHAPE.behindCut)),
    ceiling: base * product(behind),
  }
}
