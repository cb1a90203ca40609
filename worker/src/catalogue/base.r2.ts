import { IndexBuilder } from '../matching/index-builder.ts'
import { arraysOf, IndexBytes, type IndexLayout } from '../matching/index-bytes.ts'
import type { IndexFacts, PackedIndex } from '../matching/product-index.ts'
import { Remembered } from '../matching/remembered.ts'
import type { CatalogueRow, CatalogueSource, PublishedProduct } from './published.ts'
import {
  blockOfId,
  pageOf,
  ROWS_PER_BLOCK,
  type RowBlock,
  RowPages,
  rowsOfBlock,
} from './row-pages.ts'

/**
 * Bases of catalogues in R2: an index of all products as of one moment and their rows. Versions of
 * the catalogue name a base and what has changed since (`published.r2.ts`); a base itself never
 * changes.
 */

export type BaseDirectory = {
  /** A name of the writer's own: two writers never mix. */
  readonly folder: string
  /** Changes of products counted when its reading began: later ones may be missing. */
  readonly changes: number
  readonly facts: IndexFacts
  readonly layout: IndexLayout
  readonly indexBytes: number
  readonly blocks: readonly RowBlock[]
  /** Where the products of its aliases stand: each version asks for all of them. */
  readonly aliased: readonly (readonly [id: string, number: number])[]
}

/** A base as an isolate holds it. */
export type OpenBase = {
  readonly directory: BaseDirectory
  readonly packed: PackedIndex
  /** Rows of some products by their numbers, in the order asked. */
  rows(numbers: readonly number[]): Promise<readonly CatalogueRow[]>
  find(id: string): Promise<{ readonly number: number; readonly row: CatalogueRow } | null>
}

const INDEX_PIECE_BYTES = 4 * 1024 * 1024
/** Blocks of rows that an isolate keeps at most, twice: some 3 MB. */
const BLOCKS_KEPT = 128

const directoryKey = (folder: string) => `${folder}/base.json`

/**
 * Writes a base and answers of how many objects it is; lets others work in between: a million
 * products take some 15 s of CPU.
 */
export async function writeBase(
  bucket: R2Bucket,
  folder: string,
  source: CatalogueSource,
): Promise<number> {
  const builder = new IndexBuilder(source.aliases)
  const named = new Set(source.aliases.map(({ productId }) => productId))
  const aliased: [string, number][] = []
  let products = 0
  const pages = new RowPages(async (page, bytes) => {
    await bucket.put(`${folder}/rows-${page}`, bytes)
  })
  for await (const page of source.pages) {
    for (const product of page) {
      builder.add(indexed(product))
      await pages.add(product)
      if (named.has(product.id)) aliased.push([product.id, products])
      products += 1
    }
  }
  const blocks = await pages.close()
  const { pieces, ...index } = await writeIndex(bucket, folder, builder)
  const directory: BaseDirectory = { folder, changes: source.changes, ...index, blocks, aliased }
  await bucket.put(directoryKey(folder), JSON.stringify(directory))
  const rowPages = blocks.length === 0 ? 0 : pageOf(blocks.length - 1) + 1
  return rowPages + pieces + 1
}

/** Each part of the index goes out before the next one is made. */
async function writeIndex(bucket: R2Bucket, folder: string, builder: IndexBuilder) {
  const written = new IndexBytes(INDEX_PIECE_BYTES)
  let piece = 0
  const put = async (bytes: Uint8Array<ArrayBuffer>) => {
    await bucket.put(`${folder}/index-${piece}`, bytes)
    piece += 1
  }
  const steps = builder.finish()
  for (let step = steps.next(); ; step = steps.next()) {
    if (step.done) {
      await put(written.close())
      const { layout, bytes: indexBytes } = written
      return { facts: step.value, layout, indexBytes, pieces: piece }
    }
    if (step.value !== null) for (const bytes of written.add(step.value)) await put(bytes)
    else await new Promise((resolve) => setTimeout(resolve, 0))
  }
}

/** What stands where; null when the base is gone. */
export async function readBaseDirectory(
  bucket: R2Bucket,
  folder: string,
): Promise<BaseDirectory | null> {
  const stored = await bucket.get(directoryKey(folder))
  return stored === null ? null : stored.json<BaseDirectory>()
}

/** Reads a base: half a second for a million products. */
export async function openBase(bucket: R2Bucket, folder: string): Promise<OpenBase> {
  const directory = await readBaseDirectory(bucket, folder)
  if (directory === null) throw new Error(`${folder} has no directory`)
  const arrays = arraysOf(directory.layout, await indexBytes(bucket, directory))
  const kept = new Remembered<number, CatalogueRow[]>(BLOCKS_KEPT)
  const block = async (at: number) => {
    const known = kept.get(at) ?? (await readBlock(bucket, directory, at))
    kept.set(at, known)
    return known
  }
  return {
    directory,
    packed: { facts: directory.facts, arrays },
    async rows(numbers) {
      const wanted = new Set(numbers.map(blockOf))
      const read = await Promise.all([...wanted].map(async (at) => [at, await block(at)] as const))
      const blocks = new Map(read)
      return numbers.map((at) => rowAt(blocks.get(blockOf(at)) ?? [], at))
    },
    async find(id) {
      const at = blockOfId(directory.blocks, id)
      if (at === null) return null
      const place = placeIn(await block(at), at, id)
      if (!('number' in place)) return null
      return { number: place.number, row: rowAt(await block(at), place.number) }
    },
  }
}

/** Where an id stands among those of a base: its number, or how many are before it. */
export type Place = { readonly number: number } | { readonly before: number }

/** Ids whose blocks are read at once, so that looking up a thousand of them ends. */
const LOOKED_UP_AT_ONCE = 50

/** An invocation of a Worker may ask other services a thousand times, and asks D1 and R2 as well. */
const BLOCKS_READ_MAX = 800

/** Places of ids in a base, by reads of some kilobytes each; null when these would be too many. */
export async function placesOf(
  bucket: R2Bucket,
  directory: BaseDirectory,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Place> | null> {
  const byBlock = new Map<number, string[]>()
  const places = new Map<string, Place>()
  for (const id of ids) {
    const block = blockOfId(directory.blocks, id)
    if (block === null) places.set(id, { before: 0 })
    else byBlock.set(block, [...(byBlock.get(block) ?? []), id])
  }
  if (byBlock.size > BLOCKS_READ_MAX) return null
  const blocks = [...byBlock]
  for (let from = 0; from < blocks.length; from += LOOKED_UP_AT_ONCE) {
    const some = blocks.slice(from, from + LOOKED_UP_AT_ONCE)
    await Promise.all(
      some.map(async ([block, wanted]) => {
        const rows = await readBlock(bucket, directory, block)
        for (const id of wanted) places.set(id, placeIn(rows, block, id))
      }),
    )
  }
  return places
}

function placeIn(rows: readonly CatalogueRow[], block: number, id: string): Place {
  const first = block * ROWS_PER_BLOCK
  const at = rows.findIndex((row) => row.id >= id)
  if (at < 0) return { before: first + rows.length }
  return rows[at]?.id === id ? { number: first + at } : { before: first + at }
}

/** A product as its index sees it. */
export function indexed({ id, name, gtin, brand, size, unit }: PublishedProduct) {
  return {
    id,
    name,
    gtin: gtin || null,
    brand: brand || null,
    size: size > 0 ? { amount: size, unit } : null,
  }
}

const blockOf = (product: number) => Math.floor(product / ROWS_PER_BLOCK)

/** Reads each piece to where it belongs: pieces of their own would lie about beside the whole. */
async function indexBytes(bucket: R2Bucket, { folder, indexBytes }: BaseDirectory) {
  let whole = new ArrayBuffer(indexBytes)
  for (let from = 0, piece = 0; from < indexBytes; piece += 1) {
    const stored = await bucket.get(`${folder}/index-${piece}`)
    const read = stored && (await readInto(whole, from, stored))
    if (!read || read.to === from) throw new Error(`${folder} lacks piece ${piece} of its index`)
    whole = read.buffer
    from = read.to
  }
  return whole
}

/** Each read takes the buffer away and gives it back as another one, of the same bytes. */
async function readInto(buffer: ArrayBuffer, from: number, { body, size }: R2ObjectBody) {
  const reader = body.getReader({ mode: 'byob' })
  const end = from + size
  for (let to = from; ; ) {
    if (to === end) return { buffer, to }
    const { value, done } = await reader.read(new Uint8Array(buffer, to, end - to))
    if (done || value === undefined)
      throw new Error(`a piece of ${size} bytes ends at ${to - from}`)
    buffer = value.buffer
    to += value.length
  }
}

async function readBlock(
  bucket: R2Bucket,
  { folder, blocks }: BaseDirectory,
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
