/** Matching whose answers name products by their ids, for catalogues that are held in memory. */

import { buildIndex } from '../index-builder.ts'
import { type LineMatch, matchLine, type ReceiptLine } from '../match.ts'
import type { Alias, IndexedProduct, ProductIndex } from '../product-index.ts'

/** An index beside the ids of its products. */
export interface NamedIndex {
  readonly index: ProductIndex
  readonly ids: readonly string[]
}

/** Builds the index of these products. */
export function namedIndex(
  products: readonly IndexedProduct[],
  aliases: readonly Alias[] = [],
): NamedIndex {
  return { index: buildIndex(products, aliases), ids: products.map(({ id }) => id) }
}

/** Matches a line; `productId` is null when there is no candidate. */
export function matchNamed(
  { index, ids }: NamedIndex,
  line: ReceiptLine,
): LineMatch & { productId: string | null } {
  const match = matchLine(index, line)
  return { ...match, productId: match.product === null ? null : (ids[match.product] ?? null) }
}
