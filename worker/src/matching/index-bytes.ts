/** The arrays of an index as one run of bytes, each array on a boundary of eight. */

import type { IndexPart } from './index-builder.ts'
import type { IndexArrays } from './product-index.ts'

/** Where each array begins, in bytes, and how many numbers it has. */
export type IndexLayout = Readonly<Record<keyof IndexArrays, readonly [number, number]>>

const BOUNDARY = 8

/** Gathers the parts of an index, in any order of arrays, into pieces of one size. */
export class IndexBytes {
  /** All bytes so far. */
  bytes = 0
  private readonly places: Partial<Record<keyof IndexArrays, readonly [number, number]>> = {}
  private readonly most: number
  private piece: Uint8Array<ArrayBuffer>
  private used = 0
  private last: keyof IndexArrays | null = null

  /** Pieces of `most` bytes, the last one of fewer. */
  constructor(most: number) {
    this.most = most
    this.piece = new Uint8Array(most)
  }

  /** Takes a part; gives the pieces that it has filled, each to be used before the next is. */
  *add({ name, array }: IndexPart): Generator<Uint8Array<ArrayBuffer>, void> {
    if (name !== this.last) {
      const gap = (BOUNDARY - (this.bytes % BOUNDARY)) % BOUNDARY
      yield* this.append(new Uint8Array(gap))
      this.places[name] = [this.bytes, 0]
      this.last = name
    }
    const [start, numbers] = this.places[name] ?? [0, 0]
    this.places[name] = [start, numbers + array.length]
    yield* this.append(new Uint8Array(array.buffer, array.byteOffset, array.byteLength))
  }

  /** What stands in the piece that is not full. */
  close(): Uint8Array<ArrayBuffer> {
    const rest = this.piece.slice(0, this.used)
    this.piece = new Uint8Array(0)
    return rest
  }

  get layout(): IndexLayout {
    return this.places as IndexLayout
  }

  private *append(bytes: Uint8Array): Generator<Uint8Array<ArrayBuffer>, void> {
    this.bytes += bytes.length
    for (let from = 0; from < bytes.length; ) {
      const part = bytes.subarray(from, from + this.most - this.used)
      this.piece.set(part, this.used)
      this.used += part.length
      from += part.length
      if (this.used < this.most) continue
      yield this.piece
      this.used = 0
    }
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
    buckets: new Uint32Array(buffer, ...layout.buckets),
    sequences: new Uint8Array(buffer, ...layout.sequences),
    sequenceStart: new Uint32Array(buffer, ...layout.sequenceStart),
    postings: new Uint8Array(buffer, ...layout.postings),
    postingStart: new Uint32Array(buffer, ...layout.postingStart),
    floors: new Uint8Array(buffer, ...layout.floors),
    trigrams: new Uint8Array(buffer, ...layout.trigrams),
    trigramStart: new Uint32Array(buffer, ...layout.trigramStart),
    gtins: new Float64Array(buffer, ...layout.gtins),
    byGtin: new Uint32Array(buffer, ...layout.byGtin),
  }
}
