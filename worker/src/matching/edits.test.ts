import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Alias, IndexedProduct } from './product-index.ts'
import { productNames } from './testing/catalogue.ts'
import { editedAndAnew } from './testing/edited.ts'
import { matchNamed, type NamedIndex } from './testing/named.ts'
import { gtinOf } from './testing/national.ts'
import { FITTED_STYLES, HELD_OUT_STYLES } from './testing/noise.ts'
import { pick, seeded } from './testing/random.ts'

const NAMES = productNames(seeded(31), 600)
const STYLES = [...Object.values(FITTED_STYLES), ...Object.values(HELD_OUT_STYLES)]
const LINES = 60

/** One edit: the product of this id becomes this one, or goes. */
type Edit = { id: number; name: number; gtin: number; isGone: boolean }

const edits = (most: number) =>
  fc.array(
    fc.record({
      id: fc.nat(199),
      name: fc.nat(NAMES.length - 1),
      gtin: fc.nat(40),
      isGone: fc.boolean(),
    }),
    { maxLength: most },
  )

const idOf = (number: number) => `prd_${String(number).padStart(4, '0')}`

function applied(products: ReadonlyMap<string, IndexedProduct>, edits: readonly Edit[]) {
  const next = new Map(products)
  for (const { id, name, gtin, isGone } of edits) {
    if (isGone) next.delete(idOf(id))
    else {
      next.set(idOf(id), {
        id: idOf(id),
        name: NAMES[name] ?? '',
        gtin: gtin % 3 === 0 ? gtinOf(gtin) : null,
        brand: gtin % 5 === 0 ? `марка ${gtin}` : null,
        size: gtin % 7 === 0 ? { amount: 10 * gtin, unit: 'g' } : null,
      })
    }
  }
  return next
}

const sorted = (products: ReadonlyMap<string, IndexedProduct>) =>
  [...products.values()].sort((one, other) => (one.id < other.id ? -1 : 1))

function verdicts(index: NamedIndex, names: readonly string[]) {
  return names.map((name, at) => {
    const line = { name, gtin: at % 4 === 0 ? gtinOf(at % 40) : null, retailerId: 'ret' }
    const { product: _, ...verdict } = matchNamed(index, line)
    return verdict
  })
}

describe('a base and what has changed since', () => {
  it('answers every line as a catalogue made anew, whatever the order of the edits', () => {
    const first = edits(150)
    const later = edits(40)
    fc.assert(
      fc.property(first, later, fc.nat(), (made, changed, seed) => {
        const random = seeded(seed)
        const before = applied(new Map(), made)
        const after = applied(before, changed)
        const aliases: Alias[] = [...after.keys(), 'prd_none'].slice(0, 20).map((id, at) => ({
          retailerId: at % 2 === 0 ? 'ret' : null,
          line: `МОЁ ЛЮБИМОЕ ${at % 7}`,
          productId: id,
        }))
        const { edited, anew } = editedAndAnew(sorted(before), sorted(after), aliases)
        const lines = Array.from({ length: LINES }, () =>
          pick(random, STYLES)(random, pick(random, NAMES)),
        )
        lines.push('МОЁ ЛЮБИМОЕ 3', 'МОЁ ЛЮБИМОЕ 4')
        expect(edited.index.products).toBe(anew.index.products)
        expect(verdicts(edited, lines)).toEqual(verdicts(anew, lines))
      }),
      { numRuns: 60 },
    )
  })

  it('answers alike while a word becomes too common to lead anywhere, and rare again', () => {
    const common = (at: number): IndexedProduct => ({
      id: `c${String(at).padStart(6, '0')}`,
      name: `Общеизвестное ${NAMES[at % NAMES.length]} ${at % 90}`,
      gtin: null,
      brand: null,
    })
    const products = Array.from({ length: 8_700 }, (_, at) => common(at))
    const lines = products
      .filter((_, at) => at % 90 === 0)
      .map(({ name }) => FITTED_STYLES.dotted?.(seeded(5), name) ?? name)
    const fewer = products.slice(0, 7_600)
    for (const [before, after] of [
      [products, products.filter((_, at) => at % 9 !== 4)],
      [fewer, products],
    ] as const) {
      const { edited, anew } = editedAndAnew(before, after)
      expect(verdicts(edited, lines)).toEqual(verdicts(anew, lines))
    }
  }, 120_000)
})
