import { amountsIn } from './amounts.ts'
import type { Line } from './word.ts'

/** `35.59 * 5`, `2 x 1,19`, `0,556 X 94,29`: which is the price is told by the decimals. */
const TIMES =
  /(\d{1,6}(?:[.,]\s?\d{1,3})?)\s*(?:\p{L}{1,3}\.?\s+|[a-zа-я]{1,3}\.?\s*)?[xхXХ*×«жЖ&#®]{1,2}\s*(\d{1,6}(?:[.,]\s?\d{1,3})?)/u

/** Price times quantity, and where they stand in the line's text. */
export type Times = {
  readonly quantityMicro: number
  readonly priceMinor: number
  readonly from: number
  readonly to: number
}

const MICRO = 1_000_000
/** Fewer letters before the figures name nothing. */
const NAME_LETTERS_MIN = 3

const numberOf = (text: string) => Number(text.replace(/\s/g, '').replace(',', '.'))
const decimalsOf = (text: string) => /[.,]\s?(\d+)$/.exec(text)?.[1]?.length ?? 0

/** `15% x 100г`, `12x1KG`: a size in a name is no quantity. */
const SIZE = /^[\d.,]*\s?(?:г|гр|кг|мл|л|g|gm|kg|ml|l|см|cm|мм|mm|шт|pcs|[KkKКк]\*?)(?!\p{L})/u

export const letters = (text: string) => (text.match(/\p{L}/gu) ?? []).length

export function timesIn(line: Line): Times | null {
  const { text } = line
  const match = TIMES.exec(text)
  if (match === null) return null
  const [whole, first = '', second = ''] = match
  const before = text.slice(0, match.index)
  const after = text.slice(match.index + whole.length)
  const isNamed = letters(before) >= NAME_LETTERS_MIN
  if (isNamed && (SIZE.test(after) || letters(after) >= 3)) return null
  const firstIsPrice = decimalsOf(first) === 2 && decimalsOf(second) !== 2
  const price = firstIsPrice ? first : second
  const times: Times = {
    quantityMicro: Math.round(numberOf(firstIsPrice ? second : first) * MICRO),
    priceMinor: Math.round(numberOf(price) * 100),
    from: match.index,
    to: match.index + whole.length,
  }
  // `ZH 4,5x20  28,12`: figures of a name that make no price and not the line's sum.
  const isSize = isNamed && decimalsOf(price) !== 2
  return isSize && !amountsIn(line).some(({ minor }) => agrees(times, minor)) ? null : times
}

export const productOf = ({ quantityMicro, priceMinor }: Times) =>
  Math.round((quantityMicro / MICRO) * priceMinor)

export const agrees = ({ quantityMicro, priceMinor }: Times, sumMinor: number) =>
  Math.abs((quantityMicro / MICRO) * priceMinor - sumMinor) <= 1.01
