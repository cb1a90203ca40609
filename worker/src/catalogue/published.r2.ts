import { aliasTable, buildIndex } from '../matching/index-builder.ts'
import { GONE_MAX, ProductIndex } from '../matching/product-index.ts'
import {
  type BaseDirectory,
  indexed,
  type OpenBase,
  openBase,
  type Place,
  placesOf,
  readBaseDirectory,
  writeBase,
} from './base.r2.ts'
import type {
  CatalogueChanges,
  CatalogueRow,
  CatalogueSource,
  PublishedCatalogue,
  PublishedProduct,
} from './published.ts'

/**
 * Versions of a market's catalogue in R2 (decisions 0019 and 0022): `ru/catalogue/9/version.json`
 * says which base the version stands on and holds all that has changed since. It is written once.
 * The base stands beside it, or beside an earlier version, under a name of its writer's own, and
 * serves every version until the next base.
 */

type Version = {
  readonly version: number
  /** Folder of the base. */
  readonly base: string
  /** Of how many objects the base is. */
  readonly baseObjects: number
  readonly changes: Changes | null
}

/** All that is otherwise than in the base. */
type Changes = {
  readonly products: readonly PublishedProduct[]
  /** Every product looked up in the base, so that the next version need not look again. */
  readonly places: readonly (readonly [id: string, place: Place])[]
  readonly gone: readonly number[]
  readonly aliases: readonly (readonly [string, number])[]
}

/** The base that an isolate holds; one at a time, because two may not fit. */
export type KeptBase = { base: OpenBase | null }

const rootOf = (market: string) => `${market}/catalogue`
const folderOf = (market: string, version: number) => `${rootOf(market)}/${version}`
const versionKey = (market: string, version: number) => `${folderOf(market, version)}/version.json`

/** Whether the version is there with every object of its base. */
export async function hasCatalogue(
  bucket: R2Bucket,
  market: string,
  version: number,
): Promise<boolean> {
  return (await readWhole(bucket, market, version)) !== null
}

/** The changes that the base of a version contains for sure; null when either is not whole. */
export async function baseChanges(
  bucket: R2Bucket,
  market: string,
  version: number,
): Promise<number | null> {
  const stored = await readWhole(bucket, market, version)
  const directory = stored && (await readBaseDirectory(bucket, stored.base))
  return directory?.changes ?? null
}

/**
 * The clock's call ends after 15 minutes and a request's sooner: what has lain for longer without
 * its version was left behind by a writer that was killed.
 */
const ABANDONED_MS = 60 * 60_000

/**
 * Makes a version with a base of its own; false when that version exists already, and what is
 * stored stays. `now` is epoch milliseconds.
 */
export async function writeCatalogue(
  bucket: R2Bucket,
  market: string,
  version: number,
  source: CatalogueSource,
  now: number,
): Promise<boolean> {
  if ((await bucket.head(versionKey(market, version))) !== null) return false
  const isAbandoned = ({ uploaded }: R2Object) => uploaded.getTime() <= now - ABANDONED_MS
  await removeAll(bucket, `${folderOf(market, version)}/`, isAbandoned)
  const base = `${folderOf(market, version)}/${crypto.randomUUID()}`
  const baseObjects = await writeBaseOrNothing(bucket, base, source)
  const isWritten = await putVersion(bucket, market, { version, base, baseObjects, changes: null })
  if (!isWritten) await removeAll(bucket, `${base}/`)
  return isWritten
}

/** When the base cannot be written, nor what was written removed, that is abandoned. */
async function writeBaseOrNothing(bucket: R2Bucket, base: string, source: CatalogueSource) {
  try {
    return await writeBase(bucket, base, source)
  } catch (cause) {
    await removeAll(bucket, `${base}/`).catch(() => {})
    throw cause
  }
}

/**
 * Makes a version of the base that the one before stands on and of what has changed since. `full`
 * when so much has changed that a new base is due, or when the old one is not whole.
 */
export async function writeChanges(
  bucket: R2Bucket,
  market: string,
  version: number,
  changes: CatalogueChanges,
): Promise<boolean | 'full'> {
  const before = await readWhole(bucket, market, version - 1)
  const directory = before && (await readBaseDirectory(bucket, before.base))
  if (before === null || directory === null) return 'full'
  const places = await placesWanted(bucket, directory, before.changes?.places ?? [], changes)
  if (places === null) return 'full'
  const gone = changes.touched.flatMap((id) => numberIn(places.of(id)))
  if (gone.length > GONE_MAX) return 'full'
  return putVersion(bucket, market, {
    version,
    base: before.base,
    baseObjects: before.baseObjects,
    changes: {
      products: changes.products,
      places: [...places.lookedUp],
      gone,
      aliases: aliasTable(changes.aliases, numbers(directory, changes, places.of)),
    },
  })
}

type PlaceOf = (id: string) => Place | undefined

/**
 * Places of all products that have changed or have an alias. Few are looked up: the base says where
 * its own aliases lead, the version before what it has looked up. Null when they are not few.
 */
async function placesWanted(
  bucket: R2Bucket,
  directory: BaseDirectory,
  known: readonly (readonly [string, Place])[],
  { touched, aliases }: CatalogueChanges,
): Promise<{ of: PlaceOf; lookedUp: ReadonlyMap<string, Place> } | null> {
  const before = new Map(known)
  const aliased = new Map(directory.aliased)
  const numberOf = (id: string) => {
    const number = aliased.get(id)
    return number === undefined ? undefined : { number }
  }
  const wanted = new Set([...touched, ...aliases.map(({ productId }) => productId)])
  const unknown = [...wanted].filter((id) => !aliased.has(id) && !before.has(id))
  const found = await placesOf(bucket, directory, unknown)
  if (found === null) return null
  const of = (id: string) => before.get(id) ?? numberOf(id) ?? found.get(id)
  const isStored = new Set(touched)
  const lookedUp = [...wanted].filter((id) => isStored.has(id) || !aliased.has(id))
  return { of, lookedUp: new Map(lookedUp.flatMap((id) => placed(id, of(id)))) }
}

/** Opens a version; `kept` is the base of the one opened before, which mostly serves again. */
export async function openCatalogue(
  bucket: R2Bucket,
  market: string,
  version: number,
  kept: KeptBase,
): Promise<PublishedCatalogue | null> {
  if (version === 0) return NOTHING_PUBLISHED
  const stored = await readVersion(bucket, market, version)
  if (stored === null) return null
  // Let go of first: two bases of a million products do not fit beside each other.
  if (kept.base?.directory.folder !== stored.base) kept.base = null
  const base = kept.base ?? (await openBase(bucket, stored.base))
  kept.base = base
  return catalogueOf(version, base, stored.changes)
}

function catalogueOf(version: number, base: OpenBase, changes: Changes | null): PublishedCatalogue {
  const { directory, packed } = base
  const stored = directory.facts.products
  const products = changes?.products ?? []
  const gone = new Set(changes?.gone)
  const index = changes === null ? new ProductIndex(packed) : overlaid(base, changes)
  const added = new Map(products.map((product) => [product.id, rowOf(product)]))
  return {
    version,
    index,
    async rows(numbers) {
      const rows = await base.rows(numbers.filter((at) => at < stored))
      let next = 0
      return numbers.map((at) => {
        const product = products[at - stored]
        const row = at < stored ? rows[next++] : product && rowOf(product)
        if (row === undefined) throw new Error(`product ${at} has no row`)
        return row
      })
    },
    async find(id) {
      const now = added.get(id)
      if (now) return now
      const found = await base.find(id)
      return found && !gone.has(found.number) ? found.row : null
    },
  }
}

function overlaid({ packed }: OpenBase, { products, places, gone, aliases }: Changes) {
  const placeOf = new Map(places)
  const added = products.map((product) => {
    const place = placeOf.get(product.id)
    if (place === undefined) throw new Error(`product ${product.id} has no place`)
    return { before: 'number' in place ? place.number : place.before, product: indexed(product) }
  })
  return new ProductIndex(packed, { gone, added, aliases })
}

/**
 * Removes a version that nobody matches by any more and what was left of its writing; its base
 * with the last version that stands on it, which is known by the next one: while that is missing,
 * the base stays.
 */
export async function forgetCatalogue(
  bucket: R2Bucket,
  market: string,
  version: number,
): Promise<void> {
  const stored = await readVersion(bucket, market, version)
  const next = await readVersion(bucket, market, version + 1)
  const kept = next ?? stored
  if (kept === null) return
  const isOfNobody = ({ key }: R2Object) => !key.startsWith(`${kept.base}/`)
  await removeAll(bucket, `${folderOf(market, version)}/`, isOfNobody)
  if (stored && stored.base !== kept.base) await removeAll(bucket, `${stored.base}/`)
}

/** Version 0. */
const NOTHING_PUBLISHED: PublishedCatalogue = {
  version: 0,
  index: buildIndex([]),
  rows: async () => [],
  find: async () => null,
}

function rowOf({ id, name, brand, category }: PublishedProduct): CatalogueRow {
  return { id, name, brand, category }
}

function placed(id: string, place: Place | undefined): [string, Place][] {
  return place === undefined ? [] : [[id, place]]
}

function numberIn(place: Place | undefined): number[] {
  return place !== undefined && 'number' in place ? [place.number] : []
}

/** The number of a product by its id, changes included; below zero for none. */
function numbers(
  { facts }: BaseDirectory,
  { products, touched }: CatalogueChanges,
  placeOf: PlaceOf,
): (id: string) => number {
  const added = new Map(products.map(({ id }, at) => [id, facts.products + at]))
  const changed = new Set(touched)
  return (id) => {
    const [number = -1] = changed.has(id) ? [] : numberIn(placeOf(id))
    return added.get(id) ?? number
  }
}

/** A version; null when it or an object of its base is missing. */
async function readWhole(
  bucket: R2Bucket,
  market: string,
  version: number,
): Promise<Version | null> {
  const stored = await readVersion(bucket, market, version)
  if (stored === null) return null
  let objects = 0
  for await (const some of objectsUnder(bucket, `${stored.base}/`)) objects += some.length
  return objects === stored.baseObjects ? stored : null
}

async function readVersion(
  bucket: R2Bucket,
  market: string,
  version: number,
): Promise<Version | null> {
  const stored = await bucket.get(versionKey(market, version))
  return stored === null ? null : await stored.json<Version>()
}

async function putVersion(bucket: R2Bucket, market: string, version: Version): Promise<boolean> {
  const written = await bucket.put(versionKey(market, version.version), JSON.stringify(version), {
    onlyIf: { etagDoesNotMatch: '*' },
    httpMetadata: { contentType: 'application/json' },
  })
  return written !== null
}

/** Removes what stands under the prefix, or some of it. */
async function removeAll(
  bucket: R2Bucket,
  prefix: string,
  isUnwanted: (object: R2Object) => boolean = () => true,
): Promise<void> {
  for await (const objects of objectsUnder(bucket, prefix)) {
    const removed = objects.filter(isUnwanted).map(({ key }) => key)
    if (removed.length > 0) await bucket.delete(removed)
  }
}

async function* objectsUnder(bucket: R2Bucket, prefix: string): AsyncGenerator<R2Object[]> {
  for (let cursor: string | undefined; ; ) {
    const listed = await bucket.list({ prefix, ...(cursor !== undefined && { cursor }) })
    yield listed.objects
    if (!listed.truncated) return
    cursor = listed.cursor
  }
}
