import { type Amount, amountsIn, mendedText } from './amounts.ts'
import { findAny } from './fold.ts'
import { CHANGE, NOT_TOTAL, PAYMENT, TOTAL_FINAL, TOTAL_STRONG, TOTAL_WEAK } from './keywords.ts'
import type { Line, Pass } from './word.ts'

/** What the words around an amount say that it is: a total, a payment, change, or none of these. */

export type Role = 'final' | 'strong' | 'weak' | 'not' | 'payment' | 'change' | 'plain'

export type Entry = { line: Line; amount: Amount; role: Role; mistakes: number; height: number }

/** Total with tax included says so: the word of the tax does not make it a sum of tax. */
const INCLUDED = /\b(incl|inclusive|inkl|c\/iva|iva incl)/i
/** What is contained in the total is not the total, however the word of the tax was read. */
const CONTAINED =
  /\b(?:included|includes|enthalten|enth|davon|darin|incluid[oa]s?)\b|(?:^|[\s(])(?:в|у)\s?т\.?\s?ч|в том числе|укључ/iu

type Said = { role: Role; mistakes: number }

function roleOf(text: string): Said {
  const strong = findAny(text, TOTAL_STRONG)
  const not = findAny(text, NOT_TOTAL)
  const change = findAny(text, CHANGE)
  if (change !== null && change.mistakes <= (strong?.mistakes ?? 9)) {
    return { role: 'change', mistakes: change.mistakes }
  }
  const included = text.search(INCLUDED)
  const named = strong ?? findAny(text, TOTAL_WEAK)
  // `Total incl. GST` is the total, `GST included in total` is the tax.
  const isTax = not !== null && !(included >= 0 && named !== null && named.from < included)
  if (CONTAINED.test(text)) return { role: 'not', mistakes: 0 }
  if (isTax && not.mistakes <= (strong?.mistakes ?? 9))
    return { role: 'not', mistakes: not.mistakes }
  if (strong !== null) {
    const role = findAny(text, TOTAL_FINAL) === null ? 'strong' : 'final'
    return { role, mistakes: strong.mistakes }
  }
  const payment = findAny(text, PAYMENT)
  const weak = findAny(text, TOTAL_WEAK)
  if (weak !== null && weak.mistakes <= (payment?.mistakes ?? 9)) {
    return { role: 'weak', mistakes: weak.mistakes }
  }
  if (payment !== null) return { role: 'payment', mistakes: payment.mistakes }
  return PLAIN
}

const PLAIN: Said = { role: 'plain', mistakes: 0 }

/**
 * Amounts of a line with their roles. Tills print two columns (`НАЛИЧНЫМИ: 0.00 СДАЧА: 0.00`):
 * the words before an amount name it; of several amounts after one word the last is meant.
 */
function saidOf(line: Line): { amount: Amount; said: Said }[] {
  const text = mendedText(line)
  const amounts = amountsIn(line)
  let end = 0
  let said = PLAIN
  const all = amounts.map((amount, index) => {
    const words = text.slice(end, amount.from)
    const isNamed = /\p{L}{3}/u.test(words)
    // The whole line speaks when its words stand after the amount or around it.
    if (isNamed || index === 0) {
      said = roleOf(amounts.length > 1 || isNamed ? words : text)
    }
    end = amount.to
    return { amount, said, isNamed }
  })
  return all.map(({ amount, said: own }, index) => {
    const next = all[index + 1]
    return { amount, said: next === undefined || next.isNamed ? own : PLAIN }
  })
}

/** Amounts of a reading with the role of the words before them, or of the line above. */
export function entriesOf({ lines }: Pass): Entry[] {
  const entries: Entry[] = []
  let above: Said | null = null
  for (const line of lines) {
    const all = saidOf(line)
    if (all.length === 0) {
      const own = roleOf(line.text)
      above = own.role === 'plain' || isSmeared(line) ? null : own
      continue
    }
    const isBare = !/\p{L}{4}/u.test(line.text)
    for (const { amount, said } of all) {
      const isLast = amount === all.at(-1)?.amount
      const isUnder = isBare && isLast && said.role === 'plain'
      const { role, mistakes } =
        isUnder && above !== null ? { ...above, mistakes: above.mistakes + 1 } : said
      const placed = role === 'not' && isRounded(line, amount) ? 'weak' : role
      const height = line.box.bottom - line.box.top
      entries.push({ line, amount, role: placed, mistakes, height })
    }
    above = null
  }
  return entries
}

/** The sum stood on the keyword's own line and could not be read: the next line is not it. */
const isSmeared = ({ text }: Line) =>
  /\d/.test(text) ||
  (/\s\S{3,}$/.test(text) && /[^\p{L}\s:]|\p{Lu}{3,}$/u.test(text) && !endsInTotal(text))

/** Nothing stands behind the word, so nothing was smeared. */
const endsInTotal = (text: string) =>
  findAny(text.slice(text.lastIndexOf(' ') + 1), TOTALS)?.mistakes === 0

const TOTALS = [...TOTAL_STRONG, ...TOTAL_WEAK]

const ROUNDINGS = ['ROUNDING', 'ROUNDED', 'ОКРУГЛЕНИЕ']

/** `Rounding 45.35` names the rounded total, `Rounding 0.01` the difference. */
const isRounded = (line: Line, { minor }: Amount) =>
  minor >= 100 && findAny(line.text, ROUNDINGS) !== null
