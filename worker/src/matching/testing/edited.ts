/** An index of what a catalogue was and what it has become, and the same made anew. */

import { aliasTable, packedIndex } from '../index-builder.ts'
import type { IndexDelta } from '../index-delta.ts'
import { type Alias, type IndexedProduct, ProductIndex } from '../product-index.ts'
import { type NamedIndex, namedIndex } from './named.ts'

function isSame(one: IndexedProduct, other: IndexedProduct | undefined): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}

function placeOf(products: readonly IndexedProduct[], wanted: string): number {
  const at = products.findIndex(({ id }) => id >= wanted)
  return at < 0 ? products.length : at
}

/** What makes the one catalogue the other; both ascend by id. */
function deltaOf(
  before: readonly IndexedProduct[],
  after: readonly IndexedProduct[],
  aliases: readonly Alias[],
): IndexDelta {
  const now = new Map(after.map((product) => [product.id, product]))
  const then = new Map(before.map((product) => [product.id, product]))
  const numbers = new Map(before.map(({ id }, at) => [id, at]))
  const gone = before.flatMap((product, at) => (isSame(product, now.get(product.id)) ? [] : [at]))
  const added = after
    .filter((product) => !isSame(product, then.get(product.id)))
    .map((product) => ({ before: placeOf(before, product.id), product }))
  for (const at of gone) numbers.delete(before[at]?.id ?? '')
  for (const [at, { product }] of added.entries()) numbers.set(product.id, before.length + at)
  return { gone, added, aliases: aliasTable(aliases, (id) => numbers.get(id) ?? -1) }
}

/** A base of `before` with the changes that make it `after`, and an index of `after` alone. */
export function editedAndAnew(
  before: readonly IndexedProduct[],
  after: readonly IndexedProduct[],
  aliases: readonly Alias[] = [],
): { edited: NamedIndex; anew: NamedIndex } {
  const delta = deltaOf(before, after, aliases)
  const ids = [...before, ...delta.added.map(({ product }) => product)].map(({ id }) => id)
  return {
    edited: { index: new ProductIndex(packedIndex(before), delta), ids },
    anew: namedIndex(after, aliases),
  }
}
