import type { FiscalNumberName } from '#schema/fiscal-number'
import type { PaymentMethod } from '#schema/photo'
import { type DateFound, type DayOrder, datesIn, orderOf, secondsIn, timeIn } from './dates.ts'
import { fiscalNumbersOf } from './fiscal-numbers.ts'
import { headerOf, PAGE_LINES_MIN, type Text } from './header.ts'
import { type Item, itemsIn, itemsTotal } from './items.ts'
import { withinMargins } from './margins.ts'
import { mergedItems } from './merged-items.ts'
import { numbersOf } from './numbers.ts'
import { paymentOf } from './payment.ts'
import { type Money, moneyOf, type TotalFound } from './total.ts'
import { agreement, type NumberFound } from './vote.ts'
import { withHundredths } from './whole-prices.ts'
import { type Box, boxWithin, FIGURES_HEARD_MIN, type Pass } from './word.ts'

/**
 * How far a field may be relied on. *Proved*: an equation or a check digit holds, and it does not
 * rest on one reading alone. *Plausible*: readings agree or a keyword names it. *Doubtful*: ask.
 */
export type Certainty = 'proved' | 'plausible' | 'doubtful'

export type Field<Value> = {
  readonly value: Value
  readonly certainty: Certainty
  /** Which validator holds, as a code: `items_sum`, `inn_check_digits`, `readings_agree`, … */
  readonly reason: string
  readonly box: Box | null
}

export type Fields = {
  readonly retailer: Field<string> | null
  readonly legal: Field<string> | null
  readonly address: Field<string> | null
  readonly taxNumber: Field<string> | null
  /** `YYYY-MM-DD`. */
  readonly date: Field<string> | null
  /** `HH:MM`, wall clock of the shop. */
  readonly time: Field<string> | null
  /** `SS` behind that time, where tills print it. */
  readonly seconds: Field<string> | null
  readonly totalMinor: Field<number> | null
  readonly paymentMethod: Field<PaymentMethod> | null
  /** What was given, before change. */
  readonly paidMinor: Field<number> | null
  readonly changeMinor: Field<number> | null
  readonly items: readonly Item[]
  /** Whether the goods add up to the total. */
  readonly itemsAddUp: boolean
  readonly fn: Field<string> | null
  readonly fd: Field<string> | null
  readonly fp: Field<string> | null
  /** РН ККТ, the till's registration. */
  readonly registration: Field<string> | null
  /** Of other countries: what ФН, ФД and ФПД are in Russia. */
  readonly numbers: readonly FiscalNumber[]
}

export type FiscalNumber = Field<string> & {
  readonly name: FiscalNumberName
  /** Two models say so and no reading dissents, whatever else holds. */
  readonly isAgreed: boolean
}

export type FieldOptions = {
  /** No receipt is of a later day, `YYYY-MM-DD`. */
  readonly latest: string
  readonly dayOrder?: DayOrder
  /** Names of retailers that the network knows. */
  readonly retailers?: readonly string[]
}

/** Words of all readings → the fields of one receipt. Pure. */
export function fieldsOf(given: readonly Pass[], options: FieldOptions): Fields {
  const read = withinMargins(given)
  const passes = withHundredths(read)
  const money = moneyOf(passes)
  const items = bestItems(passes, money)
  const day = dayOf(read, options)
  const header = headerOf(read, options.retailers)
  const numbers = numbersOf(read)
  const total = totalField(money, passes.length)
  const payment = paymentOf(passes, money, total)
  return {
    retailer: textField(header.retailer),
    legal: textField(header.legal),
    address: textField(header.address),
    taxNumber: numberField(numbers.taxNumber),
    date: day.date,
    time: day.time,
    seconds: secondsOf(read, day.time?.value ?? null),
    totalMinor: total,
    paymentMethod: payment.method,
    paidMinor: payment.paidMinor,
    changeMinor: payment.changeMinor,
    items,
    itemsAddUp:
      items.length > 0 && Math.abs(itemsTotal(items) - (money.totals[0]?.minor ?? -1)) < 100,
    fn: numberField(numbers.fn),
    fd: numberField(numbers.fd),
    fp: numberField(numbers.fp),
    registration: numberField(numbers.registration),
    numbers: fiscalNumbersOf(read).map((found) => ({
      ...certain(found),
      name: found.name,
      isAgreed: found.isAgreed,
    })),
  }
}

function textField(text: Text | null): Field<string> | null {
  if (text === null || text.value === '') return null
  const agreed = text.passes > 1
  return {
    value: text.value,
    certainty: agreed ? 'plausible' : 'doubtful',
    reason: agreed ? 'readings_agree' : 'read_once',
    box: text.box,
  }
}

const numberField = (found: NumberFound | null): Field<string> | null =>
  found === null ? null : certain(found)

function certain(found: NumberFound): Field<string> {
  const agreed = found.reason.endsWith('readings_agree')
  const certainty = found.isProved ? 'proved' : agreed ? 'plausible' : 'doubtful'
  return { value: found.value, certainty, reason: found.reason, box: found.box }
}

/** A lead over the next candidate below this is no lead. */
const LEAD_MIN = 2

function totalField({ totals }: Money, passes: number): Field<number> | null {
  const [best, next] = totals
  if (best === undefined) return null
  const leads = next === undefined || best.score - next.score >= LEAD_MIN
  const { certainty, reason } = totalCertainty(best, leads, passes)
  return { value: best.minor, certainty, reason, box: best.box }
}

function totalCertainty(
  { proofs, passes: seen }: TotalFound,
  leads: boolean,
  passes: number,
): { certainty: Certainty; reason: string } {
  const isNamed = proofs.has('keyword') && (seen > 1 || passes === 1)
  if (isNamed && leads && proofs.has('items')) return { certainty: 'proved', reason: 'items_sum' }
  if (isNamed && leads && proofs.has('cash_and_change')) {
    return { certainty: 'proved', reason: 'cash_less_change' }
  }
  if (isNamed && leads && proofs.has('tax')) return { certainty: 'plausible', reason: 'tax_share' }
  if (isNamed && leads) return { certainty: 'plausible', reason: 'readings_agree' }
  if (proofs.has('keyword') && leads) return { certainty: 'plausible', reason: 'keyword' }
  return { certainty: 'doubtful', reason: leads ? 'no_keyword' : 'rival_amount' }
}

type Day = { date: Field<string> | null; time: Field<string> | null }

/** The readings that say so and their models. Guesses are not counted. */
type Saying = Map<string, string>

type Votes = {
  weight: number
  /** Readings of figures alone that say so. */
  figures: number
  said: Saying
  box: Box
  times: Map<string, Saying>
}

const sayersOf = (sayings: readonly Saying[]) => sayings.flatMap((said) => [...said.values()])

function dayOf(passes: readonly Pass[], { latest, dayOrder }: FieldOptions): Day {
  const order = dayOrder ?? orderOf(passes.flatMap(({ lines }) => lines.map(({ text }) => text)))
  const dates = new Map<string, Votes>()
  const times = new Map<string, Saying>()
  const figures = new Set(passes.flatMap(({ name, isFigures }) => (isFigures ? [name] : [])))
  for (const pass of passes) {
    const inPass = new Set<string>()
    for (const line of pass.lines) {
      const time = timeIn(line)
      if (time !== null) say(times, time, pass)
      for (const found of datesIn(line, order, latest)) {
        const box = boxWithin(line, found.from, found.to)
        vote(dates, pass, found, box, inPass.has(found.date))
        inPass.add(found.date)
      }
    }
  }
  const ranked = [...dates].sort(
    ([day, a], [other, b]) =>
      isHeard(b.figures) - isHeard(a.figures) || b.weight - a.weight || other.localeCompare(day),
  )
  const best = ranked[0]
  if (best === undefined) return { date: null, time: timeField(times, null, figures) }
  const [value, votes] = best
  const rivals = ranked.slice(1).map(([, other]) => other)
  return {
    date: { value, ...dayCertainty(votes, rivals), box: votes.box },
    time: timeField(votes.times.size > 0 ? votes.times : times, votes.box, figures),
  }
}

const isHeard = (readings: number) => Number(readings >= FIGURES_HEARD_MIN)

function dayCertainty(votes: Votes, rivals: readonly Votes[]) {
  const leads = rivals.every(({ weight }) => votes.weight > 1.25 * weight)
  if (!leads) return { certainty: 'doubtful', reason: 'rival_date' } as const
  const reason = agreement(sayersOf([votes.said]), sayersOf(rivals.map(({ said }) => said)))
  return { certainty: reason === 'readings_agree' ? 'proved' : 'plausible', reason } as const
}

function say(times: Map<string, Saying>, value: string, { name, model = '' }: Pass): void {
  times.set(value, (times.get(value) ?? new Map<string, string>()).set(name, model))
}

function vote(
  dates: Map<string, Votes>,
  pass: Pass,
  { date, weight, time, isGuess }: DateFound,
  box: Box,
  isRepeated: boolean,
): void {
  const votes = dates.get(date) ?? { said: new Map(), weight: 0, figures: 0, box, times: new Map() }
  votes.weight += isRepeated ? weight / 3 : weight
  if (!isGuess) votes.said.set(pass.name, pass.model ?? '')
  if (!isGuess && !isRepeated && pass.isFigures) votes.figures += 1
  if (time !== null) say(votes.times, time, pass)
  dates.set(date, votes)
}

function timeField(
  times: ReadonlyMap<string, Saying>,
  box: Box | null,
  figures: ReadonlySet<string>,
): Field<string> | null {
  const heard = (said: Saying) => isHeard([...said.keys()].filter((one) => figures.has(one)).length)
  const [best, ...others] = [...times].sort(
    ([, a], [, b]) => heard(b) - heard(a) || b.size - a.size,
  )
  if (best === undefined) return null
  const [value, said] = best
  const reason = agreement(sayersOf([said]), sayersOf(others.map(([, other]) => other)))
  return { value, certainty: said.size > 1 ? 'plausible' : 'doubtful', reason, box }
}

/** The seconds printed behind a time of day, as the readings that have that time agree on them. */
function secondsOf(passes: readonly Pass[], time: string | null): Field<string> | null {
  if (time === null) return null
  const said = new Map<string, Saying>()
  const boxes = new Map<string, Box>()
  for (const pass of passes) {
    for (const line of pass.lines) {
      const seconds = secondsIn(line, time)
      if (seconds === null) continue
      say(said, seconds, pass)
      boxes.set(seconds, line.box)
    }
  }
  const figures = new Set(passes.flatMap(({ name, isFigures }) => (isFigures ? [name] : [])))
  const best = timeField(said, null, figures)
  return best && { ...best, box: boxes.get(best.value) ?? null }
}

/** The goods of the readings of the whole page; single lines read again name none. */
function bestItems(passes: readonly Pass[], { totals }: Money): Item[] {
  const pages = passes.filter(({ lines }) => lines.length >= PAGE_LINES_MIN)
  const lists = (pages.length > 0 ? pages : passes).map(({ lines }) => itemsIn(lines))
  return mergedItems(lists, totals[0]?.minor ?? -1)
}
