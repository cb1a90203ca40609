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

/** Writes rows; a full page goes out before the next one is begun. */
export class RowPages {
  readonly blocks: RowBlock[] = []
  private readonly put: (page: number, bytes: Uint8Array[]) => Promise<void>
  private rows: CatalogueRow[] = []
  private page: Uint8Array[] = []
  private pageBytes = 0
  private lastId = ''

  constructor(put: (page: number, bytes: Uint8Array[]) => Promise<void>) {
    this.put = put
  }

  /** Throws when products do not ascend by id: they would not be found by it. */
  async add({ id, name, brand, category }: PublishedProduct): Promise<void> {
    if (id <= this.lastId) throw new Error(`product ${id} stands behind ${this.lastId}`)
    this.lastId = id
    this.rows.push({ id, name, brand, category })
    if (this.rows.length === ROWS_PER_BLOCK) this.closeBlock()
    if (this.page.length === BLOCKS_PER_PAGE) await this.closePage()
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
    const bytes = new TextEncoder().encode(JSON.stringify(this.rows))
    this.blocks.push([first.id, this.pageBytes, bytes.length])
    this.page.push(bytes)
    this.pageBytes += bytes.length
    this.rows = []
  }

  private async closePage(): Promise<void> {
    if (this.page.length === 0) return
    const full = this.page
    this.page = []
    this.pageBytes = 0
    await this.put(pageOf(this.blocks.length - 1), full)
  }
}
