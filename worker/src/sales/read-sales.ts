import { MARKETS } from '#schema/market'
import { SaleDraft, type SaleRefusal } from '#schema/sale'
import { wallMs } from '../receipts/journey.ts'
import { type Feeder, type Sold, soldIn } from './sold.ts'

/** Reads the rows of a feed, each by itself. Pure: preview and feed see the same refusals. */

/** What is known of the partner and its tills. */
export type Tills = Feeder & {
  /** Registrations of the partner's own. */
  readonly own: ReadonlySet<string>
  /** Fiscal drives that stand in somebody else's till. */
  readonly foreignDrives: ReadonlySet<string>
}

export type ReadSale = Sold & { readonly row: number }

const DAY_MS = 86_400_000
const DRIFT_MS_MAX = 10 * 60_000
/** Tills are late with their sales by so much. */
const LATE_DAYS = 5
/** In the market with the latest returns, goods may come back so late. */
export const SALE_KEPT_DAYS =
  Math.max(...Object.values(MARKETS).map(({ returnDaysMax }) => returnDaysMax)) + LATE_DAYS

export function readSales(
  rows: readonly unknown[],
  tills: Tills,
  now: number,
): { sales: ReadSale[]; refused: SaleRefusal[] } {
  const sales: ReadSale[] = []
  const refused: SaleRefusal[] = []
  const seen = new Set<string>()
  rows.forEach((raw, row) => {
    const sale = readSale(raw, tills)
    if ('path' in sale) {
      refused.push({ row, ...named(raw), path: sale.path, code: 'invalid' })
      return
    }
    const refusal = namingRefusal(sale, tills) ?? refusalOf(sale, tills, seen, now)
    const { till, number } = sale
    if (refusal === null) sales.push({ ...sale, row })
    else if (typeof refusal !== 'string') refused.push({ row, till, number, ...refusal })
    else refused.push({ row, till, number, path: '', code: refusal })
    seen.add(keyOf(sale))
  })
  return { sales, refused }
}

export const keyOf = ({ till, number }: Pick<SaleDraft, 'till' | 'number'>) => `${till} ${number}`

/** A row without a currency is in that of its market. */
function readSale(raw: unknown, feeder: Feeder): Sold | { readonly path: string } {
  const { currency } = MARKETS[feeder.market]
  const parsed = SaleDraft.safeParse(isObject(raw) ? { currency, ...raw } : raw)
  if (!parsed.success) return { path: parsed.error.issues[0]?.path.join('.') ?? '' }
  const sold = soldIn(feeder, parsed.data)
  return typeof sold === 'string' ? { path: sold } : sold
}

const isObject = (raw: unknown): raw is object => typeof raw === 'object' && raw !== null
/** The sale that a return takes back; null when it names none. */
export function namedBy({ till, saleTill, saleNumber }: Sold): SaleKeyOfTill | null {
  return saleNumber === null ? null : { till: saleTill ?? till, number: saleNumber }
}

type SaleKeyOfTill = Pick<SaleDraft, 'till' | 'number'>

/** What is wrong with how a row names another one. */
function namingRefusal(sale: Sold, { own }: Tills): Pick<SaleRefusal, 'path' | 'code'> | null {
  const { operation, saleTill, saleNumber } = sale
  if (saleTill === null && saleNumber === null) return null
  const named = namedBy(sale)
  if (named === null) return { path: 'saleNumber', code: 'invalid' }
  if (operation === 'sale') return { path: 'saleNumber', code: 'sale_named_by_a_sale' }
  if (!own.has(named.till)) return { path: 'saleTill', code: 'till_unknown' }
  return keyOf(named) === keyOf(sale) ? { path: 'saleNumber', code: 'invalid' } : null
}

/** What the row calls itself, as far as it says. */
function named(raw: unknown): Pick<SaleRefusal, 'till' | 'number'> {
  const { till, number } = Object(raw)
  return { till: String(till ?? '').slice(0, 64), number: String(number ?? '').slice(0, 64) }
}

function refusalOf(
  sale: Sold,
  { market, own, foreignDrives }: Tills,
  seen: ReadonlySet<string>,
  now: number,
): SaleRefusal['code'] | null {
  if (!own.has(sale.till)) return 'till_unknown'
  if (sale.fiscal && 'fn' in sale.fiscal && foreignDrives.has(sale.fiscal.fn))
    return 'drive_of_another'
  const sum = sale.lines.reduce((total, line) => total + line.sumMinor, 0)
  if (sum !== sale.totalMinor) return 'lines_do_not_add_up'
  const soldAt = wallMs(sale.time)
  const { zoneHoursMax, submissionDaysMax } = MARKETS[market]
  if (soldAt > now + zoneHoursMax * 3_600_000 + DRIFT_MS_MAX) return 'from_the_future'
  // Whatever cannot be submitted any more vouches for nothing.
  if (soldAt < now - (submissionDaysMax + LATE_DAYS) * DAY_MS) return 'too_old'
  return seen.has(keyOf(sale)) ? 'repeated_in_batch' : null
}
