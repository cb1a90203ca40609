import type { CatalogueRow, PublishedProduct } from './published.ts'

/**
 * Rows of products in pages of some megabytes, each page in blocks that are read by themselves: a
 * line that has found its product fetches a few kilobytes.
 */

export const ROWS_PER_BLOCK = 32
const BLOCKS_PER_PAGE = 512

/** First id of a block, where it begins in its page, and its length in bytes. */
export type RowBlock = readonly [id: string, from: number, bytes: number]

/** The page of a block. */
export function pageOf(block: number): number {
  return Math.floor(block / BLOCKS_PER_PAGE)
}

/** The block that holds a product's id, if any does; blocks ascend. */
export function blockOfId(blocks: readonly RowBlock[], id: string): number | null {
  let low = 0
  let high = blocks.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((blocks[middle]?.[0] ?? '') <= id) low = middle + 1
    else high = middle
  }
  return low === 0 ? null : low - 1
}

/** The rows of a block's bytes. What it holds is our own writing, so it is not parsed again. */
export function rowsOfBlock(bytes: ArrayBuffer): CatalogueRow[] {
  return JSON.parse(new TextDecoder().decode(bytes))
}

/** Of three bytes at most is a letter in UTF-8 that is one unit of a string. */
const BYTES_PER_UNIT_MAX = 3
const PAGE_BYTES_AT_FIRST = 64 * 1024

/**
 * Writes rows; a full page goes out before the next one is begun. All pages are made in one array:
 * arrays of their own would lie about until the collector comes, 120 MB of a million products.
 */
export class RowPages {
  readonly blocks: RowBlock[] = []
  private readonly put: (page: number, bytes: Uint8Array<ArrayBuffer>) => Promise<void>
  private readonly encoder = new TextEncoder()
  private rows: CatalogueRow[] = []
  private page = new Uint8Array(PAGE_BYTES_AT_FIRST)
  private pageBlocks = 0
  private pageBytes = 0
  private lastId = ''

  /** The bytes given to `put` are overwritten after it has ended. */
  constructor(put: (page: number, bytes: Uint8Array<ArrayBuffer>) => Promise<void>) {
    this.put = put
  }

  /** Throws when products do not ascend by id: they would not be found by it. */
  async add({ id, name, brand, category }: PublishedProduct): Promise<void> {
    if (id <= this.lastId) throw new Error(`product ${id} stands behind ${this.lastId}`)
    this.lastId = id
    this.rows.push({ id, name, brand, category })
    if (this.rows.length === ROWS_PER_BLOCK) this.closeBlock()
    if (this.pageBlocks === BLOCKS_PER_PAGE) await this.closePage()
  }

  /** Writes what is left; answers where each block stands. */
  async close(): Promise<readonly RowBlock[]> {
    this.closeBlock()
    await this.closePage()
    return this.blocks
  }

  private closeBlock(): void {
    const [first] = this.rows
    if (first === undefined) return
    const text = JSON.stringify(this.rows)
    this.makeRoom(text.length * BYTES_PER_UNIT_MAX)
    const { written } = this.encoder.encodeInto(text, this.page.subarray(this.pageBytes))
    this.blocks.push([first.id, this.pageBytes, written])
    this.pageBlocks += 1
    this.pageBytes += written
    this.rows = []
  }

  private makeRoom(bytes: number): void {
    let room = this.page.length
    while (room < this.pageBytes + bytes) room *= 2
    if (room > this.page.length) this.page = new Uint8Array(this.page.buffer.transfer(room))
  }

  private async closePage(): Promise<void> {
    if (this.pageBlocks === 0) return
    await this.put(pageOf(this.blocks.length - 1), this.page.subarray(0, this.pageBytes))
    this.pageBlocks = 0
    this.pageBytes = 0
  }
}
