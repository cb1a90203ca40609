import { PHOTO_ITEMS_MAX } from '#schema/photo'
import { amountsIn } from './amounts.ts'
import { findAny } from './fold.ts'
import { NOT_ITEM, TOTAL_STRONG, TOTAL_WEAK } from './keywords.ts'
import type { Box, Line } from './word.ts'
import { around, lineOf } from './word.ts'

/** A line of goods as printed. Amounts in minor units, quantity in millionths. */
export type Item = {
  readonly name: string
  readonly quantityMicro: number | null
  readonly priceMinor: number | null
  readonly sumMinor: number | null
  readonly discountMinor: number | null
  readonly box: Box
}

type Draft = { -readonly [Key in keyof Item]: Item[Key] }

const NAME_CHARS_MAX = 200
const NAME_LETTERS_MIN = 3
const NAME_LINES_MAX = 2
/** A line of a name that reaches this far across the paper goes on in the next one. */
const FULL_SHARE = 0.88
const MICRO = 1_000_000

/** `35.59 * 5`, `2 x 1,19`, `0,556 X 94,29`: which is the price is told by the decimals. */
const TIMES =
  /(\d{1,6}(?:[.,]\s?\d{1,3})?)\s*(?:\p{L}{1,3}\.?\s+|[a-zа-я]{1,3}\.?\s*)?[xхXХ*×«жЖ&#®]{1,2}\s*(\d{1,6}(?:[.,]\s?\d{1,3})?)/u

type Times = { quantityMicro: number; priceMinor: number; from: number; to: number }

const numberOf = (text: string) => Number(text.replace(/\s/g, '').replace(',', '.'))
const decimalsOf = (text: string) => /[.,]\s?(\d+)$/.exec(text)?.[1]?.length ?? 0

/** `15% x 100г`, `12x1KG`: a size in a name is no quantity. */
const SIZE = /^[\d.,]*\s?(?:г|гр|кг|мл|л|g|gm|kg|ml|l|см|cm|мм|mm|шт|pcs|[KkKКк]\*?)(?!\p{L})/u

function timesIn(text: string): Times | null {
  const match = TIMES.exec(text)
  if (match === null) return null
  const [whole, first = '', second = ''] = match
  const before = text.slice(0, match.index)
  const after = text.slice(match.index + whole.length)
  if (letters(before) >= NAME_LETTERS_MIN && (SIZE.test(after) || letters(after) >= 3)) return null
  const firstIsPrice = decimalsOf(first) === 2 && decimalsOf(second) !== 2
  const price = firstIsPrice ? first : second
  const quantity = firstIsPrice ? second : first
  return {
    quantityMicro: Math.round(numberOf(quantity) * MICRO),
    priceMinor: Math.round(numberOf(price) * 100),
    from: match.index,
    to: match.index + whole.length,
  }
}

/** `0,50L` before the price is the size of the goods. */
const UNIT = /^\s?(?:[lLлЛmMgGгГ]|[кКkK][гГgG]|[мМmMcC][лЛlL])(?!\p{L})/u

/** The words of a line that name goods: no codes, sums, quantities, frames of the paper. */
function nameIn(line: Line): string {
  const text = line.text
  const amounts = amountsIn(line)
  const times = timesIn(text)
  const starts = amounts
    .filter(({ to }, index) => index === amounts.length - 1 || !UNIT.test(text.slice(to)))
    .map(({ from }) => from)
  if (times !== null) starts.push(times.from)
  const attached = /[*=≡]\s?\d+\s?[=≡]/.exec(text)
  if (attached !== null) starts.push(attached.index)
  const first = starts.filter((from) => letters(text.slice(0, from)) >= NAME_LETTERS_MIN)
  const head = first.length > 0 ? text.slice(0, Math.min(...first)) : text
  return head
    .replace(/^[\s|\\/_=—–.,'"`‘’“”«»{}[\]()^~*&<>-]*(?:[|\]}){[]\s+)?/u, '')
    .replace(/^\p{Ll}\s+(?=\p{Lu})/u, '')
    .replace(/^\*?\d{1,3}[.):]\s*(?=\p{L})/u, '')
    .replace(/^[*#№]?\s?\d{4,14}\s*[*:.]?\s*(?=\S)/u, '')
    .replace(/[\s|\\/_=≡—–.,'"`‘’“”«{}[(^~*&<>:-]+$/u, '')
    .replace(/\s*[([](?:№|N|ТРК|\\|\+|.{0,3}ТРК)[^)\]]*(?:[)\]].{0,3})?$/u, '')
    .replace(/^ТРК\s?[№N]?\s?\d{1,2}\s+(?=\p{L})/u, '')
    .replace(/^\p{L}{0,2}\s?\([A-ZА-Я]\)\s+(?=\p{L})/u, '')
    .replace(/\s+\d{1,3}$/u, (tail) => (starts.length > 1 ? '' : tail))
    .trim()
    .slice(0, NAME_CHARS_MAX)
}

const letters = (text: string) => (text.match(/\p{L}/gu) ?? []).length

/** Words, not the noise of a torn edge: a run of letters, more letters than signs. */
const isName = (text: string) =>
  letters(text) >= NAME_LETTERS_MIN && /\p{L}{3}/u.test(text) && letters(text) * 2.6 >= text.length

/** A line of the head or the foot: it begins with one of their words, misread at most once. */
function isOutsideGoods(line: Line): boolean {
  const hit = findAny(line.text, NOT_ITEM)
  if (hit === null || letters(line.text.slice(0, hit.from)) > 2) return false
  return hit.mistakes === 0 || (hit.mistakes === 1 && hit.to - hit.from >= 5)
}

const SUMS = [...TOTAL_STRONG, ...TOTAL_WEAK, 'ПОДЫТОГ', 'SUBTOTAL', 'SUB TOTAL']

const isSumLine = (line: Line) =>
  amountsIn(line).length > 0 && findAny(line.text, SUMS) !== null && letters(line.text) < 30

const DISCOUNTS = [
  'СКИДКА',
  'ЗНИЖКА',
  'RABATT',
  'PREISVORTEIL',
  'DESCUENTO',
  'DESCONTO',
  'ПОПУСТ',
  'DISCOUNT',
]

const isDiscount = (line: Line) => findAny(line.text, DISCOUNTS) !== null

const agrees = (times: Times, sumMinor: number) =>
  Math.abs((times.quantityMicro / MICRO) * times.priceMinor - sumMinor) <= 1.01

/** Lines of goods of one reading, in the layouts of many tills. */
export function itemsIn(lines: readonly Line[]): Item[] {
  return withoutCounts(new Goods(lines).items.slice(0, PHOTO_ITEMS_MAX))
}

/** A column of counts or numbers before the names: `1 TOMATE`, `0,580 GAMBON`. */
const COUNTED = /^(\d{1,3}(?:[.,]\d{3})?)\s+(?:[|\]]\s?)?(?=\p{L}{2}|\(?\p{Lu})/u
const COUNTED_MIN = 3
const COUNTED_SHARE = 0.6

/** Tills of some countries print the quantity first, others number their lines. */
function withoutCounts(items: readonly Item[]): Item[] {
  const counts = items.map(({ name }) => COUNTED.exec(name)?.[1] ?? null)
  const counted = counts.filter((count) => count !== null)
  const isColumn = counted.length >= Math.max(COUNTED_MIN, COUNTED_SHARE * items.length)
  if (!isColumn) return [...items]
  const isNext = (count: string | null, at: number) =>
    count !== null && at > 0 && Number(count) === Number(counts[at - 1]) + 1
  const rising = counts.filter(isNext)
  const isNumbered = rising.length > counted.length / 2
  return items.map((item, at) => {
    const count = counts[at] ?? null
    if (count === null) return item
    const name = item.name.replace(COUNTED, '')
    if (isNumbered || item.quantityMicro !== null) return { ...item, name }
    return { ...item, name, quantityMicro: Math.round(numberOf(count) * MICRO) }
  })
}

/** One walk down the receipt: names and quantities wait for the sum that closes an item. */
class Goods {
  readonly items: Draft[] = []
  private names: { text: string; box: Box }[] = []
  private times: Times | null = null
  private isTable = false
  private readonly right: number

  constructor(lines: readonly Line[]) {
    this.right = Math.max(0, ...lines.map(({ box }) => box.right))
    for (const line of lines) {
      if (this.items.length > 0 && isSumLine(line)) break
      this.take(line)
    }
  }

  private take(line: Line): void {
    const amounts = amountsIn(line)
    const last = this.items.at(-1)
    if (isDiscount(line) && amounts.length > 0) {
      if (last !== undefined) last.discountMinor = Math.abs(amounts.at(-1)?.minor ?? 0)
      return
    }
    if (isOutsideGoods(line)) {
      this.forget()
      return
    }
    const name = nameIn(line)
    const named = isName(name)
    const times = timesIn(line.text)
    const sum = sumOf(line, times)
    const isFigures = times !== null && letters(line.text.slice(0, times.from)) < NAME_LETTERS_MIN
    if (isFigures && sum !== null && this.names.length > 0) this.closeWaiting(line, sum, times)
    else if (named && sum !== null) this.close(line, name, sum, times ?? quantityColumn(line))
    else if (named) this.wait(line, name)
    else if (sum !== null) this.closeWaiting(line, sum, times ?? quantityColumn(line))
    else if (times !== null) this.times = times
  }

  private forget(): void {
    this.names = []
    this.times = null
  }

  /** A name without a sum: the start of the next item, or the rest of the last one's name. */
  private wait(line: Line, name: string): void {
    const last = this.items.at(-1)
    const isRest = this.isTable && last !== undefined && /^\p{Ll}/u.test(name)
    if (isRest && this.names.length === 0) {
      last.name = `${last.name} ${name}`.slice(0, NAME_CHARS_MAX)
      return
    }
    this.names.push({ text: name, box: line.box })
    if (this.names.length > NAME_LINES_MAX) this.names.shift()
  }

  /** Name and sum on one line. */
  private close(line: Line, name: string, sumMinor: number, times: Times | null): void {
    this.isTable = true
    const before = this.times !== null && agrees(this.times, sumMinor) ? this.times : null
    const isWrapped = this.names.length > 0 && /^\p{Ll}/u.test(name)
    const full = isWrapped
      ? [...this.names.slice(-1).map(({ text }) => text), name].join(' ')
      : name
    this.push(full, sumMinor, times ?? before, line.box)
  }

  /** A line of figures: closes the name that waits, or tells the quantity of the last item. */
  private closeWaiting(line: Line, sumMinor: number, times: Times | null): void {
    const last = this.items.at(-1)
    const name = this.names.at(-1)
    if (name === undefined) {
      const belongs = times !== null && last !== undefined && agrees(times, last.sumMinor ?? -1)
      if (belongs && last.quantityMicro === null) {
        last.quantityMicro = times.quantityMicro
        last.priceMinor = times.priceMinor
      } else if (times !== null) this.times = times
      return
    }
    const wrapped = this.names.filter(
      (one, index) => index === this.names.length - 1 || this.isWrapped(one),
    )
    const box = around([...wrapped.map((one) => one.box), line.box])
    this.push(wrapped.map(({ text }) => text).join(' '), sumMinor, times ?? this.times, box)
  }

  /** Cut by its sign, or by the edge of the paper once goods have begun. */
  private isWrapped({ text, box }: { text: string; box: Box }): boolean {
    return /[-,]$/.test(text) || (this.items.length > 0 && box.right >= FULL_SHARE * this.right)
  }

  private push(name: string, sumMinor: number, times: Times | null, box: Box): void {
    this.items.push({
      name,
      sumMinor,
      quantityMicro: times?.quantityMicro ?? null,
      priceMinor: times?.priceMinor ?? null,
      discountMinor: null,
      box,
    })
    this.forget()
  }
}

/** The sum of a line of goods: what stands after `price × quantity`, else the last amount. */
function sumOf(line: Line, times: Times | null): number | null {
  const nonZero = ({ minor }: { minor: number }) => minor !== 0
  if (times === null) return amountsIn(line).filter(nonZero).at(-1)?.minor ?? null
  const after = lineOf([{ text: line.text.slice(times.to), box: line.box, confidence: 0 }])
  const behind = amountsIn(after).filter(nonZero)
  const product = Math.round((times.quantityMicro / MICRO) * times.priceMinor)
  const equal = behind.find(({ minor }) => Math.abs(minor - product) <= 1)
  return equal?.minor ?? behind.at(-1)?.minor ?? null
}

/** `name  2.00  152.00`: a column of quantities before the sum. */
function quantityColumn(line: Line): Times | null {
  const amounts = amountsIn(line).map(({ minor }) => minor)
  const [first = 0, second = 0] = amounts
  if (amounts.length !== 2 || first % 100 !== 0 || first <= 0 || first > 5000) return null
  const quantity = first / 100
  if (second % quantity !== 0 || second < first) return null
  return { quantityMicro: quantity * MICRO, priceMinor: second / quantity, from: 0, to: 0 }
}

export const itemsTotal = (items: readonly Item[]) =>
  items.reduce(
    (sum, { sumMinor, discountMinor }) => sum + (sumMinor ?? 0) - (discountMinor ?? 0),
    0,
  )
