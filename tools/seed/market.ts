import type { PartnerApplication, StoreDraft, TillDraft } from '#schema/partner'
import { CHAINS, type Chain, MAKERS, PRODUCTS } from '../../sandbox/src/catalogue.ts'
import { CONTACTS, ownerOf, slugOf } from './people.ts'

/** What the seed makes of one invented company: who it is, its shops, its goods, its money. */
export type DemoPartner = {
  readonly email: string
  readonly application: PartnerApplication
  readonly stores: readonly (StoreDraft & { tills: readonly TillDraft[] })[]
  /** Rows of a CSV import. */
  readonly products: readonly Record<string, string>[]
  readonly fundsMinor: number
}

const FUNDS_MINOR = 300_000_00

/** Goods without a maker belong to the chain that alone sells them. */
const isOwnOf = (chain: Chain) => (product: (typeof PRODUCTS)[number]) =>
  product.brand === '' && Object.keys(product.lines).join() === chain.id

function rowOf(product: (typeof PRODUCTS)[number]): Record<string, string> {
  const { gtin, name, brand, category, size, unit } = product
  return { gtin, name, brand, category, size: String(size), unit }
}

function applicationOf(
  company: { name: string; legalName: string; taxNumber: string },
  kind: PartnerApplication['kind'],
  index: number,
): PartnerApplication {
  const { name, legalName, taxNumber } = company
  return {
    name,
    legalName,
    taxNumber,
    kind,
    market: 'ru',
    contactName: CONTACTS[index % CONTACTS.length] ?? legalName,
    contactPhone: '+74950000000',
    website: `https://${slugOf(name)}.example`,
  }
}

/** The retailers: the sandbox's chains, with their shops and tills. */
export const RETAILERS: readonly DemoPartner[] = CHAINS.map((chain, index) => ({
  email: ownerOf(chain.name),
  application: applicationOf(chain, 'retailer', index),
  stores: chain.stores,
  products: PRODUCTS.filter(isOwnOf(chain)).map(rowOf),
  fundsMinor: FUNDS_MINOR,
}))

/** The brands: the sandbox's makers, with their goods. */
export const BRANDS: readonly DemoPartner[] = MAKERS.map((maker, index) => ({
  email: ownerOf(maker.brand),
  application: applicationOf({ ...maker, name: maker.brand }, 'brand', index),
  stores: [],
  products: PRODUCTS.filter((product) => product.brand === maker.brand).map(rowOf),
  fundsMinor: FUNDS_MINOR,
}))
