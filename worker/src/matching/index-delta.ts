/** What has changed in a catalogue since its base was made, over the base's own numbers. */

import { canonicalGtin } from './gtin.ts'
import type { IndexedProduct } from './product-index.ts'
import { productTokens } from './product-tokens.ts'
import { trigramsOfTerm } from './trigram.ts'
import { ByteLog, VarintReader } from './varint.ts'
import type { Vocabulary } from './vocabulary.ts'

/** A product that the base lacks, or has otherwise. */
export interface AddedProduct {
  /** How many products of the base have a smaller id. */
  readonly before: number
  readonly product: IndexedProduct
}

/** The changes. Added products are numbered behind those of the base, in the order given. */
export interface IndexDelta {
  /** Numbers of the products that the catalogue has no more, or not as they were. */
  readonly gone: readonly number[]
  /** Ascending by id. */
  readonly added: readonly AddedProduct[]
  /** All aliases of the catalogue, in place of those of the base. */
  readonly aliases: readonly (readonly [string, number])[]
}

export const NO_DELTA: IndexDelta = { gone: [], added: [], aliases: [] }

const NOTHING: readonly number[] = []

function push(lists: Map<number, number[]>, key: number, value: number): void {
  const list = lists.get(key)
  if (list === undefined) lists.set(key, [value])
  else list.push(value)
}

/** Products beside a base: a small index of their own over the terms of both. */
export class AddedProducts {
  readonly count: number
  /** True when nothing has changed. */
  isNone = true
  private readonly places: readonly number[]
  private readonly sequences: VarintReader
  private readonly starts: number[] = []
  private readonly byTerm = new Map<number, number[]>()
  private readonly byTrigram = new Map<number, number[]>()
  private readonly differences = new Map<number, number>()
  private readonly byGtin = new Map<number, number[]>()
  private readonly gtins = new Set<number>()

  /** Numbers the products from `first` on and counts their terms in the vocabulary. */
  constructor(added: readonly AddedProduct[], first: number, vocabulary: Vocabulary) {
    this.count = added.length
    this.places = added.map(({ before }, at) => before - 1 + (at + 1) / (added.length + 1))
    const log = new ByteLog()
    for (const [at, { product }] of added.entries()) {
      this.starts.push(log.length)
      const terms = productTokens(product).map((token) => vocabulary.learn(token))
      log.push(terms.length)
      for (const term of terms) log.push(term)
      const distinct = new Set(terms)
      vocabulary.count(distinct)
      for (const term of distinct) push(this.byTerm, term, first + at)
      const gtin = product.gtin === null ? 0 : Number(canonicalGtin(product.gtin) ?? 0)
      if (gtin === 0) continue
      push(this.byGtin, gtin, first + at)
      this.gtins.add(at)
    }
    this.sequences = new VarintReader(log.take())
  }

  /** Notes the trigrams of the terms that have come and gone. */
  spell(vocabulary: Vocabulary): void {
    for (const { term, text, isWord, isNew } of vocabulary.changedTerms()) {
      this.isNone = false
      for (const trigram of trigramsOfTerm(text, isWord)) {
        this.differences.set(trigram, (this.differences.get(trigram) ?? 0) + (isNew ? 1 : -1))
        if (isNew) push(this.byTrigram, trigram, term)
      }
    }
  }

  /** Where a product stands among those of the base: between two of their numbers. */
  orderOf(at: number): number {
    return this.places[at] ?? 0
  }

  /** A reader that stands before the count of the product's terms. */
  readerAt(at: number): VarintReader {
    this.sequences.at = this.starts[at] ?? 0
    return this.sequences
  }

  readTerms(at: number): { count: number; reader: VarintReader } {
    const reader = this.readerAt(at)
    return { count: reader.next(), reader }
  }

  productsOf(term: number): readonly number[] {
    return this.byTerm.get(term) ?? NOTHING
  }

  termsOf(trigram: number): readonly number[] {
    return this.byTrigram.get(trigram) ?? NOTHING
  }

  /** How many more terms have the trigram than in the base. */
  trigramDifference(trigram: number): number {
    return this.differences.get(trigram) ?? 0
  }

  withGtin(gtin: number): readonly number[] {
    return this.byGtin.get(gtin) ?? NOTHING
  }

  hasGtin(at: number): boolean {
    return this.gtins.has(at)
  }
}
