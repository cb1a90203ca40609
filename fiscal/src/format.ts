import type { CodeReading, FiscalCountry } from './code.ts'
import type { CodeUrl } from './url.ts'

/** How one country's codes are found and read. */
export type FiscalFormat = {
  readonly country: FiscalCountry
  /** Who publishes its receipts: a link is this country's when its host is under one of these. */
  readonly domains: readonly string[]
  /** Reads a link whose host is under one of `domains`. */
  readonly readLink?: (link: CodeUrl) => CodeReading
  /** Reads a text that is no link; null when it does not look like this country's. */
  readonly readText?: (text: string) => CodeReading | null
}
