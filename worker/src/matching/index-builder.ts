/** Makes the index of a catalogue that is read page by page, in little more room than it takes. */

import { canonicalGtin } from './gtin.ts'
import { arraysOf, IndexBytes } from './index-bytes.ts'
import { normaliseLine } from './normalise.ts'
import {
  type Alias,
  aliasKey,
  type IndexArrays,
  type IndexedProduct,
  type IndexFacts,
  type PackedIndex,
  PRODUCTS_PER_STORED_TERM_MAX,
  PRODUCTS_PER_TERM_MAX,
  ProductIndex,
  SEQUENCES_PER_START,
} from './product-index.ts'
import { ProductMass, stepsOfWeight } from './product-mass.ts'
import { productTokens } from './product-tokens.ts'
import { sortByNumber } from './radix-sort.ts'
import { TRIGRAMS, trigramsOfTerm } from './trigram.ts'
import { ByteLog, putVarint, VarintReader, varintBytes } from './varint.ts'
import { VocabularyBuilder } from './vocabulary.ts'

/** Products or terms between two pauses of `finish`: some tens of milliseconds. */
const STEPS_PER_PAUSE = 20_000

const GTINS_AT_FIRST = 1_024

/** A finished array of an index, or a piece of one: pieces of an array follow each other. */
export interface IndexPart {
  readonly name: keyof IndexArrays
  readonly array: IndexArrays[keyof IndexArrays]
}

/** Pieces of an index that is made in memory. */
const PIECE_BYTES = 64 * 1024
/** Postings made in one go over the products: what stands in memory of them at a time. */
const POSTING_BYTES_AT_ONCE = 8 * 1024 * 1024

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
  /** By product, zero for none; room for more than there are. */
  private gtins = new Float64Array(GTINS_AT_FIRST)
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
    if (at === this.gtins.length) {
      // Moved, not copied: the smaller array is gone at once.
      this.gtins = new Float64Array(this.gtins.buffer.transfer(2 * this.gtins.byteLength))
    }
    this.gtins[at] = product.gtin === null ? 0 : Number(canonicalGtin(product.gtin) ?? 0)
  }

  /**
   * Builds the index part by part, each free to go before the next is made; to be called once.
   * Yields nothing where a caller may let others work: the whole takes seconds for a million
   * products.
   */
  *finish(): Generator<IndexPart | null, IndexFacts> {
    yield* this.sortGtins()
    for (const [name, array] of Object.entries(this.vocabulary.build())) {
      yield { name: name as keyof IndexArrays, array }
    }
    const sequences = this.sequences.take()
    yield { name: 'sequences', array: sequences }
    yield { name: 'sequenceStart', array: Uint32Array.from(this.sequenceStart) }
    yield* this.invert(sequences)
    yield* this.spell()
    return { products: this.products, repeats: this.repeats, aliases: this.aliasTable() }
  }

  private *sortGtins(): Generator<IndexPart | null, void> {
    const steps = sortByNumber(this.gtins.subarray(0, this.products))
    let step = steps.next()
    for (; !step.done; step = steps.next()) yield null
    const { values, places } = step.value
    this.gtins = new Float64Array(0)
    const without = values.lastIndexOf(0) + 1
    yield { name: 'gtins', array: values.subarray(without) }
    yield { name: 'byGtin', array: places.subarray(without) }
  }

  private aliasTable(): [string, number][] {
    return aliasTable(this.aliases, (id) => this.aliased.get(id) ?? -1)
  }

  /** Products of each term, ascending, and how heavy each is, in steps. */
  private *invert(sequences: Uint8Array): Generator<IndexPart | null, void> {
    const floors = yield* this.weigh(sequences)
    yield { name: 'floors', array: floors }
    const terms = this.vocabulary.size
    const sizes = new Uint32Array(terms + 1)
    yield* this.eachPosting(sequences, 0, terms, (term, _, distance) => {
      sizes[term + 1] = (sizes[term + 1] ?? 0) + varintBytes(distance) + 1
    })
    const start = addUp(sizes)
    yield { name: 'postingStart', array: start }
    yield { name: 'postings', array: new Uint8Array(0) }
    for (let from = 0; from < terms; ) {
      const first = start[from] ?? 0
      let to = from + 1
      while (to < terms && (start[to + 1] ?? 0) - first <= POSTING_BYTES_AT_ONCE) to += 1
      const bytes = new Uint8Array((start[to] ?? 0) - first)
      const next = start.slice(from, to)
      const begin = from
      yield* this.eachPosting(sequences, from, to, (term, product, distance) => {
        const end = putVarint(bytes, (next[term - begin] ?? 0) - first, distance)
        bytes[end] = floors[product] ?? 0
        next[term - begin] = end + 1 + first
      })
      yield { name: 'postings', array: bytes }
      from = to
    }
  }

  private *weigh(sequences: Uint8Array): Generator<null, Uint8Array> {
    const { vocabulary, products } = this
    const mass = new ProductMass(vocabulary.allFrequencies, products, PRODUCTS_PER_TERM_MAX)
    const reader = new VarintReader(sequences)
    const floors = new Uint8Array(products)
    for (let product = 0; product < products; product += 1) {
      if (product % STEPS_PER_PAUSE === 0) yield null
      floors[product] = stepsOfWeight(mass.of(reader))
    }
    return floors
  }

  /**
   * Visits the distinct terms of each product that are of the range, with how far the product is
   * from the term's last one.
   */
  private *eachPosting(
    sequences: Uint8Array,
    from: number,
    to: number,
    visit: (term: number, product: number, distance: number) => void,
  ): Generator<null, void> {
    const reader = new VarintReader(sequences)
    const frequencies = this.vocabulary.allFrequencies
    /** The term's last product + 1. */
    const last = new Uint32Array(to - from)
    for (let product = 0; product < this.products; product += 1) {
      if (product % STEPS_PER_PAUSE === 0) yield null
      for (let left = reader.next(); left > 0; left -= 1) {
        const term = reader.next()
        if (term < from || term >= to) continue
        if ((frequencies[term] ?? 0) > PRODUCTS_PER_STORED_TERM_MAX) continue
        const before = last[term - from] ?? 0
        if (before === product + 1) continue
        visit(term, product, product + 1 - before)
        last[term - from] = product + 1
      }
    }
  }

  /** Terms of each trigram. */
  private *spell(): Generator<IndexPart | null, void> {
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
    yield { name: 'trigrams', array: bytes }
    yield { name: 'trigramStart', array: start }
  }

  private *eachTrigram(visit: (trigram: number, distance: number) => void): Generator<null, void> {
    /** The trigram's last term + 1. */
    const last = new Uint32Array(TRIGRAMS)
    for (let term = 0; term < this.vocabulary.size; term += 1) {
      if (term % STEPS_PER_PAUSE === 0) yield null
      const { vocabulary } = this
      for (const trigram of trigramsOfTerm(vocabulary.textOf(term), vocabulary.isWord(term))) {
        visit(trigram, term + 1 - (last[trigram] ?? 0))
        last[trigram] = term + 1
      }
    }
  }
}

/** Aliases of products that have a number (`numberOf`, below zero for none), by their keys. */
export function aliasTable(
  aliases: readonly Alias[],
  numberOf: (productId: string) => number,
): [string, number][] {
  const table = new Map<string, number>()
  for (const alias of aliases) {
    const product = numberOf(alias.productId)
    const isNamed = normaliseLine(alias.line) !== ''
    if (product >= 0 && isNamed) table.set(aliasKey(alias.retailerId, alias.line), product)
  }
  return [...table]
}

/** Builds the index of a catalogue at once and in memory; 10 s of CPU for a million products. */
export function packedIndex(
  products: Iterable<IndexedProduct>,
  aliases: readonly Alias[] = [],
): PackedIndex {
  const builder = new IndexBuilder(aliases)
  for (const product of products) builder.add(product)
  const written = new IndexBytes(PIECE_BYTES)
  const pieces: Uint8Array<ArrayBuffer>[] = []
  const steps = builder.finish()
  for (let step = steps.next(); ; step = steps.next()) {
    if (step.done) {
      pieces.push(written.close())
      const buffer = concatenated(pieces)
      return { facts: step.value, arrays: arraysOf(written.layout, buffer) }
    }
    if (step.value === null) continue
    for (const piece of written.add(step.value)) pieces.push(piece.slice())
  }
}

/** The same, opened. */
export function buildIndex(
  products: Iterable<IndexedProduct>,
  aliases: readonly Alias[] = [],
): ProductIndex {
  return new ProductIndex(packedIndex(products, aliases))
}

function concatenated(pieces: readonly Uint8Array[]): ArrayBuffer {
  const whole = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0))
  let at = 0
  for (const piece of pieces) {
    whole.set(piece, at)
    at += piece.length
  }
  return whole.buffer
}
