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

const textOf = (value: unknown): string | null =>
  typeof value === 'string' && value !== '' ? value : null

const MONTHS = 'janfebmaraprmayjunjulaugsepoctnovdec'

/** Dates of the sets: ISO, `31/12/2018`, `31-12-18`, `05 JAN 2017`, in brackets or not. */
function isoDate(value: unknown): string | null {
  const text = textOf(value)
  if (text === null) return null
  if (/^\d{4}-\d{2}-\d{2}/.test(text)) return text.slice(0, 10)
  const worded = /(\d{1,2})\W+([a-z]{3})[a-z]*\W+(\d{2,4})/i.exec(text)
  const figures = /(\d{1,2})\D(\d{1,2})\D(\d{2,4})/.exec(text)
  const month =
    worded === null ? Number(figures?.[2]) : MONTHS.indexOf((worded[2] ?? '').toLowerCase()) / 3 + 1
  const [day, year] = worded === null ? [figures?.[1], figures?.[3]] : [worded[1], worded[3]]
  if (day === undefined || year === undefined) return null
  const two = (part: number) => String(part).padStart(2, '0')
  return `${Number(year) < 100 ? 2000 + Number(year) : year}-${two(month)}-${two(Number(day))}`
}

function minorOf(value: unknown): number | null {
  if (typeof value === 'number') return Math.round(value * 100)
  const text = textOf(value)?.replace(/[^\d.]/g, '') ?? ''
  return text === '' ? null : Math.round(Number(text) * 100)
}

const namesOf = (items: unknown): string[] =>
  (Array.isArray(items) ? items : []).flatMap((item) => {
    const { name, raw_name: raw } = loose(item)
    return textOf(name) ?? textOf(raw) ?? []
  })

/** Reads a `ground-truth.json`: file name → truth, in the shapes of the sample sets. */
export function truthsOf(json: unknown): Map<string, Truth> {
  return new Map(
    Object.entries(loose(json)).map(([file, value]) => [file, truthOf(loose(value))] as const),
  )
}

function truthOf(entry: Loose): Truth {
  const nested = loose(entry.gt)
  const key = loose(entry.key)
  const metadata = loose(nested.metadata)
  const expected = textOf(entry.qr_expected)
  return {
    code: textOf(entry.text) ?? expected ?? textOf(entry.qr),
    date: isoDate(entry.date ?? key.date ?? metadata.date),
    time: textOf(entry.time ?? metadata.time)?.slice(0, 5) ?? null,
    totalMinor: minorOf(entry.total ?? key.total ?? metadata.receipt_total),
    inn: textOf(entry.inn ?? entry.unp),
    fn: textOf(entry.fn),
    fd: textOf(entry.fd),
    fp: textOf(entry.fp),
    retailer: textOf(entry.retailer ?? entry.merchant ?? key.company ?? loose(nested.store).name),
    names: namesOf(entry.items ?? nested.items),
    shots: (Array.isArray(entry.shots) ? entry.shots : []).flatMap((file) => textOf(file) ?? []),
    isPrint: entry.text === undefined,
  }
}
