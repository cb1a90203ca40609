/**
 * The catalogue as matching needs it: products as sequences of term numbers, the products of each
 * term, the terms of each character trigram, GTINs and learned aliases. Made once per version of
 * the catalogue (`index-builder.ts`), then only read. Everything large is packed into typed arrays,
 * some 45 bytes a product; what a product is called is not in it.
 */

import { normaliseLine } from './normalise.ts'
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
  /** Where the products of term t begin; terms of too many products have none. */
  readonly postingStart: Uint32Array
  /** Rarity of all the terms of a product, added up. */
  readonly productMass: Float32Array
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

/** Steps of a unit of weight in which `postings` tells how heavy a product is; 255 for more. */
export const MASS_STEPS = 4

/** So many products share one start of their sequences: a start is as large as half a sequence. */
export const SEQUENCES_PER_START = 4

/** Key of an alias: the retailer and the normalised line. */
export function aliasKey(retailerId: string | null, line: string): string {
  return `${retailerId ?? ''}\u0000${normaliseLine(line)}`
}

/** Read-only index over a catalogue. */
export class ProductIndex {
  readonly products: number
  readonly vocabulary: Vocabulary
  readonly productMass: Float32Array
  readonly byAlias: ReadonlyMap<string, number>
  private readonly arrays: IndexArrays
  private readonly repeats: ReadonlyMap<number, number>
  private readonly sequences: VarintReader
  private readonly postings: VarintReader
  private readonly trigrams: VarintReader
  /** A bit for each product that has a GTIN. */
  private readonly hasGtin: Uint8Array

  constructor({ facts, arrays }: PackedIndex) {
    this.products = facts.products
    this.arrays = arrays
    this.vocabulary = new Vocabulary(arrays)
    this.productMass = arrays.productMass
    this.byAlias = new Map(facts.aliases)
    this.repeats = new Map(facts.repeats)
    this.sequences = new VarintReader(arrays.sequences)
    this.postings = new VarintReader(arrays.postings)
    this.trigrams = new VarintReader(arrays.trigrams)
    this.hasGtin = new Uint8Array((facts.products >> 3) + 1)
    for (const at of arrays.byGtin) {
      this.hasGtin[at >> 3] = (this.hasGtin[at >> 3] ?? 0) | (1 << (at & 7))
    }
  }

  /** The entry that stands for all entries of one product. */
  mainOf(product: number): number {
    return this.repeats.get(product) ?? product
  }

  /** A reader that stands before the terms of a product, and how many they are. */
  readTerms(product: number): { count: number; reader: VarintReader } {
    const { sequences: reader } = this
    reader.at = this.arrays.sequenceStart[Math.floor(product / SEQUENCES_PER_START)] ?? 0
    for (let skip = product % SEQUENCES_PER_START; skip > 0; skip -= 1) {
      for (let left = reader.next(); left > 0; left -= 1) reader.next()
    }
    return { count: reader.next(), reader }
  }

  /** A reader that stands before the products of a term, as `postings` tells them. */
  readProducts(term: number): { count: number; reader: VarintReader } {
    const { postings: reader, arrays } = this
    const start = arrays.postingStart[term] ?? 0
    reader.at = start
    const hasAny = (arrays.postingStart[term + 1] ?? 0) > start
    return { count: hasAny ? (this.vocabulary.frequencies[term] ?? 0) : 0, reader }
  }

  /** The same for the terms of a trigram. */
  readTrigram(trigram: number): { count: number; reader: VarintReader } {
    const { trigrams: reader, arrays } = this
    const start = arrays.trigramStart[trigram] ?? 0
    reader.at = start
    const hasAny = (arrays.trigramStart[trigram + 1] ?? 0) > start
    return { count: hasAny ? reader.next() : 0, reader }
  }

  /** The product that alone carries this GTIN, or undefined. */
  productOfGtin(gtin: number): number | undefined {
    const { gtins, byGtin } = this.arrays
    const at = this.placeOfGtin(gtin)
    return gtins[at] === gtin && gtins[at + 1] !== gtin ? byGtin[at] : undefined
  }

  /** True when the product has a GTIN and it is not this one. */
  hasOtherGtin(product: number, gtin: number): boolean {
    const hasAny = ((this.hasGtin[product >> 3] ?? 0) & (1 << (product & 7))) !== 0
    if (!hasAny) return false
    const { gtins, byGtin } = this.arrays
    for (let at = this.placeOfGtin(gtin); gtins[at] === gtin; at += 1) {
      if (byGtin[at] === product) return false
    }
    return true
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
}
