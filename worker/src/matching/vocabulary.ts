/**
 * The distinct tokens of a catalogue, each parsed once; products are sequences of their numbers.
 */

import { isContainer, isEmptyWord, isFlavour, variantOf } from './lexicon.ts'
import type { Token, TokenKind } from './normalise.ts'
import { skeletonOf } from './skeleton.ts'

/** What is known of a distinct token. */
export interface Term {
  readonly kind: TokenKind
  readonly text: string
  readonly lo: number
  readonly hi: number
  readonly isDecimal: boolean
  /** Flavour or other variant that the word names (`lexicon.ts`), 0 for none. */
  readonly variant: number
  readonly skeleton: string
}

/**
 * Weight of evidence that a token carries at most 1; set from its frequency when the index is
 * built.
 */
export interface Vocabulary {
  readonly terms: readonly Term[]
  readonly numberOf: ReadonlyMap<string, number>
  readonly weights: Float32Array
  readonly frequencies: Uint32Array
}

const WEIGHT_MIN = 0.3
const WEIGHT_NUMBER = 0.6
const WEIGHT_EMPTY = 0.03
const WEIGHT_CODE = 0.02
const WEIGHT_CONTAINER = 0.15
const WEIGHT_FLAVOUR_MIN = 0.7
/** Words shorter than this weigh less: two letters say little. */
const LETTERS_FULL = 4

/** The part of a full weight that a word of so many letters may carry. */
export function lengthFactor(letters: number): number {
  return letters >= LETTERS_FULL ? 1 : ([0.05, 0.15, 0.4, 0.75][letters] ?? 1)
}

/** Parses a token into the term that stands for all its occurrences. */
export function termOf(token: Token): Term {
  const isWord = token.kind === 'word'
  return {
    kind: token.kind,
    text: token.text,
    lo: token.lo,
    hi: token.hi,
    isDecimal: token.isDecimal,
    variant: isWord ? variantOf(token.text) : 0,
    skeleton: isWord ? skeletonOf(token.text) : '',
  }
}

/** Kinds of token whose weight does not depend on how often they occur; null for ordinary words. */
export function fixedWeight(term: Term): number | null {
  if (term.kind === 'code') return WEIGHT_CODE
  if (term.kind !== 'word') return WEIGHT_NUMBER
  if (isEmptyWord(term.text)) return WEIGHT_EMPTY
  return isContainer(term.variant) ? WEIGHT_CONTAINER : null
}

/**
 * Weight of a term found in `frequency` of `products` products: 0.3 for everywhere, 1 for a single
 * one.
 */
function weightOf(term: Term, frequency: number, products: number): number {
  const fixed = fixedWeight(term)
  if (fixed !== null) return fixed
  const rarity = Math.log(1 + products / Math.max(1, frequency)) / Math.log(1 + products)
  const floor = isFlavour(term.variant) ? WEIGHT_FLAVOUR_MIN : WEIGHT_MIN
  return Math.max(floor, Math.min(1, rarity)) * lengthFactor(term.text.length)
}

/** Gathers terms while the catalogue is read. */
export class VocabularyBuilder {
  private readonly terms: Term[] = []
  private readonly numbers = new Map<string, number>()
  private readonly frequencies: number[] = []
  private readonly lastProduct: number[] = []

  /** Number of the token's term, making it when it is new; counts it once per product. */
  add(token: Token, product: number): number {
    let number = this.numbers.get(token.text)
    if (number === undefined) {
      number = this.terms.length
      this.numbers.set(token.text, number)
      this.terms.push(termOf(token))
      this.frequencies.push(0)
      this.lastProduct.push(-1)
    }
    if (this.lastProduct[number] !== product) {
      this.lastProduct[number] = product
      this.frequencies[number] = (this.frequencies[number] ?? 0) + 1
    }
    return number
  }

  /** The vocabulary of a catalogue of `products` products. */
  build(products: number): Vocabulary {
    const weights = new Float32Array(this.terms.length)
    for (const [at, term] of this.terms.entries()) {
      weights[at] = weightOf(term, this.frequencies[at] ?? 1, products)
    }
    return {
      terms: this.terms,
      numberOf: this.numbers,
      weights,
      frequencies: Uint32Array.from(this.frequencies),
    }
  }
}
