import type { Line } from './word.ts'

/** A sum of money as printed. */
export type Amount = {
  /** Minor units: 474.70 is 47470. */
  readonly minor: number
  /** Place in the line's text. */
  readonly from: number
  readonly to: number
  /** Preceded by = or ≡, as tills print it. */
  readonly isMarked: boolean
  /** The sum was mended: a letter taken for a digit, a blank for the point. */
  readonly isMended: boolean
}

const DIGIT_TWINS: Readonly<Record<string, string>> = {
  О: '0',
  O: '0',
  о: '0',
  o: '0',
  D: '0',
  Q: '0',
  З: '3',
  з: '3',
  Э: '3',
  б: '6',
  В: '8',
  в: '8',
  B: '8',
  I: '1',
  l: '1',
  '|': '1',
  i: '1',
  '!': '1',
  S: '5',
  s: '5',
  '?': '7',
  Ч: '4',
  ч: '4',
  Т: '7',
  Z: '2',
  '\\': '1',
  g: '9',
  q: '9',
  Б: '6',
  T: '7',
  а: '8',
  Ц: '4',
  ц: '4',
}

const NUMERIC =
  /^[=≡#*-]*[\dОOоoDQЗзЭбВвBIl|i!\\Ss?ЧчТZgqБTаЦц]+[.,][\dОOоoDQЗзЭбВвBIl|i!\\Ss?ЧчТZgqБTаЦц]{2}[.,]?$/

/** Letters taken for digits, put right in words that are otherwise a sum. */
function mended(text: string): string {
  return text
    .replace(/(?<=[\d=\\]) (?=[.,]\d{2}(?!\d))/g, '')
    .split(' ')
    .map((word) => {
      const digits = word.replace(/\D/g, '').length
      const isSum = digits >= 1 && NUMERIC.test(word) && /\D.*\d|\d/.test(word)
      if (!isSum || digits * 2 < word.replace(/[=≡#*.,-]/g, '').length) return word
      return word.replace(/[^\d.,=≡#*-]/g, (twin) => DIGIT_TWINS[twin] ?? twin)
    })
    .join(' ')
}

/** Lines as mended text, for those who look at what stands around an amount. */
export const mendedText = (line: Line) => mended(line.text)

const SUM =
  /(?<![\d.,:/])(?<mark>[=≡]\s?)?(?<sign>[-−]\s?)?(?<whole>(?<!\p{Ll}|\p{L}[-–])\d{1,3}(?:[ .,'’]\d{3})+|\d{1,7}|(?<=\s))(?<point>\s?[.,]\s?)(?<cents>\d{2})(?![\d:/%]|[.,]\d)/gu

/** Sums with two decimals in a line, left to right. Dates, times, weights and shares are not. */
export function amountsIn(line: Line): Amount[] {
  const text = mended(line.text)
  const isMended = text !== line.text
  const found: Amount[] = []
  for (const match of text.matchAll(SUM)) {
    const { mark, sign, whole = '', cents = '' } = match.groups ?? {}
    const digits = whole.replace(/\D/g, '')
    const minor = Number(digits) * 100 + Number(cents)
    if (!Number.isSafeInteger(minor)) continue
    const before = text.slice(0, match.index)
    const isMinus = sign !== undefined && !/[\d\p{L}]\s*$/u.test(before)
    found.push({
      minor: isMinus ? -minor : minor,
      from: match.index,
      to: match.index + match[0].length,
      isMarked: mark !== undefined || /[=≡]\s*$/.test(before),
      isMended,
    })
  }
  return found
}

/** `150.00` of minor units. */
export function printMinor(minor: number): string {
  const absolute = Math.abs(minor)
  const cents = String(absolute % 100).padStart(2, '0')
  return `${minor < 0 ? '-' : ''}${Math.floor(absolute / 100)}.${cents}`
}
