import { buildIndex, IndexBuilder } from '../matching/index-builder.ts'
import { arraysOf, type IndexLayout, layoutOf, piecesOf } from '../matching/index-bytes.ts'
import { type IndexFacts, type PackedIndex, ProductIndex } from '../matching/product-index.ts'
import { Remembered } from '../matching/remembered.ts'
import type {
  CatalogueRow,
  CatalogueSource,
  PublishedCatalogue,
  PublishedProduct,
} from './published.ts'
import {
  blockOfId,
  pageOf,
  ROWS_PER_BLOCK,
  type RowBlock,
  RowPages,
  rowsOfBlock,
} from './row-pages.ts'

/**
 * Versions of a market's catalogue in R2 (decision 0019): `ru/catalogue/9.json` says what the
 * version consists of and is written last, once; the bytes of the index and the rows stand beside
 * it under a name of the writer's own, `ru/catalogue/9/<writer>/index-0`, so that two writers of
 * one version never mix.
 */

type Directory = {
  readonly version: number
  readonly folder: string
  readonly facts: IndexFacts
  readonly layout: IndexLayout
  readonly indexBytes: number
  readonly blocks: readonly RowBlock[]
}

const INDEX_PIECE_BYTES = 8 * 1024 * 1024
/** Blocks of rows that an isolate keeps at most, twice: some 3 MB. */
const BLOCKS_KEPT = 128

const rootOf = (market: string) => `${market}/catalogue`
const directoryKey = (market: string, version: number) => `${rootOf(market)}/${version}.json`

/** Whether the version is there. */
export async function hasCatalogue(
  bucket: R2Bucket,
  market: string,
  version: number,
): Promise<boolean> {
  return (await bucket.head(directoryKey(market, version))) !== null
}

/**
 * Makes a version and writes it; false when that version exists already, and what is stored stays.
 * Lets others work in between: a million products take some ten seconds of CPU.
 */
export async function writeCatalogue(
  bucket: R2Bucket,
  market: string,
  version: number,
  source: CatalogueSource,
): Promise<boolean> {
  if (await hasCatalogue(bucket, market, version)) return false
  const folder = `${rootOf(market)}/${version}/${crypto.randomUUID()}`
  const builder = new IndexBuilder(source.aliases)
  const pages = new RowPages(async (page, bytes) => {
    await bucket.put(`${folder}/rows-${page}`, new Blob(bytes))
  })
  for await (const page of source.pages) {
    for (const product of page) {
      builder.add(indexed(product))
      await pages.add(product)
    }
  }
  const blocks = await pages.close()
  const { facts, arrays } = await finished(builder)
  const { layout, bytes: indexBytes } = layoutOf(arrays)
  let piece = 0
  for (const bytes of piecesOf(arrays, { layout, bytes: indexBytes }, INDEX_PIECE_BYTES)) {
    await bucket.put(`${folder}/index-${piece}`, bytes)
    piece += 1
  }
  const directory: Directory = { version, folder, facts, layout, indexBytes, blocks }
  const written = await bucket.put(directoryKey(market, version), JSON.stringify(directory), {
    onlyIf: { etagDoesNotMatch: '*' },
    httpMetadata: { contentType: 'application/json' },
  })
  if (written === null) await removeAll(bucket, `${folder}/`)
  return written !== null
}

/** Opens a version: reads its index, which is half a second for a million products. */
export async function openCatalogue(
  bucket: R2Bucket,
  market: string,
  version: number,
): Promise<PublishedCatalogue | null> {
  if (version === 0) return NOTHING_PUBLISHED
  const stored = await bucket.get(directoryKey(market, version))
  if (stored === null) return null
  const directory = await stored.json<Directory>()
  const arrays = arraysOf(directory.layout, await indexBytes(bucket, directory))
  const index = new ProductIndex({ facts: directory.facts, arrays })
  const kept = new Remembered<number, CatalogueRow[]>(BLOCKS_KEPT)
  const block = async (at: number) => {
    const known = kept.get(at) ?? (await readBlock(bucket, directory, at))
    kept.set(at, known)
    return known
  }
  return {
    version,
    index,
    async rows(numbers) {
      const wanted = new Set(numbers.map(blockOf))
      const read = await Promise.all([...wanted].map(async (at) => [at, await block(at)] as const))
      const blocks = new Map(read)
      return numbers.map((at) => rowAt(blocks.get(blockOf(at)) ?? [], at))
    },
    async find(id) {
      const at = blockOfId(directory.blocks, id)
      return at === null ? null : ((await block(at)).find((row) => row.id === id) ?? null)
    },
  }
}

/** Removes a version that nobody matches by any more, and what was left of its writing. */
export async function forgetCatalogue(
  bucket: R2Bucket,
  market: string,
  version: number,
): Promise<void> {
  await bucket.delete(directoryKey(market, version))
  await removeAll(bucket, `${rootOf(market)}/${version}/`)
}

/** Version 0. */
const NOTHING_PUBLISHED: PublishedCatalogue = {
  version: 0,
  index: buildIndex([]),
  rows: async () => [],
  find: async () => null,
}

const blockOf = (product: number) => Math.floor(product / ROWS_PER_BLOCK)

function indexed({ id, name, gtin, brand, size, unit }: PublishedProduct) {
  return {
    id,
    name,
    gtin: gtin || null,
    brand: brand || null,
    size: size > 0 ? { amount: size, unit } : null,
  }
}

async function finished(builder: IndexBuilder): Promise<PackedIndex> {
  const steps = builder.finish()
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
    await new Promise((resolve) => setTimeout(resolve, 0))
  }
}

async function indexBytes(bucket: R2Bucket, { folder, indexBytes }: Directory) {
  const whole = new Uint8Array(indexBytes)
  for (let from = 0, piece = 0; from < indexBytes; piece += 1) {
    const stored = await bucket.get(`${folder}/index-${piece}`)
    const bytes = new Uint8Array((await stored?.arrayBuffer()) ?? [])
    if (bytes.length === 0) throw new Error(`${folder} lacks piece ${piece} of its index`)
    whole.set(bytes, from)
    from += bytes.length
  }
  return whole.buffer
}

async function readBlock(
  bucket: R2Bucket,
  { folder, blocks }: Directory,
  at: number,
): Promise<CatalogueRow[]> {
  const [, offset = 0, length = 0] = blocks[at] ?? []
  const key = `${folder}/rows-${pageOf(at)}`
  const stored = await bucket.get(key, { range: { offset, length } })
  if (stored === null || !('body' in stored)) throw new Error(`${key} is gone`)
  return rowsOfBlock(await stored.arrayBuffer())
}

function rowAt(block: readonly CatalogueRow[], product: number): CatalogueRow {
  const row = block[product % ROWS_PER_BLOCK]
  if (row === undefined) throw new Error(`product ${product} has no row`)
  return row
}

async function removeAll(bucket: R2Bucket, prefix: string): Promise<void> {
  for (;;) {
    const { objects, truncated } = await bucket.list({ prefix })
    if (objects.length > 0) await bucket.delete(objects.map(({ key }) => key))
    if (!truncated) return
  }
}
