import type { AmountMinor } from '#schema/money'
import type { OperationKind, RuScan } from '#schema/receipt'
import { TOTAL_MINOR_MAX } from './amount.ts'
import { type CodeReading, type FiscalCountry, fiscalCode, refuse } from './code.ts'
import { readWith } from './find.ts'
import { FOREIGN_FORMATS } from './foreign.ts'
import type { FiscalFormat } from './format.ts'
import { compactClock } from './moment.ts'
import { isUnder, splitUrl, unescaped } from './url.ts'

/**
 * Russian receipt codes: `t=20261121T1842&s=1284.50&fn=16 digits&i=…&fp=…&n=1`, printed in this
 * order, read in any. Grammar and evidence: the tax service's kit for receipt checks and real
 * receipts of 2017–2026. The sign `fp` cannot be checked without the tax service: its key never
 * leaves the fiscal drive.
 */

/** Names of the fields as the printed code has them. */
type RuField = 't' | 's' | 'fn' | 'i' | 'fp' | 'n'

/** `kind_assumed`: the code has no `n`, a sale is assumed. `sum_unit_answered`: a person did. */
type RuFlag = 'kind_assumed' | 'sum_unit_answered'

export type RuRecognised = Partial<RuScan>

export type RuParsed = { ok: true; scan: RuScan; flags: RuFlag[] } | RuRefusal

type RuRefusal = { ok: false } & (
  | { code: 'not_a_fiscal_code'; field?: RuField }
  | { code: 'foreign_receipt'; country: FiscalCountry }
  /** The sum has no dot; ask roubles or kopecks and parse again with the answer. */
  | { code: 'ambiguous_sum'; sumDigits: string; recognised: RuRecognised }
  /** Some fields are not in the code (Yandex prints no time and sum): ask for these only. */
  | { code: 'incomplete'; missing: RuField[]; recognised: RuRecognised }
)

type RuAnswer = { sumUnit?: 'roubles' | 'kopecks' | undefined }

const RU_CODE_CHARS_MAX = 2_000
const UINT32_MAX = 4_294_967_295

/** Below these, a text with missing fields is not a receipt worth asking about. */
const FIELDS_MIN_PLAIN = 3
const FIELDS_MIN_LINK = 2

const SCHEME = /^[a-z][a-z0-9+.-]*:/i

type RawFields = Partial<Record<RuField, string>>
type Sum = { totalMinor: AmountMinor; answered: boolean } | { ambiguous: string }

/** `20261121T1842[SS]` → `2026-11-21T18:42`; the tax service drops seconds, so do we. */
function parseTime(raw: string): string | null {
  return /[Tt]/.test(raw) ? (compactClock(raw)?.slice(0, 'YYYY-MM-DDTHH:mm'.length) ?? null) : null
}

/** Roubles with a dot or comma; digits alone are ambiguous unless zero or answered. */
function parseSum(raw: string, answer: RuAnswer): Sum | null {
  const parts = /^(\d{1,15})(?:([.,])(\d{0,2}))?$/.exec(raw)
  if (parts === null) return null
  const [, whole = '', dot, fraction = ''] = parts
  const isAmbiguous = dot === undefined && Number(whole) !== 0
  if (isAmbiguous && answer.sumUnit === undefined) return { ambiguous: whole }
  const inKopecks = isAmbiguous && answer.sumUnit === 'kopecks'
  const totalMinor = inKopecks
    ? Number(whole)
    : Number(whole) * 100 + Number(fraction.padEnd(2, '0'))
  if (totalMinor > TOTAL_MINOR_MAX) return null
  return { totalMinor: totalMinor as AmountMinor, answered: isAmbiguous }
}

function parseUint32(raw: string): number | null {
  if (!/^\d{1,10}$/.test(raw)) return null
  const value = Number(raw)
  return value >= 1 && value <= UINT32_MAX ? value : null
}

function parseKind(raw: string): OperationKind | null {
  return raw === '1' || raw === '2' || raw === '3' || raw === '4'
    ? (Number(raw) as OperationKind)
    : null
}

function fieldOf(key: string): RuField | 'fpd' | null {
  const name = key.trim().toLowerCase()
  return name === 't' || name === 's' || name === 'fn' || name === 'fpd'
    ? name
    : name === 'i' || name === 'fp' || name === 'n'
      ? name
      : null
}

/**
 * The known pairs of the text, or the field that is given twice with different values: then nobody
 * can say which one is meant. Empty values count as absent.
 */
function readFields(pairs: string): { fields: RawFields } | { twice: RuField } {
  const found: Partial<Record<RuField | 'fpd', string>> = {}
  for (const pair of pairs.split('&')) {
    const equals = pair.indexOf('=')
    const field = equals < 0 ? null : fieldOf(pair.slice(0, equals))
    const value = unescaped(pair.slice(equals + 1))
    if (field === null || value === '') continue
    const before = found[field]
    if (before !== undefined && before !== value) return { twice: field === 'fpd' ? 'fp' : field }
    found[field] = value
  }
  const { fpd, ...fields } = found
  if (fpd === undefined || fields.fp !== undefined) return { fields }
  // Yandex names the sign `fpd` and the document number `n`; the kind is not given.
  const { n, ...rest } = fields
  return { fields: { ...rest, fp: fpd, ...(n !== undefined && rest.i === undefined && { i: n }) } }
}

type Reading = { recognised: RuRecognised; sum: Sum | null; invalid: RuField | null }

function readValues(raw: RawFields, answer: RuAnswer): Reading {
  const recognised: RuRecognised = {}
  const bad: RuField[] = []
  function take<Value>(field: RuField, parse: (text: string) => Value | null): Value | null {
    const text = raw[field]
    if (text === undefined) return null
    const value = parse(text)
    if (value === null) bad.push(field)
    return value
  }
  const time = take('t', parseTime)
  const sum = take('s', (text) => parseSum(text, answer))
  const fn = take('fn', (text) => (/^\d{16}$/.test(text) ? text : null))
  const i = take('i', parseUint32)
  const fp = take('fp', parseUint32)
  const kind = take('n', parseKind)
  if (time !== null) recognised.time = time
  if (sum !== null && 'totalMinor' in sum) recognised.totalMinor = sum.totalMinor
  if (fn !== null) recognised.fn = fn
  if (i !== null) recognised.i = i
  if (fp !== null) recognised.fp = fp
  if (kind !== null) recognised.kind = kind
  return { recognised, sum, invalid: bad[0] ?? null }
}

const IDENTITY_FIELDS = ['t', 's', 'fn', 'i', 'fp'] as const
const RECOGNISED_AS = { t: 'time', s: 'totalMinor', fn: 'fn', i: 'i', fp: 'fp' } as const

/** Who publishes Russian receipts: operators of fiscal data and the tax service. */
const DOMAINS = [
  'nalog.ru',
  'nalog.gov.ru',
  '1-ofd.ru',
  'ofd.ru',
  'ofd-ya.ru',
  'taxcom.ru',
  'platformaofd.ru',
  'check.yandex.ru',
  'ofd.yandex.ru',
  'kontur.ru',
  'proverkacheka.com',
  'crpt.ru',
]

function unreadable(text: string): RuRefusal {
  const reading = readWith(FOREIGN_FORMATS, text)
  const country = reading.ok ? reading.code.country : reading.country
  if (country !== null) return { ok: false, code: 'foreign_receipt', country }
  return { ok: false, code: 'not_a_fiscal_code' }
}

/**
 * Reads the text of a scanned code, typed or pasted: any key order, blanks, zero padding, seconds,
 * wrapped in a link of a Russian operator (read, never fetched). `answer.sumUnit` is what a person
 * said about a sum without a dot. Never throws.
 */
export function parseRuQr(text: string, answer: RuAnswer = {}): RuParsed {
  const code = text.trim()
  if (code.length > RU_CODE_CHARS_MAX) return { ok: false, code: 'not_a_fiscal_code' }
  const link = splitUrl(code)
  const isStranger =
    link === null ? SCHEME.test(code) : !DOMAINS.some((domain) => isUnder(link.host, domain))
  if (isStranger) return unreadable(code)
  const read = readFields(link === null ? code : link.query)
  if ('twice' in read) return { ok: false, code: 'not_a_fiscal_code', field: read.twice }
  const present = IDENTITY_FIELDS.filter((field) => read.fields[field] !== undefined)
  const needed = link === null ? FIELDS_MIN_PLAIN : FIELDS_MIN_LINK
  if (present.length < needed) return unreadable(code)
  const { recognised, sum, invalid } = readValues(read.fields, answer)
  if (invalid !== null) return { ok: false, code: 'not_a_fiscal_code', field: invalid }
  const { time, totalMinor, fn, i, fp, kind } = recognised
  const missing = IDENTITY_FIELDS.filter((field) => recognised[RECOGNISED_AS[field]] === undefined)
  if (sum !== null && 'ambiguous' in sum && missing.length === 1) {
    return { ok: false, code: 'ambiguous_sum', sumDigits: sum.ambiguous, recognised }
  }
  if (time === undefined || totalMinor === undefined || fn === undefined) {
    return { ok: false, code: 'incomplete', missing, recognised }
  }
  if (i === undefined || fp === undefined) {
    return { ok: false, code: 'incomplete', missing, recognised }
  }
  const flags: RuFlag[] = []
  if (kind === undefined) flags.push('kind_assumed')
  if (sum !== null && 'answered' in sum && sum.answered) flags.push('sum_unit_answered')
  return { ok: true, scan: { time, totalMinor, fn, i, fp, kind: kind ?? 1 }, flags }
}

/** The canonical text of a scan: `parseRuQr(printRuQr(scan))` gives the scan back. */
export function printRuQr(scan: RuScan): string {
  const time = scan.time.replace(/[-:]/g, '')
  const roubles = Math.trunc(scan.totalMinor / 100)
  const kopecks = String(scan.totalMinor % 100).padStart(2, '0')
  return `t=${time}&s=${roubles}.${kopecks}&fn=${scan.fn}&i=${scan.i}&fp=${scan.fp}&n=${scan.kind}`
}

/**
 * The fiscal identity, network-wide: `ru:fn:i:fp` as integers, so that spelling variants of one
 * receipt are one. A drive number exceeds what a JS number holds exactly, hence text.
 */
export function ruFingerprint(scan: Pick<RuScan, 'fn' | 'i' | 'fp'>): string {
  return `ru:${scan.fn.replace(/^0+(?=\d)/, '')}:${scan.i}:${scan.fp}`
}

/** Identity and content: two submissions with one key say the same of the same receipt. */
export function ruContentKey(scan: RuScan): string {
  return `${ruFingerprint(scan)}:${scan.time}:${scan.totalMinor}:${scan.kind}`
}

const OPERATIONS = { 1: 'sale', 2: 'return', 3: 'other', 4: 'other' } as const

/**
 * The same text as one of all countries' codes: whatever identifies the receipt must be there, a
 * sum without a dot or an absent time is merely not in the code.
 */
function readRussian(pairs: string): CodeReading {
  const read = readFields(pairs)
  if ('twice' in read) return refuse('ru', 'field', read.twice)
  const { recognised, invalid } = readValues(read.fields, {})
  if (invalid !== null) return refuse('ru', 'field', invalid)
  const { fn, i, fp, kind } = recognised
  if (fn === undefined) return refuse('ru', 'incomplete', 'fn')
  if (i === undefined) return refuse('ru', 'incomplete', 'i')
  if (fp === undefined) return refuse('ru', 'incomplete', 'fp')
  return fiscalCode({
    country: 'ru',
    identity: ruFingerprint({ fn, i, fp }).split(':').slice(1),
    issuer: null,
    totalMinor: recognised.totalMinor ?? null,
    currency: 'RUB',
    issuedAt: recognised.time ?? null,
    operation: kind === undefined ? null : OPERATIONS[kind],
    trust: 'lookup',
    officialPage: null,
  })
}

/** Keys of a Russian code that no other country's plain text carries together. */
const RUSSIAN_KEYS = /(?:^|[?&\s])(fn|fp|fpd|i)\s*=\s*\d/gi

function looksRussian(text: string): boolean {
  const keys = Array.from(text.matchAll(RUSSIAN_KEYS), ([, key = '']) => key.toLowerCase())
  return new Set(keys).size >= 2
}

export const russia: FiscalFormat = {
  country: 'ru',
  domains: DOMAINS,
  readLink: (link) => readRussian(link.query),
  readText: (text) => (looksRussian(text) ? readRussian(text) : null),
}
