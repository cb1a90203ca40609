import type { PaymentMethod } from '#schema/photo'
import { amountsIn } from './amounts.ts'
import type { Certainty, Field } from './fields.ts'
import { findAny } from './fold.ts'
import { CARD, CASH, CHANGE, NOT_TOTAL, PAYMENT } from './keywords.ts'
import type { Money } from './total.ts'
import { type Box, boxWithin, type Line, type Pass } from './word.ts'

/** What was given and what came back. */
export type Payment = {
  readonly method: Field<PaymentMethod> | null
  readonly paidMinor: Field<number> | null
  readonly changeMinor: Field<number> | null
}

/** A sum beside a word of payment or change, in one reading. */
type Given = {
  readonly minor: number
  readonly pass: string
  readonly box: Box
  /** Null: the word names neither, as `paid` does. */
  readonly isCash: boolean | null
}

function givenIn(passes: readonly Pass[], words: readonly string[]): Given[] {
  return passes.flatMap(({ name, lines }) =>
    lines.flatMap((line) => {
      const hit = findAny(line.text, words)
      const not = findAny(line.text, NOT_TOTAL)
      if (hit === null || (not !== null && not.mistakes < hit.mistakes)) return []
      const isCash = isCashIn(line.text)
      return sumsBehind(line, hit.to).map((sum) => ({ ...sum, pass: name, isCash }))
    }),
  )
}

function isCashIn(text: string): boolean | null {
  const [cash, card] = [findAny(text, CASH), findAny(text, CARD)]
  if (cash === null || card === null) return cash === null && card === null ? null : cash !== null
  return cash.mistakes === card.mistakes ? null : cash.mistakes < card.mistakes
}

const sumsBehind = (line: Line, from: number) =>
  amountsIn(line)
    .filter((amount) => amount.from >= from - 1 && amount.minor !== 0)
    .map((amount) => ({ minor: amount.minor, box: boxWithin(line, amount.from, amount.to) }))

const passesOf = (given: readonly Given[]) => new Set(given.map(({ pass }) => pass)).size

/**
 * Payment and change beside the total that was found: *proved* where what was given less what came
 * back is a total that is proved itself, *plausible* where it is the total, or readings agree.
 */
export function paymentOf(
  passes: readonly Pass[],
  money: Money,
  total: Field<number> | null,
): Payment {
  const { paymentMinor, changeMinor } = money
  const given = givenIn(passes, PAYMENT)
  const paid = given.filter(({ minor }) => minor === paymentMinor)
  const returned = givenIn(passes, CHANGE).filter(({ minor }) => minor === changeMinor)
  const fits = total !== null && paymentMinor !== null
  const isLess = fits && paymentMinor - (changeMinor ?? 0) === total.value
  const said = (certainty: Certainty, reason: string) => ({ certainty, reason }) as const
  const judged = (seen: readonly Given[]) => {
    if (isLess && total.certainty === 'proved') return said('proved', 'cash_less_change')
    if (isLess) return said('plausible', 'cash_less_change')
    return passesOf(seen) > 1
      ? said('plausible', 'most_readings_agree')
      : said('doubtful', 'read_once')
  }
  const field = (minor: number | null, seen: readonly Given[]): Field<number> | null =>
    minor === null ? null : { value: minor, ...judged(seen), box: seen[0]?.box ?? null }
  return {
    method: methodOf(given, total),
    paidMinor: field(paymentMinor, paid),
    changeMinor: field(changeMinor, returned),
  }
}

/** In cash, by card, or both, by the words beside the sums that were given. */
function methodOf(all: readonly Given[], total: Field<number> | null): Field<PaymentMethod> | null {
  const given = all.filter(({ isCash }) => isCash !== null)
  const enough = given.filter(({ minor }) => total === null || minor >= total.value)
  const counted = enough.length > 0 ? enough : given
  const [first] = counted
  if (first === undefined) return null
  const cash = counted.filter(({ isCash }) => isCash === true)
  const card = counted.filter(({ isCash }) => isCash === false)
  const isSplit = enough.length === 0 && passesOf(cash) > 0 && passesOf(card) > 0
  const most = passesOf(cash) >= passesOf(card) ? cash : card
  const isAgreed = passesOf(most) > 1 && (isSplit || cash.length === 0 || card.length === 0)
  return {
    value: isSplit ? 'both' : most === cash ? 'cash' : 'card',
    certainty: isAgreed ? 'plausible' : 'doubtful',
    reason: isAgreed ? 'most_readings_agree' : passesOf(most) > 1 ? 'readings_differ' : 'read_once',
    box: (most[0] ?? first).box,
  }
}
