/** Makes the index of a catalogue that is read page by page, in little more room than it takes. */

import { canonicalGtin } from './gtin.ts'
import { normaliseLine, type Token, tokenise } from './normalise.ts'
import {
  type Alias,
  aliasKey,
  type IndexArrays,
  type IndexedProduct,
  MASS_STEPS,
  type PackedIndex,
  ProductIndex,
  SEQUENCES_PER_START,
} from './product-index.ts'
import { sortByNumber } from './radix-sort.ts'
import { skeletonOf, soundOf } from './skeleton.ts'
import { TRIGRAMS, trigramsOf } from './trigram.ts'
import { ByteLog, putVarint, VarintReader, varintBytes } from './varint.ts'
import { VocabularyBuilder } from './vocabulary.ts'

/**
 * Words of more products than this lead to none of them: beyond it a word tells nothing, and
 * reading its products would take longer than all else.
 */
export const PRODUCTS_PER_TERM_MAX = 8_000

/** Products or terms between two pauses of `finish`: some tens of milliseconds. */
const STEPS_PER_PAUSE = 20_000

/** Tokens of a product: its name, then what its other fields add to it. */
function productTokens(product: IndexedProduct): readonly Token[] {
  const named = tokenise(product.name)
  const texts = new Set(named.map((token) => token.text))
  const added: Token[] = []
  if (product.brand !== null) {
    added.push(...tokenise(product.brand).filter((token) => !texts.has(token.text)))
  }
  const size = product.size ?? null
  // One piece is what a thing comes in when nothing is said: no line says it.
  if (size !== null && !(size.unit === 'piece' && size.amount === 1)) {
    const unit = size.unit === 'piece' ? 'шт' : size.unit === 'g' ? 'г' : 'мл'
    const [token] = tokenise(`${size.amount}${unit}`)
    const isSaid = named.some((one) => one.kind === 'mass' || one.kind === 'volume')
    const isPieces = size.unit === 'piece'
    if (token !== undefined && !isPieces && !isSaid) added.push(token)
    if (token !== undefined && isPieces && !named.some((one) => one.kind === 'count')) {
      added.push(token)
    }
  }
  return added.length === 0 ? named : [...named, ...added]
}

/** Distinct trigrams of a term: of its letters, and of its consonants for words without vowels. */
function trigramsOfTerm(text: string, isWord: boolean): Set<number> {
  const trigrams = new Set<number>(trigramsOf(text, true))
  if (isWord) {
    for (const trigram of trigramsOf(soundOf(skeletonOf(text)), true)) trigrams.add(trigram)
  }
  return trigrams
}

/** A finished sequence of bytes beside where each of its lists begins. */
interface Lists {
  readonly bytes: Uint8Array
  readonly start: Uint32Array
}

/** Ends of lists from their sizes, which stand one place behind (`sizes[at + 1]`). */
function addUp(sizes: Uint32Array): Uint32Array {
  for (let at = 1; at < sizes.length; at += 1) sizes[at] = (sizes[at] ?? 0) + (sizes[at - 1] ?? 0)
  return sizes
}

/**
 * Reads products, then builds. Entries with one id, which are one product, come one after the
 * other; aliases of products that the catalogue lacks are ignored, and the last of two aliases with
 * one key wins.
 */
export class IndexBuilder {
  private readonly aliases: readonly Alias[]
  private readonly aliased: Map<string, number>
  private readonly vocabulary = new VocabularyBuilder()
  private readonly sequences = new ByteLog()
  private readonly sequenceStart: number[] = []
  /** By product, zero for none. */
  private gtins: number[] = []
  private readonly repeats: [number, number][] = []
  private products = 0
  private last = { id: '', number: -1 }

  constructor(aliases: readonly Alias[]) {
    this.aliases = aliases
    this.aliased = new Map(aliases.map(({ productId }) => [productId, -1]))
  }

  add(product: IndexedProduct): void {
    const at = this.products
    this.products += 1
    const isRepeat = this.last.number >= 0 && this.last.id === product.id
    if (isRepeat) this.repeats.push([at, this.last.number])
    else this.last = { id: product.id, number: at }
    if (this.aliased.has(product.id)) this.aliased.set(product.id, at)
    if (at % SEQUENCES_PER_START === 0) this.sequenceStart.push(this.sequences.length)
    const tokens = productTokens(product)
    this.sequences.push(tokens.length)
    for (const token of tokens) this.sequences.push(this.vocabulary.add(token, at))
    this.gtins.push(product.gtin === null ? 0 : Number(canonicalGtin(product.gtin) ?? 0))
  }

  /**
   * Builds the index; to be called once. Pauses (`yield`) where a caller may let others work: the
   * whole takes seconds for a million products.
   */
  *finish(): Generator<void, PackedIndex> {
    const { values: gtins, places: byGtin } = yield* sortByNumber(this.gtins)
    this.gtins = []
    const without = gtins.lastIndexOf(0) + 1
    const sequences = this.sequences.take()
    const postings = yield* this.invert(sequences)
    const trigrams = yield* this.spell()
    const arrays: IndexArrays = {
      ...this.vocabulary.build(this.products),
      sequences,
      sequenceStart: Uint32Array.from(this.sequenceStart),
      postings: postings.bytes,
      postingStart: postings.start,
      productMass: postings.productMass,
      trigrams: trigrams.bytes,
      trigramStart: trigrams.start,
      gtins: gtins.subarray(without),
      byGtin: byGtin.subarray(without),
    }
    const aliases = this.aliasTable()
    return { facts: { products: this.products, repeats: this.repeats, aliases }, arrays }
  }

  private aliasTable(): [string, number][] {
    const table = new Map<string, number>()
    for (const alias of this.aliases) {
      const product = this.aliased.get(alias.productId) ?? -1
      const isNamed = normaliseLine(alias.line) !== ''
      if (product >= 0 && isNamed) table.set(aliasKey(alias.retailerId, alias.line), product)
    }
    return [...table]
  }

  /** Products of each term, ascending, and the weight of each product's terms. */
  private *invert(
    sequences: Uint8Array,
  ): Generator<void, Lists & { readonly productMass: Float32Array }> {
    const { vocabulary, products } = this
    const terms = vocabulary.size
    const sizes = new Uint32Array(terms + 1)
    const rarity = Float64Array.from({ length: terms }, (_, term) =>
      Math.log(1 + products / vocabulary.frequencyOf(term)),
    )
    const productMass = new Float32Array(products)
    yield* this.eachPosting(sequences, (term, product, distance) => {
      productMass[product] = (productMass[product] ?? 0) + (rarity[term] ?? 0)
      if (vocabulary.frequencyOf(term) > PRODUCTS_PER_TERM_MAX) return
      sizes[term + 1] = (sizes[term + 1] ?? 0) + varintBytes(distance) + 1
    })
    const start = addUp(sizes)
    const bytes = new Uint8Array(start[terms] ?? 0)
    const next = start.slice(0, terms)
    yield* this.eachPosting(sequences, (term, product, distance) => {
      if (vocabulary.frequencyOf(term) > PRODUCTS_PER_TERM_MAX) return
      const end = putVarint(bytes, next[term] ?? 0, distance)
      bytes[end] = Math.min(0xff, Math.floor((productMass[product] ?? 0) * MASS_STEPS))
      next[term] = end + 1
    })
    return { bytes, start, productMass }
  }

  /** Visits the distinct terms of each product, with how far it is from the term's last one. */
  private *eachPosting(
    sequences: Uint8Array,
    visit: (term: number, product: number, distance: number) => void,
  ): Generator<void, void> {
    const reader = new VarintReader(sequences)
    /** The term's last product + 1. */
    const last = new Uint32Array(this.vocabulary.size)
    for (let product = 0; product < this.products; product += 1) {
      if (product % STEPS_PER_PAUSE === 0) yield
      for (let left = reader.next(); left > 0; left -= 1) {
        const term = reader.next()
        const before = last[term] ?? 0
        // A word that the name repeats counts once. One that leads to no product adds to the
        // weight of its product as often as it stands there: the figures were fitted so.
        const leads = this.vocabulary.frequencyOf(term) <= PRODUCTS_PER_TERM_MAX
        if (leads && before === product + 1) continue
        visit(term, product, product + 1 - before)
        last[term] = product + 1
      }
    }
  }

  /** Terms of each trigram. */
  private *spell(): Generator<void, Lists> {
    const counts = new Uint32Array(TRIGRAMS)
    const sizes = new Uint32Array(TRIGRAMS + 1)
    yield* this.eachTrigram((trigram, distance) => {
      counts[trigram] = (counts[trigram] ?? 0) + 1
      sizes[trigram + 1] = (sizes[trigram + 1] ?? 0) + varintBytes(distance)
    })
    for (const [trigram, count] of counts.entries()) {
      if (count > 0) sizes[trigram + 1] = (sizes[trigram + 1] ?? 0) + varintBytes(count)
    }
    const start = addUp(sizes)
    const bytes = new Uint8Array(start[TRIGRAMS] ?? 0)
    const next = start.slice(0, TRIGRAMS)
    for (const [trigram, count] of counts.entries()) {
      if (count > 0) next[trigram] = putVarint(bytes, next[trigram] ?? 0, count)
    }
    yield* this.eachTrigram((trigram, distance) => {
      next[trigram] = putVarint(bytes, next[trigram] ?? 0, distance)
    })
    return { bytes, start }
  }

  private *eachTrigram(visit: (trigram: number, distance: number) => void): Generator<void, void> {
    /** The trigram's last term + 1. */
    const last = new Uint32Array(TRIGRAMS)
    for (let term = 0; term < this.vocabulary.size; term += 1) {
      if (term % STEPS_PER_PAUSE === 0) yield
      const { vocabulary } = this
      for (const trigram of trigramsOfTerm(vocabulary.textOf(term), vocabulary.isWord(term))) {
        visit(trigram, term + 1 - (last[trigram] ?? 0))
        last[trigram] = term + 1
      }
    }
  }
}

/** Builds the index of a catalogue at once; 10 s of CPU for a million products. */
export function buildIndex(
  products: Iterable<IndexedProduct>,
  aliases: readonly Alias[] = [],
): ProductIndex {
  const builder = new IndexBuilder(aliases)
  for (const product of products) builder.add(product)
  const steps = builder.finish()
  for (let step = steps.next(); ; step = steps.next()) {
    if (step.done) return new ProductIndex(step.value)
  }
}
