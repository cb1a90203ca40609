import { PHOTO_ITEMS_MAX } from '#schema/photo'
import { amountsIn } from './amounts.ts'
import { findAny } from './fold.ts'
import { NOT_ITEM, TOTAL_STRONG, TOTAL_WEAK } from './keywords.ts'
import { agrees, letters, productOf, type Times, timesIn } from './times.ts'
import type { Box, Line } from './word.ts'
import { around, lineOf, surenessOf } from './word.ts'

/** A line of goods as printed. Amounts in minor units, quantity in millionths. */
export type Item = {
  readonly name: string
  readonly quantityMicro: number | null
  readonly priceMinor: number | null
  readonly sumMinor: number | null
  readonly discountMinor: number | null
  readonly box: Box
  /** Of the words that name it, 0–100 by the reader. */
  readonly sureness: number
}

type Draft = { -readonly [Key in keyof Item]: Item[Key] }

const NAME_CHARS_MAX = 200
const NAME_LETTERS_MIN = 3
const NAME_LINES_MAX = 3
/** A line of a name that reaches this far across the paper goes on in the next one. */
const FULL_SHARE = 0.88
const MICRO = 1_000_000

/** `0,50L` before the price is the size of the goods. */
const UNIT = /^\s?(?:[lLлЛmMgGгГ]|[кКkK][гГgG]|[мМmMcC][лЛlL])(?!\p{L})/u

/** The words of a line that name goods: no codes, sums, quantities, frames of the paper. */
function nameIn(line: Line): string {
  const text = line.text
  const amounts = amountsIn(line)
  const times = timesIn(line)
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
    return { ...item, name, quantityMicro: Math.round(Number(count.replace(',', '.')) * MICRO) }
  })
}

/** A line of a name that waits for its sum. */
type Waiting = { readonly text: string; readonly line: Line; readonly at: number }

/** Whether a line says `price × quantity` and names nothing. */
const isFigures = (line: Line, times: Times | null): times is Times =>
  times !== null && letters(line.text.slice(0, times.from)) < NAME_LETTERS_MIN

/** `1 шт ХЗ 300 =`: price and quantity that cannot be told, before the goods they are of. */
const isSmearedPrice = ({ text }: Line) => /\d\s?[=≡]\s*$/.test(text) && letters(text) <= 8

/** Whether the goods of `price × quantity` and their sum stand beneath it, the name on few lines. */
function isOver(line: Line, beneath: readonly Line[]): boolean {
  const times = timesIn(line)
  if (times === null) return false
  const end = beneath.findIndex((one) => amountsIn(one).length > 0)
  const [closing] = end < 0 ? [] : beneath.slice(end)
  if (closing === undefined || !amountsIn(closing).some(({ minor }) => agrees(times, minor)))
    return false
  return beneath.slice(0, end + 1).some((one) => isName(nameIn(one)))
}

/** Whether tills of this paper print price and quantity before the name, as half of them show. */
function isPricedFirst(lines: readonly Line[]): boolean {
  const bare = lines.flatMap((line, at) => {
    const times = timesIn(line)
    return isFigures(line, times) && sumOf(line, times) === null ? [at] : []
  })
  const over = bare.filter((at) =>
    isOver(lines[at] as Line, lines.slice(at + 1, at + 1 + NAME_LINES_MAX + 1)),
  )
  return over.length > 0 && over.length * 2 >= bare.length
}

/** The word for the sum to pay, alone on its line: the sum itself stands beneath. */
function isBareTotal(line: Line): boolean {
  const hit = /\d/.test(line.text) ? null : findAny(line.text, TOTAL_STRONG)
  return hit?.mistakes === 0 && letters(line.text) - (hit.to - hit.from) <= NAME_LETTERS_MIN
}

/** One walk down the receipt: names and quantities wait for the sum that closes an item. */
class Goods {
  readonly items: Draft[] = []
  private names: Waiting[] = []
  private times: Times | null = null
  private isTable = false
  /** Price and quantity stood above: what is printed until the sum names the goods. */
  private isOpen = false
  /** Where the line taken stands among its neighbours. */
  private at = 0
  private readonly isPricedFirst: boolean
  private readonly right: number
  private readonly lines: readonly Line[]

  constructor(lines: readonly Line[]) {
    this.lines = lines
    this.right = Math.max(0, ...lines.map(({ box }) => box.right))
    this.isPricedFirst = isPricedFirst(lines)
    for (const [at, line] of lines.entries()) {
      if (this.items.length > 0 && (isSumLine(line) || isBareTotal(line))) break
      this.at = at
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
    const times = timesIn(line)
    const sum = sumOf(line, times)
    const figures = isFigures(line, times)
    if (this.isPricedFirst && times === null && isSmearedPrice(line)) this.open()
    else if (figures && sum === null) this.hold(line, times)
    else if (figures && sum !== null && this.names.length > 0) this.closeWaiting(line, sum, times)
    else if (named && sum !== null) this.close(line, name, sum, times ?? quantityColumn(line))
    else if (named && times !== null) this.close(line, name, productOf(times), times)
    else if (named) this.wait(line, name)
    else if (sum !== null) this.closeWaiting(line, sum, times ?? quantityColumn(line))
  }

  private forget(): void {
    this.names = []
    this.times = null
    this.isOpen = false
  }

  private open(): void {
    this.forget()
    this.isOpen = true
  }

  /** A name without a sum: the start of the next item, or the rest of the last one's name. */
  private wait(line: Line, name: string): void {
    const last = this.items.at(-1)
    const isRest = this.isTable && last !== undefined && /^\p{Ll}/u.test(name)
    if (isRest && this.names.length === 0 && this.times === null) {
      last.name = `${last.name} ${name}`.slice(0, NAME_CHARS_MAX)
      return
    }
    this.names.push({ text: name, line, at: this.at })
    if (this.names.length > NAME_LINES_MAX) this.names.shift()
  }

  /** Price and quantity without a sum: of the goods named above them, or of those below. */
  private hold(line: Line, times: Times): void {
    const above = this.names.at(-1)
    const next = this.lines[this.at + 1]
    const isBelow = next !== undefined && amountsIn(next).some(({ minor }) => agrees(times, minor))
    const product = productOf(times)
    if (above?.at === this.at - 1 && !this.isPricedFirst && !isBelow && product > 0) {
      // The sum beside the name was not read.
      this.closeWaiting(line, product, times)
      return
    }
    if (this.isPricedFirst) this.open()
    this.times = times
  }

  /** Name and sum on one line. */
  private close(line: Line, name: string, sumMinor: number, times: Times | null): void {
    this.isTable = true
    const before = this.times !== null && agrees(this.times, sumMinor) ? this.times : null
    const isWhole = this.isOpen
    const isWrapped = isWhole || /^\p{Ll}/u.test(name)
    const parts = isWrapped ? this.names.slice(isWhole ? 0 : -1) : []
    this.push([...parts, { text: name, line, at: this.at }], sumMinor, times ?? before)
  }

  /** A line of figures: closes the name that waits, or tells the quantity of the last item. */
  private closeWaiting(line: Line, sumMinor: number, times: Times | null): void {
    const last = this.items.at(-1)
    if (this.names.length === 0) {
      const belongs = times !== null && last !== undefined && agrees(times, last.sumMinor ?? -1)
      if (belongs && last.quantityMicro === null) {
        last.quantityMicro = times.quantityMicro
        last.priceMinor = times.priceMinor
      } else if (times !== null) this.times = times
      return
    }
    const isWhole = this.isOpen
    const wrapped = this.names.filter(
      (one, index) => isWhole || index === this.names.length - 1 || this.isWrapped(one),
    )
    const rest = { text: nameIn(line), line, at: this.at }
    const isNamedToo = isWhole && letters(rest.text) >= NAME_LETTERS_MIN
    this.push(isNamedToo ? [...wrapped, rest] : wrapped, sumMinor, times ?? this.times, line)
  }

  /** Cut by its sign, or by the edge of the paper once goods have begun. */
  private isWrapped({ text, line: { box } }: Waiting): boolean {
    return /[-,]$/.test(text) || (this.items.length > 0 && box.right >= FULL_SHARE * this.right)
  }

  private push(
    names: readonly Waiting[],
    sumMinor: number,
    times: Times | null,
    ...figures: Line[]
  ): void {
    const lines = names.map(({ line }) => line)
    const sure = lines.reduce((sum, line) => sum + surenessOf(line), 0)
    this.items.push({
      name: names
        .map(({ text }) => text)
        .join(' ')
        .slice(0, NAME_CHARS_MAX),
      sumMinor,
      quantityMicro: times?.quantityMicro ?? null,
      priceMinor: times?.priceMinor ?? null,
      discountMinor: null,
      box: around([...lines, ...figures].map(({ box }) => box)),
      sureness: sure / Math.max(1, lines.length),
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
  const equal = behind.find(({ minor }) => Math.abs(minor - productOf(times)) <= 1)
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
