/**
 * One line seen against the terms of its candidates: each similarity computed once, each token
 * weighed once.
 */

import { TOKENS_MAX } from './normalise.ts'
import type { ProductIndex } from './product-index.ts'
import { heardIn, resemblance } from './resemblance.ts'
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
const TERMS_AT_FIRST = 4096

/** Room that the views of one index reuse, one view at a time. */
export class ViewScratch {
  /** View that last gave the term a row, and that row. */
  readonly stamps: Int32Array
  readonly slots: Int32Array
  /** Rows of `TOKENS_MAX` similarities, then the best of each row. */
  rows = new Float32Array(ROWS_AT_FIRST * TOKENS_MAX)
  bests = new Float32Array(ROWS_AT_FIRST)
  /** Terms of the products of the view's pool, one after the other, and where each begins. */
  terms = new Uint32Array(TERMS_AT_FIRST)
  readonly termStart: number[] = []
  view = 0

  constructor(terms: number) {
    this.stamps = new Int32Array(terms)
    this.slots = new Int32Array(terms)
  }

  /** Reads the terms of a product behind those of the last. */
  read(index: ProductIndex, product: number): void {
    const { count, reader } = index.readTerms(product)
    const from = this.termStart.at(-1) ?? 0
    if (from + count > this.terms.length) {
      const wider = new Uint32Array(2 * (from + count))
      wider.set(this.terms)
      this.terms = wider
    }
    for (let at = 0; at < count; at += 1) this.terms[from + at] = reader.next()
    this.termStart.push(from + count)
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

/** Similarities of one line's tokens to all terms of a pool of products. */
export class LineView {
  readonly tokens: readonly LineToken[]
  /** Weight of each token of the line. */
  readonly weights: Float64Array
  private readonly index: ProductIndex
  private readonly scratch: ViewScratch
  private readonly pool: readonly number[]
  private readonly seen: number[] = []
  private readonly resemblances = new Map<number, number>()
  private readonly hearings = new Map<number, ArrayLike<number> | null>()

  constructor(
    index: ProductIndex,
    tokens: readonly LineToken[],
    pool: readonly number[],
    scratch: ViewScratch,
  ) {
    this.index = index
    this.tokens = tokens
    this.scratch = scratch
    this.pool = pool
    scratch.view += 1
    scratch.termStart.length = 0
    scratch.termStart.push(0)
    for (const product of pool) scratch.read(index, product)
    const end = scratch.termStart[pool.length] ?? 0
    for (let at = 0; at < end; at += 1) this.see(scratch.terms[at] ?? 0)
    this.weights = Float64Array.from(tokens, (token, at) => this.weightOf(token, at))
  }

  /** Similarity of a token, by its place, to a term of the pool. */
  similarity(at: number, term: number): number {
    return this.scratch.rows[(this.scratch.slots[term] ?? 0) * TOKENS_MAX + at] ?? 0
  }

  /** The same for damaged words, looked for when it is asked. */
  resemblance(at: number, term: number): number {
    const key = term * TOKENS_MAX + at
    const known = this.resemblances.get(key)
    if (known !== undefined) return known
    const token = this.tokens[at]
    const { vocabulary } = this.index
    const isKnown = token === undefined || vocabulary.has(token.text)
    const found = isKnown ? 0 : resemblance(token, vocabulary.term(term))
    this.resemblances.set(key, found)
    return found
  }

  /** Where a token that the catalogue lacks sounds like the whole of a term (`heardIn`). */
  heard(at: number, term: number): ArrayLike<number> | null {
    const key = term * TOKENS_MAX + at
    const known = this.hearings.get(key)
    if (known !== undefined) return known
    const token = this.tokens[at]
    const { vocabulary } = this.index
    const isKnown = token === undefined || vocabulary.has(token.text)
    const found = isKnown ? null : heardIn(token.text, vocabulary.term(term).heard)
    this.hearings.set(key, found)
    return found
  }

  /** The product that stands at this place of the pool. */
  productAt(place: number): number {
    return this.pool[place] ?? 0
  }

  /** Term numbers of that product, in the order of its name; good until the next view is made. */
  termsAt(place: number): Uint32Array {
    const { terms, termStart } = this.scratch
    return terms.subarray(termStart[place], termStart[place + 1])
  }

  /**
   * Places of the `most` products of the pool that explain the line best, roughly: without
   * one-to-one alignment.
   */
  shortlist(most: number): readonly number[] {
    const places = this.pool.map((_, place) => place)
    if (places.length <= most) return places
    const ranks = Float64Array.from(places, (place) => this.roughRank(place))
    places.sort((one, other) => (ranks[other] ?? 0) - (ranks[one] ?? 0))
    return places.slice(0, most)
  }

  private see(term: number): void {
    const { scratch, tokens } = this
    if (scratch.stamps[term] === scratch.view) return
    const slot = this.seen.length
    if (slot === scratch.bests.length) scratch.widen()
    scratch.stamps[term] = scratch.view
    scratch.slots[term] = slot
    this.seen.push(term)
    const parsed = this.index.vocabulary.term(term)
    let best = 0
    for (let at = 0; at < tokens.length; at += 1) {
      const token = tokens[at]
      const sure = token === undefined ? 0 : similarity(token, parsed)
      scratch.rows[slot * TOKENS_MAX + at] = sure
      if (sure > best) best = sure
    }
    scratch.bests[slot] = best
  }

  private roughRank(place: number): number {
    const { scratch, weights } = this
    const { rows, slots, bests, terms, termStart } = scratch
    const { vocabulary } = this.index
    const start = termStart[place] ?? 0
    const end = termStart[place + 1] ?? 0
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
    const { vocabulary } = this.index
    const { weights } = vocabulary
    const exact = vocabulary.numberOf(token.text)
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
