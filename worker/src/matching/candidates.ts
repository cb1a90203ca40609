/** From a line to the few products worth comparing: character trigrams, the rarest first. */

import type { Token } from './normalise.ts'
import { type ProductIndex, trigramWeight } from './product-index.ts'
import { skeletonOf } from './skeleton.ts'
import { TRIGRAMS, trigramsOf } from './trigram.ts'

/** How many products the trigrams propose; word by word comparison shortens this list. */
const POOL_MAX = 150

/** Postings read for one line at most: beyond it only trigrams that tell nothing are left. */
const POSTINGS_PER_LINE_MAX = 20_000
/** Weights are kept in whole parts, to walk through half the memory: this many make one. */
const MASS_UNIT = 8
/** So many trigrams at most, so that their weights fit 16 bits together. */
const QUERY_TRIGRAMS_MAX = 600
/**
 * A product's own length counts this much against it, so that a short exact name beats a long one
 * that contains it.
 */
const PRODUCT_MASS_SHARE = 0.3
const VOWEL_LESS = /^[^аеиоуыэюя]{2,}$/
const SKELETON_LETTERS_MIN = 2
const SKELETON_RANGE_MAX = 64
const SKELETON_TERMS_MAX = 8

/** Room that queries reuse; belongs to one index. */
export interface CandidateScratch {
  /** Weight of shared trigrams per product, in `MASS_UNIT`s. */
  readonly mass: Uint16Array
  readonly touched: Uint32Array
}

/** Room for the queries of an index over so many products. */
export function candidateScratch(products: number): CandidateScratch {
  return { mass: new Uint16Array(products), touched: new Uint32Array(products) }
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

/**
 * The most frequent words whose skeleton begins with that of a word which the catalogue does not
 * have as it stands.
 */
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
  return found.slice(0, SKELETON_TERMS_MAX).flatMap((term) => vocabulary.terms[term]?.text ?? [])
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
  return [...trigrams].slice(0, QUERY_TRIGRAMS_MAX)
}

/**
 * The trigrams that the index has, the rarest first: `frequency · TRIGRAMS + trigram` in ascending
 * order.
 */
function rarestFirst({ postingStart }: ProductIndex, trigrams: readonly number[]): Float64Array {
  const keys = new Float64Array(trigrams.length)
  for (const [at, trigram] of trigrams.entries()) {
    const frequency = (postingStart[trigram + 1] ?? 0) - (postingStart[trigram] ?? 0)
    keys[at] = frequency * TRIGRAMS + trigram
  }
  return keys.sort()
}

/**
 * Adds the weight of a trigram to each product that has it; returns the new count of touched
 * products.
 */
function addPostings(
  postings: Uint32Array,
  from: number,
  to: number,
  weight: number,
  { mass, touched }: CandidateScratch,
  touchedBefore: number,
): number {
  let count = touchedBefore
  for (let at = from; at < to; at += 1) {
    const product = postings[at] ?? 0
    const before = mass[product] ?? 0
    if (before === 0) {
      touched[count] = product
      count += 1
    }
    mass[product] = before + weight
  }
  return count
}

/**
 * Adds up the weight of shared trigrams per product; returns how many products were touched and the
 * line's own mass.
 */
function accumulate(
  index: ProductIndex,
  trigrams: readonly number[],
  scratch: CandidateScratch,
): { count: number; lineMass: number } {
  let budget = POSTINGS_PER_LINE_MAX
  let count = 0
  let lineMass = 0
  for (const key of rarestFirst(index, trigrams)) {
    const frequency = Math.floor(key / TRIGRAMS)
    if (frequency === 0) continue
    budget -= frequency
    if (budget < 0) break
    const from = index.postingStart[key % TRIGRAMS] ?? 0
    const weight = Math.round(trigramWeight(frequency, index.ids.length) * MASS_UNIT)
    lineMass += weight
    count = addPostings(index.postings, from, from + frequency, weight, scratch, count)
  }
  return { count, lineMass }
}

/** Keeps the best `POOL_MAX` of a stream of products in a binary heap with the worst on top. */
class BestKept {
  readonly products: number[] = []
  private readonly ranks: number[] = []

  offer(product: number, rank: number): void {
    if (this.products.length < POOL_MAX) {
      this.products.push(product)
      this.ranks.push(rank)
      this.rise(this.products.length - 1)
    } else if (rank > (this.ranks[0] ?? 0)) {
      this.products[0] = product
      this.ranks[0] = rank
      this.sink()
    }
  }

  /** The rank to beat: zero until the list is full. */
  worst(): number {
    return this.products.length < POOL_MAX ? 0 : (this.ranks[0] ?? 0)
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

/**
 * At most `POOL_MAX` products that share the most trigram weight with the line, in no particular
 * order.
 */
export function candidatesOf(
  index: ProductIndex,
  tokens: readonly Token[],
  scratch: CandidateScratch,
): readonly number[] {
  const { count, lineMass } = accumulate(index, queryTrigrams(index, tokens), scratch)
  const { mass, touched } = scratch
  const best = new BestKept()
  let enough = 0
  for (let at = 0; at < count; at += 1) {
    const product = touched[at] ?? 0
    const shared = mass[product] ?? 0
    mass[product] = 0
    // Even a product without a length of its own would not reach the list.
    if (shared <= enough) continue
    const own = (index.trigramMass[product] ?? 0) * MASS_UNIT
    best.offer(product, shared / (lineMass + PRODUCT_MASS_SHARE * own))
    enough = best.worst() * lineMass
  }
  return best.products
}
