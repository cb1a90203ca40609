import type { DocumentLine, FiscalDocument, ReceiptStore } from '#schema/receipt'
import type { CatalogueRow, PublishedCatalogue } from '../catalogue/published.ts'
import { type LineMatch, matchLine, type ReceiptLine } from '../matching/match.ts'
import { isExcise } from '../offers/basket.ts'
import {
  indexSnapshot,
  recogniseStore,
  type SnapshotIndex,
  type SnapshotStore,
  tillWithNewDrive,
} from '../offers/snapshot.ts'
import type { EvidenceLine } from './evidence.ts'

/** The market as of one snapshot: shops by their tills, products by their lines. */
export type Market = {
  readonly version: number
  storeOf(document: FiscalDocument, scannedDrive: string | null): ReceiptStore | null
  /** The registered till of the receipt, when its fiscal drive is news. */
  tillWithNewDrive: (
    document: FiscalDocument,
    scannedDrive: string,
  ) => ReturnType<typeof tillWithNewDrive>
  /** What each of the lines is, in their order. */
  match(lines: readonly DocumentLine[], retailerId: string | null): Promise<readonly EvidenceLine[]>
  /** The shop that a person has picked or whose tax number stands on the paper. */
  shopOf(picked: PickedShop): { store: ReceiptStore | null; taxNumber: string | null }
  /** A line whose product a person has picked; null when there is no such product. */
  pick(productId: string): Promise<EvidenceLine | null>
}

type PickedShop = {
  readonly taxNumber: string | null
  readonly retailerId: string | null
  readonly storeId: string | null
}

/** How old the knowledge of the current version may be. */
const FRESH_MS = 1_000

/**
 * Keeps the current snapshot and the product index of one isolate in memory. The index is made by
 * whoever publishes the catalogue and only read here, once per version.
 */
export class MarketReader {
  readonly #store: SnapshotStore
  readonly #now: () => number
  #readAt = Number.NEGATIVE_INFINITY
  #snapshot: SnapshotIndex | null = null
  #catalogue: PublishedCatalogue | null = null
  #reading: Promise<Market> | null = null

  constructor(store: SnapshotStore, now: () => number) {
    this.#store = store
    this.#now = now
  }

  /** The market as published; concurrent callers share one read. */
  current(): Promise<Market> {
    this.#reading ??= this.#read().finally(() => {
      this.#reading = null
    })
    return this.#reading
  }

  async #read(): Promise<Market> {
    const now = this.#now()
    if (!this.#snapshot || !this.#catalogue || now - this.#readAt >= FRESH_MS) {
      const { version } = await this.#store.current()
      if (this.#snapshot?.snapshot.version !== version) {
        const snapshot = await this.#store.get(version)
        if (!snapshot) throw new Error(`snapshot ${version} does not exist`)
        this.#snapshot = indexSnapshot(snapshot)
      }
      await this.#loadCatalogue(this.#snapshot.snapshot.productsVersion)
      this.#readAt = now
    }
    return this.#view()
  }

  async #loadCatalogue(version: number): Promise<void> {
    if (this.#catalogue?.version === version) return
    // Let go of first: two indexes of a million products do not fit beside each other.
    this.#catalogue = null
    this.#catalogue = await this.#store.getProducts(version)
    if (!this.#catalogue) throw new Error(`catalogue ${version} does not exist`)
  }

  #view(): Market {
    const snapshot = this.#snapshot
    const catalogue = this.#catalogue
    if (!snapshot || !catalogue) throw new Error('the market was read before it was loaded')
    return {
      version: snapshot.snapshot.version,
      storeOf: (document, drive) => recogniseStore(snapshot, document, drive),
      tillWithNewDrive: (document, drive) => tillWithNewDrive(snapshot, document, drive),
      match: (lines, retailerId) => matched(catalogue, lines, retailerId),
      shopOf: (picked) => shopOf(snapshot, picked),
      pick: async (productId) => pickedProduct(await catalogue.find(productId)),
    }
  }
}

/** Matches all lines first, then fetches the products that they found. */
async function matched(
  catalogue: PublishedCatalogue,
  lines: readonly DocumentLine[],
  retailerId: string | null,
): Promise<readonly EvidenceLine[]> {
  const found = lines.map((line) => {
    const asked = { name: line.name, gtin: line.gtin, retailerId }
    return byHand(catalogue, line, asked) ?? matchLine(catalogue.index, asked)
  })
  const told = found.flatMap(({ product, accepted, score }) =>
    product !== null && (accepted || score >= CANDIDATE_SCORE_MIN) ? [product] : [],
  )
  const rows = await catalogue.rows(told)
  const rowOf = new Map(told.map((product, at) => [product, rows[at]]))
  return found.map(({ product, accepted, by }) => {
    const row = product === null ? undefined : rowOf.get(product)
    if (!row) return NOTHING
    const { id, brand, category, name } = row
    return { product: { id, brand, category }, certain: accepted, name, by }
  })
}

/** What the operator's staff have said of a line of excise goods, before its code is looked at. */
function byHand(
  { index }: PublishedCatalogue,
  line: DocumentLine,
  asked: ReceiptLine,
): LineMatch | null {
  if (!isExcise(line)) return null
  const found = matchLine(index, { ...asked, gtin: null })
  return found.by === 'alias' && found.accepted ? found : null
}

function pickedProduct(row: CatalogueRow | null): EvidenceLine | null {
  if (!row) return null
  const { id, brand, category, name } = row
  return { product: { id, brand, category }, certain: true, name, by: 'review' }
}

/** A picked store says its retailer, a retailer its tax number; paper alone says the number only. */
function shopOf(index: SnapshotIndex, { taxNumber, retailerId, storeId }: PickedShop) {
  const { stores, retailers, taxNumbers } = index.snapshot
  const picked = storeId === null ? undefined : stores.find(({ id }) => id === storeId)
  const numbered = taxNumber === null ? undefined : index.retailersByTaxNumber.get(taxNumber)
  const partnerId = picked?.partnerId ?? retailerId ?? numbered?.retailerId ?? null
  const known = taxNumbers.find((one) => one.partnerId === partnerId)?.taxNumber ?? null
  const retailer = retailers.find(({ id }) => id === partnerId)
  const store: ReceiptStore | null = picked
    ? {
        storeId: picked.id,
        retailerId: picked.partnerId,
        name: picked.name,
        address: picked.address,
      }
    : retailer
      ? { storeId: null, retailerId: retailer.id, name: retailer.name, address: null }
      : (numbered ?? null)
  return { store, taxNumber: taxNumber ?? known }
}

/** Below this a candidate is noise: the line counts as unknown, not as uncertain. */
const CANDIDATE_SCORE_MIN = 0.45

const NOTHING: EvidenceLine = { product: null, certain: false, name: '', by: '' }
