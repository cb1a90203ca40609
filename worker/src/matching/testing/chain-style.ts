/**
 * Products and receipt lines written for this project in the styles of Russian chains: for each
 * product a line that is it, and a line of a product the catalogue lacks (a sibling in flavour,
 * size or fat, another good of the brand, or a stranger).
 */

import { readFileSync } from 'node:fs'
import Papa from 'papaparse'
import type { IndexedProduct } from '../product-index.ts'
import type { LabelledLine } from './evaluation.ts'

function rows(file: string): Record<string, string>[] {
  const text = readFileSync(new URL(`../corpus/${file}`, import.meta.url), 'utf8')
  return Papa.parse<Record<string, string>>(text, { header: true, skipEmptyLines: true }).data
}

/** The written corpus; a line without id is of an absent product. */
export function chainStyleCorpus(): { products: IndexedProduct[]; lines: LabelledLine[] } {
  const products = rows('chain-style-catalogue.csv').map(({ id = '', name = '' }) => ({
    id,
    name,
    gtin: null,
    brand: null,
  }))
  const lines = rows('chain-style-lines.csv').map(({ line = '', id }) => ({
    line,
    name: line,
    productId: id || null,
    style: 'written',
  }))
  return { products, lines }
}
