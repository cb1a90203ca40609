/**
 * The distinct tokens of a catalogue in a few typed arrays; products are sequences of their
 * numbers. A token is parsed when it is first compared: most of a large vocabulary never is.
 */

import { isContainer, isEmptyWord, isFlavour, variantOf } from './lexicon.ts'
import type { Token, TokenKind } from './normalise.ts'
import { isLatin, skeletonOf, soundOf } from './skeleton.ts'

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
  /** The skeleton with letters of like sound as one. */
  readonly sound: string
  readonly isLatin: boolean
}

/** Arrays of a vocabulary, by the number of the term. */
export interface VocabularyArrays {
  /** UTF-16 of term t stands at `texts[textStart[t]] … `. */
  readonly texts: Uint16Array
  readonly textStart: Uint32Array
  /** Place of the kind in `KINDS`, with `DECIMAL` added for a number that shows a decimal part. */
  readonly kinds: Uint8Array
  readonly lows: Float64Array
  readonly highs: Float64Array
  /** In how many products the term stands. */
  readonly frequencies: Uint32Array
  /**
   * Weight of evidence that a token carries at most 1; set from its frequency when the index is
   * built.
   */
  readonly weights: Float32Array
  /** Open hash table over the texts: number of a term + 1, zero for nobody. */
  readonly buckets: Uint32Array
}

const WEIGHT_MIN = 0.3
const WEIGHT_NUMBER = 0.6
const WEIGHT_EMPTY = 0.03
const WEIGHT_CODE = 0.02
const WEIGHT_CONTAINER = 0.15
const WEIGHT_FLAVOUR_MIN = 0.7
/** Words shorter than this weigh less: two letters say little. */
const LETTERS_FULL = 4

const KINDS: readonly TokenKind[] = ['word', 'number', 'mass', 'volume', 'percent', 'count', 'code']
const KIND_MASK = 0x0f
const DECIMAL = 0x10
/** Parsed terms kept at most; then all are forgotten, which costs a few milliseconds. */
const PARSED_MAX = 40_000

/** The part of a full weight that a word of so many letters may carry. */
export function lengthFactor(letters: number): number {
  return letters >= LETTERS_FULL ? 1 : ([0.05, 0.15, 0.4, 0.75][letters] ?? 1)
}

/** Parses a token into the term that stands for all its occurrences. */
export function termOf({
  kind,
  text,
  lo,
  hi,
  isDecimal,
}: Pick<Token, 'kind' | 'text' | 'lo' | 'hi' | 'isDecimal'>): Term {
  if (kind !== 'word') {
    return { kind, text, lo, hi, isDecimal, variant: 0, skeleton: '', sound: '', isLatin: false }
  }
  const skeleton = skeletonOf(text)
  return {
    kind,
    text,
    lo,
    hi,
    isDecimal,
    variant: variantOf(text),
    skeleton,
    sound: soundOf(skeleton),
    isLatin: isLatin(text),
  }
}

/** Kinds of token whose weight does not depend on how often they occur; null for ordinary words. */
export function fixedWeight(term: Pick<Term, 'kind' | 'text' | 'variant'>): number | null {
  if (term.kind === 'code') return WEIGHT_CODE
  if (term.kind !== 'word') return WEIGHT_NUMBER
  if (isEmptyWord(term.text)) return WEIGHT_EMPTY
  return isContainer(term.variant) ? WEIGHT_CONTAINER : null
}

/**
 * Weight of a term found in `frequency` of `products` products: 0.3 for everywhere, 1 for a single
 * one.
 */
function weightOf(kind: TokenKind, text: string, frequency: number, products: number): number {
  const variant = kind === 'word' ? variantOf(text) : 0
  const fixed = fixedWeight({ kind, text, variant })
  if (fixed !== null) return fixed
  const rarity = Math.log(1 + products / Math.max(1, frequency)) / Math.log(1 + products)
  const floor = isFlavour(variant) ? WEIGHT_FLAVOUR_MIN : WEIGHT_MIN
  return Math.max(floor, Math.min(1, rarity)) * lengthFactor(text.length)
}

/** FNV-1a over UTF-16 units. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < text.length; at += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  }
  return (hash ^ (hash >>> 15)) >>> 0
}

/** Read-only view of a vocabulary's arrays. */
export class Vocabulary {
  readonly size: number
  readonly weights: Float32Array
  readonly frequencies: Uint32Array
  private readonly arrays: VocabularyArrays
  private parsed: (Term | undefined)[] = []
  private parsedCount = 0

  constructor(arrays: VocabularyArrays) {
    this.arrays = arrays
    this.size = arrays.frequencies.length
    this.weights = arrays.weights
    this.frequencies = arrays.frequencies
  }

  /** The parsed term of this number. */
  term(number: number): Term {
    return this.parsed[number] ?? this.parse(number)
  }

  kindOf(number: number): TokenKind {
    return KINDS[(this.arrays.kinds[number] ?? 0) & KIND_MASK] ?? 'word'
  }

  has(text: string): boolean {
    return this.numberOf(text) !== undefined
  }

  /** Number of the term with this text. */
  numberOf(text: string): number | undefined {
    const { buckets } = this.arrays
    const mask = buckets.length - 1
    for (let at = hashOf(text) & mask; ; at = (at + 1) & mask) {
      const entry = buckets[at] ?? 0
      if (entry === 0) return undefined
      if (this.isText(entry - 1, text)) return entry - 1
    }
  }

  private isText(number: number, text: string): boolean {
    const { texts, textStart } = this.arrays
    const from = textStart[number] ?? 0
    if ((textStart[number + 1] ?? 0) - from !== text.length) return false
    for (let at = 0; at < text.length; at += 1) {
      if (texts[from + at] !== text.charCodeAt(at)) return false
    }
    return true
  }

  private parse(number: number): Term {
    const { texts, textStart, kinds, lows, highs } = this.arrays
    if (this.parsedCount >= PARSED_MAX) {
      this.parsed = []
      this.parsedCount = 0
    }
    const text = texts.subarray(textStart[number], textStart[number + 1])
    const term = termOf({
      kind: this.kindOf(number),
      text: String.fromCharCode(...text),
      lo: lows[number] ?? 0,
      hi: highs[number] ?? 0,
      isDecimal: ((kinds[number] ?? 0) & DECIMAL) !== 0,
    })
    this.parsed[number] = term
    this.parsedCount += 1
    return term
  }
}

/** Gathers terms while the catalogue is read. */
export class VocabularyBuilder {
  private readonly tokens: Pick<Token, 'kind' | 'text' | 'lo' | 'hi' | 'isDecimal'>[] = []
  private readonly numbers = new Map<string, number>()
  private readonly frequencies: number[] = []
  private readonly lastProduct: number[] = []

  get size(): number {
    return this.tokens.length
  }

  textOf(number: number): string {
    return this.tokens[number]?.text ?? ''
  }

  isWord(number: number): boolean {
    return this.tokens[number]?.kind === 'word'
  }

  frequencyOf(number: number): number {
    return this.frequencies[number] ?? 0
  }

  /** Number of the token's term, making it when it is new; counts it once per product. */
  add({ kind, text, lo, hi, isDecimal }: Token, product: number): number {
    let number = this.numbers.get(text)
    if (number === undefined) {
      number = this.tokens.length
      this.numbers.set(text, number)
      this.tokens.push({ kind, text, lo, hi, isDecimal })
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
  build(products: number): VocabularyArrays {
    const { tokens, frequencies } = this
    const weightAt = ({ kind, text }: Pick<Token, 'kind' | 'text'>, at: number) =>
      weightOf(kind, text, frequencies[at] ?? 1, products)
    const codeOf = ({ kind, isDecimal }: Pick<Token, 'kind' | 'isDecimal'>) =>
      KINDS.indexOf(kind) + (isDecimal ? DECIMAL : 0)
    return {
      ...textsOf(tokens),
      kinds: Uint8Array.from(tokens, codeOf),
      lows: Float64Array.from(tokens, ({ lo }) => lo),
      highs: Float64Array.from(tokens, ({ hi }) => hi),
      frequencies: Uint32Array.from(frequencies),
      weights: Float32Array.from(tokens, weightAt),
      buckets: bucketsOf(tokens),
    }
  }
}

function textsOf(tokens: readonly Pick<Token, 'text'>[]) {
  const textStart = new Uint32Array(tokens.length + 1)
  for (const [at, { text }] of tokens.entries()) {
    textStart[at + 1] = (textStart[at] ?? 0) + text.length
  }
  const texts = new Uint16Array(textStart[tokens.length] ?? 0)
  let end = 0
  for (const { text } of tokens) {
    for (let at = 0; at < text.length; at += 1) texts[end + at] = text.charCodeAt(at)
    end += text.length
  }
  return { texts, textStart }
}

/** At least half of the buckets stay empty. */
function bucketsOf(tokens: readonly Pick<Token, 'text'>[]): Uint32Array {
  let size = 2
  while (size < 2 * tokens.length) size *= 2
  const buckets = new Uint32Array(size)
  for (const [number, { text }] of tokens.entries()) {
    let at = hashOf(text) & (size - 1)
    while (buckets[at] !== 0) at = (at + 1) & (size - 1)
    buckets[at] = number + 1
  }
  return buckets
}
