/**
 * Products and receipt lines written for this project in the styles of Russian chains: for each
 * product a line that is it, and a line of a product the catalogue lacks (a sibling in flavour,
 * size or fat, another good of the brand, or a stranger).
 */

import corpus from '../corpus/chain-style.json' with { type: 'json' }
import type { IndexedProduct } from '../product-index.ts'
import type { LabelledLine } from './evaluation.ts'

/** The written corpus; a line without id is of an absent product. */
export function chainStyleCorpus(): { products: IndexedProduct[]; lines: LabelledLine[] } {
  const products = corpus.products.map((known) => ({ ...known, gtin: null, brand: null }))
  const lines = corpus.lines.map((known) => ({ ...known, name: known.line, style: 'written' }))
  return { products, lines }
}
