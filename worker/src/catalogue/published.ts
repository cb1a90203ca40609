import type { Category } from '#schema/market'
import type { Alias, ProductIndex } from '../matching/product-index.ts'

/** A product as the control plane publishes it. */
export type PublishedProduct = {
  readonly id: string
  readonly name: string
  readonly gtin: string
  readonly brand: string
  readonly category: Category
  readonly size: number
  readonly unit: 'g' | 'ml' | 'piece'
}

/** What a version of the catalogue is made from. */
export type CatalogueSource = {
  /** A receipt line that people have matched by hand; `retailerId` null: in every shop. */
  readonly aliases: readonly Alias[]
  /** How many changes of products had been counted when the first of them was read. */
  readonly changes: number
  /** Products, ascending by id. Never all at once: a million of them do not fit into memory. */
  readonly pages: AsyncIterable<readonly PublishedProduct[]> | Iterable<readonly PublishedProduct[]>
}

/** What has changed in a catalogue since the base of its version was made. */
export type CatalogueChanges = {
  /** All aliases of the catalogue. */
  readonly aliases: readonly Alias[]
  /** Ids of all products that may be otherwise now, ascending. */
  readonly touched: readonly string[]
  /** Those of them that the catalogue has, as they are now, ascending by id. */
  readonly products: readonly PublishedProduct[]
}

/** What a matched line says of its product. */
export type CatalogueRow = Pick<PublishedProduct, 'id' | 'name' | 'brand' | 'category'>

/**
 * One version of a market's catalogue, open for matching: the index is in memory, the rows of its
 * products are fetched when a line has found them. Both are of the same version.
 */
export interface PublishedCatalogue {
  readonly version: number
  readonly index: ProductIndex
  /** Rows of products by their numbers in the index, in the order asked. */
  rows(numbers: readonly number[]): Promise<readonly CatalogueRow[]>
  /** The row of a product by its id; null when the version has no such product. */
  find(id: string): Promise<CatalogueRow | null>
}
