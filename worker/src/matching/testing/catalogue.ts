/** Catalogues of products with many near siblings, made from a seed. */

import type { IndexedProduct } from '../product-index.ts'
import { FAMILIES, type Family } from './families.ts'
import { between, chance, pick, type Random, shuffled } from './random.ts'

/** Products of a brand within a family: so many at most. */
const LINE_PRODUCTS_MAX = 14

interface Facts {
  readonly noun: string
  readonly brand: string
  readonly kind: string
  readonly flavour: string
  readonly percent: string
  readonly size: string
  readonly count: string
}

function quoted(random: Random, brand: string): string {
  return pick(random, [brand, brand, brand, `«${brand}»`, `"${brand}"`, brand.toUpperCase()])
}

function flavoured(random: Random, flavour: string): string {
  const isPlainNoun = /^[а-я-]+[аоя]$/.test(flavour)
  return isPlainNoun && chance(random, 0.25) ? `со вкусом ${flavour}` : flavour
}

/** The way one brand writes its names: the order of the facts and the punctuation. */
type Template = (random: Random, facts: Facts) => string[]

const TEMPLATES: readonly Template[] = [
  (random, { noun, brand, kind, flavour, percent, size, count }) => [
    noun,
    quoted(random, brand),
    kind,
    flavoured(random, flavour),
    percent,
    count,
    size,
  ],
  (random, { noun, brand, kind, flavour, percent, size, count }) => [
    noun,
    kind,
    quoted(random, brand),
    flavoured(random, flavour),
    percent,
    size,
    count,
  ],
  (random, { noun, brand, kind, flavour, percent, size, count }) => [
    quoted(random, brand),
    noun.toLowerCase(),
    kind,
    flavoured(random, flavour),
    percent,
    size,
    count,
  ],
  (random, { noun, brand, kind, flavour, percent, size, count }) => [
    noun,
    kind,
    flavoured(random, flavour),
    quoted(random, brand),
    percent,
    count,
    size,
  ],
]

function nameOf(random: Random, template: Template, comma: string, facts: Facts): string {
  const parts = template(random, facts).filter(Boolean)
  const head = parts.filter(
    (part) => !/^\d+[.,]?\d*([-\d.,]*)\s?(%|г|кг|мл|л|шт|пак|рул)/.test(part),
  )
  const tail = parts.filter((part) => !head.includes(part))
  return [head.join(' '), ...tail].filter(Boolean).join(comma)
}

function combinations(family: Family, brand: string): Facts[] {
  const result: Facts[] = []
  const [noun = ''] = family.nouns
  for (const kind of family.kinds)
    for (const flavour of family.flavours)
      for (const percent of family.percents)
        for (const size of family.sizes)
          for (const count of family.counts)
            result.push({ noun, brand, kind, flavour, percent, size, count })
  return result
}

/**
 * Names of one brand's products in one family, siblings of each other: each combination of facts at
 * most once.
 */
function brandLine(random: Random, family: Family, brand: string, most: number): string[] {
  const template = pick(random, TEMPLATES)
  const comma = pick(random, [' ', ' ', ', '])
  const all = shuffled(random, combinations(family, brand))
  const count = Math.min(all.length, between(random, 2, most))
  return all.slice(0, count).map((facts) => nameOf(random, template, comma, facts))
}

/** `count` different products' names, in a random order; brand lines grow with the count. */
export function productNames(random: Random, count: number): string[] {
  const lines = FAMILIES.reduce((sum, family) => sum + family.brands.length, 0)
  const most = Math.max(LINE_PRODUCTS_MAX, Math.ceil((3 * count) / lines))
  const names = new Set<string>()
  for (const family of shuffled(random, FAMILIES)) {
    for (const brand of family.brands) {
      for (const name of brandLine(random, family, brand, most)) names.add(name)
    }
  }
  return shuffled(random, [...names]).slice(0, count)
}

/** Products for an index, without GTIN, brand and size: the name must do. */
export function productsOf(names: readonly string[]): IndexedProduct[] {
  return names.map((name, at) => ({ id: `p${at}`, name, gtin: null, brand: null }))
}
