import { isUnder, splitUrl } from './url.ts'

/** Countries whose receipt codes are recognised, each with a real or official sample behind it. */
export type FiscalCountry =
  | 'al'
  | 'ar'
  | 'at'
  | 'az'
  | 'br'
  | 'cl'
  | 'de'
  | 'es'
  | 'gr'
  | 'hr'
  | 'in'
  | 'ke'
  | 'kg'
  | 'kz'
  | 'md'
  | 'me'
  | 'mx'
  | 'pt'
  | 'rs'
  | 'ru'
  | 'sa'
  | 'si'
  | 'sk'
  | 'tz'
  | 'ua'
  | 'uz'

/** The longest code of any country (Saudi and Indian ones) stays well below this. */
const CODE_CHARS_MAX = 4_000

/** Who publishes receipts under which domain. Russian operators: fiscal.md 1.2 and 1.4. */
const DOMAINS: readonly (readonly [domain: string, country: FiscalCountry])[] = [
  ['nalog.ru', 'ru'],
  ['nalog.gov.ru', 'ru'],
  ['1-ofd.ru', 'ru'],
  ['ofd.ru', 'ru'],
  ['ofd-ya.ru', 'ru'],
  ['taxcom.ru', 'ru'],
  ['platformaofd.ru', 'ru'],
  ['check.yandex.ru', 'ru'],
  ['ofd.yandex.ru', 'ru'],
  ['kontur.ru', 'ru'],
  ['proverkacheka.com', 'ru'],
  ['crpt.ru', 'ru'],
  ['efiskalizimi-app.tatime.gov.al', 'al'],
  ['afip.gob.ar', 'ar'],
  ['arca.gob.ar', 'ar'],
  ['e-kassa.gov.az', 'az'],
  ['batuz.eus', 'es'],
  ['agenciatributaria.gob.es', 'es'],
  ['aade.gr', 'gr'],
  ['porezna.gov.hr', 'hr'],
  ['etims.kra.go.ke', 'ke'],
  ['tax.salyk.kg', 'kg'],
  ['oofd.kz', 'kz'],
  ['kofd.kz', 'kz'],
  ['wofd.kz', 'kz'],
  ['ofd1.kz', 'kz'],
  ['mev.sfs.md', 'md'],
  ['sift-mev.sfs.md', 'md'],
  ['mapr.tax.gov.me', 'me'],
  ['facturaelectronica.sat.gob.mx', 'mx'],
  ['suf.purs.gov.rs', 'rs'],
  ['ekasa.financnasprava.sk', 'sk'],
  ['verify.tra.go.tz', 'tz'],
  ['cabinet.tax.gov.ua', 'ua'],
  ['ofd.soliq.uz', 'uz'],
]

/** Links whose host varies from place to place: the parameter is what tells. */
const QUERIES: readonly (readonly [pattern: RegExp, country: FiscalCountry])[] = [
  [/(?:^|&)p=\d{44}(?:%7C|\|)/i, 'br'],
  [/(?:^|&)chNFe=\d{44}(?:&|$)/, 'br'],
  [/(?:^|&)id=TBAI-/, 'es'],
  [/^SIG=[A-Z]{3}\d{8}\d{8}[0-9A-F]{40}/, 'gr'],
]

const PLAIN: readonly (readonly [pattern: RegExp, country: FiscalCountry])[] = [
  [/^_R1-AT\d+_/, 'at'],
  [/^V0;[^;]{1,200};Kassenbeleg-V1;/, 'de'],
  [/^eyJ[\w-]+\.eyJkYXRhIjoi/, 'in'],
  [/^<TED version=/, 'cl'],
  [/^O-[0-9A-F]{32}$/i, 'sk'],
  [/^A:\d{9}\*B:[^*]*\*C:/, 'pt'],
]

/** Keys of a Russian code that no other country's plain text carries together. */
const RUSSIAN_KEYS = /(?:^|[?&\s])(fn|fp|fpd|i)\s*=\s*\d/gi

function byLink(host: string, query: string): FiscalCountry | null {
  const byDomain = DOMAINS.find(([domain]) => isUnder(host, domain))
  const found = byDomain ?? QUERIES.find(([pattern]) => pattern.test(query))
  return found?.[1] ?? null
}

/** Slovenia prints 60 digits: the last is the sum of the others, modulo 10. */
function isSlovenian(text: string): boolean {
  if (!/^\d{60}$/.test(text)) return false
  let sum = 0
  for (let at = 0; at < 59; at += 1) sum += text.charCodeAt(at) - 0x30
  return sum % 10 === text.charCodeAt(59) - 0x30
}

const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

function decodeBase64(text: string): number[] {
  const bytes: number[] = []
  let bits = 0
  let held = 0
  for (const character of text) {
    const value = BASE64.indexOf(character)
    if (value < 0) break
    held = ((held << 6) | value) & 0xffff
    bits += 6
    if (bits < 8) continue
    bits -= 8
    bytes.push((held >> bits) & 0xff)
  }
  return bytes
}

/** Saudi codes are base64 of tag, length, value: seller first, then the 15-digit VAT number. */
function isSaudi(text: string): boolean {
  if (!/^A[Q-Za-f][\w+/]{60,}={0,2}$/.test(text)) return false
  const bytes = decodeBase64(text.slice(0, 400))
  const next = 2 + (bytes[1] ?? 0)
  if (bytes[next] !== 2 || bytes[next + 1] !== 15) return false
  const number = bytes.slice(next + 2, next + 17)
  return number.length === 15 && number.every((byte) => byte >= 0x30 && byte <= 0x39)
}

/**
 * Which country's fiscal receipt a scanned text looks like, or null. Recognition only: nothing is
 * verified and nothing is fetched. Linear in the text, never throws, whatever the bytes.
 */
export function recognise(text: string): FiscalCountry | null {
  if (text.length > CODE_CHARS_MAX) return null
  const code = text.trim()
  const link = splitUrl(code)
  if (link !== null) return byLink(link.host, link.query)
  const plain = PLAIN.find(([pattern]) => pattern.test(code))
  if (plain !== undefined) return plain[1]
  if (isSlovenian(code)) return 'si'
  if (isSaudi(code)) return 'sa'
  return new Set(code.match(RUSSIAN_KEYS)?.map((key) => key.replace(/[^a-z]/gi, ''))).size >= 2
    ? 'ru'
    : null
}
