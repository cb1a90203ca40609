import type { MarketCode } from '#schema/market'
import type { OfferVersion } from '#schema/offer'
import type { FiscalDocument, ReceiptStore } from '#schema/receipt'
import type {
  CatalogueChanges,
  CatalogueSource,
  PublishedCatalogue,
} from '../catalogue/published.ts'
import type { EvaluationNames } from './names.ts'

/**
 * What a market publishes to its cells and matchers: one immutable document per version, held in
 * memory. A receipt keeps the number of the version that it was judged by.
 */
export type MarketSnapshot = {
  market: MarketCode
  /** Gapless from 1; 0 is the empty snapshot before anything was published. */
  version: number
  /** Every version of every offer that a receipt may still be judged by. */
  offers: OfferVersion[]
  retailers: { id: string; name: string }[]
  stores: SnapshotStoreRow[]
  /** Tax number → retailer, for shops whose tills nobody registered. */
  taxNumbers: { taxNumber: string; partnerId: string; name: string }[]
  productsVersion: number
  /** Names of the products that offers name one by one: verdicts say what to buy instead. */
  targetProducts: { id: string; name: string }[]
}

export type SnapshotStoreRow = {
  id: string
  partnerId: string
  name: string
  address: string
  /** Either number may be empty: an operator may know the fiscal drive only. */
  tills: { registration: string; fiscalDrive: string }[]
}

/**
 * Where snapshots live. A stored version never changes. The catalogue is apart from the rest: it is
 * larger and changes on its own.
 */
export interface SnapshotStore {
  /** False when that version exists already; what is stored stays. */
  put(snapshot: MarketSnapshot): Promise<boolean>
  get(version: number): Promise<MarketSnapshot | null>
  /** The same for the catalogue; takes seconds when it is large, and lets others work. */
  putProducts(version: number, source: CatalogueSource): Promise<boolean>
  /** A version that stands on the base of the one before; `full` when a new base is due. */
  putProductChanges(version: number, changes: CatalogueChanges): Promise<boolean | 'full'>
  /** Changes of products that the version's base contains; null when either is not whole. */
  changesOfBase(version: number): Promise<number | null>
  /** Whether the version is there with every object of its base. */
  hasProducts(version: number): Promise<boolean>
  getProducts(version: number): Promise<PublishedCatalogue | null>
  /** Removes a catalogue that nobody matches by any more. */
  forgetProducts(version: number): Promise<void>
  /** The versions in force; zeros before the first publication. */
  current(): Promise<{ version: number; productsVersion: number }>
}

/** A snapshot with its look-up tables. */
export type SnapshotIndex = {
  snapshot: MarketSnapshot
  /** The newest version of each offer. */
  offers: ReadonlyMap<string, OfferVersion>
  retailerNames: EvaluationNames['retailers']
  storesByRegistration: ReadonlyMap<string, ReceiptStore>
  storesByDrive: ReadonlyMap<string, ReceiptStore>
  /** Till registration → fiscal drive; empty when it is not known. */
  drives: ReadonlyMap<string, string>
  retailersByTaxNumber: ReadonlyMap<string, ReceiptStore>
}

export function emptySnapshot(market: MarketCode): MarketSnapshot {
  return {
    market,
    version: 0,
    offers: [],
    retailers: [],
    stores: [],
    taxNumbers: [],
    productsVersion: 0,
    targetProducts: [],
  }
}

/** Builds the look-up tables of a snapshot. */
export function indexSnapshot(snapshot: MarketSnapshot): SnapshotIndex {
  const storesByRegistration = new Map<string, ReceiptStore>()
  const storesByDrive = new Map<string, ReceiptStore>()
  const drives = new Map<string, string>()
  for (const row of snapshot.stores) {
    const { id, partnerId, name, address } = row
    const store: ReceiptStore = { storeId: id, retailerId: partnerId, name, address }
    for (const till of row.tills) {
      if (till.registration) {
        storesByRegistration.set(till.registration, store)
        drives.set(till.registration, till.fiscalDrive)
      }
      if (till.fiscalDrive) storesByDrive.set(till.fiscalDrive, store)
    }
  }
  const offers = new Map<string, OfferVersion>()
  for (const offer of snapshot.offers) {
    const known = offers.get(offer.offerId)
    if (!known || known.version < offer.version) offers.set(offer.offerId, offer)
  }
  return {
    snapshot,
    offers,
    retailerNames: new Map(snapshot.retailers.map((retailer) => [retailer.id, retailer.name])),
    storesByRegistration,
    storesByDrive,
    drives,
    retailersByTaxNumber: new Map(
      snapshot.taxNumbers.map(({ taxNumber, partnerId, name }) => [
        taxNumber,
        { storeId: null, retailerId: partnerId, name, address: null },
      ]),
    ),
  }
}

/**
 * The shop of a receipt: by till registration, else by fiscal drive, else the retailer by tax
 * number, then without a store. Registrations and tax numbers come padded with blanks (FFD, tags
 * 1037 and 1018).
 */
export function recogniseStore(
  index: SnapshotIndex,
  document: Pick<
    FiscalDocument,
    'tillRegistration' | 'fiscalDrive' | 'sellerTaxNumber' | 'address'
  >,
  scannedDrive: string | null,
): ReceiptStore | null {
  const byTill =
    index.storesByRegistration.get(document.tillRegistration?.trim() ?? '') ??
    index.storesByDrive.get(document.fiscalDrive?.trim() ?? scannedDrive ?? '')
  if (byTill) return byTill
  const retailer = index.retailersByTaxNumber.get(document.sellerTaxNumber?.trim() ?? '')
  return retailer ? { ...retailer, address: document.address } : null
}

/**
 * The till of a receipt, when it is registered under another fiscal drive than the scanned one or
 * under none: drives are replaced, registrations stay. Null when there is nothing to learn.
 */
export function tillWithNewDrive(
  index: SnapshotIndex,
  document: Pick<FiscalDocument, 'tillRegistration'>,
  scannedDrive: string,
): { registration: string; fiscalDrive: string } | null {
  const registration = document.tillRegistration?.trim() ?? ''
  const known = index.drives.get(registration)
  if (known === undefined || known === scannedDrive) return null
  return { registration, fiscalDrive: scannedDrive }
}
