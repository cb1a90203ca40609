/**
 * From a line to the few products worth comparing. Character trigrams lead from each token to the
 * words of the catalogue that it may stand for, and those words lead to their products, the rarest
 * first. An index of words is a fifth of the size of trigrams straight to products.
 */

import { BestKept } from './best-kept.ts'
import { MassTable } from './mass-table.ts'
import { LETTER_OF_DIGIT, TOKENS_MAX } from './normalise.ts'
import { PRODUCTS_PER_TERM_MAX, type ProductIndex } from './product-index.ts'
import { Remembered } from './remembered.ts'
import { type LineToken, lineToken, similarity } from './similarity.ts'
import { TRIGRAMS, trigramsOf } from './trigram.ts'
import { unglued } from './unglue.ts'

/** How many products are proposed; word by word comparison shortens this list. */
const POOL_MAX = 120
/** Entries of the trigram index read for one token at most, the rarest trigrams first. */
const TERM_POSTINGS_MAX = 3_000
/** Words that share less than this of a token's trigrams are not looked at. */
const SHARED_SHARE_MIN = 0.34
/** Words compared with one token at most, those with the most shared trigrams. */
const TERMS_COMPARED_MAX = 80
/** A word is a meaning of a token when it is at least this similar. */
const MEANING_SURE_MIN = 0.4
/** Products read for one line at most, the rarest tokens first. */
const POSTINGS_PER_LINE_MAX = PRODUCTS_PER_TERM_MAX
/**
 * A product's own length counts this much against it, so that a short exact name beats a long one
 * that contains it.
 */
const PRODUCT_MASS_SHARE = 0.3
/** A product that would just reach the list must not be passed over for a last binary digit. */
const ROUNDING = 1 - 1e-9

/** Tokens whose meanings are remembered, twice: receipts say the same words again and again. */
const MEANINGS_KEPT = 3_000

/** Room that queries reuse; belongs to one index. */
export interface CandidateScratch {
  /** Weight of shared tokens per product. */
  readonly mass: MassTable
  /** Shared trigrams per term. */
  readonly shared: Uint8Array
  readonly meanings: Remembered<string, Meanings>
}

/** Room for the queries of an index. */
export function candidateScratch(index: ProductIndex): CandidateScratch {
  return {
    mass: new MassTable(POSTINGS_PER_LINE_MAX + index.gone.size),
    shared: new Uint8Array(index.vocabulary.size),
    meanings: new Remembered(MEANINGS_KEPT),
  }
}

/** Distinct trigrams of a token: its letters, and its consonants when the catalogue lacks it. */
function queryTrigrams(index: ProductIndex, token: LineToken): Set<number> {
  const isKnown = index.vocabulary.has(token.text)
  const isWhole = isKnown || !token.isShortened
  const trigrams = new Set<number>(trigramsOf(token.text, isWhole))
  if (token.kind === 'word' && !isKnown) {
    for (const trigram of trigramsOf(token.sound, false)) trigrams.add(trigram)
  }
  return trigrams
}

/** Trigrams of the token, the rarest first: `frequency · TRIGRAMS + trigram`. */
function rarestFirst(index: ProductIndex, trigrams: Set<number>): Float64Array {
  const keys = Float64Array.from(
    trigrams,
    (trigram) => index.trigramCount(trigram) * TRIGRAMS + trigram,
  )
  return keys.sort()
}

/** Counts the trigrams that each term shares with the token; answers how many were read. */
function countShared(
  index: ProductIndex,
  trigrams: Set<number>,
  shared: Uint8Array,
  seen: number[],
): number {
  const note = (term: number) => {
    if (shared[term] === 0) seen.push(term)
    shared[term] = (shared[term] ?? 0) + 1
  }
  let budget = TERM_POSTINGS_MAX
  let read = 0
  for (const key of rarestFirst(index, trigrams)) {
    const trigram = key % TRIGRAMS
    const count = Math.floor(key / TRIGRAMS)
    budget -= count
    if (budget < 0 && read > 0) break
    const { count: stored, reader } = index.readTrigram(trigram)
    let term = -1
    for (let left = stored; left > 0; left -= 1) {
      term += reader.next()
      note(term)
    }
    for (const added of index.addedTerms(trigram)) note(added)
    if (count > 0) read += 1
  }
  return read
}

/** Terms that share enough trigrams with the token, those with the most first when not all fit. */
function termsLike(index: ProductIndex, token: LineToken, shared: Uint8Array): number[] {
  const seen: number[] = []
  const read = countShared(index, queryTrigrams(index, token), shared, seen)
  const { vocabulary } = index
  const { frequencies } = vocabulary
  const least = Math.max(1, Math.ceil(SHARED_SHARE_MIN * Math.min(read, token.text.length)))
  const like = seen.filter((term) => (shared[term] ?? 0) >= least && frequencies[term] !== 0)
  if (like.length > TERMS_COMPARED_MAX) {
    like.sort(
      (one, other) =>
        (shared[other] ?? 0) - (shared[one] ?? 0) ||
        (frequencies[other] ?? 0) - (frequencies[one] ?? 0) ||
        vocabulary.compareTexts(one, other),
    )
    like.length = TERMS_COMPARED_MAX
  }
  for (const term of seen) shared[term] = 0
  return like
}

function compareTexts(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0
}

/** The terms that a token may stand for. */
interface Meanings {
  readonly terms: readonly number[]
  readonly sure: readonly number[]
  /** Products that have one of the terms, counted per term. */
  readonly products: number
}

const NO_MEANINGS: Meanings = { terms: [], sure: [], products: 0 }

/** What a token's meanings depend on, in one text. */
function keyOf({ kind, text, isShortened, isDotted, isDecimal }: LineToken): string {
  const flags = (isShortened ? 1 : 0) + (isDotted ? 2 : 0) + (isDecimal ? 4 : 0)
  return `${kind} ${flags} ${text}`
}

function meaningsOf(index: ProductIndex, token: LineToken, scratch: CandidateScratch): Meanings {
  const key = keyOf(token)
  const known = scratch.meanings.get(key)
  if (known !== undefined) return known
  const found = findMeanings(index, token, scratch.shared)
  scratch.meanings.set(key, found)
  return found
}

function findMeanings(index: ProductIndex, token: LineToken, shared: Uint8Array): Meanings {
  if (token.kind === 'code') return NO_MEANINGS
  const { vocabulary } = index
  const found = termsLike(index, token, shared)
    .map((number) => ({ number, term: vocabulary.term(number) }))
    .map(({ number, term }) => ({ number, text: term.text, sure: similarity(token, term) }))
    .filter(({ sure }) => sure >= MEANING_SURE_MIN)
    // Weights are added up in this order, whatever the numbers of the terms.
    .sort((one, other) => other.sure - one.sure || compareTexts(one.text, other.text))
  return {
    terms: found.map(({ number }) => number),
    sure: found.map(({ sure }) => sure),
    products: found.reduce((sum, { number }) => sum + (vocabulary.frequencies[number] ?? 0), 0),
  }
}

/** Weight of a token that `frequency` of `products` products may mean. */
function rarity(frequency: number, products: number): number {
  return Math.log(1 + products / Math.max(1, frequency))
}

/**
 * Adds the weight of each token to the products that have one of its meanings; returns the line's
 * own weight.
 */
function accumulate(index: ProductIndex, meanings: readonly Meanings[], mass: MassTable): number {
  let lineMass = 0
  let budget = POSTINGS_PER_LINE_MAX
  let isRead = false
  const known = meanings.filter(({ products }) => products > 0)
  for (const { terms, sure, products } of known.sort((a, b) => a.products - b.products)) {
    if (products > budget && isRead) break
    const weight = rarity(products, index.products)
    lineMass += weight
    for (const [which, term] of terms.entries()) {
      const { count, reader } = index.readProducts(term)
      const added = index.addedProducts(term)
      const own = index.vocabulary.frequencies[term] ?? 0
      if (count + added.length === 0) continue
      isRead = true
      budget -= own
      // The products of a term are read all or not at all: which come first says nothing.
      if (budget < 0) break
      const share = weight * (sure[which] ?? 0)
      mass.addEach(reader, count, share)
      for (const product of added) mass.add(product, share)
    }
  }
  return lineMass
}

/** A word is glued when nothing in the catalogue is this similar to the whole of it. */
const WHOLE_SURE_MIN = 0.75

/** The words of a glued token, or the token itself; only the last may be cut or dotted. */
function partsOf(index: ProductIndex, token: LineToken, known: Meanings): readonly LineToken[] {
  if (known.sure.some((sure) => sure >= WHOLE_SURE_MIN)) return [token]
  const texts = unglued(index.vocabulary, token)
  if (texts.length === 1) return [token]
  return texts.map((text) => {
    const isKnown = index.vocabulary.has(text)
    const part = { ...token, text, isDotted: !isKnown, isTied: false }
    return lineToken(part, false)
  })
}

/**
 * The line's tokens with `4 УДО` as `ЧУДО` again: a digit in front of a word that the catalogue
 * lacks, and that it has with the letter which prints like the digit.
 */
function rejoined(
  index: ProductIndex,
  tokens: readonly LineToken[],
  scratch: CandidateScratch,
): readonly LineToken[] {
  const isMeant = (token: LineToken) =>
    meaningsOf(index, token, scratch).sure.some((sure) => sure >= WHOLE_SURE_MIN)
  const result: LineToken[] = []
  for (const token of tokens) {
    const digit = result.at(-1)
    const letter = digit === undefined ? undefined : letterOf(digit)
    if (token.kind !== 'word' || letter === undefined || isMeant(token)) {
      result.push(token)
      continue
    }
    const whole = lineToken({ ...token, text: letter + token.text }, token.isShortened)
    if (isMeant(whole)) result[result.length - 1] = whole
    else result.push(token)
  }
  return result
}

function letterOf({ kind, text }: LineToken): string | undefined {
  const isDigit = kind === 'number' || kind === 'code'
  return isDigit ? LETTER_OF_DIGIT[text.replace('#', '')] : undefined
}

/** What a line may be about. */
interface Candidates {
  /** The line's tokens, glued words parted; `TOKENS_MAX` at most. */
  readonly tokens: readonly LineToken[]
  /** At most `POOL_MAX` products that share the rarest meanings with the line, by their ids. */
  readonly pool: readonly number[]
}

/** The candidates of a line. */
export function candidatesOf(
  index: ProductIndex,
  tokens: readonly LineToken[],
  scratch: CandidateScratch,
): Candidates {
  const parts = rejoined(index, tokens, scratch).flatMap((token) => {
    const known = meaningsOf(index, token, scratch)
    const words = partsOf(index, token, known)
    if (words.length === 1) return [{ token, known }]
    return words.map((word) => ({ token: word, known: meaningsOf(index, word, scratch) }))
  })
  const read = parts.slice(0, TOKENS_MAX)
  const meanings = read.map(({ known }) => known)
  const { mass } = scratch
  const lineMass = accumulate(index, meanings, mass)
  const best = new BestKept(POOL_MAX, (product) => index.orderOf(product))
  for (let at = 0; at < mass.count; at += 1) {
    const shared = mass.massAt(at)
    const floor = Math.max(0, mass.floorAt(at) - index.massSlack)
    const lightest = lineMass + PRODUCT_MASS_SHARE * floor
    if (shared < best.worst() * lightest * ROUNDING) continue
    const product = mass.productAt(at)
    if (index.gone.has(product)) continue
    const own = index.productMass[product] ?? 0
    best.offer(product, shared / (lineMass + PRODUCT_MASS_SHARE * own))
  }
  mass.clear()
  return { tokens: read.map(({ token }) => token), pool: best.inOrder() }
}
