import { AMOUNT_MINOR_MAX, allocate, minor } from '#schema/money'
import type { DocumentLine, FiscalDocument } from '#schema/receipt'
import { foldWords } from '../catalogue/words.ts'
import { wallMinuteAt, wallMs } from './journey.ts'

/**
 * Which sale a return belongs to, and what is left of it. No fiscal code that we read names the
 * sale it reverses: seller, goods, prices and amounts find it. Pure.
 */

/** What of a sale went back to the shop: lines by their index in the sale's document. */
export type ReturnedGoods = {
  readonly lines: readonly {
    readonly line: number
    readonly quantityMicro: number
    readonly sumMinor: number
  }[]
  readonly totalMinor: number
}

/** Identity of a return that its shop feeds without fiscal numbers: the shop's own number of it. */
export const fedIdentity = (partnerId: string, till: string, number: string) =>
  `fed:${partnerId}:${till}:${number}`
export const isFedIdentity = (fingerprint: string) => fingerprint.startsWith('fed:')

/** Whether a document is of goods that came back (FFD tag 1054, `2`). */
export const isReturn = ({ document }: { readonly document: FiscalDocument }): boolean =>
  document.kind === 2

/** The document without what went back; lines keep their places, an emptied one has no quantity. */
export function remainingOf(
  document: FiscalDocument,
  returned: readonly ReturnedGoods[],
): FiscalDocument {
  if (returned.length === 0) return document
  const lines = document.lines.map((line) => ({ ...line }))
  let totalMinor: number = document.totalMinor
  for (const goods of returned) {
    totalMinor -= goods.totalMinor
    for (const { line, quantityMicro, sumMinor } of goods.lines) {
      const left = lines[line]
      if (!left) throw new RangeError(`the sale has no line ${line}`)
      left.quantityMicro -= quantityMicro
      left.sumMinor = minor(left.sumMinor - sumMinor)
    }
  }
  return { ...document, lines, totalMinor: minor(Math.max(0, totalMinor)) }
}

/** A sale that a return may belong to, with what is left of it. */
export type SaleCandidate = { readonly id: string; readonly remaining: FiscalDocument }

export type FoundSale = { readonly id: string; readonly goods: ReturnedGoods }

/**
 * The sale that holds everything that the return lists, by the same seller, bought at most
 * `daysMax` days before; null when there is none. A return is never split over several sales. Of
 * several, the same till's, then the one of exactly the returned amount, then the latest.
 */
export function findSale(
  candidates: readonly SaleCandidate[],
  returned: FiscalDocument,
  daysMax: number,
): FoundSale | null {
  const found = candidates.flatMap(({ id, remaining }) => {
    if (!isSameSeller(remaining, returned) || !isInTime(remaining, returned, daysMax)) return []
    const goods = goodsOf(remaining, returned)
    return goods ? [{ id, goods, remaining }] : []
  })
  const rank = ({ remaining }: SaleCandidate) =>
    (isSameTill(remaining, returned) ? 2 : 0) +
    (remaining.totalMinor === returned.totalMinor ? 1 : 0)
  const [best] = found.sort(
    (a, b) =>
      rank(b) - rank(a) ||
      wallMs(b.remaining.time) - wallMs(a.remaining.time) ||
      (a.id < b.id ? -1 : 1),
  )
  return best ? { id: best.id, goods: best.goods } : null
}

/** What a retailer says of one sale of its own. */
export type NamedSale = Pick<FiscalDocument, 'time' | 'totalMinor'> & {
  readonly till: string
  readonly taxNumber: string
}

/** Whether a receipt is that sale: its shop, till and total, in the minute that it printed. */
export function isNamed(document: FiscalDocument, named: NamedSale): boolean {
  return (
    document.sellerTaxNumber?.trim() === named.taxNumber &&
    document.tillRegistration?.trim() === named.till &&
    document.totalMinor === named.totalMinor &&
    document.time === named.time
  )
}

/**
 * Whether a receipt is of that shop: by its tax number, and where it names no seller, as a code
 * that is signed on the spot may not, by the till, which is registered to one shop alone.
 */
export function isOfShop(
  { sellerTaxNumber, tillRegistration }: FiscalDocument,
  { taxNumber, till }: Pick<NamedSale, 'taxNumber' | 'till'>,
): boolean {
  const seller = sellerTaxNumber?.trim() ?? ''
  return seller === '' ? tillRegistration?.trim() === till : seller === taxNumber
}

/** The same return told twice, when only one of the two was told with fiscal numbers. */
export function isSameReturn(one: FiscalDocument, other: FiscalDocument): boolean {
  const till = one.tillRegistration?.trim() ?? null
  const taxNumber = one.sellerTaxNumber?.trim() ?? null
  if (till === null || taxNumber === null) return false
  return isNamed(other, { ...one, till, taxNumber })
}

/** So many different goods of one till and price are hardly ever met in two receipts. */
const TELLING_GOODS_MIN = 2

/**
 * Whether a return that somebody else has brought speaks of this sale: the same till's, and either
 * the whole receipt to the kopeck or several different goods of it. One carton of milk is in too
 * many receipts.
 */
export function isTellingReturn(
  remaining: FiscalDocument,
  returned: FiscalDocument,
  daysMax: number,
): boolean {
  if (returned.lines.length === 0 || remaining.lines.length === 0) return false
  if (!isSameTill(remaining, returned) || !isSameSeller(remaining, returned)) return false
  if (!isInTime(remaining, returned, daysMax)) return false
  const goods = goodsOf(remaining, returned)
  if (!goods) return false
  const isWhole = everything(remaining).lines.every(({ line, quantityMicro }) =>
    goods.lines.some((part) => part.line === line && part.quantityMicro === quantityMicro),
  )
  const different = new Set(returned.lines.map(({ name }) => foldWords(name)))
  return isWhole || different.size >= TELLING_GOODS_MIN
}

const DAY_MS = 86_400_000
/** Two tills, each a little off, may print the return before the sale. */
const DRIFT_MS_MAX = 20 * 60_000

export function isInTime(sale: FiscalDocument, returned: FiscalDocument, daysMax: number): boolean {
  const age = wallMs(returned.time) - wallMs(sale.time)
  return age >= -DRIFT_MS_MAX && age <= daysMax * DAY_MS
}

/** The minutes between which `isInTime` finds the sale of a return. */
export function minutesOfSale({ time }: FiscalDocument, daysMax: number) {
  const at = wallMs(time)
  return { from: wallMinuteAt(at, -daysMax * DAY_MS), to: wallMinuteAt(at, DRIFT_MS_MAX) }
}

function isSameTill(sale: FiscalDocument, returned: FiscalDocument): boolean {
  return (
    isSame(sale.fiscalDrive, returned.fiscalDrive) ||
    isSame(sale.tillRegistration, returned.tillRegistration)
  )
}

/** By tax number where both tell it: any till of the retailer takes goods back. */
function isSameSeller(sale: FiscalDocument, returned: FiscalDocument): boolean {
  const [own, other] = [sale.sellerTaxNumber, returned.sellerTaxNumber]
  return own !== null && other !== null ? own === other : isSameTill(sale, returned)
}

const isSame = (one: string | null, other: string | null) => one !== null && one === other

/**
 * What the return takes from what is left of a sale; null when it is not all there. Where one of
 * the two lists no goods, the amounts alone speak: of a sale with goods only the whole can come
 * back.
 */
export function goodsOf(remaining: FiscalDocument, returned: FiscalDocument): ReturnedGoods | null {
  const { totalMinor } = returned
  if (totalMinor < 1 || totalMinor > remaining.totalMinor) return null
  if (remaining.lines.length === 0) return { lines: [], totalMinor }
  if (returned.lines.length > 0) return listedGoods(remaining, returned)
  return totalMinor === remaining.totalMinor ? everything(remaining) : null
}

function everything({ lines, totalMinor }: FiscalDocument): ReturnedGoods {
  const left = lines.map(({ quantityMicro, sumMinor }, line) => ({ line, quantityMicro, sumMinor }))
  return { lines: left.filter(({ quantityMicro }) => quantityMicro > 0), totalMinor }
}

type Shelf = { line: number; quantityMicro: number; sumMinor: number; taken: number }

function listedGoods(remaining: FiscalDocument, returned: FiscalDocument): ReturnedGoods | null {
  const shelves = remaining.lines.map((line, index): Shelf & { of: DocumentLine } => ({
    line: index,
    quantityMicro: line.quantityMicro,
    sumMinor: line.sumMinor,
    taken: 0,
    of: line,
  }))
  const byGoods = new Map<string, Shelf[]>()
  for (const shelf of shelves) {
    for (const key of keysOf(shelf.of)) byGoods.set(key, [...(byGoods.get(key) ?? []), shelf])
  }
  for (const line of returned.lines) {
    const own = keysOf(line).flatMap((key) => byGoods.get(key) ?? [])
    if (!takeOff([...new Set(own)], line.quantityMicro)) return null
  }
  const lines = shelves
    .filter(({ taken }) => taken > 0)
    .map(({ line, taken, quantityMicro, sumMinor }) => ({
      line,
      quantityMicro: taken,
      sumMinor: shareOf(sumMinor, taken, quantityMicro),
    }))
  const isAll = shelves.every(({ taken, quantityMicro }) => taken === quantityMicro)
  return { lines, totalMinor: isAll ? remaining.totalMinor : returned.totalMinor }
}

/** A line is known by its unit price and its code or its name as the till writes it. */
function keysOf({ gtin, name, priceMinor }: DocumentLine): string[] {
  const byName = `${priceMinor} ${foldWords(name)}`
  return gtin === null ? [byName] : [byName, `${priceMinor} gtin ${gtin}`]
}

/** The line of exactly this quantity first, then whatever is left. False when it is not there. */
function takeOff(shelves: readonly Shelf[], quantityMicro: number): boolean {
  if (quantityMicro < 1) return false
  const isExact = (shelf: Shelf) => shelf.quantityMicro - shelf.taken === quantityMicro
  const order = [...shelves].sort((a, b) => Number(isExact(b)) - Number(isExact(a)))
  let left = quantityMicro
  for (const shelf of order) {
    const taken = Math.min(left, shelf.quantityMicro - shelf.taken)
    shelf.taken += taken
    left -= taken
  }
  return left === 0
}

function shareOf(sumMinor: number, taken: number, quantityMicro: number): number {
  if (taken === quantityMicro) return sumMinor
  return allocate(Math.min(sumMinor, AMOUNT_MINOR_MAX), [taken, quantityMicro - taken])[0] ?? 0
}
