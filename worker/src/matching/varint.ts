/**
 * Lists of small whole numbers in as few bytes as each needs: seven bits a byte, the lowest first,
 * the high bit on all but the last byte (LEB128).
 */

const CHUNK_BYTES = 1 << 20
/** A number below 2^35 takes so many bytes at most. */
const NUMBER_BYTES_MAX = 5
const BITS = 7
const MORE = 0x80

/** Bytes that a number takes. */
export function varintBytes(value: number): number {
  let bytes = 1
  for (let rest = value; rest >= MORE; rest = Math.floor(rest / MORE)) bytes += 1
  return bytes
}

/** Writes a number at `at`; answers where the next one goes. */
export function putVarint(bytes: Uint8Array, at: number, value: number): number {
  let end = at
  let rest = value
  for (; rest >= MORE; rest = Math.floor(rest / MORE)) {
    bytes[end] = (rest % MORE) | MORE
    end += 1
  }
  bytes[end] = rest
  return end + 1
}

/** Reads numbers one after the other. One reader serves many lists, so that none is allocated. */
export class VarintReader {
  at = 0
  private readonly bytes: Uint8Array

  constructor(bytes: Uint8Array) {
    this.bytes = bytes
  }

  byte(): number {
    this.at += 1
    return this.bytes[this.at - 1] ?? 0
  }

  next(): number {
    const { bytes } = this
    let byte = bytes[this.at] ?? 0
    this.at += 1
    if (byte < MORE) return byte
    let value = byte & 0x7f
    for (let shift = BITS; byte >= MORE; shift += BITS) {
      byte = bytes[this.at] ?? 0
      this.at += 1
      value |= (byte & 0x7f) << shift
    }
    return value >>> 0
  }
}

/**
 * Bytes that grow at the end without ever being moved: a buffer that doubles would hold the list
 * three times while it is copied.
 */
export class ByteLog {
  length = 0
  private readonly chunks: Uint8Array[] = []
  private last = new Uint8Array(0)
  private used = 0

  push(value: number): void {
    if (this.last.length - this.used < NUMBER_BYTES_MAX) this.widen()
    const end = putVarint(this.last, this.used, value)
    this.length += end - this.used
    this.used = end
  }

  /** All bytes in one piece; the log is empty afterwards, so that they are not held twice. */
  take(): Uint8Array<ArrayBuffer> {
    this.close()
    const whole = new Uint8Array(this.length)
    let at = 0
    for (let chunk = this.chunks.shift(); chunk !== undefined; chunk = this.chunks.shift()) {
      whole.set(chunk, at)
      at += chunk.length
    }
    this.length = 0
    return whole
  }

  private widen(): void {
    this.close()
    this.last = new Uint8Array(CHUNK_BYTES)
  }

  private close(): void {
    if (this.used > 0) this.chunks.push(this.last.subarray(0, this.used))
    this.last = new Uint8Array(0)
    this.used = 0
  }
}
