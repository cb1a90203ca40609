import { minorOfEuros } from '#schema/currency'
import type { FiscalKeyDraft } from '#schema/fiscal-key'
import { MARKETS, type MarketCode } from '#schema/market'
import type { PartnerApplication, StoreDraft, TillDraft } from '#schema/partner'
import {
  ALL_CHAINS,
  ALL_MAKERS,
  ALL_PRODUCTS,
  type CatalogueProduct,
  type Chain,
} from '../../sandbox/src/catalogue.ts'
import { publicKeyOf } from '../../sandbox/src/receipts/signature-device.ts'
import { CONTACTS, ownerOf, slugOf } from './people.ts'

/** What the seed makes of one invented company: who it is, its shops, its goods, its money. */
export type DemoPartner = {
  readonly email: string
  readonly application: PartnerApplication
  readonly stores: readonly (StoreDraft & { tills: readonly TillDraft[] })[]
  /** Keys of its tills, to be registered with the network. */
  readonly keys: readonly FiscalKeyDraft[]
  /** Rows of a CSV import. */
  readonly products: readonly Record<string, string>[]
  readonly fundsMinor: number
}

/** A few hundred rewards' worth in each currency. */
const fundsOf = (market: MarketCode) => minorOfEuros(MARKETS[market].currency, 3_000)

/** Goods without a maker belong to the chain that alone sells them. */
const isOwnOf = (chain: Chain) => (product: CatalogueProduct) =>
  product.brand === '' && Object.keys(product.lines).join() === chain.id

function rowOf(product: CatalogueProduct): Record<string, string> {
  const { gtin, name, brand, category, size, unit } = product
  return { gtin, name, brand, category, size: String(size), unit }
}

function applicationOf(
  company: { market: MarketCode; name: string; legalName: string; taxNumber: string },
  kind: PartnerApplication['kind'],
  index: number,
): PartnerApplication {
  const { market, name, legalName, taxNumber } = company
  return {
    name,
    legalName,
    taxNumber,
    kind,
    market,
    contactName: CONTACTS[index % CONTACTS.length] ?? legalName,
    contactPhone: '+74950000000',
    website: `https://${slugOf(name)}.example`,
  }
}

/** Of the Austrian signature devices the first is registered; the other shows what is not. */
function keysOf({ market, stores }: Chain): FiscalKeyDraft[] {
  if (market !== 'at') return []
  const keyId = stores[0]?.tills[0]?.registration.split(':')[1] ?? ''
  const key = publicKeyOf(keyId)
  return key ? [{ keyId, provider: 'AT1', key: JSON.stringify(key) }] : []
}

/** The retailers: the sandbox's chains, with their shops and tills. */
export const RETAILERS: readonly DemoPartner[] = ALL_CHAINS.map((chain, index) => ({
  email: ownerOf(chain.name),
  application: applicationOf(chain, 'retailer', index),
  stores: chain.stores,
  keys: keysOf(chain),
  products: ALL_PRODUCTS.filter(isOwnOf(chain)).map(rowOf),
  fundsMinor: fundsOf(chain.market),
}))

/** The brands: the sandbox's makers, with their goods. */
export const BRANDS: readonly DemoPartner[] = ALL_MAKERS.map((maker, index) => ({
  email: ownerOf(maker.brand),
  application: applicationOf({ ...maker, name: maker.brand }, 'brand', index),
  stores: [],
  keys: [],
  products: ALL_PRODUCTS.filter((product) => product.brand === maker.brand).map(rowOf),
  fundsMinor: fundsOf(maker.market),
}))
