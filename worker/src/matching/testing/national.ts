/** Catalogues of the size of a nation's, and receipts of their products, made from a seed. */

import type { IndexedProduct } from '../product-index.ts'
import { productNames, productsOf } from './catalogue.ts'
import { FITTED_STYLES, HELD_OUT_STYLES } from './noise.ts'
import { pick, type Random } from './random.ts'

const SYLLABLES = 'ба ве ги до зу ка ли мо не ро са ти фо ха че ши ян ол ер ив ал ор ун'.split(' ')

/** Brands that no list has, because a national catalogue holds some ten thousand of them. */
function inventedBrand(random: Random): string {
  const length = 2 + Math.floor(random() * 3)
  const word = Array.from({ length }, () => pick(random, SYLLABLES)).join('')
  return word.charAt(0).toUpperCase() + word.slice(1)
}

/** `count` products; beyond what the families yield, their names with an invented brand put in. */
export function nationalCatalogue(random: Random, count: number): IndexedProduct[] {
  const names = productNames(random, count)
  const brands = Array.from({ length: Math.ceil(count / 12) }, () => inventedBrand(random))
  const own = names.length
  for (let at = 0; names.length < count; at += 1) {
    const [noun = '', ...rest] = (names[at % own] ?? '').split(' ')
    names.push([noun, pick(random, brands), ...rest].join(' '))
  }
  return productsOf(names)
}

/** Lines of `count` receipts, as tills of all styles print random products. */
export function receiptsOf(
  random: Random,
  products: readonly IndexedProduct[],
  count: number,
  lines: number,
): string[][] {
  const styles = [...Object.values(FITTED_STYLES), ...Object.values(HELD_OUT_STYLES)]
  return Array.from({ length: count }, () =>
    Array.from({ length: lines }, () => pick(random, styles)(random, pick(random, products).name)),
  )
}

/** A 13-digit GTIN with its check digit. */
export function gtinOf(number: number): string {
  const digits = `460${String(number).padStart(9, '0')}`
  const sum = [...digits].reduce(
    (all, digit, at) => all + Number(digit) * (at % 2 === 0 ? 1 : 3),
    0,
  )
  return `${digits}${(10 - (sum % 10)) % 10}`
}
