import { type CodeReading, refuse } from './code.ts'
import type { FiscalFormat } from './format.ts'
import { isUnder, splitUrl } from './url.ts'

/** The longest code of any country (Saudi, Indian, Serbian ones) stays well below this. */
const CODE_CHARS_MAX = 4_000

const SCHEME = /^[a-z][a-z0-9+.-]*:\/\//i
/** Hosts where anybody may make receipts have such a name among their labels. */
const TEST_LABEL = /^(?:sandbox|staging|test|hom|homolog|homologacao|pruebas|efitest|demo)$/

/**
 * Reads a scanned text with the first of the formats that knows it. Nothing is verified beyond what
 * the text itself can prove, and nothing is fetched. Linear in the text, never throws, whatever the
 * bytes.
 */
export function readWith(formats: readonly FiscalFormat[], text: string): CodeReading {
  if (text.length > CODE_CHARS_MAX) return refuse(null, 'too_long')
  const code = text.trim()
  const link = splitUrl(code)
  if (link === null) {
    if (SCHEME.test(code)) return refuse(null, 'unknown_host')
    for (const format of formats) {
      const reading = format.readText?.(code) ?? null
      if (reading !== null) return reading
    }
    return refuse(null, 'not_a_fiscal_code')
  }
  const { host } = link
  const format = formats.find(({ domains }) => domains.some((domain) => isUnder(host, domain)))
  if (format === undefined) return refuse(null, 'unknown_host')
  const isTest = host.split('.').some((label) => TEST_LABEL.test(label))
  if (isTest) return refuse(format.country, 'test_environment')
  return format.readLink?.(link) ?? refuse(format.country, 'incomplete')
}
