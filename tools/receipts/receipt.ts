import { printKz } from '#fiscal/print/kz'
import { printRuQr } from '#fiscal/ru'
import { FISCAL_NUMBERS, type FiscalNumberName } from '#schema/fiscal-number'
import { minor } from '#schema/money'
import type { RuScan } from '#schema/receipt'
import type { Random } from '../simulate/random.ts'
import { TILL_MARKETS, type TillMarket, type TillMarketCode } from './markets.ts'
import type { PaperLine } from './paper.ts'

type PrintedItem = {
  readonly name: string
  readonly quantity: number
  readonly priceMinor: number
  readonly sumMinor: number
}

/** A receipt out of nothing but a seed: what it says and how its till prints it. */
export type Receipt = {
  readonly market: TillMarketCode
  readonly date: string
  readonly time: string
  readonly totalMinor: number
  readonly items: readonly PrintedItem[]
  /** Russian ones carry a fiscal identity. */
  readonly scan: RuScan | null
  /** Of other countries: the fiscal numbers that their tills print. */
  readonly numbers: Numbers
  /** What its code says; null where the till prints none. */
  readonly code: string | null
  readonly lines: readonly PaperLine[]
}

type Numbers = Readonly<Partial<Record<FiscalNumberName, string>>>

const two = (value: number) => String(value).padStart(2, '0')

function basket(goods: readonly string[], random: Random): PrintedItem[] {
  const names = [...goods]
  return Array.from({ length: random.int(3, Math.min(6, names.length)) }, () => {
    const [name = ''] = names.splice(random.int(0, names.length - 1), 1)
    const quantity = random.chance(0.6) ? 1 : random.int(2, 4)
    const priceMinor = random.int(39, 38_900)
    return { name, quantity, priceMinor, sumMinor: priceMinor * quantity }
  })
}

/** Makes a receipt of a market. */
export function makeReceipt(market: TillMarketCode, random: Random): Receipt {
  const words: TillMarket = TILL_MARKETS[market]
  const items = basket(words.goods, random)
  const totalMinor = items.reduce((sum, { sumMinor }) => sum + sumMinor, 0)
  const [year, month, day] = [random.int(2019, 2026), random.int(1, 12), random.int(1, 28)]
  const time = `${two(random.int(8, 21))}:${two(random.int(0, 59))}`
  const date = `${year}-${two(month)}-${two(day)}`
  const scan = market === 'ru' ? scanOf(`${date}T${time}`, totalMinor, random) : null
  const numbers = numbersOf(market, random)
  const seconds = 'kz_sign' in numbers ? two(random.int(0, 59)) : null
  const told = { date, time, totalMinor, items, scan, numbers, seconds }
  const code = scan === null ? foreignCode(told) : printRuQr(scan)
  return { market, ...told, code, lines: linesOf(words, { ...told, code }) }
}

/** So many digits, the first no zero. */
const digits = (count: number, random: Random) =>
  Array.from({ length: count }, (_, at) => random.int(at === 0 ? 1 : 0, 9)).join('')

/** The fiscal numbers of a market's tills, as far as its receipts print them. */
function numbersOf(market: TillMarketCode, random: Random): Numbers {
  if (market === 'kz') {
    return {
      kz_sign: digits(10, random),
      kz_till: `010${digits(9, random)}`,
      kz_serial: `SWK${digits(8, random)}`,
    }
  }
  if (market === 'at') {
    return { at_till: `KASSE-${random.int(10, 99)}`, at_receipt: digits(6, random) }
  }
  return {}
}

function foreignCode({ numbers, date, time, seconds, totalMinor }: Omit<Told, 'code'>) {
  const { kz_sign: sign, kz_till: till } = numbers
  if (sign === undefined || till === undefined) return null
  const at = `${date}T${time}:${seconds}`
  return printKz({ page: KZ_PAGE, till, sign, totalMinor, time: at })
}

const KZ_PAGE = 'https://consumer.oofd.kz/'

function scanOf(time: string, totalMinor: number, random: Random): RuScan {
  const digits = Array.from({ length: 10 }, () => random.int(0, 9)).join('')
  return {
    time,
    totalMinor: minor(totalMinor),
    fn: `928044${digits}`,
    i: random.int(100, 99_999),
    fp: random.int(100_000_000, 4_000_000_000),
    kind: 1,
  }
}

type Told = Pick<
  Receipt,
  'date' | 'time' | 'totalMinor' | 'items' | 'scan' | 'numbers' | 'code'
> & {
  /** Printed behind the time; null where tills print the minute. */
  readonly seconds: string | null
}

/** How a till prints what a receipt says. */
export function linesOf(
  words: TillMarket,
  { date, time, seconds, totalMinor, items, scan, numbers, code }: Told,
): PaperLine[] {
  const [year = '', month = '', day = ''] = date.split('-')
  const stamp = words.date(day, month, year, [time, ...(seconds ? [seconds] : [])].join(':'))
  const money = (value: number) => `${Math.floor(value / 100)}${words.point}${two(value % 100)}`
  const sum = (value: number) => `${words.mark}${money(value)}`
  const cash = Math.ceil((totalMinor + 1) / 10_000) * 10_000
  const [taxWord, rate] = words.tax
  const tax = Math.round((totalMinor * rate) / (100 + rate))
  return [
    { middle: words.shop },
    { middle: words.legal },
    { middle: words.address },
    { left: words.taxLine },
    { left: stamp },
    { rule: '-' },
    ...items.flatMap((item) => itemLines(words, item, money, sum)),
    { rule: '-' },
    { left: words.total, right: sum(totalMinor), tall: true },
    { left: words.cash, right: sum(cash) },
    { left: words.change, right: sum(cash - totalMinor) },
    { left: `${taxWord} ${rate}%`, right: sum(tax) },
    ...(scan === null ? foreignLines(numbers) : fiscalLines(scan)),
    ...(code === null ? [] : [{ code }]),
    { middle: words.thanks },
  ]
}

function itemLines(
  { layout }: TillMarket,
  { name, quantity, priceMinor, sumMinor }: PrintedItem,
  money: (value: number) => string,
  sum: (value: number) => string,
): PaperLine[] {
  const times = `${quantity} x ${money(priceMinor)}`
  if (layout === 'under') return [{ left: name }, { left: `  ${times}`, right: sum(sumMinor) }]
  const own: PaperLine = { left: name, right: sum(sumMinor) }
  if (quantity === 1) return [own]
  return layout === 'over' ? [{ left: times }, own] : [own, { left: `  ${times}` }]
}

const fiscalLines = (scan: RuScan): PaperLine[] => [
  { left: `ФН: ${scan.fn}` },
  { left: `ФД: ${scan.i}` },
  { left: `ФПД: ${String(scan.fp).padStart(10, '0')}` },
]

/** Each number beside the word that its country prints. */
function foreignLines(numbers: Numbers): PaperLine[] {
  const named = Object.entries(numbers).map(([name, value]): PaperLine => {
    return { left: `${FISCAL_NUMBERS[name as FiscalNumberName]}: ${value}` }
  })
  const operator: PaperLine[] = [{ left: 'ОФД: АО "Казахтелеком"' }, { left: 'consumer.oofd.kz' }]
  return 'kz_sign' in numbers ? [...named, ...operator] : named
}
