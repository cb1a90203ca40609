/**
 * The distinct tokens of a catalogue in a few typed arrays; products are sequences of their
 * numbers. A token is parsed when it is first compared: most of a large vocabulary never is.
 */

import { isContainer, isEmptyWord, isFlavour, variantOf } from './lexicon.ts'
import type { Token, TokenKind } from './normalise.ts'
import { soundOfLatin } from './resemblance.ts'
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
  /** What the word sounds like in Cyrillic if it may be Latin, else empty. */
  readonly heard: string
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
/** New terms between two copies of the counts. */
const ADDED_TERMS_AT_ONCE = 4_096

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
    return {
      kind,
      text,
      lo,
      hi,
      isDecimal,
      variant: 0,
      skeleton: '',
      sound: '',
      isLatin: false,
      heard: '',
    }
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
    heard: soundOfLatin(text),
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

/** A term that has come since the arrays were made, or gone. */
interface ChangedTerm {
  readonly term: number
  readonly text: string
  readonly isWord: boolean
  readonly isNew: boolean
}

/**
 * The words of a catalogue: those of the arrays and, numbered behind them, those that products
 * added since have brought. A word that no product has any more is not known.
 */
export class Vocabulary {
  /** In how many products each term stands now. */
  frequencies: Uint32Array
  /** Weight of evidence that each term carries, at most 1. */
  weights = new Float32Array(0)
  private readonly arrays: VocabularyArrays
  private readonly stored: number
  private readonly added: Term[] = []
  private readonly addedNumbers = new Map<string, number>()
  private parsed: (Term | undefined)[] = []
  private parsedCount = 0

  constructor(arrays: VocabularyArrays) {
    this.arrays = arrays
    this.stored = arrays.frequencies.length
    this.frequencies = arrays.frequencies
  }

  get size(): number {
    return this.stored + this.added.length
  }

  /** Takes the terms of a product out of the count. */
  forget(terms: Iterable<number>): void {
    this.own()
    for (const term of terms) this.frequencies[term] = (this.frequencies[term] ?? 0) - 1
  }

  /** Number of the token's term, making it when it is new. */
  learn(token: Pick<Token, 'kind' | 'text' | 'lo' | 'hi' | 'isDecimal'>): number {
    const known = this.storedNumberOf(token.text) ?? this.addedNumbers.get(token.text)
    if (known !== undefined) return known
    const number = this.size
    this.added.push(termOf(token))
    this.addedNumbers.set(token.text, number)
    return number
  }

  /** Counts the terms of a product. */
  count(terms: Iterable<number>): void {
    this.own()
    for (const term of terms) this.frequencies[term] = (this.frequencies[term] ?? 0) + 1
  }

  /** Weighs the terms of a catalogue of so many products; the last thing before it is read. */
  weigh(products: number): void {
    this.weights = Float32Array.from({ length: this.size }, (_, number) => {
      const text = this.textOf(number)
      return weightOf(this.kindOf(number), text, this.frequencies[number] ?? 0, products)
    })
  }

  /** Terms that the arrays lack, and those of them that no product has any more. */
  *changedTerms(): Generator<ChangedTerm> {
    if (this.frequencies === this.arrays.frequencies) return
    for (let term = 0; term < this.size; term += 1) {
      const isNew = term >= this.stored
      if (!isNew && this.frequencies[term] !== 0) continue
      const isWord = this.kindOf(term) === 'word'
      yield { term, text: this.textOf(term), isWord, isNew }
    }
  }

  /** The parsed term of this number. */
  term(number: number): Term {
    return this.added[number - this.stored] ?? this.parsed[number] ?? this.parse(number)
  }

  kindOf(number: number): TokenKind {
    const added = this.added[number - this.stored]
    return added?.kind ?? KINDS[(this.arrays.kinds[number] ?? 0) & KIND_MASK] ?? 'word'
  }

  has(text: string): boolean {
    return this.numberOf(text) !== undefined
  }

  /** Number of the term with this text, when a product has it. */
  numberOf(text: string): number | undefined {
    const number = this.storedNumberOf(text) ?? this.addedNumbers.get(text)
    return number !== undefined && this.frequencies[number] !== 0 ? number : undefined
  }

  /** Folded and canonical text of a term. */
  textOf(number: number): string {
    const added = this.added[number - this.stored]
    if (added !== undefined) return added.text
    const { texts, textStart } = this.arrays
    const units = texts.subarray(textStart[number], textStart[number + 1])
    return Reflect.apply(String.fromCharCode, null, units)
  }

  /** The order of the texts of two terms, by their UTF-16 units; makes no text where it need not. */
  compareTexts(one: number, other: number): number {
    if (one >= this.stored || other >= this.stored) {
      const [first, second] = [this.textOf(one), this.textOf(other)]
      return first < second ? -1 : first > second ? 1 : 0
    }
    const { texts, textStart } = this.arrays
    const [from, until] = [textStart[one] ?? 0, textStart[one + 1] ?? 0]
    const [start, end] = [textStart[other] ?? 0, textStart[other + 1] ?? 0]
    const shorter = Math.min(until - from, end - start)
    for (let at = 0; at < shorter; at += 1) {
      const difference = (texts[from + at] ?? 0) - (texts[start + at] ?? 0)
      if (difference !== 0) return difference
    }
    return until - from - (end - start)
  }

  /** The arrays are not ours: before counts change they are copied, with room for new terms. */
  private own(): void {
    if (this.frequencies === this.arrays.frequencies || this.frequencies.length < this.size) {
      const wider = new Uint32Array(this.size + ADDED_TERMS_AT_ONCE)
      wider.set(this.frequencies)
      this.frequencies = wider
    }
  }

  private storedNumberOf(text: string): number | undefined {
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
    const { kinds, lows, highs } = this.arrays
    if (this.parsedCount >= PARSED_MAX) {
      this.parsed = []
      this.parsedCount = 0
    }
    const term = termOf({
      kind: this.kindOf(number),
      text: this.textOf(number),
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

  /** By the number of the term. */
  get allFrequencies(): readonly number[] {
    return this.frequencies
  }

  build(): VocabularyArrays {
    const { tokens, frequencies } = this
    const codeOf = ({ kind, isDecimal }: Pick<Token, 'kind' | 'isDecimal'>) =>
      KINDS.indexOf(kind) + (isDecimal ? DECIMAL : 0)
    return {
      ...textsOf(tokens),
      kinds: Uint8Array.from(tokens, codeOf),
      lows: Float64Array.from(tokens, ({ lo }) => lo),
      highs: Float64Array.from(tokens, ({ hi }) => hi),
      frequencies: Uint32Array.from(frequencies),
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
