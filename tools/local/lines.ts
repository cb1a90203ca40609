const NEW_LINE = 0x0a
const BYTE_ORDER_MARK = '\ufeff'

/**
 * The lines of a stream, one at a time and in constant memory; null for a line longer than
 * `bytesMax`, of which no more is kept. A last line without its end counts, an empty one does not.
 */
export async function* linesOf(
  input: AsyncIterable<Uint8Array | string>,
  bytesMax: number,
): AsyncGenerator<string | null> {
  let parts: Uint8Array[] = []
  let size = 0
  let isFirst = true
  function lineOf(): string | null {
    const text = size > bytesMax ? null : textOf(Buffer.concat(parts))
    const line = isFirst && text?.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text
    parts = []
    size = 0
    isFirst = false
    return line?.replace(/\r$/, '') ?? null
  }
  for await (const chunk of input) {
    const bytes = Buffer.from(chunk)
    let from = 0
    for (let end = bytes.indexOf(NEW_LINE); end >= 0; end = bytes.indexOf(NEW_LINE, from)) {
      keep(bytes.subarray(from, end))
      from = end + 1
      yield lineOf()
    }
    keep(bytes.subarray(from))
  }
  if (size > 0) yield lineOf()

  function keep(part: Uint8Array): void {
    size += part.length
    if (size <= bytesMax) parts.push(part)
    else parts = []
  }
}

/** UTF-8, or ISO-8859-1 where the bytes are not UTF-8. */
function textOf(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return bytes.toString('latin1')
  }
}
