/** From a line to the few products worth comparing: character trigrams, the rarest first. */

import type { Token } from './normalise.ts'
import { type ProductIndex, trigramWeight } from './product-index.ts'
import { skeletonOf } from './skeleton.ts'
import { trigramsOf } from './trigram.ts'

/** How many products are compared with a line in full. */
export const CANDIDATES_MAX = 50

/** Postings read for one line at most: beyond it only trigrams that tell nothing are left. */
const POSTINGS_PER_LINE_MAX = 150_000
/** A product's own length counts this much against it, so that a short exact name beats a long one that contains it. */
const PRODUCT_MASS_SHARE = 0.3
const VOWEL_LESS = /^[^аеиоуыэюя]{2,}$/
const SKELETON_LETTERS_MIN = 2
const SKELETON_RANGE_MAX = 64
const SKELETON_TERMS_MAX = 8

/** Room that queries reuse; belongs to one index. */
export interface CandidateScratch {
  readonly mass: Float32Array
  readonly touched: Uint32Array
}

/** Room for the queries of an index over so many products. */
export function candidateScratch(products: number): CandidateScratch {
  return { mass: new Float32Array(products), touched: new Uint32Array(products) }
}

/** First place in the skeleton order whose skeleton is not below the wanted one. */
function lowerBound(index: ProductIndex, wanted: string): number {
  const { bySkeleton, vocabulary } = index
  let low = 0
  let high = bySkeleton.length
  while (low < high) {
    const middle = (low + high) >> 1
    const skeleton = vocabulary.terms[bySkeleton[middle] ?? 0]?.skeleton ?? ''
    if (skeleton < wanted) low = middle + 1
    else high = middle
  }
  return low
}

/** The most frequent words whose skeleton begins with that of a word which the catalogue does not have as it stands. */
function wordsBehind(index: ProductIndex, word: string): string[] {
  const skeleton = skeletonOf(word)
  if (skeleton.length < SKELETON_LETTERS_MIN) return []
  const { bySkeleton, vocabulary } = index
  const found: number[] = []
  const from = lowerBound(index, skeleton)
  for (let at = from; at < bySkeleton.length && found.length < SKELETON_RANGE_MAX; at += 1) {
    const term = bySkeleton[at] ?? 0
    if (!vocabulary.terms[term]?.skeleton.startsWith(skeleton)) break
    found.push(term)
  }
  const weight = (term: number) => vocabulary.weights[term] ?? 1
  found.sort((one, other) => weight(one) - weight(other))
  return found
    .slice(0, SKELETON_TERMS_MAX)
    .flatMap((term) => vocabulary.terms[term]?.text ?? [])
}

/** Distinct trigrams to look up for a line. */
function queryTrigrams(index: ProductIndex, tokens: readonly Token[]): number[] {
  const trigrams = new Set<number>()
  for (const token of tokens) {
    if (token.kind === 'code') continue
    const isKnown = index.vocabulary.numberOf.has(token.text)
    const isWhole = isKnown || (!token.isDotted && !token.isLast)
    for (const trigram of trigramsOf(token.text, isWhole)) trigrams.add(trigram)
    const isSuspect = token.kind === 'word' && !isKnown
    if (isSuspect && (VOWEL_LESS.test(token.text) || token.text.length >= 4)) {
      for (const word of wordsBehind(index, token.text)) {
        for (const trigram of trigramsOf(word, true)) trigrams.add(trigram)
      }
    }
  }
  return [...trigrams]
}

/** Adds up the weight of shared trigrams per product; returns how many products were touched and the line's own mass. */
function accumulate(
  index: ProductIndex,
  trigrams: readonly number[],
  { mass, touched }: CandidateScratch,
): { count: number; lineMass: number } {
  const { postingStart, postings } = index
  const frequency = (trigram: number) =>
    (postingStart[trigram + 1] ?? 0) - (postingStart[trigram] ?? 0)
  const rarestFirst = [...trigrams].sort((one, other) => frequency(one) - frequency(other))
  let budget = POSTINGS_PER_LINE_MAX
  let count = 0
  let lineMass = 0
  for (const trigram of rarestFirst) {
    const from = postingStart[trigram] ?? 0
    const to = postingStart[trigram + 1] ?? 0
    if (to === from) continue
    budget -= to - from
    if (budget < 0) break
    const weight = trigramWeight(to - from, index.ids.length)
    lineMass += weight
    for (let at = from; at < to; at += 1) {
      const product = postings[at] ?? 0
      const before = mass[product] ?? 0
      if (before === 0) {
        touched[count] = product
        count += 1
      }
      mass[product] = before + weight
    }
  }
  return { count, lineMass }
}

/** Keeps the best `CANDIDATES_MAX` of a stream of products in a binary heap with the worst on top. */
class BestKept {
  readonly products: number[] = []
  private readonly ranks: number[] = []

  offer(product: number, rank: number): void {
    if (this.products.length < CANDIDATES_MAX) {
      this.products.push(product)
      this.ranks.push(rank)
      this.rise(this.products.length - 1)
    } else if (rank > (this.ranks[0] ?? 0)) {
      this.products[0] = product
      this.ranks[0] = rank
      this.sink()
    }
  }

  private rise(from: number): void {
    let at = from
    while (at > 0) {
      const parent = (at - 1) >> 1
      if ((this.ranks[parent] ?? 0) <= (this.ranks[at] ?? 0)) return
      this.swap(at, parent)
      at = parent
    }
  }

  private sink(): void {
    let at = 0
    for (;;) {
      let least = at
      for (const child of [2 * at + 1, 2 * at + 2]) {
        const rank = this.ranks[child]
        if (rank !== undefined && rank < (this.ranks[least] ?? 0)) least = child
      }
      if (least === at) return
      this.swap(at, least)
      at = least
    }
  }

  private swap(one: number, other: number): void {
    const { products, ranks } = this
    const [product = 0, rank = 0] = [products[one], ranks[one]]
    products[one] = products[other] ?? 0
    ranks[one] = ranks[other] ?? 0
    products[other] = product
    ranks[other] = rank
  }
}

/** At most `CANDIDATES_MAX` products that share the most trigram weight with the line, in no particular order. */
export function candidatesOf(
  index: ProductIndex,
  tokens: readonly Token[],
  scratch: CandidateScratch,
): readonly number[] {
  const { count, lineMass } = accumulate(index, queryTrigrams(index, tokens), scratch)
  const best = new BestKept()
  for (let at = 0; at < count; at += 1) {
    const product = scratch.touched[at] ?? 0
    const own = index.trigramMass[product] ?? 0
    best.offer(product, (scratch.mass[product] ?? 0) / (lineMass + PRODUCT_MASS_SHARE * own))
    scratch.mass[product] = 0
  }
  return best.products
}
