/** DER (X.690), as much of it as signatures and certificates need. */

const LONG_LENGTH = 0x80

export function concat(...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

/** One element: tag, length in the shortest form, value. */
export function element(tag: number, value: Uint8Array): Uint8Array<ArrayBuffer> {
  if (value.length < LONG_LENGTH) return concat(Uint8Array.of(tag, value.length), value)
  const length = unsigned(value.length)
  return concat(Uint8Array.of(tag, LONG_LENGTH | length.length), length, value)
}

function unsigned(value: number): Uint8Array {
  const bytes: number[] = []
  for (let rest = value; rest > 0; rest = Math.floor(rest / 256)) bytes.unshift(rest % 256)
  return Uint8Array.from(bytes.length === 0 ? [0] : bytes)
}

/** The content of an INTEGER: two's complement, so a set top bit gets a zero in front. */
export function integerContent(value: number): Uint8Array {
  const bytes = unsigned(value)
  return (bytes[0] ?? 0) & 0x80 ? concat(Uint8Array.of(0), bytes) : bytes
}

export type Element = {
  readonly tag: number
  readonly value: Uint8Array
  readonly end: number
  /** Tag, length and value together. */
  readonly whole: Uint8Array
}

/** The element at `at`; null when the bytes are no DER. Lengths of up to three bytes. */
export function elementAt(bytes: Uint8Array, at: number): Element | null {
  const [tag, first] = bytes.subarray(at, at + 2)
  if (tag === undefined || first === undefined) return null
  const extra = first < LONG_LENGTH ? 0 : first & 0x7f
  if (extra > 3 || (first >= LONG_LENGTH && extra === 0)) return null
  let length = first < LONG_LENGTH ? first : 0
  for (const byte of bytes.subarray(at + 2, at + 2 + extra)) length = length * 256 + byte
  const isShortest = extra === 0 || length >= (extra === 1 ? LONG_LENGTH : 256 ** (extra - 1))
  const start = at + 2 + extra
  const end = start + length
  if (!isShortest || end > bytes.length) return null
  return { tag, value: bytes.subarray(start, end), end, whole: bytes.subarray(at, end) }
}

/** The elements inside a value; null when they do not fill it exactly. */
export function elementsIn(value: Uint8Array): Element[] | null {
  const elements: Element[] = []
  for (let at = 0; at < value.length; ) {
    const next = elementAt(value, at)
    if (next === null) return null
    elements.push(next)
    at = next.end
  }
  return elements
}
