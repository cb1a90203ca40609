/**
 * Every verdict of matching on the sets below, as a digest: what a change of the index must leave
 * as it is. Where a rule of matching is meant to change, they are taken anew; last when damaged
 * words came to count and verdicts ceased to depend on the numbers of products and terms (0022).
 */

import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { ReceiptLine } from './match.ts'
import type { Alias, IndexedProduct } from './product-index.ts'
import { productsOf } from './testing/catalogue.ts'
import { chainStyleCorpus } from './testing/chain-style.ts'
import { makeCorpus } from './testing/evaluation.ts'
import { matchNamed, type NamedIndex, namedIndex } from './testing/named.ts'
import { gtinOf, nationalCatalogue, receiptsOf } from './testing/national.ts'
import { FITTED_STYLES, HELD_OUT_STYLES } from './testing/noise.ts'
import { PHOTO_NOISES } from './testing/photo-noise.ts'
import { seeded } from './testing/random.ts'

const SEED = 19
const NATIONAL_PRODUCTS = 60_000
const DIGEST_LETTERS = 16
const WRITTEN = {
  written: 'b586f9517929b077',
  'letters confused': '2482d792f15c2b0f',
  'blanks lost': 'dd0cee2cb62480af',
  'end cut': '8ac889dce73d77e9',
}
const SIBLINGS = '2179228b563ca6ff'
const NATIONAL = '2d95b73f2952055b'
const BY_CODE = '58b21cec32d250c2'

function digestOf(index: NamedIndex, lines: readonly ReceiptLine[]): string {
  const hash = createHash('sha256')
  for (const line of lines) {
    const { productId, accepted, by, gate = '', score, margin } = matchNamed(index, line)
    hash.update(`${productId} ${accepted} ${by} ${gate} ${score.toFixed(9)} ${margin.toFixed(9)}\n`)
  }
  return hash.digest('hex').slice(0, DIGEST_LETTERS)
}

/** Every third product has a GTIN, some of them one that the one before has as well. */
function withGtins(products: readonly IndexedProduct[]): IndexedProduct[] {
  return products.map((product, at) => ({
    ...product,
    gtin: at % 3 === 0 ? gtinOf(at - (at % 60 === 0 && at > 0 ? 3 : 0)) : null,
    size: at % 5 === 0 ? { amount: 50 + (at % 950), unit: at % 2 === 0 ? 'g' : 'ml' } : null,
  }))
}

describe('no verdict changes with the index', () => {
  it('on the written lines, and as photos show them', () => {
    const { products, lines } = chainStyleCorpus()
    const index = namedIndex(products)
    const named = (noisy: (line: string) => string) =>
      digestOf(
        index,
        lines.map(({ line }) => ({ name: noisy(line) })),
      )
    const digests = Object.entries(PHOTO_NOISES).map(([name, noise]) => {
      const random = seeded(SEED)
      return [name, named((line) => noise(random, line))]
    })
    expect({ written: named((line) => line), ...Object.fromEntries(digests) }).toEqual(WRITTEN)
  })

  it('on generated siblings in every style', () => {
    const styles = { ...FITTED_STYLES, ...HELD_OUT_STYLES }
    const { index, lines } = makeCorpus(SEED, 900, 0.3, styles)
    expect(
      digestOf(
        index,
        lines.map(({ line }) => ({ name: line })),
      ),
    ).toBe(SIBLINGS)
  })

  it('on a catalogue whose common words lead to no product', { timeout: 120_000 }, () => {
    const random = seeded(SEED)
    const products = nationalCatalogue(random, NATIONAL_PRODUCTS)
    const lines = receiptsOf(random, products, 40, 50).flat()
    expect(
      digestOf(
        namedIndex(products),
        lines.map((name) => ({ name })),
      ),
    ).toBe(NATIONAL)
  })

  it('by GTIN, also one of two products, and by aliases', () => {
    const random = seeded(SEED)
    const products = withGtins(nationalCatalogue(random, 6_000))
    const lines = receiptsOf(random, products, 30, 50).flat()
    const aliases: Alias[] = lines.slice(0, 400).map((line, at) => ({
      retailerId: at % 3 === 0 ? 'ret' : null,
      line,
      productId: `p${at * 7}`,
    }))
    const asked = lines.map((name, at) => ({
      name: at % 11 === 0 ? `${gtinOf(3 * at)} ${name}` : name,
      gtin: at % 4 === 0 ? gtinOf(at) : null,
      retailerId: at % 2 === 0 ? 'ret' : 'other',
    }))
    expect(digestOf(namedIndex(products, aliases), asked)).toBe(BY_CODE)
  })

  it('on no products at all, and on one', () => {
    const [one] = productsOf(['Молоко Простоквашино 2,5% 930 мл'])
    const line = { name: 'МОЛОКО ПРОСТОКВАШ.2,5% 0,93Л' }
    expect(matchNamed(namedIndex([]), line)).toMatchObject({ product: null, accepted: false })
    expect(matchNamed(namedIndex(one ? [one] : []), line)).toMatchObject({ product: 0 })
  })
})
