/** The arrays of an index as one run of bytes, each array on a boundary of eight. */

import type { IndexArrays } from './product-index.ts'

/** Where each array begins, in bytes, and how many numbers it has. */
export type IndexLayout = Readonly<Record<keyof IndexArrays, readonly [number, number]>>

const NAMES = [
  'texts',
  'textStart',
  'kinds',
  'lows',
  'highs',
  'frequencies',
  'weights',
  'buckets',
  'sequences',
  'sequenceStart',
  'postings',
  'postingStart',
  'productMass',
  'trigrams',
  'trigramStart',
  'gtins',
  'byGtin',
] as const satisfies readonly (keyof IndexArrays)[]
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
  return {
    texts: new Uint16Array(buffer, ...layout.texts),
    textStart: new Uint32Array(buffer, ...layout.textStart),
    kinds: new Uint8Array(buffer, ...layout.kinds),
    lows: new Float64Array(buffer, ...layout.lows),
    highs: new Float64Array(buffer, ...layout.highs),
    frequencies: new Uint32Array(buffer, ...layout.frequencies),
    weights: new Float32Array(buffer, ...layout.weights),
    buckets: new Uint32Array(buffer, ...layout.buckets),
    sequences: new Uint8Array(buffer, ...layout.sequences),
    sequenceStart: new Uint32Array(buffer, ...layout.sequenceStart),
    postings: new Uint8Array(buffer, ...layout.postings),
    postingStart: new Uint32Array(buffer, ...layout.postingStart),
    productMass: new Float32Array(buffer, ...layout.productMass),
    trigrams: new Uint8Array(buffer, ...layout.trigrams),
    trigramStart: new Uint32Array(buffer, ...layout.trigramStart),
    gtins: new Float64Array(buffer, ...layout.gtins),
    byGtin: new Uint32Array(buffer, ...layout.byGtin),
  }
}
