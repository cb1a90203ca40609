import { amountsIn } from './amounts.ts'
import { findAny } from './fold.ts'
import type { Line, Pass } from './word.ts'

/** What a total must be for the tax printed beneath it, minor units. */
export type Taxed = {
  readonly minor: number
  readonly tolerance: number
  /** A share of the total, or a table of tax, net and gross whose rows add up by themselves. */
  readonly kind: 'share' | 'table'
}

/** Rates of value added tax of the markets, percent. */
const RATES = [5, 6, 7, 8, 9.5, 10, 12, 13, 16, 18, 19, 20, 21, 22, 23, 25]

const TAX = [
  'НДС',
  'ПДВ',
  'ҚҚС',
  'MWST',
  'UST',
  'VAT',
  'IVA',
  'ПОРЕЗ',
  'POREZ',
  'PDV',
  'ПДВ А',
  'DPH',
  'СУММА НДС',
  'НАЛОГ НА ДОБАВЛЕННУЮ СТОИМОСТЬ',
  'НДС 20',
  'ПДВ Б',
  'НДС НДС',
  'СУММА ПО НДС',
]

const RATE = /(?<!\d)(\d{1,2}(?:[.,]\s?\d{1,2})?)\s?[%Жжх&ХЗ]/gu

/** Digits that a slashed zero, or a worn one, is read as. */
const ZERO_TWINS = /[0689]/g

/** Amounts that differ from this one in zeros read as 6, 8 or 9, nearest first. */
export function zeroTwins(minor: number): number[] {
  const digits = String(minor)
  const places = [...digits.matchAll(ZERO_TWINS)].map(({ index }) => index).filter((at) => at > 0)
  const twins: { minor: number; changed: number }[] = []
  for (let choice = 1; choice < 1 << Math.min(places.length, 6); choice += 1) {
    const changed = [...digits]
    let count = 0
    for (const [bit, place] of places.slice(0, 6).entries()) {
      if ((choice & (1 << bit)) === 0 || changed[place] === '0') continue
      changed[place] = '0'
      count += 1
    }
    if (count > 0) twins.push({ minor: Number(changed.join('')), changed: count })
  }
  return twins.sort((a, b) => a.changed - b.changed).map((twin) => twin.minor)
}

function rateOf(text: string): number | null {
  const value = Number(text.replace(/\s/g, '').replace(',', '.'))
  if (RATES.includes(value)) return value
  const mended = Number(
    text
      .replace(/\s/g, '')
      .replace(',', '.')
      .replace(/(?<!^)[689]/g, '0'),
  )
  return RATES.includes(mended) ? mended : null
}

/** A rate with its decimals is a tax's even where the word is unreadable. */
const SHARE = /\d{1,2}[.,]\s?\d{2}\s?%/

/** The tax of a line: a rate, then the amount of tax included in the price. */
function taxOf(line: Line): { rate: number; minor: number }[] {
  if (findAny(line.text, TAX) === null && !SHARE.test(line.text)) return []
  const amounts = amountsIn(line)
  return [...line.text.matchAll(RATE)].flatMap((match, index, all) => {
    const rate = rateOf(match[1] ?? '')
    const end = match.index + match[0].length
    const until = all[index + 1]?.index ?? line.text.length
    const amount = amounts.find(({ from, to }) => from >= end - 1 && to <= until)
    return rate === null || amount === undefined || amount.minor <= 0
      ? []
      : [{ rate, minor: amount.minor }]
  })
}

/** A share below this many minor units says too little about the whole. */
const TOLERANCE_SHARE_MAX = 0.03

/**
 * Totals that the tax lines of a reading imply, when prices include tax: tax × (100 + rate) / rate,
 * for one rate alone and for all rates together.
 */
export function taxedTotals(lines: readonly Line[]): Taxed[] {
  const seen = new Map<string, { rate: number; minor: number }>()
  for (const tax of lines.flatMap(taxOf)) seen.set(`${tax.rate} ${tax.minor}`, tax)
  const taxes = [...seen.values()]
  const wholes = taxes.map(({ rate, minor }) => {
    const factor = (100 + rate) / rate
    return { minor: minor * factor, tolerance: 0.5 * factor + 0.5, kind: 'share' as const }
  })
  const all = wholes.reduce(
    (sum, { minor, tolerance }) => ({
      minor: sum.minor + minor,
      tolerance: sum.tolerance + tolerance,
      kind: 'share' as const,
    }),
    { minor: 0, tolerance: 0, kind: 'share' as const },
  )
  const candidates = wholes.length > 1 && wholes.length <= 4 ? [...wholes, all] : wholes
  const shares = candidates.filter(
    ({ minor, tolerance }) => tolerance <= minor * TOLERANCE_SHARE_MAX + 1,
  )
  return shares
}

/** Whether an amount is the tax of another, at a rate of one of the markets. */
export const isTaxOf = (minor: number, whole: number) =>
  minor * 3 < whole && RATES.some((rate) => Math.abs(minor - (whole * rate) / (100 + rate)) <= 0.6)

/** The gross of a row: tax and net add up to it, or stand in the rate to each other without it. */
function grossOf(rate: number, line: Line): number | null {
  const minors = amountsIn(line)
    .map(({ minor }) => minor)
    .filter((minor) => minor > 0)
    .slice(-3)
    .sort((a, b) => a - b)
  const [tax = 0, net = 0, gross = 0] = minors
  if (minors.length === 3 && tax + net === gross) return gross
  const isPair = minors.length >= 2 && net >= TABLE_NET_MIN
  return isPair && Math.abs(tax - (net * rate) / 100) <= 0.6 ? tax + net : null
}

/** Below this a tax of a cent or two fits many rates. */
const TABLE_NET_MIN = 300

/**
 * Rows `rate % tax net gross`: tax and net add up to gross; the gross ones of all rates add up to
 * the total. Rows count wherever a reading got them right: one reading seldom gets them all.
 */
export function tableTotals(passes: readonly Pass[]): Taxed[] {
  const grosses = new Map<number, Map<number, number>>()
  for (const line of passes.flatMap(({ lines }) => lines)) {
    const [rate] = [...line.text.matchAll(RATE)].flatMap(([, text = '']) => rateOf(text) ?? [])
    const gross = rate === undefined ? null : grossOf(rate, line)
    if (rate === undefined || gross === null) continue
    const votes = grosses.get(rate) ?? new Map<number, number>()
    votes.set(gross, (votes.get(gross) ?? 0) + 1)
    grosses.set(rate, votes)
  }
  if (grosses.size === 0) return []
  const best = [...grosses.values()].map(
    (votes) => [...votes].sort(([, a], [, b]) => b - a)[0]?.[0] ?? 0,
  )
  return [{ minor: best.reduce((sum, gross) => sum + gross, 0), tolerance: 0, kind: 'table' }]
}
