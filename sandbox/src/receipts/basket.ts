import { canonicalGtin } from '#worker/matching/gtin'
import { ALL_PRODUCTS, type CatalogueProduct, type Chain } from '../catalogue.ts'
import type { IssuedLine, LineDraft } from './receipt.ts'

/** A number in [0, 1), handed in. */
export type Random = () => number

const FOOD: readonly string[] = [
  'dairy',
  'bakery',
  'meat',
  'fish',
  'fruit_vegetables',
  'grocery',
  'sweets',
  'snacks',
  'drinks',
  'coffee_tea',
  'frozen',
  'baby',
  'infant_formula',
]
const MARKED: readonly string[] = ['dairy', 'drinks', 'medicines', 'alcohol']
/** Goods sold by weight say so; tills print kilograms with three decimals. */
const WEIGHED = /\sвес$/i
const EXTRA_SHARE = 0.15

/** Sums round half up: 1,116 of 1,116 real items do. Quantity in thousandths, money in kopecks. */
function lineSum(priceMinor: number, quantityMilli: number): number {
  return Math.floor((priceMinor * quantityMilli + 500) / 1_000)
}

/** What the chain sells, in the order of the catalogue. */
export function soldBy(chain: Chain): CatalogueProduct[] {
  return ALL_PRODUCTS.filter((product) => product.lines[chain.id] !== undefined)
}

function productLine(chain: Chain, product: CatalogueProduct, quantityMilli: number): IssuedLine {
  const isRead = chain.readsMarking && MARKED.includes(product.category)
  return {
    name: product.lines[chain.id] ?? product.name,
    priceMinor: product.priceMinor,
    quantityMilli,
    sumMinor: lineSum(product.priceMinor, quantityMilli),
    gtin: isRead ? canonicalGtin(product.gtin) : null,
    isWeighed: false,
    vatPercent: FOOD.includes(product.category) ? 10 : 22,
  }
}

function plainLine(name: string, priceMinor: number, quantityMilli: number): IssuedLine {
  return {
    name,
    priceMinor,
    quantityMilli,
    sumMinor: lineSum(priceMinor, quantityMilli),
    gtin: null,
    isWeighed: WEIGHED.test(name),
    // Loose goods are fruit and vegetables.
    vatPercent: WEIGHED.test(name) ? 10 : 22,
  }
}

/** The line that a draft asks for, or null when the chain does not sell that product. */
export function lineOf(chain: Chain, draft: LineDraft): IssuedLine | null {
  const quantityMilli = Math.round((draft.quantity ?? 1) * 1_000)
  if (draft.gtin === undefined) {
    return plainLine(draft.name ?? '', draft.priceMinor ?? 10_000, quantityMilli)
  }
  const product = soldBy(chain).find((candidate) => candidate.gtin === draft.gtin)
  if (product === undefined) return null
  const priceMinor = draft.priceMinor ?? product.priceMinor
  return productLine(chain, { ...product, priceMinor }, quantityMilli)
}

function pick<Item>(items: readonly Item[], random: Random): Item | undefined {
  return items[Math.floor(random() * items.length)]
}

/** A basket as people fill it: mostly one of a kind, sometimes more, now and then a carrier bag. */
export function randomBasket(chain: Chain, count: number, random: Random): IssuedLine[] {
  const shelf = soldBy(chain)
  return Array.from({ length: count }, () => {
    const extra = random() < EXTRA_SHARE ? pick(chain.extras, random) : undefined
    if (extra !== undefined) {
      const isWeighed = WEIGHED.test(extra.line)
      const quantityMilli = isWeighed ? 200 + Math.floor(random() * 2_000) : 1_000
      return plainLine(extra.line, extra.priceMinor, quantityMilli)
    }
    const product = pick(shelf, random)
    if (product === undefined) throw new Error(`the chain ${chain.id} sells nothing`)
    const several = random() < 0.2 ? 1 + Math.floor(random() * 3) : 1
    return productLine(chain, product, several * 1_000)
  })
}
