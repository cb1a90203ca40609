import { itemsIn, itemsTotal } from './items.ts'
import { type Entry, entriesOf, type Role } from './named-amounts.ts'
import { isTaxOf, type Taxed, tableTotals, taxedTotals, zeroTwins } from './tax.ts'
import { type Box, boxWithin, type Pass } from './word.ts'

/** What stands behind a candidate for the total. */
type TotalProof = 'items' | 'cash_and_change' | 'tax' | 'payment' | 'keyword' | 'repeated'

export type TotalFound = {
  readonly minor: number
  readonly score: number
  readonly proofs: ReadonlySet<TotalProof>
  /** In how many readings it stands by its keyword. */
  readonly passes: number
  readonly box: Box
}

export type Money = {
  /** Candidates, the best first. */
  readonly totals: readonly TotalFound[]
  readonly paymentMinor: number | null
  readonly changeMinor: number | null
}

const WEIGHTS: Readonly<Record<Role, number>> = {
  final: 13,
  strong: 10,
  weak: 6,
  payment: 4,
  plain: 0.4,
  change: -3,
  not: -3,
}

type Tally = { score: number; proofs: Set<TotalProof>; passes: Set<string>; box: Box; best: number }

const RANK: Readonly<Record<string, TotalProof>> = {
  final: 'keyword',
  strong: 'keyword',
  weak: 'keyword',
  payment: 'payment',
}

/** Gathers what all readings say about the total; equations count more than any word. */
export function moneyOf(passes: readonly Pass[]): Money {
  const tallies = new Map<number, Tally>()
  const payments = new Map<number, number>()
  const changes = new Map<number, number>()
  const taxed = [...passes.flatMap(({ lines }) => taxedTotals(lines)), ...tableTotals(passes)]
  const all = passes.map((pass) => ({ pass, entries: entriesOf(pass) }))
  for (const { role, amount } of all.flatMap(({ entries }) => entries)) {
    const into = role === 'payment' ? payments : role === 'change' ? changes : null
    into?.set(amount.minor, (into.get(amount.minor) ?? 0) + 1)
  }
  for (const { pass, entries } of all) scorePass(pass, entries, tallies, taxed)
  proveByEquations(all, tallies, payments, changes)
  round(tallies)
  for (const [minor, tally] of tallies) {
    const isTax =
      tally.proofs.has('keyword') &&
      [...tallies].some(
        ([whole, { proofs }]) =>
          proofs.has('keyword') && proofs.has('payment') && isTaxOf(minor, whole),
      )
    if (isTax) tally.score /= TAX_OF_ANOTHER
  }
  const totals = [...tallies]
    .filter(([minor]) => minor > 0)
    .map(([minor, { score, proofs, passes: seen, box }]) => ({
      minor,
      score: score / Math.max(1, passes.length),
      proofs,
      passes: seen.size,
      box,
    }))
    .sort((a, b) => b.score - a.score)
  return { totals, ...given(totals[0]?.minor ?? null, payments, changes) }
}

function given(
  total: number | null,
  payments: ReadonlyMap<number, number>,
  changes: ReadonlyMap<number, number>,
): { paymentMinor: number | null; changeMinor: number | null } {
  const fitting = [...payments.keys()].find(
    (payment) => total !== null && (payment === total || changes.has(payment - total)),
  )
  const likeliest = (counts: ReadonlyMap<number, number>) =>
    [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? null
  const paymentMinor = fitting ?? likeliest(payments)
  const change = paymentMinor === null || total === null ? null : paymentMinor - total
  return {
    paymentMinor,
    changeMinor: change !== null && changes.has(change) ? change : likeliest(changes),
  }
}

function scorePass(
  pass: Pass,
  entries: readonly Entry[],
  tallies: Map<number, Tally>,
  taxed: readonly Taxed[],
): void {
  const heights = entries.map(({ height }) => height).sort((a, b) => a - b)
  const usual = heights[heights.length >> 1] ?? 1
  const inPass = new Map<number, number>()
  const add = (minor: number, score: number) => inPass.set(minor, (inPass.get(minor) ?? 0) + score)
  const counts = Map.groupBy(entries, ({ amount }) => amount.minor)
  for (const entry of entries) {
    const { minor } = entry.amount
    const tally = tallyOf(tallies, minor, entry)
    const isLarge = entry.height > 1.35 * usual && entry.role !== 'not'
    const proof = RANK[entry.role]
    if (proof !== undefined) tally.proofs.add(proof)
    if (proof === 'keyword') tally.passes.add(pass.name)
    const weight = WEIGHTS[entry.role] * Math.max(0.4, 1 - 0.15 * entry.mistakes)
    const score = weight + (isLarge ? 2 : 0) - (entry.amount.isMended ? 1 : 0)
    add(minor, score > 0 ? score / (1 + 0.6 * repeatsBefore(entries, entry)) : score)
  }
  for (const [minor, same] of counts) {
    if (same.length > 1) {
      add(minor, Math.min(3, same.length - 1) * 0.8)
      tallies.get(minor)?.proofs.add('repeated')
    }
  }
  proveByTax(entries, taxed, tallies, add)
  for (const [minor, score] of inPass) {
    const tally = tallies.get(minor)
    if (tally !== undefined) tally.score += score
  }
}

function tallyOf(tallies: Map<number, Tally>, minor: number, entry: Entry): Tally {
  const best = WEIGHTS[entry.role]
  const known = tallies.get(minor)
  const box = boxWithin(entry.line, entry.amount.from, entry.amount.to)
  if (known === undefined) {
    const made = { score: 0, proofs: new Set<TotalProof>(), passes: new Set<string>(), box, best }
    tallies.set(minor, made)
    return made
  }
  if (best > known.best) {
    known.best = best
    known.box = box
  }
  return known
}

/** Entries of the same amount and role before this one: the second TOTAL says less. */
function repeatsBefore(entries: readonly Entry[], entry: Entry): number {
  let repeats = 0
  for (const other of entries) {
    if (other === entry) break
    if (other.amount.minor === entry.amount.minor && other.role === entry.role) repeats += 1
  }
  return repeats
}

/** A sum that is the tax of a sum both named and paid is hardly the total. */
const TAX_OF_ANOTHER = 3

type Entries = { readonly pass: Pass; readonly entries: readonly Entry[] }

/** Weight of an equation that holds, and of one that says little: one item, no change. */
const EQUATION = { full: 7, slight: 2 } as const

/**
 * Goods that add up, cash less change: counted once for all readings, since an equation that one
 * reading got whole is not weakened by those that misread a part of it.
 */
function proveByEquations(
  all: readonly Entries[],
  tallies: ReadonlyMap<number, Tally>,
  payments: ReadonlyMap<number, number>,
  changes: ReadonlyMap<number, number>,
): void {
  const prove = (minor: number, proof: TotalProof, weight: number, seen: number) => {
    const tally = tallies.get(minor)
    if (tally === undefined || seen === 0) return 0
    tally.proofs.add(proof)
    return weight * 0.5 * (all.length + seen)
  }
  const items = all.map(({ pass }) => itemsIn(pass.lines))
  const sums = Map.groupBy(
    items.filter((one) => one.length > 0),
    (one) => itemsTotal(one),
  )
  for (const [minor, same] of sums) {
    const isFull = same.some((one) => one.length > 1)
    const score = prove(minor, 'items', isFull ? EQUATION.full : EQUATION.slight, same.length)
    raise(tallies, minor, score)
  }
  for (const [minor, { seen, isFull }] of paidAndReturned(all, payments, changes)) {
    const weight = isFull ? EQUATION.full : EQUATION.slight
    raise(tallies, minor, prove(minor, 'cash_and_change', weight, seen))
  }
}

function raise(tallies: ReadonlyMap<number, Tally>, minor: number, score: number): void {
  const tally = tallies.get(minor)
  if (tally !== undefined) tally.score += score
}

type Returned = { readonly seen: number; readonly isFull: boolean }

/** What was given less what came back, also when they were read in different readings. */
function paidAndReturned(
  all: readonly Entries[],
  payments: ReadonlyMap<number, number>,
  changes: ReadonlyMap<number, number>,
): Map<number, Returned> {
  const found = new Map<number, Returned>()
  const note = (minor: number, seen: number, isFull: boolean) => {
    const known = found.get(minor)
    if (minor > 0 && (known === undefined || (isFull && known.seen < seen))) {
      found.set(minor, { seen, isFull })
    }
  }
  for (const payment of payments.keys()) {
    for (const change of changes.keys()) {
      const seen = all.filter(({ entries }) =>
        entries.some(
          ({ role, amount: { minor } }) =>
            (role === 'payment' && minor === payment) || (role === 'change' && minor === change),
        ),
      )
      note(payment - change, seen.length, change > 0)
    }
  }
  const rows = all.flatMap(({ entries }) => [...paidAndChanged(entries)])
  for (const [minor, same] of Map.groupBy(rows, (row) => row)) note(minor, same.length, true)
  return found
}

/** Once an amount and reading, however many readings saw the tax. */
function proveByTax(
  entries: readonly Entry[],
  taxed: readonly Taxed[],
  tallies: Map<number, Tally>,
  add: (minor: number, score: number) => void,
): void {
  const proofOf = (minor: number) =>
    Math.max(
      0,
      ...taxed
        .filter((one) => Math.abs(one.minor - minor) <= one.tolerance)
        .map(({ kind }) => TAX_SCORES[kind]),
    )
  const fits = (minor: number) => proofOf(minor) > 0
  const done = new Set<number>()
  for (const entry of entries) {
    const { minor } = entry.amount
    const isNamed = ['final', 'strong', 'weak', 'payment'].includes(entry.role)
    const twin = fits(minor) ? minor : isNamed ? zeroTwins(minor).find(fits) : undefined
    if (twin === undefined || done.has(twin)) continue
    done.add(twin)
    tallyOf(tallies, twin, entry).proofs.add('tax')
    add(twin, proofOf(twin) + (twin === minor ? 0 : WEIGHTS[entry.role]))
  }
}

/** The tax printed beneath fits the amount: a share worth half a keyword, a table a whole one. */
const TAX_SCORES = { share: 4, table: 10 } as const

/** Three sums in a row, the middle one of the first and the last: to pay, given, change. */
function paidAndChanged(entries: readonly Entry[]): Set<number> {
  const minors = entries.map(({ amount }) => amount.minor)
  const found = new Set<number>()
  for (let i = 0; i < minors.length; i += 1) {
    const [total = 0, paid = 0, change = 0] = minors.slice(i, i + 3)
    if (total > 0 && change > 0 && total + change === paid && paid % 100 === 0) found.add(total)
  }
  return found
}

/**
 * Where the smallest coin is five hundredths, the total is printed exact and then rounded: what
 * speaks for the exact one speaks for the rounded one, which is paid.
 */
function round(tallies: ReadonlyMap<number, Tally>): void {
  for (const [exact, { score, proofs }] of tallies) {
    const rounded = tallies.get(Math.round(exact / 5) * 5)
    const isNamed = proofs.has('keyword') && exact % 5 !== 0 && exact >= 100
    if (!isNamed || rounded === undefined) continue
    if (!rounded.proofs.has('keyword') && !rounded.proofs.has('payment')) continue
    rounded.score = Math.max(rounded.score, score) + ROUNDED_LEAD * rounded.passes.size
    for (const proof of proofs) rounded.proofs.add(proof)
  }
}

const ROUNDED_LEAD = 3
