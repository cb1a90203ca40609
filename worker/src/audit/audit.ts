import type { AuditFinding } from '#schema/operator'
import type { Checkpoint } from './checkpoint.ts'
import type { Mirrors, Statement } from './statement.ts'

/**
 * Holds the statements of all objects against one another; pure. What two objects have exchanged
 * stands in both as clearing accounts that cancel out, save for what is on its way.
 */
type Network<Said> = {
  readonly cells: readonly Said[]
  /** By offer. */
  readonly budgets: readonly Said[]
  /** By partner. */
  readonly books: readonly Said[]
  readonly network: Said
}
export type NetworkStatements = Network<Statement>
export type NetworkMirrors = Network<Mirrors>

/** What each object found in its own rows. */
export function ownFindings(statements: NetworkStatements): AuditFinding[] {
  return all(statements).flatMap(({ name, proof }) =>
    proof.findings.map(({ invariant, what }) => ({ invariant, what, where: name })),
  )
}

/**
 * What does not cancel out between objects (I1, I3): the sender is ahead by no more than what it
 * says is on its way, and never behind. Empty for a coherent network.
 */
export function crossFindings({ cells, budgets, books, network }: NetworkMirrors): AuditFinding[] {
  const findings: AuditFinding[] = []
  const check = (
    where: string,
    what: string,
    aheadMinor: number,
    underWayMinor: number,
    backMinor = 0,
  ) => {
    if (aheadMinor >= -backMinor && aheadMinor <= underWayMinor) return
    const differ = `differ by ${aheadMinor} kopecks, ${underWayMinor} of them under way`
    findings.push({ invariant: 'I3', where, what: `${what} ${differ}` })
  }
  for (const budget of budgets) {
    const lease = `clearing:${budget.name}`
    check(
      budget.name,
      'leases of the budget and of the cells',
      total([budget, ...cells], lease),
      underWay(cells, lease) + grantsUnderWay(budget, cells),
    )
    const commitment = `committed:${budget.name}`
    const received = total([budget], `clearing:funding:${budget.name}`)
    check(
      budget.name,
      'money committed and money received',
      total(books, commitment) + received,
      underWay(books, commitment) + releaseUnderWay(budget, books),
    )
  }
  const deposits = -total([...books, network], 'clearing:deposits')
  const told = underWay(books, 'clearing:deposits')
  check('network', 'deposits of partners and of the bank', deposits, told)
  const payouts = total([...cells, network], 'clearing:payouts')
  const paid = underWay(cells, 'clearing:payouts')
  const refunded = underWay(cells, 'refunds')
  check('network', 'payouts of cells and of the bank', payouts, paid, refunded)
  return findings
}

/** The budget lets go first; one release at a time, until it has arrived. */
function releaseUnderWay({ released }: Mirrors, books: readonly Mirrors[]): number {
  if (!released) return 0
  const hasArrived = books.some(({ arrivedReleases }) => arrivedReleases.includes(released.id))
  return hasArrived ? 0 : released.amountMinor
}

/** Leases that the budget has granted while the cell still waits for the answer. */
function grantsUnderWay(budget: Mirrors, cells: readonly Mirrors[]): number {
  return cells.reduce((sum, { name, awaitedLeases }) => {
    const granted = budget.grantedLeases[name]
    const isAwaited = granted && awaitedLeases[budget.name] === granted.sequence
    return isAwaited ? sum + granted.amountMinor : sum
  }, 0)
}

/** An offer lives on the money of one partner, and its fees are booked to the same (I9). */
export function strangerFindings({ cells, books }: NetworkStatements): AuditFinding[] {
  const owners = new Map<string, string>()
  const findings: AuditFinding[] = []
  for (const { name, mirrors } of books) {
    for (const code of Object.keys(mirrors)) {
      if (!code.startsWith(COMMITTED)) continue
      const offerId = code.slice(COMMITTED.length)
      const other = owners.get(offerId)
      if (other !== undefined) {
        const what = `${offerId} holds money of ${other} as well`
        findings.push({ invariant: 'I9', where: name, what })
      }
      owners.set(offerId, name)
    }
  }
  for (const { name, proof } of cells) {
    for (const { offerId, partnerId } of proof.fees) {
      if (owners.get(offerId) === partnerId) continue
      const what = `fees of ${offerId} are booked to ${partnerId}`
      findings.push({ invariant: 'I9', where: name, what })
    }
  }
  return findings
}

const COMMITTED = 'committed:'

/** History that was rewritten as a whole still disagrees with what left the object before (I10). */
export function checkpointFindings(
  checkpoints: readonly (Checkpoint & { object: string; found: Checkpoint | null })[],
): AuditFinding[] {
  return checkpoints.flatMap(({ object, sequence, hash, totals, found }) => {
    const finding = (what: string): AuditFinding => ({ invariant: 'I10', where: object, what })
    if (found?.hash !== hash) {
      return [finding(`transfer ${sequence} is not the one that the checkpoint names`)]
    }
    const kinds = new Set([...Object.keys(totals), ...Object.keys(found.totals)])
    return [...kinds].flatMap((kind) => {
      const [kept, now] = [totals[kind] ?? 0, found.totals[kind] ?? 0]
      if (kept === now) return []
      const what = `${kind} stood at ${kept} by the checkpoint, transfers make ${now}`
      return [finding(`at transfer ${sequence} ${what}`)]
    })
  })
}

/** Objects whose own book failed: the payouts of such a cell are frozen. */
export function cellsToFreeze(
  findings: readonly AuditFinding[],
  cells: readonly string[],
): string[] {
  const failing = new Set(
    findings.filter(({ invariant }) => invariant !== 'I8').map(({ where }) => where),
  )
  return cells.filter((name) => failing.has(name))
}

const all = ({ cells, budgets, books, network }: NetworkStatements) => [
  ...cells,
  ...budgets,
  ...books,
  network,
]

function total(sides: readonly Mirrors[], code: string): number {
  return sides.reduce((sum, { mirrors }) => sum + (mirrors[code] ?? 0), 0)
}

function underWay(senders: readonly Mirrors[], code: string): number {
  return senders.reduce((sum, sender) => sum + (sender.underWay[code] ?? 0), 0)
}
