import { recognise } from '#fiscal/registry'
import { printMinor } from '../../ocr/src/fields/amounts.ts'
import type { Field, Fields } from '../../ocr/src/fields/fields.ts'
import type { Reading } from '../../ocr/src/read.ts'

/** What the command prints for a picture; the scorer reads the same shape. */
export type ReadingLine = {
  file: string
  qr: string | null
  fields: PrintedFields
  lines: PrintedLine[]
  trusted: boolean
  reasons: string[]
  ms: number
  codeMs: number
  heapMb: number
}

type PrintedLine = {
  name: string
  qty: number | null
  price: string | null
  sum: string | null
  discount: string | null
}

type PrintedFields = {
  retailer: string | null
  legal: string | null
  address: string | null
  inn: string | null
  date: string | null
  time: string | null
  total: string | null
  fn: string | null
  fd: string | null
  fp: string | null
  rnKkt: string | null
  payment: 'cash' | 'card' | 'both' | null
  paid: string | null
  change: string | null
  /** Of other countries, by the name that `schema/src/fiscal-number.ts` gives them. */
  numbers: Record<string, string>
}

const NOTHING: PrintedFields = {
  retailer: null,
  legal: null,
  address: null,
  inn: null,
  date: null,
  time: null,
  total: null,
  fn: null,
  fd: null,
  fp: null,
  rnKkt: null,
  payment: null,
  paid: null,
  change: null,
  numbers: {},
}

const MICRO = 1_000_000

/** The line of a picture that gave nothing, with the reason. */
export function unreadLine(file: string, reason: string): ReadingLine {
  const [ms, codeMs, heapMb] = [0, 0, 0]
  const fields = NOTHING
  return {
    file,
    qr: null,
    fields,
    lines: [],
    trusted: false,
    reasons: [reason],
    ms,
    codeMs,
    heapMb,
  }
}

export function readingLine(file: string, reading: Reading): ReadingLine {
  const { ms, codeMs, peakBytes } = reading.figures
  const figures = { ms: Math.round(ms), codeMs: Math.round(codeMs), heapMb: megabytes(peakBytes) }
  if (!reading.ok) return { ...unreadLine(file, reading.code), ...figures }
  return {
    file,
    qr: squareCode(reading),
    fields: fieldsOfReading(reading.fields, reading.scan),
    lines: (reading.fields?.items ?? []).map((item) => ({
      name: item.name,
      qty: item.quantityMicro === null ? null : item.quantityMicro / MICRO,
      price: minorOf(item.priceMinor),
      sum: minorOf(item.sumMinor),
      discount: minorOf(item.discountMinor),
    })),
    trusted: reading.trusted,
    reasons: [...reading.reasons],
    ...figures,
  }
}

/**
 * The text of the code that a receipt is known by: of several a fiscal one, as promotions print
 * theirs too. A bar code of goods is none.
 */
function squareCode({ codes }: Extract<Reading, { ok: true }>): string | null {
  const texts = codes.filter(({ format }) => format !== 'ean13').map(({ text }) => text)
  return texts.find((text) => recognise(text) !== null) ?? texts[0] ?? null
}

const minorOf = (minor: number | null) => (minor === null ? null : printMinor(minor))

const megabytes = (bytes: number) => Math.round(bytes / 104_857.6) / 10

type Scan = Extract<Reading, { ok: true }>['scan']

const amountOf = (field: Field<number> | null) => minorOf(field?.value ?? null)

/** What the code says goes before what the print says. */
function fieldsOfReading(fields: Fields | null, scan: Scan): PrintedFields {
  const printed: PrintedFields =
    fields === null
      ? NOTHING
      : {
          retailer: fields.retailer?.value ?? null,
          legal: fields.legal?.value ?? null,
          address: fields.address?.value ?? null,
          inn: fields.taxNumber?.value ?? null,
          date: fields.date?.value ?? null,
          time: fields.time?.value ?? null,
          total: amountOf(fields.totalMinor),
          fn: fields.fn?.value ?? null,
          fd: fields.fd?.value ?? null,
          fp: fields.fp?.value ?? null,
          rnKkt: fields.registration?.value ?? null,
          payment: fields.paymentMethod?.value ?? null,
          paid: amountOf(fields.paidMinor),
          change: amountOf(fields.changeMinor),
          numbers: Object.fromEntries(fields.numbers.map(({ name, value }) => [name, value])),
        }
  if (scan === null) return printed
  const [date = null, time = null] = scan.time.split('T')
  const total = printMinor(scan.totalMinor)
  return { ...printed, date, time, total, fn: scan.fn, fd: String(scan.i), fp: String(scan.fp) }
}
