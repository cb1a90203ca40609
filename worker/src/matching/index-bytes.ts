/** The arrays of an index as one run of bytes, each array on a boundary of eight. */

import type { IndexArrays } from './product-index.ts'

/** Where each array begins, in bytes, and how many numbers it has. */
export type IndexLayout = Readonly<Record<keyof IndexArrays, readonly [number, number]>>

const TYPES = {
  texts: Uint16Array,
  textStart: Uint32Array,
  kinds: Uint8Array,
  lows: Float64Array,
  highs: Float64Array,
  frequencies: Uint32Array,
  weights: Float32Array,
  buckets: Uint32Array,
  sequences: Uint8Array,
  sequenceStart: Uint32Array,
  postings: Uint8Array,
  postingStart: Uint32Array,
  productMass: Float32Array,
  trigrams: Uint8Array,
  trigramStart: Uint32Array,
  gtins: Float64Array,
  byGtin: Uint32Array,
} as const

const NAMES = Object.keys(TYPES) as (keyof IndexArrays)[]
const BOUNDARY = 8

const aligned = (bytes: number) => Math.ceil(bytes / BOUNDARY) * BOUNDARY

/** The layout of these arrays, and the bytes that they take together. */
export function layoutOf(arrays: IndexArrays): { layout: IndexLayout; bytes: number } {
  const places: Partial<Record<keyof IndexArrays, readonly [number, number]>> = {}
  let bytes = 0
  for (const name of NAMES) {
    places[name] = [bytes, arrays[name].length]
    bytes += aligned(arrays[name].byteLength)
  }
  return { layout: places as IndexLayout, bytes }
}

/** The bytes in pieces of `most` at most: the whole is never held a second time. */
export function* piecesOf(
  arrays: IndexArrays,
  { layout, bytes }: ReturnType<typeof layoutOf>,
  most: number,
): Generator<Uint8Array<ArrayBuffer>, void> {
  for (let from = 0; from < bytes; from += most) {
    const piece = new Uint8Array(Math.min(most, bytes - from))
    for (const name of NAMES) {
      const { buffer, byteOffset, byteLength } = arrays[name]
      const [start] = layout[name]
      const first = Math.max(from, start)
      const end = Math.min(from + piece.length, start + byteLength)
      if (first >= end) continue
      const part = new Uint8Array(buffer, byteOffset + first - start, end - first)
      piece.set(part, first - from)
    }
    yield piece
  }
}

/** The arrays again, as views of the bytes. */
export function arraysOf(layout: IndexLayout, buffer: ArrayBuffer): IndexArrays {
  const view = <Name extends keyof IndexArrays>(name: Name) => {
    const [start, length] = layout[name]
    return [name, new TYPES[name](buffer, start, length)] as const
  }
  return Object.fromEntries(NAMES.map(view)) as unknown as IndexArrays
}
