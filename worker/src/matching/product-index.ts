/**
 * The catalogue as matching needs it: products as sequences of term numbers, the products of each
 * term, the terms of each character trigram, GTINs and learned aliases. A base, made once
 * (`index-builder.ts`) and packed into typed arrays, some 40 bytes a product, and over it what has
 * changed since (`index-delta.ts`). All that depends on how many products there are is counted
 * when an index is opened, so that base and changes together answer as a new base would. What a
 * product is called is not in it.
 */

import { AddedProducts, type IndexDelta, NO_DELTA } from './index-delta.ts'
import { normaliseLine } from './normalise.ts'
import { ProductMass, weightOfSteps } from './product-mass.ts'
import { VarintReader } from './varint.ts'
import { Vocabulary, type VocabularyArrays } from './vocabulary.ts'

/** What matching needs to know of a product. */
export interface IndexedProduct {
  readonly id: string
  readonly name: string
  readonly gtin: string | null
  readonly brand: string | null
  readonly size?: { readonly amount: number; readonly unit: 'g' | 'ml' | 'piece' } | null
}

/**
 * A correction a person made: this line, in this retailer's receipts (null: in anyone's), is this
 * product.
 */
export interface Alias {
  readonly retailerId: string | null
  readonly line: string
  readonly productId: string
}

/** The arrays of an index. Lists of bytes hold numbers as `varint.ts` writes them. */
export interface IndexArrays extends VocabularyArrays {
  /** Of each product, the count of its terms and the terms in the order of its name. */
  readonly sequences: Uint8Array
  /** Where the products 0, `SEQUENCES_PER_START`, … begin. */
  readonly sequenceStart: Uint32Array
  /**
   * Of each term, how far each product is from the one before, beginning below 0, and in a byte
   * behind it how heavy it is at least, in steps: most products are passed over by that alone.
   */
  readonly postings: Uint8Array
  /** Where the products of term t begin; terms of far too many products have none. */
  readonly postingStart: Uint32Array
  /** How heavy each product was when the base was made, in steps: what `postings` says of it. */
  readonly floors: Uint8Array
  /** Of each trigram, the count of its terms and how far each is from the one before. */
  readonly trigrams: Uint8Array
  readonly trigramStart: Uint32Array
  /** GTINs in canonical form as numbers (14 digits are exact in a double), ascending. */
  readonly gtins: Float64Array
  /** The product of each of them. */
  readonly byGtin: Uint32Array
}

/** What of an index is not an array. */
export interface IndexFacts {
  /** How many products there are; they are numbered 0 … in the order given. */
  readonly products: number
  /** Further entries of one product, with the number of its first: [entry, first]. */
  readonly repeats: readonly (readonly [number, number])[]
  /** Keys of aliases and the products that they name. */
  readonly aliases: readonly (readonly [string, number])[]
}

/** An index as it is stored. */
export interface PackedIndex {
  readonly facts: IndexFacts
  readonly arrays: IndexArrays
}

/**
 * Words of more products than this lead to none of them: beyond it a word tells nothing, and
 * reading its products would take longer than all else.
 */
export const PRODUCTS_PER_TERM_MAX = 8_000
/** So many products of a base may be gone; with more a new base is due. */
export const GONE_MAX = 2_000
/** A base keeps the products of somewhat commoner words: with what is gone they become rarer. */
export const PRODUCTS_PER_STORED_TERM_MAX = PRODUCTS_PER_TERM_MAX + GONE_MAX

/** So many products share one start of their sequences: a start is as large as half a sequence. */
export const SEQUENCES_PER_START = 4

/** Key of an alias: the retailer and the normalised line. */
export function aliasKey(retailerId: string | null, line: string): string {
  return `${retailerId ?? ''}\u0000${normaliseLine(line)}`
}

/** Read-only index over a catalogue: a base and what has changed since. */
export class ProductIndex {
  /** How many products the catalogue has. */
  readonly products: number
  readonly vocabulary: Vocabulary
  /** Rarity of all the terms of a product, added up; by its number. */
  readonly productMass: Float32Array
  /** No product weighs so much less than the byte in `postings` says. */
  readonly massSlack: number
  readonly byAlias: ReadonlyMap<string, number>
  /** Products of the base that are in its lists and not in the catalogue any more. */
  readonly gone: ReadonlySet<number>
  private readonly base: number
  private readonly arrays: IndexArrays
  private readonly added: AddedProducts
  private readonly repeats: ReadonlyMap<number, number>
  private readonly sequences: VarintReader
  private readonly postings: VarintReader
  private readonly trigrams: VarintReader
  /** A bit for each product of the base that has a GTIN. */
  private readonly hasGtin: Uint8Array

  constructor({ facts, arrays }: PackedIndex, delta: IndexDelta = NO_DELTA) {
    this.base = facts.products
    this.arrays = arrays
    this.gone = new Set(delta.gone)
    if (this.gone.size > GONE_MAX) throw new Error(`${this.gone.size} products are gone`)
    this.products = facts.products - this.gone.size + delta.added.length
    this.sequences = new VarintReader(arrays.sequences)
    this.postings = new VarintReader(arrays.postings)
    this.trigrams = new VarintReader(arrays.trigrams)
    this.repeats = new Map(facts.repeats)
    this.byAlias = new Map(delta === NO_DELTA ? facts.aliases : delta.aliases)
    this.vocabulary = new Vocabulary(arrays)
    for (const product of this.gone) this.vocabulary.forget(this.distinctTermsOf(product))
    this.added = new AddedProducts(delta.added, facts.products, this.vocabulary)
    this.vocabulary.weigh(this.products)
    this.added.spell(this.vocabulary)
    const weighed = this.weighed()
    this.productMass = weighed.masses
    this.massSlack = weighed.slack
    this.hasGtin = new Uint8Array((facts.products >> 3) + 1)
    for (const at of arrays.byGtin) {
      this.hasGtin[at >> 3] = (this.hasGtin[at >> 3] ?? 0) | (1 << (at & 7))
    }
  }

  /** Numbers of products are below this. */
  get numbers(): number {
    return this.base + this.added.count
  }

  /** The entry that stands for all entries of one product. */
  mainOf(product: number): number {
    return this.repeats.get(product) ?? product
  }

  /** Products in the order of their ids, whether they are of the base or were added. */
  orderOf(product: number): number {
    return product < this.base ? product : this.added.orderOf(product - this.base)
  }

  /** A reader that stands before the terms of a product, and how many they are. */
  readTerms(product: number): { count: number; reader: VarintReader } {
    if (product >= this.base) return this.added.readTerms(product - this.base)
    const { sequences: reader } = this
    reader.at = this.arrays.sequenceStart[Math.floor(product / SEQUENCES_PER_START)] ?? 0
    for (let skip = product % SEQUENCES_PER_START; skip > 0; skip -= 1) {
      for (let left = reader.next(); left > 0; left -= 1) reader.next()
    }
    return { count: reader.next(), reader }
  }

  /**
   * A reader that stands before the products that a term has in the base, as `postings` tells
   * them, those gone among them; none for a term that leads to no product.
   */
  readProducts(term: number): { count: number; reader: VarintReader } {
    const { postings: reader, arrays } = this
    const start = arrays.postingStart[term] ?? 0
    reader.at = start
    const hasAny = (arrays.postingStart[term + 1] ?? 0) > start && this.leads(term)
    return { count: hasAny ? (arrays.frequencies[term] ?? 0) : 0, reader }
  }

  /** Products with the term that were added to the base. */
  addedProducts(term: number): readonly number[] {
    return this.leads(term) ? this.added.productsOf(term) : []
  }

  /** How many terms of the catalogue have the trigram. */
  trigramCount(trigram: number): number {
    const stored = this.readTrigram(trigram).count
    return this.added.isNone ? stored : stored + this.added.trigramDifference(trigram)
  }

  /** A reader before the terms of the base that have the trigram, those gone among them. */
  readTrigram(trigram: number): { count: number; reader: VarintReader } {
    const { trigrams: reader, arrays } = this
    const start = arrays.trigramStart[trigram] ?? 0
    reader.at = start
    const hasAny = (arrays.trigramStart[trigram + 1] ?? 0) > start
    return { count: hasAny ? reader.next() : 0, reader }
  }

  /** Terms with the trigram that the base does not have. */
  addedTerms(trigram: number): readonly number[] {
    return this.added.termsOf(trigram)
  }

  /** The product that alone carries this GTIN, or undefined. */
  productOfGtin(gtin: number): number | undefined {
    const found = this.withGtin(gtin)
    return found.length === 1 ? found[0] : undefined
  }

  /** True when the product has a GTIN and it is not this one. */
  hasOtherGtin(product: number, gtin: number): boolean {
    const hasAny =
      product < this.base
        ? ((this.hasGtin[product >> 3] ?? 0) & (1 << (product & 7))) !== 0
        : this.added.hasGtin(product - this.base)
    return hasAny && !this.withGtin(gtin).includes(product)
  }

  private withGtin(gtin: number): number[] {
    const { gtins, byGtin } = this.arrays
    const found = [...this.added.withGtin(gtin)]
    for (let at = this.placeOfGtin(gtin); gtins[at] === gtin; at += 1) {
      const product = byGtin[at] ?? 0
      if (!this.gone.has(product)) found.push(product)
    }
    return found
  }

  /** Where the GTIN stands, or would. */
  private placeOfGtin(gtin: number): number {
    const { gtins } = this.arrays
    let low = 0
    let high = gtins.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((gtins[middle] ?? 0) < gtin) low = middle + 1
      else high = middle
    }
    return low
  }

  private leads(term: number): boolean {
    return (this.vocabulary.frequencies[term] ?? 0) <= PRODUCTS_PER_TERM_MAX
  }

  private distinctTermsOf(product: number): ReadonlySet<number> {
    const { count, reader } = this.readTerms(product)
    return new Set(Array.from({ length: count }, () => reader.next()))
  }

  private weighed(): { masses: Float32Array; slack: number } {
    const { frequencies } = this.vocabulary
    const mass = new ProductMass(frequencies, this.products, PRODUCTS_PER_TERM_MAX)
    const masses = new Float32Array(this.numbers)
    let slack = 0
    const { sequences: reader } = this
    reader.at = 0
    for (let product = 0; product < this.base; product += 1) {
      const weight = mass.of(reader)
      masses[product] = weight
      slack = Math.max(slack, weightOfSteps(this.arrays.floors[product] ?? 0) - weight)
    }
    for (let at = 0; at < this.added.count; at += 1) {
      masses[this.base + at] = mass.of(this.added.readerAt(at))
    }
    return { masses, slack }
  }
}
