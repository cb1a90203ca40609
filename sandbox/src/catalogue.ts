import { z } from 'zod'
import { MarketCode } from '#schema/market'
import { ProductDraft, TaxNumber, TillDraft } from '#schema/partner'
import ABROAD from '../corpus/abroad.json' with { type: 'json' }
import CATALOGUE from '../corpus/catalogue.json' with { type: 'json' }

/**
 * The invented market of the sandbox: chains with stores and tills, makers of brands, products, and
 * how each chain prints each product. Names are invented; numbers are well-formed (check digits
 * hold), and fiscal drives begin with 9999, as only manufacturers' test drives do. The network's
 * demo data is made from here, so that receipt lines find their products.
 */

export const ChainId = z.enum([
  'berezka',
  'ugol',
  'korzina',
  'yantar',
  'okean',
  'lavka',
  'lad',
  'list',
  'almkraemer',
  'dastarkhan',
])
export type ChainId = z.infer<typeof ChainId>

const Price = z.number().int().min(1).max(100_000_000)

const ChainStore = z.strictObject({
  name: z.string(),
  city: z.string(),
  address: z.string(),
  tills: z.array(TillDraft).min(1),
})

const Chain = z.strictObject({
  id: ChainId,
  /** The country whose receipts its tills print. */
  market: MarketCode.default('ru'),
  name: z.string(),
  legalName: z.string(),
  taxNumber: TaxNumber,
  /** Hours ahead of UTC: tills print the wall clock of their place. */
  utcOffsetHours: z.number().int(),
  /** Its tills read the marking of dairy and water: those lines carry product codes. */
  readsMarking: z.boolean(),
  stores: z.array(ChainStore).min(1),
  /** Lines that are in no catalogue. */
  extras: z.array(z.strictObject({ line: z.string(), priceMinor: Price })),
})
export type Chain = z.infer<typeof Chain>

/** Who makes a brand: the kind of partner that funds offers. */
const Maker = z.strictObject({
  market: MarketCode.default('ru'),
  brand: z.string(),
  legalName: z.string(),
  taxNumber: TaxNumber,
})
type Maker = z.infer<typeof Maker>

const CatalogueProduct = ProductDraft.extend({
  priceMinor: Price,
  /** How a chain's tills print it; a chain that is not here does not sell it. */
  lines: z.partialRecord(ChainId, z.string()),
})
export type CatalogueProduct = z.infer<typeof CatalogueProduct>

const Market = z.object({
  chains: z.array(Chain),
  makers: z.array(Maker),
  products: z.array(CatalogueProduct),
})

const home = Market.parse(CATALOGUE)
const abroad = Market.parse(ABROAD)

/** The home market. */
export const CHAINS: readonly Chain[] = home.chains
export const MAKERS: readonly Maker[] = home.makers
export const PRODUCTS: readonly CatalogueProduct[] = home.products

/** Every market; what a chain sells follows from the lines of the products. */
export const ALL_CHAINS: readonly Chain[] = [...home.chains, ...abroad.chains]
export const ALL_MAKERS: readonly Maker[] = [...home.makers, ...abroad.makers]
export const ALL_PRODUCTS: readonly CatalogueProduct[] = [...home.products, ...abroad.products]

export const chainById = (id: ChainId): Chain | undefined =>
  ALL_CHAINS.find((chain) => chain.id === id)
