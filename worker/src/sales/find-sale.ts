import { HOME_MARKET, type MarketRules } from '#schema/market'
import { NAME_LETTERS_MIN, namesGoods, type PhotoReading } from '#schema/photo'
import { foldText } from '../matching/fold.ts'
import { wallMinuteAt, wallMs } from '../receipts/journey.ts'
import type { Sold } from './sold.ts'

/**
 * Which sale of a retailer a photo shows. Pure. A sale vouches for a photo only when it is the one
 * sale that fits: two that fit are nobody's.
 */

/** What the look-up needs of a reading. */
export type ReadPurchase = {
  readonly minute: string
  readonly totalMinor: number
  /** Whether its owner typed it: then the picture has to say something of its own. */
  readonly isTyped: boolean
}

type Item = Pick<PhotoReading['items'][number], 'name' | 'sumMinor'>
type Reading = Pick<PhotoReading, 'taxNumber' | 'retailer' | 'fn' | 'date' | 'time' | 'totalMinor'>

/** A reading, with what its owner typed in the place of what the machine read. */
export type PaperReading = PhotoReading & { readonly isTyped: boolean }

/** Null when the reading lacks what a sale is looked up by. */
export function readPurchase({
  date,
  time,
  totalMinor,
  isTyped,
}: Reading & Pick<PaperReading, 'isTyped'>): ReadPurchase | null {
  if (!date || !time || !totalMinor) return null
  return { minute: `${date.value}T${time.value}`, totalMinor: totalMinor.value, isTyped }
}

/** What of a market's rules tells which sale it was. */
export type SaleRules = Pick<MarketRules, 'code' | 'currency' | 'saleMinutesApartMax'>

const apartMs = ({ saleMinutesApartMax }: SaleRules) => saleMinutesApartMax * 60_000

const isNear = (one: string, other: string, rules: SaleRules) =>
  Math.abs(wallMs(one) - wallMs(other)) <= apartMs(rules)

/**
 * First and last minute of the sales that have to be known: of those that may be the photo's, and
 * of their own neighbours.
 */
export function minutesAround(minute: string, rules: SaleRules): [string, string] {
  const aroundMs = 2 * apartMs(rules)
  return [wallMinuteAt(wallMs(minute), -aroundMs), wallMinuteAt(wallMs(minute), aroundMs)]
}

export type FeedingRetailer = {
  readonly id: string
  readonly taxNumber: string
  readonly name: string
  readonly legalName: string
  /** Fiscal drives of its tills. */
  readonly hasDrive: boolean
}

/**
 * The retailer of a reading: by its tax number, by the drive of a till, by its name. A number or a
 * name that fits several retailers fits none.
 */
export function retailerOf<Retailer extends FeedingRetailer>(
  reading: Reading,
  retailers: readonly Retailer[],
): Retailer | null {
  const taxNumber = reading.taxNumber?.value ?? ''
  const read = letters(reading.retailer?.value ?? '')
  const ways: ((retailer: Retailer) => boolean)[] = [
    (retailer) => retailer.taxNumber === taxNumber,
    (retailer) => retailer.hasDrive,
    ({ name, legalName }) => [name, legalName].some((known) => isNamed(read, letters(known))),
  ]
  for (const way of ways) {
    const found = retailers.filter(way)
    if (found.length > 0) return found.length === 1 ? (found[0] ?? null) : null
  }
  return null
}

const letters = (text: string) => foldText(text).replace(/[^\p{L}\p{N}]/gu, '')
const isNamed = (read: string, known: string) =>
  known.length >= NAME_LETTERS_MIN && read.includes(known)

export type Candidate = Pick<
  Sold,
  'till' | 'number' | 'time' | 'totalMinor' | 'currency' | 'operation' | 'fiscal' | 'lines'
> & { readonly partnerId: string }

/**
 * The one sale of that retailer that fits the purchase and shares goods with what was read; null
 * when there is none or more than one. A sale without fiscal numbers must also be the only one of
 * its total for minutes around: the identity of its receipt is nothing more, and the fiscal receipt
 * of a neighbour would be taken for its own. Abroad it
 * vouches for nothing: a signed code may name no seller, so that nobody could tell whether it is
 * the receipt of that paper, and both would be paid.
 */
export function chooseSale(
  partnerId: string,
  purchase: ReadPurchase,
  items: readonly Item[],
  candidates: readonly Candidate[],
  rules: SaleRules,
): Candidate | null {
  const alike = candidates.filter(
    (sale) =>
      sale.partnerId === partnerId &&
      sale.totalMinor === purchase.totalMinor &&
      sale.currency === rules.currency &&
      sale.operation === 'sale',
  )
  const fitting = alike.filter(
    (sale) => isNear(sale.time, purchase.minute, rules) && sharesGoods(purchase, items, sale.lines),
  )
  const [found] = fitting
  if (!found || fitting.length > 1) return null
  if (found.fiscal !== null) return found
  const neighbours = alike.filter((sale) => isNear(sale.time, found.time, rules))
  return rules.code === HOME_MARKET && neighbours.length === 1 ? found : null
}

/** Two names share goods when this share of the shorter one's letter pairs is in the other. */
const NAME_OVERLAP_MIN = 0.6

/**
 * A reading without names says nothing against a sale, unless minute and total were typed: whoever
 * knows those of somebody else's purchase must not get it. Otherwise one line has to be in it.
 */
function sharesGoods(
  { isTyped }: ReadPurchase,
  items: readonly Item[],
  lines: Candidate['lines'],
): boolean {
  if (!namesGoods(items)) return !isTyped
  const known = lines.map(({ name }) => pairsOf(name))
  const named = items.filter(({ name }) => letters(name).length >= NAME_LETTERS_MIN)
  return named.some(({ name }) => {
    const read = pairsOf(name)
    return known.some((pairs) => overlap(read, pairs) >= NAME_OVERLAP_MIN)
  })
}

function pairsOf(name: string): Set<string> {
  const text = letters(name)
  return new Set(
    Array.from({ length: Math.max(0, text.length - 1) }, (_, at) => text.slice(at, at + 2)),
  )
}

function overlap(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  const smaller = Math.min(one.size, other.size)
  if (smaller === 0) return 0
  return [...one].filter((pair) => other.has(pair)).length / smaller
}
