/**
 * From a line to the few products worth comparing. Character trigrams lead from each token to the
 * words of the catalogue that it may stand for, and those words lead to their products, the rarest
 * first. An index of words is a fifth of the size of trigrams straight to products.
 */

import { TOKENS_MAX } from './normalise.ts'
import { PRODUCTS_PER_TERM_MAX, type ProductIndex } from './product-index.ts'
import { type LineToken, lineToken, similarity } from './similarity.ts'
import { soundOf } from './skeleton.ts'
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

/** Room that queries reuse; belongs to one index. */
export interface CandidateScratch {
  /** Weight of shared tokens per product. */
  readonly mass: Float32Array
  readonly touched: Uint32Array
  /** Shared trigrams per term. */
  readonly shared: Uint8Array
}

/** Room for the queries of an index. */
export function candidateScratch(index: ProductIndex): CandidateScratch {
  return {
    mass: new Float32Array(index.products),
    touched: new Uint32Array(index.products),
    shared: new Uint8Array(index.vocabulary.terms.length),
  }
}

/** Distinct trigrams of a token: its letters, and its consonants when the catalogue lacks it. */
function queryTrigrams(index: ProductIndex, token: LineToken): Set<number> {
  const isKnown = index.vocabulary.numberOf.has(token.text)
  const isWhole = isKnown || !token.isShortened
  const trigrams = new Set<number>(trigramsOf(token.text, isWhole))
  if (token.kind === 'word' && !isKnown) {
    for (const trigram of trigramsOf(soundOf(token.skeleton), false)) trigrams.add(trigram)
  }
  return trigrams
}

/** Trigrams that the vocabulary has, the rarest first: `frequency · TRIGRAMS + trigram`. */
function rarestFirst({ trigramStart }: ProductIndex, trigrams: Set<number>): Float64Array {
  const keys = Float64Array.from(trigrams, (trigram) => {
    const frequency = (trigramStart[trigram + 1] ?? 0) - (trigramStart[trigram] ?? 0)
    return frequency * TRIGRAMS + trigram
  })
  return keys.sort()
}

/** Terms that share enough trigrams with the token, those with the most first. */
function termsLike(index: ProductIndex, token: LineToken, shared: Uint8Array): number[] {
  const trigrams = queryTrigrams(index, token)
  const seen: number[] = []
  let budget = TERM_POSTINGS_MAX
  let read = 0
  for (const key of rarestFirst(index, trigrams)) {
    const frequency = Math.floor(key / TRIGRAMS)
    budget -= frequency
    if (budget < 0 && read > 0) break
    const from = index.trigramStart[key % TRIGRAMS] ?? 0
    const end = from + Math.min(frequency, TERM_POSTINGS_MAX)
    for (let at = from; at < end; at += 1) {
      const term = index.trigramTerms[at] ?? 0
      if (shared[term] === 0) seen.push(term)
      shared[term] = (shared[term] ?? 0) + 1
    }
    if (frequency > 0) read += 1
  }
  const least = Math.max(1, Math.ceil(SHARED_SHARE_MIN * Math.min(read, token.text.length)))
  const like = seen.filter((term) => (shared[term] ?? 0) >= least)
  const { frequencies } = index.vocabulary
  if (like.length > TERMS_COMPARED_MAX) {
    like.sort(
      (one, other) =>
        (shared[other] ?? 0) - (shared[one] ?? 0) ||
        (frequencies[other] ?? 0) - (frequencies[one] ?? 0),
    )
    like.length = TERMS_COMPARED_MAX
  }
  for (const term of seen) shared[term] = 0
  return like
}

/** The terms that a token may stand for. */
interface Meanings {
  readonly terms: readonly number[]
  readonly sure: readonly number[]
  /** Products that have one of the terms, counted per term. */
  readonly products: number
}

function meaningsOf(index: ProductIndex, token: LineToken, shared: Uint8Array): Meanings {
  const terms: number[] = []
  const sure: number[] = []
  let products = 0
  if (token.kind !== 'code') {
    for (const number of termsLike(index, token, shared)) {
      const term = index.vocabulary.terms[number]
      const similar = term === undefined ? 0 : similarity(token, term)
      if (similar < MEANING_SURE_MIN) continue
      terms.push(number)
      sure.push(similar)
      products += index.vocabulary.frequencies[number] ?? 0
    }
  }
  return { terms, sure, products }
}

/** Weight of a token that `frequency` of `products` products may mean. */
function rarity(frequency: number, products: number): number {
  return Math.log(1 + products / Math.max(1, frequency))
}

/**
 * Adds the weight of each token to the products that have one of its meanings; returns how many
 * products were touched and the line's own weight.
 */
function accumulate(
  index: ProductIndex,
  meanings: readonly Meanings[],
  { mass, touched }: CandidateScratch,
): { count: number; lineMass: number } {
  let count = 0
  let lineMass = 0
  let budget = POSTINGS_PER_LINE_MAX
  const known = meanings.filter(({ products }) => products > 0)
  for (const { terms, sure, products } of known.sort((a, b) => a.products - b.products)) {
    if (products > budget && count > 0) break
    const weight = rarity(products, index.products)
    lineMass += weight
    for (const [which, term] of terms.entries()) {
      const from = index.postingStart[term] ?? 0
      const end = Math.min(index.postingStart[term + 1] ?? 0, from + Math.max(0, budget))
      budget -= end - from
      const added = weight * (sure[which] ?? 0)
      for (let at = from; at < end; at += 1) {
        const product = index.postings[at] ?? 0
        const before = mass[product] ?? 0
        if (before === 0) {
          touched[count] = product
          count += 1
        }
        mass[product] = before + added
      }
    }
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

/** A word is glued when nothing in the catalogue is this similar to the whole of it. */
const WHOLE_SURE_MIN = 0.75

/** The words of a glued token, or the token itself; only the last may be cut or dotted. */
function partsOf(index: ProductIndex, token: LineToken, known: Meanings): readonly LineToken[] {
  if (known.sure.some((sure) => sure >= WHOLE_SURE_MIN)) return [token]
  const texts = unglued(index.vocabulary, token)
  if (texts.length === 1) return [token]
  return texts.map((text) => {
    const isKnown = index.vocabulary.numberOf.has(text)
    const part = { ...token, text, isDotted: !isKnown, isTied: false }
    return lineToken(part, false)
  })
}

/** What a line may be about. */
interface Candidates {
  /** The line's tokens, glued words parted; `TOKENS_MAX` at most. */
  readonly tokens: readonly LineToken[]
  /** At most `POOL_MAX` products that share the rarest meanings with the line, in no order. */
  readonly pool: readonly number[]
}

/** The candidates of a line. */
export function candidatesOf(
  index: ProductIndex,
  tokens: readonly LineToken[],
  scratch: CandidateScratch,
): Candidates {
  const parts = tokens.flatMap((token) => {
    const known = meaningsOf(index, token, scratch.shared)
    const words = partsOf(index, token, known)
    if (words.length === 1) return [{ token, known }]
    return words.map((word) => ({ token: word, known: meaningsOf(index, word, scratch.shared) }))
  })
  const read = parts.slice(0, TOKENS_MAX)
  const meanings = read.map(({ known }) => known)
  const { count, lineMass } = accumulate(index, meanings, scratch)
  const { mass, touched } = scratch
  const best = new BestKept()
  let enough = 0
  for (let at = 0; at < count; at += 1) {
    const product = touched[at] ?? 0
    const shared = mass[product] ?? 0
    mass[product] = 0
    // Even a product without a length of its own would not reach the list.
    if (shared <= enough) continue
    const own = index.productMass[product] ?? 0
    best.offer(product, shared / (lineMass + PRODUCT_MASS_SHARE * own))
    enough = best.worst() * lineMass
  }
  return { tokens: read.map(({ token }) => token), pool: best.products }
}
