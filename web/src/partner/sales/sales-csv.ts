import { parseMinor } from '#schema/money'

/** Columns of a file of sales, one line of the file for each line of a receipt. */
export const SALES_COLUMNS = [
  'till',
  'number',
  'time',
  'operation',
  'sale',
  'saleTill',
  'total',
  'fn',
  'fd',
  'fp',
  'code',
  'name',
  'gtin',
  'quantity',
  'price',
  'sum',
] as const
type SalesColumn = (typeof SALES_COLUMNS)[number]

/** Heads that tills' programmes write, folded to letters and digits. */
const HEADS: Record<SalesColumn, readonly string[]> = {
  till: ['till', 'касса', 'рнккт', 'ккт'],
  number: ['number', 'номер', 'номерчека', 'чек'],
  time: ['time', 'время', 'дата', 'датаивремя'],
  operation: ['operation', 'операция'],
  sale: ['sale', 'salenumber', 'продажа', 'номерпродажи', 'чекпродажи'],
  saleTill: ['saletill', 'кассапродажи'],
  total: ['total', 'итог', 'итого', 'суммачека'],
  fn: ['fn', 'фн'],
  fd: ['fd', 'фд'],
  fp: ['fp', 'фп', 'фпд'],
  code: ['code', 'qr', 'код', 'кодчека'],
  name: ['name', 'товар', 'название', 'наименование'],
  gtin: ['gtin', 'ean', 'штрихкод'],
  quantity: ['quantity', 'количество', 'колво', 'qty'],
  price: ['price', 'цена'],
  sum: ['sum', 'сумма', 'стоимость'],
}
const NEEDED: readonly SalesColumn[] = ['till', 'number', 'time', 'total', 'name', 'sum']

type Row = Readonly<Record<string, string>>

/** A sale as it is sent, with the first of its rows in the file; heads are row 1. */
export interface FileSale {
  fileRow: number
  sale: Record<string, unknown>
}

export type SalesFile =
  | { ok: true; sales: FileSale[] }
  | { ok: false; missing: readonly SalesColumn[] }

const fold = (head: string) => head.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')

/**
 * Gathers the rows of a file into sales, by till and number. What is not understood is sent as it
 * is, so that the server names the row and nothing is lost.
 */
export function salesOf(heads: readonly string[], rows: readonly Row[]): SalesFile {
  const headOf = new Map(
    SALES_COLUMNS.flatMap((column) => {
      const head = heads.find((one) => HEADS[column].includes(fold(one)))
      return head === undefined ? [] : [[column, head] as const]
    }),
  )
  const missing = NEEDED.filter((column) => !headOf.has(column))
  if (missing.length > 0) return { ok: false, missing }
  const sales = new Map<string, { fileRow: number; rows: Record<SalesColumn, string>[] }>()
  rows.forEach((row, index) => {
    const cell = (column: SalesColumn) => (row[headOf.get(column) ?? ''] ?? '').trim()
    const cells = Object.fromEntries(SALES_COLUMNS.map((column) => [column, cell(column)]))
    const read = cells as Record<SalesColumn, string>
    const key = `${tillOf(read.till)} ${read.number}`
    const known = sales.get(key)
    if (known) known.rows.push(read)
    else sales.set(key, { fileRow: index + 2, rows: [read] })
  })
  return {
    ok: true,
    sales: [...sales.values()].map(({ fileRow, rows: lines }) => ({
      fileRow,
      sale: saleOf(lines),
    })),
  }
}

function saleOf(rows: readonly Record<SalesColumn, string>[]): Record<string, unknown> {
  const [first] = rows
  if (!first) return {}
  const { number, fn, fd, fp, code } = first
  const isFiscal = fn !== '' || fd !== '' || fp !== ''
  return {
    till: tillOf(first.till),
    number,
    time: minuteOf(first.time),
    totalMinor: amountOf(first.total),
    operation: RETURNS.includes(fold(first.operation)) ? 'return' : 'sale',
    ...(first.sale === '' ? {} : { saleNumber: first.sale }),
    ...(first.saleTill === '' ? {} : { saleTill: tillOf(first.saleTill) }),
    ...(isFiscal ? { fiscal: { fn: digitsOf(fn), fd: Number(fd), fp: Number(fp) } } : {}),
    ...(code === '' ? {} : { fiscal: { code } }),
    lines: rows.map(({ name, gtin, quantity, price, sum }) => ({
      name,
      gtin: digitsOf(gtin),
      quantityMicro: microOf(quantity),
      priceMinor: amountOf(price === '' ? sum : price),
      sumMinor: amountOf(sum),
    })),
  }
}

const RETURNS = ['return', 'возврат', 'возвратприхода', '2']

const digitsOf = (text: string) => text.replace(/[\s\u00a0]/g, '')

/** Spreadsheets drop the zeros in front of a till's number. */
function tillOf(text: string): string {
  const digits = digitsOf(text)
  return /^\d{10,16}$/.test(digits) ? digits.padStart(16, '0') : digits
}

const amountOf = (text: string) => parseMinor(text) ?? text

function microOf(text: string): number | string {
  if (text === '') return 1_000_000
  const number = Number(text.replace(/[\s\u00a0]/g, '').replace(',', '.'))
  return Number.isFinite(number) ? Math.round(number * 1_000_000) : text
}

const RUSSIAN_TIME = /^(\d{2})\.(\d{2})\.(\d{4}),? +(\d{1,2}):(\d{2})(:\d{2})?$/
const ISO_TIME = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2})(:\d{2}(\.\d+)?)?$/

/** `21.11.2026 18:42:05` or `2026-11-21 18:42` → the minute of the contract. */
function minuteOf(text: string): string {
  const [, day, month, year, hour = '', minute] = RUSSIAN_TIME.exec(text) ?? []
  if (day !== undefined) return `${year}-${month}-${day}T${hour.padStart(2, '0')}:${minute}`
  const [, date, time] = ISO_TIME.exec(text) ?? []
  return date === undefined ? text : `${date}T${time}`
}
