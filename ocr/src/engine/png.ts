import { blank, type Gray } from '../image/gray.ts'

/**
 * PNG to grey, row by row out of the platform's own inflater: a 16-megapixel picture never stands
 * in memory in colour, and a bomb ends with the last row that its header declared. Interlaced
 * pictures (no camera makes them) are read by their seven passes.
 */
export async function decodePng(bytes: Uint8Array): Promise<Gray | null> {
  const layout = layoutOf(bytes)
  if (layout === null) return null
  const out = blank(layout.width, layout.height, 0)
  const painter = new Painter(layout, out)
  const reader = inflated(layout.data).getReader()
  while (!painter.isDone) {
    const { done, value } = await reader.read()
    if (done) break
    painter.take(value)
  }
  await reader.cancel().catch(() => undefined)
  return painter.isDone ? out : null
}

type Layout = {
  readonly width: number
  readonly height: number
  readonly depth: number
  readonly colour: number
  readonly isInterlaced: boolean
  readonly palette: Uint8Array | null
  readonly transparency: Uint8Array | null
  readonly data: Uint8Array[]
}

/** Samples a pixel has, by colour type: grey, RGB, palette, grey and alpha, RGBA. */
const SAMPLES: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 }

function layoutOf(bytes: Uint8Array): Layout | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (bytes.length < 33) return null
  const [depth = 0, colour = 0, , , interlace = 0] = bytes.subarray(24, 29)
  let palette: Uint8Array | null = null
  let transparency: Uint8Array | null = null
  const data: Uint8Array[] = []
  for (let at = 8; at + 12 <= bytes.length; ) {
    const length = view.getUint32(at)
    const name = String.fromCharCode(...bytes.subarray(at + 4, at + 8))
    const body = bytes.subarray(at + 8, Math.min(bytes.length, at + 8 + length))
    if (name === 'PLTE') palette = body
    if (name === 'tRNS') transparency = body
    if (name === 'IDAT') data.push(body)
    at += 12 + length
  }
  const isKnown = SAMPLES[colour] !== undefined && [1, 2, 4, 8, 16].includes(depth)
  if (!isKnown || data.length === 0 || (colour === 3 && palette === null)) return null
  const [width, height] = [view.getUint32(16), view.getUint32(20)]
  const isInterlaced = interlace === 1
  return { width, height, depth, colour, isInterlaced, palette, transparency, data }
}

function inflated(parts: readonly Uint8Array[]): ReadableStream<Uint8Array> {
  const waiting = parts.values()
  const packed = new ReadableStream<BufferSource>({
    pull(controller) {
      const { done, value } = waiting.next()
      if (done) controller.close()
      else controller.enqueue(value.slice())
    },
  })
  return packed.pipeThrough(new DecompressionStream('deflate'))
}

/** Start and step of a pass: x, y, step in x, step in y (PNG specification, Adam7). */
type Lattice = readonly [x: number, y: number, dx: number, dy: number]

const WHOLE: readonly Lattice[] = [[0, 0, 1, 1]]
const ADAM7: readonly Lattice[] = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
]

/** Gathers rows as they come, undoes their filters and paints them. */
class Painter {
  isDone = false
  private readonly passes: Lattice[]
  private readonly pixelBytes: number
  private pass = 0
  private y = 0
  private row: Uint8Array
  private before: Uint8Array
  private filled = 0
  private readonly layout: Layout
  private readonly out: Gray
  private readonly greys: Uint8Array | null

  constructor(layout: Layout, out: Gray) {
    this.layout = layout
    this.out = out
    const { width, height } = layout
    this.passes = (layout.isInterlaced ? ADAM7 : WHOLE).filter(([x, y]) => x < width && y < height)
    this.pixelBytes = Math.max(1, ((SAMPLES[layout.colour] ?? 1) * layout.depth) >> 3)
    this.greys = layout.palette && paletteGreys(layout.palette, layout.transparency)
    this.row = new Uint8Array(this.rowBytes())
    this.before = new Uint8Array(this.row.length)
  }

  take(chunk: Uint8Array): void {
    for (let at = 0; at < chunk.length && !this.isDone; ) {
      const part = chunk.subarray(at, at + this.row.length - this.filled)
      this.row.set(part, this.filled)
      this.filled += part.length
      at += part.length
      if (this.filled === this.row.length) this.finishRow()
    }
  }

  private columns(): number {
    const [x, , dx] = this.passes[this.pass] ?? [0, 0, 1, 1]
    return Math.ceil((this.layout.width - x) / dx)
  }

  /** The filter's byte and the pixels of a row of the present pass. */
  private rowBytes(): number {
    const bits = this.columns() * (SAMPLES[this.layout.colour] ?? 1) * this.layout.depth
    return 1 + ((bits + 7) >> 3)
  }

  private finishRow(): void {
    unfilter(this.row, this.before, this.pixelBytes)
    this.paint()
    ;[this.row, this.before] = [this.before, this.row]
    this.filled = 0
    const [, y, , dy] = this.passes[this.pass] ?? [0, 0, 1, 1]
    this.y += 1
    if (y + this.y * dy < this.layout.height) return
    this.y = 0
    this.pass += 1
    this.isDone = this.pass >= this.passes.length
    this.row = new Uint8Array(this.rowBytes())
    this.before = new Uint8Array(this.row.length)
  }

  private paint(): void {
    const [x, y, dx, dy] = this.passes[this.pass] ?? [0, 0, 1, 1]
    const columns = this.columns()
    const start = (y + this.y * dy) * this.layout.width + x
    for (let column = 0; column < columns; column += 1) {
      this.out.data[start + column * dx] = this.grey(column)
    }
  }

  private grey(column: number): number {
    const { depth, colour } = this.layout
    const { row } = this
    if (depth < 8) {
      const bit = column * depth
      const value = ((row[1 + (bit >> 3)] ?? 0) >> (8 - depth - (bit & 7))) & ((1 << depth) - 1)
      return this.greys?.[value] ?? (value * 255) / ((1 << depth) - 1)
    }
    const step = depth >> 3
    const at = 1 + column * this.pixelBytes
    const first = row[at] ?? 0
    if (colour === 3) return this.greys?.[first] ?? 255
    if (colour === 0) return first
    if (colour === 4) return onWhite(first, row[at + step] ?? 255)
    const luma = lumaOf(first, row[at + step] ?? 0, row[at + 2 * step] ?? 0)
    return colour === 6 ? onWhite(luma, row[at + 3 * step] ?? 255) : luma
  }
}

const lumaOf = (red: number, green: number, blue: number) =>
  (77 * red + 150 * green + 29 * blue) >> 8

const onWhite = (luma: number, alpha: number) => 255 + ((luma - 255) * alpha) / 255

function paletteGreys(palette: Uint8Array, transparency: Uint8Array | null): Uint8Array {
  return Uint8Array.from({ length: Math.floor(palette.length / 3) }, (_, index) => {
    const [red = 0, green = 0, blue = 0] = palette.subarray(index * 3, index * 3 + 3)
    return onWhite(lumaOf(red, green, blue), transparency?.[index] ?? 255)
  })
}

/** Undoes the row's filter in place (PNG specification, section 9). */
function unfilter(row: Uint8Array, before: Uint8Array, step: number): void {
  const filter = row[0]
  for (let at = 1; at < row.length; at += 1) {
    const left = at > step ? (row[at - step] ?? 0) : 0
    const above = before[at] ?? 0
    const value = row[at] ?? 0
    if (filter === 1) row[at] = value + left
    else if (filter === 2) row[at] = value + above
    else if (filter === 3) row[at] = value + ((left + above) >> 1)
    else if (filter === 4) {
      row[at] = value + paeth(left, above, at > step ? (before[at - step] ?? 0) : 0)
    }
  }
}

function paeth(left: number, above: number, corner: number): number {
  const guess = left + above - corner
  const byLeft = Math.abs(guess - left)
  const byAbove = Math.abs(guess - above)
  const byCorner = Math.abs(guess - corner)
  if (byLeft <= byAbove && byLeft <= byCorner) return left
  return byAbove <= byCorner ? above : corner
}
