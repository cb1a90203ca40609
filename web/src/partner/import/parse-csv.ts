import Papa from 'papaparse'

export const FILE_BYTES_MAX = 50 * 1024 * 1024
const FILE_ROWS_MAX = 100_000

export type CsvFailure = 'empty' | 'too_many' | 'too_large' | 'unreadable'

export type CsvFile =
  | { ok: true; heads: string[]; rows: Record<string, string>[] }
  | { ok: false; code: CsvFailure }

/**
 * Reads a CSV with heads, whatever its separator. Bytes that are not UTF-8 are read as
 * windows-1251, which is what Russian Excel writes.
 */
export function parseCsv(bytes: ArrayBuffer): CsvFile {
  if (bytes.byteLength > FILE_BYTES_MAX) return { ok: false, code: 'too_large' }
  const parsed = Papa.parse<Record<string, string>>(decode(bytes), {
    header: true,
    skipEmptyLines: 'greedy',
    transformHeader: (head) => head.trim(),
  })
  const heads = (parsed.meta.fields ?? []).filter((head) => head !== '')
  if (heads.length === 0 || parsed.data.length === 0) return { ok: false, code: 'empty' }
  if (parsed.errors.some((error) => error.type === 'Quotes'))
    return { ok: false, code: 'unreadable' }
  if (parsed.data.length > FILE_ROWS_MAX) return { ok: false, code: 'too_many' }
  return { ok: true, heads, rows: parsed.data }
}

function decode(bytes: ArrayBuffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('windows-1251').decode(bytes)
  }
}
