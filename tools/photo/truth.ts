import path from 'node:path'
import { isoDate, minorOf, textOf, timeOf } from './truth-spelling.ts'

/** What a picture says, in one shape, whichever sample set it comes from. */
export type Truth = {
  readonly code: string | null
  readonly date: string | null
  readonly time: string | null
  /** Minor units. */
  readonly totalMinor: number | null
  readonly inn: string | null
  readonly fn: string | null
  readonly fd: string | null
  readonly fp: string | null
  readonly retailer: string | null
  readonly names: readonly string[]
  /** Further pictures of the same receipt, in the order they were taken. */
  readonly shots: readonly string[]
  /** Whether there is a receipt to be read, not just a code. */
  readonly isPrint: boolean
}

type Loose = { readonly [name: string]: unknown }

const isLoose = (value: unknown): value is Loose =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const loose = (value: unknown): Loose => (isLoose(value) ? value : {})

/** How the sets call a member, the usual word first. */
const WORDS = {
  code: ['qr_expected', 'qr_text', 'qr', 'code'],
  date: ['date', 'purchase_date', 'datetime'],
  time: ['time', 'purchase_time', 'datetime'],
  total: ['total', 'receipt_total', 'total_amount', 'grand_total', 'amount', 'sum'],
  inn: ['inn', 'unp', 'tax_number', 'taxNumber', 'tax_id', 'vat_number', 'nif', 'bin', 'pib'],
  fn: ['fn', 'fiscal_drive'],
  fd: ['fd', 'i', 'fiscal_document'],
  fp: ['fp', 'fpd', 'fiscal_sign'],
  retailer: ['retailer', 'merchant', 'company', 'store', 'shop', 'seller', 'name'],
  items: ['items', 'goods', 'products', 'positions', 'lines'],
  name: ['name', 'raw_name', 'description', 'title', 'product'],
  file: ['file', 'file_name', 'filename', 'image', 'path'],
} as const

/** Members that hold the others one level down. */
const NESTS = ['fields', 'key', 'gt', 'ground_truth', 'truth', 'metadata', 'store', 'fiscal']

/** The entry and what is nested in it, the outermost first. */
function scopesOf(entry: Loose, depth = 0): Loose[] {
  const nested = NESTS.map((name) => entry[name]).filter(isLoose)
  return depth > 2 ? [entry] : [entry, ...nested.flatMap((one) => scopesOf(one, depth + 1))]
}

/** The first member of any of the names that `read` makes sense of. */
function said<Value>(
  scopes: readonly Loose[],
  names: readonly string[],
  read: (value: unknown) => Value | null,
): Value | null {
  for (const scope of scopes) {
    for (const name of names) {
      const value = read(scope[name])
      if (value !== null) return value
    }
  }
  return null
}

/** Goods by name. A set may list every printed line as `lines`: those carry no name. */
function namesOf(items: unknown): string[] | null {
  if (!Array.isArray(items)) return null
  const names = items.flatMap((item) => {
    const { is_discount: isDiscount } = loose(item)
    const name = textOf(item) ?? said([loose(item)], WORDS.name, textOf)
    return name === null || isDiscount === true ? [] : [name]
  })
  return names.length === 0 ? null : names
}

/** `text` of a set of codes is the code; a receipt's own `text` is not. */
function truthOf(entry: Loose): Truth {
  const scopes = scopesOf(entry)
  const of = <Value>(names: readonly string[], read: (value: unknown) => Value | null) =>
    said(scopes, names, read)
  const truth = {
    date: of(WORDS.date, isoDate),
    time: of(WORDS.time, timeOf),
    totalMinor: of(WORDS.total, minorOf),
    inn: of(WORDS.inn, textOf),
    fn: of(WORDS.fn, textOf),
    fd: of(WORDS.fd, textOf),
    fp: of(WORDS.fp, textOf),
    retailer: of(WORDS.retailer, textOf),
    names: of(WORDS.items, namesOf) ?? [],
    shots: (Array.isArray(entry.shots) ? entry.shots : []).flatMap((file) => textOf(file) ?? []),
  }
  const isPrint = [truth.date, truth.totalMinor, truth.retailer].some((one) => one !== null)
  const code = said([entry], isPrint ? WORDS.code : [...WORDS.code, 'text'], textOf)
  return { ...truth, code, isPrint: isPrint || truth.names.length > 0 }
}

/** The table of entries: by file name, as a list, or either of them under one member. */
function entriesOf(json: unknown): [file: string, entry: Loose][] {
  if (Array.isArray(json)) {
    return json.filter(isLoose).flatMap((entry) => {
      const file = said([entry], WORDS.file, textOf)
      return file === null ? [] : [[file, entry] as [string, Loose]]
    })
  }
  const entries = Object.entries(loose(json))
  const [wrapped] = entries.filter(([name]) =>
    /^(images|files|receipts|photos|samples)$/.test(name),
  )
  if (wrapped !== undefined) return entriesOf(wrapped[1])
  return entries.flatMap(([file, value]) => (isLoose(value) ? [[file, value]] : []))
}

const plainName = (file: string) => path.basename(file).toLowerCase()
const stemOf = (file: string) => plainName(file).replace(/\.[a-z]+$/, '')

/** Reads a `ground-truth.json` in the shapes of the sample sets. */
export class Truths {
  private readonly byName: ReadonlyMap<string, Truth>
  private readonly byStem: ReadonlyMap<string, Truth>

  constructor(json: unknown) {
    const truths = entriesOf(json).map(([file, entry]) => [file, truthOf(entry)] as const)
    this.byName = new Map(truths.map(([file, truth]) => [plainName(file), truth]))
    this.byStem = new Map(truths.map(([file, truth]) => [stemOf(file), truth]))
  }

  /** Of a picture, whatever the case of its name and whether the set writes the extension. */
  of(file: string): Truth | undefined {
    return this.byName.get(plainName(file)) ?? this.byStem.get(stemOf(file))
  }
}
