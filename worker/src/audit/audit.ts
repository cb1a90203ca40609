import type { AuditFinding } from '#schema/operator'
import type { Checkpoint } from './checkpoint.ts'
import type { Statement } from './statement.ts'

/**
 * Holds the statements of all objects against one another; pure. What two objects have exchanged
 * stands in both as clearing accounts that cancel out, save for what is on its way.
 */
export type NetworkStatements = {
  readonly cells: readonly Statement[]
  /** By offer. */
  readonly budgets: readonly Statement[]
  /** By partner. */
  readonly books: readonly Statement[]
  readonly network: Statement
}

/** What each object found in its own rows. */
export function ownFindings(statements: NetworkStatements): AuditFinding[] {
  return all(statements).flatMap(({ name, proof }) =>
    proof.findings.map(({ invariant, what }) => ({ invariant, what, where: name })),
  )
}

/** What does not cancel out between objects (I1, I3). Empty for a coherent network at rest. */
export function crossFindings(statements: NetworkStatements): AuditFinding[] {
  const findings: AuditFinding[] = []
  const { cells, budgets, books, network } = statements
  const check = (where: string, what: string, sides: readonly Statement[], sum: number) => {
    if (sum === 0 || (sum > 0 && sides.some((side) => side.underWay))) return
    findings.push({ invariant: 'I3', where, what: `${what} differ by ${sum} kopecks` })
  }
  for (const budget of budgets) {
    const lease = `clearing:${budget.name}`
    check(
      budget.name,
      'leases of the budget and of the cells',
      [budget, ...cells],
      total([budget, ...cells], lease),
    )
    const handed = total(books, `committed:${budget.name}`)
    const received = total([budget], `clearing:funding:${budget.name}`)
    check(budget.name, 'money committed and money received', books, handed + received)
  }
  const deposits = -total([...books, network], 'clearing:deposits')
  check('network', 'deposits of partners and of the bank', books, deposits)
  const payouts = total([...cells, network], 'clearing:payouts')
  check('network', 'payouts of cells and of the bank', cells, payouts)
  return [...findings, ...strangers(statements)]
}

/** An offer lives on the money of one partner, and its fees are booked to the same (I9). */
function strangers({ cells, books }: NetworkStatements): AuditFinding[] {
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
  checkpoints: readonly (Checkpoint & { object: string; found: string | null })[],
): AuditFinding[] {
  return checkpoints.flatMap(({ object, sequence, hash, found }) =>
    found === hash
      ? []
      : [
          {
            invariant: 'I10' as const,
            where: object,
            what: `transfer ${sequence} is not the one that the checkpoint names`,
          },
        ],
  )
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

function total(statements: readonly Statement[], code: string): number {
  return statements.reduce((sum, { mirrors }) => sum + (mirrors[code] ?? 0), 0)
}
