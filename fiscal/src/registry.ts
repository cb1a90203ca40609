import type { CodeReading, FiscalCountry } from './code.ts'
import { readWith } from './find.ts'
import { FOREIGN_FORMATS } from './foreign.ts'
import type { FiscalFormat } from './format.ts'
import { russia } from './ru.ts'

/** Every format that is read. Each has a real or official sample behind it in `corpus/`. */
export const FORMATS: readonly FiscalFormat[] = [...FOREIGN_FORMATS, russia]

/**
 * Reads the fiscal code of any country. What it proves without a key is in `trust`; a code with a
 * `seal` goes on to `proveCode`. Never throws.
 */
export function readCode(text: string): CodeReading {
  return readWith(FORMATS, text)
}

/** Which country's fiscal receipt a scanned text looks like, or null. */
export function recognise(text: string): FiscalCountry | null {
  const reading = readCode(text)
  return reading.ok ? reading.code.country : reading.country
}
