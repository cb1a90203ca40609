/**
 * One line seen against the terms of its candidates: each similarity computed once, each token
 * weighed once.
 */

import { TOKENS_MAX } from './normalise.ts'
import type { ProductIndex } from './product-index.ts'
import { type LineToken, similarity } from './similarity.ts'
import { fixedWeight, lengthFactor, termOf } from './vocabulary.ts'

/**
 * Weight of a word that the catalogue knows in no spelling: probably the name of something it
 * lacks.
 */
const UNKNOWN_WORD_WEIGHT = 0.9
/** A term is a likely meaning of a token when it is at least this similar. */
const KNOWN_SURE_MIN = 0.8
/** How much a product's unexplained words count against it when the shortlist is made. */
const UNEXPLAINED_SHARE = 0.25

/** `ст.` stands for a whole word, so it weighs more than two letters do. */
const SHORTENED_WEIGHT_MIN = 0.35

const ROWS_AT_FIRST = 1024

/** Room that the views of one index reuse, one view at a time. */
export class ViewScratch {
  /** View that last gave the term a row, and that row. */
  readonly stamps: Int32Array
  readonly slots: Int32Array
  /** Rows of `TOKENS_MAX` similarities, then the best of each row. */
  rows = new Float32Array(ROWS_AT_FIRST * TOKENS_MAX)
  bests = new Float32Array(ROWS_AT_FIRST)
  view = 0

  constructor(terms: number) {
    this.stamps = new Int32Array(terms)
    this.slots = new Int32Array(terms)
  }

  widen(): void {
    const rows = new Float32Array(this.rows.length * 2)
    rows.set(this.rows)
    this.rows = rows
    const bests = new Float32Array(this.bests.length * 2)
    bests.set(this.bests)
    this.bests = bests
  }
}

/** Term numbers of a product, in the order of its name. */
export function termsOf(index: ProductIndex, product: number): Uint32Array {
  return index.terms.subarray(index.termStart[product], index.termStart[product + 1])
}

/** Similarities of one line's tokens to all terms of a pool of products. */
export class LineView {
  readonly tokens: readonly LineToken[]
  /** Weight of each token of the line. */
  readonly weights: Float64Array
  private readonly index: ProductIndex
  private readonly scratch: ViewScratch
  private readonly seen: number[] = []

  constructor(
    index: ProductIndex,
    tokens: readonly LineToken[],
    pool: readonly number[],
    scratch: ViewScratch,
  ) {
    this.index = index
    this.tokens = tokens
    this.scratch = scratch
    scratch.view += 1
    for (const product of pool) {
      const end = index.termStart[product + 1] ?? 0
      for (let at = index.termStart[product] ?? 0; at < end; at += 1) {
        this.see(index.terms[at] ?? 0)
      }
    }
    this.weights = Float64Array.from(tokens, (token, at) => this.weightOf(token, at))
  }

  /** Similarity of a token, by its place, to a term of the pool. */
  similarity(at: number, term: number): number {
    return this.scratch.rows[(this.scratch.slots[term] ?? 0) * TOKENS_MAX + at] ?? 0
  }

  /**
   * The `most` products of the pool that explain the line best, roughly: without one-to-one
   * alignment.
   */
  shortlist(pool: readonly number[], most: number): readonly number[] {
    if (pool.length <= most) return pool
    const ranks = Float64Array.from(pool, (product) => this.roughRank(product))
    const order = pool.map((_, at) => at)
    order.sort((one, other) => (ranks[other] ?? 0) - (ranks[one] ?? 0))
    return order.slice(0, most).flatMap((at) => pool[at] ?? [])
  }

  private see(term: number): void {
    const { scratch, tokens } = this
    if (scratch.stamps[term] === scratch.view) return
    const slot = this.seen.length
    if (slot === scratch.bests.length) scratch.widen()
    scratch.stamps[term] = scratch.view
    scratch.slots[term] = slot
    this.seen.push(term)
    const parsed = this.index.vocabulary.terms[term]
    if (parsed === undefined) return
    let best = 0
    for (let at = 0; at < tokens.length; at += 1) {
      const token = tokens[at]
      const sure = token === undefined ? 0 : similarity(token, parsed)
      scratch.rows[slot * TOKENS_MAX + at] = sure
      if (sure > best) best = sure
    }
    scratch.bests[slot] = best
  }

  private roughRank(product: number): number {
    const { index, scratch, weights } = this
    const { rows, slots, bests } = scratch
    const { terms, termStart, vocabulary } = index
    const start = termStart[product] ?? 0
    const end = termStart[product + 1] ?? 0
    let rank = 0
    for (let token = 0; token < weights.length; token += 1) {
      let best = 0
      for (let at = start; at < end; at += 1) {
        const sure = rows[(slots[terms[at] ?? 0] ?? 0) * TOKENS_MAX + token] ?? 0
        if (sure > best) best = sure
      }
      rank += best * (weights[token] ?? 0)
    }
    for (let at = start; at < end; at += 1) {
      const term = terms[at] ?? 0
      const unexplained = 1 - (bests[slots[term] ?? 0] ?? 0)
      rank -= UNEXPLAINED_SHARE * unexplained * (vocabulary.weights[term] ?? 0)
    }
    return rank
  }

  /**
   * A token weighs what the commonest of its likely meanings weighs; one without meaning is
   * probably a strange name.
   */
  private weightOf(token: LineToken, at: number): number {
    const fixed = fixedWeight(termOf(token))
    if (fixed !== null) return fixed
    const { numberOf, weights } = this.index.vocabulary
    const exact = numberOf.get(token.text)
    if (exact !== undefined) return weights[exact] ?? 0
    let least = UNKNOWN_WORD_WEIGHT
    for (const term of this.seen) {
      if (this.similarity(at, term) >= KNOWN_SURE_MIN) least = Math.min(least, weights[term] ?? 1)
    }
    const factor = lengthFactor(token.text.length)
    const weight = least * factor
    return token.isDotted ? Math.max(weight, SHORTENED_WEIGHT_MIN) : weight
  }
}
