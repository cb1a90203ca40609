import type { AuditFinding } from '#schema/operator'
import {
  crossFindings,
  type NetworkStatements,
  ownFindings,
  strangerFindings,
} from '#worker/audit/audit'
import { creditedReceipts, endedPayouts, proveCell } from '#worker/audit/cell-proof'
import { readStatement, type Statement } from '#worker/audit/statement'
import { Directory } from '#worker/cells/directory'
import type { Party } from './party.ts'
import { NETWORK_BOOK, type World } from './world.ts'

/** The proof of a simulated network by the auditor's own code. */
export function auditWorld(world: World): AuditFinding[] {
  const statements = statementsOf(world)
  return [
    ...ownFindings(statements),
    ...crossFindings(statements),
    ...strangerFindings(statements),
    ...cellFindings(world),
    ...world.cells.flatMap(({ name }) => [
      ...claimFindings(world, name),
      ...payoutFindings(world, name),
    ]),
  ]
}

/**
 * What must hold between any two commits: every object is coherent in itself, and two differ by no
 * more than what is on its way between them.
 */
export function auditParts(world: World): AuditFinding[] {
  const isLate = ({ what }: AuditFinding) => what.endsWith(' is late')
  const statements = statementsOf(world)
  const parts = [...ownFindings(statements), ...crossFindings(statements), ...cellFindings(world)]
  return parts.filter((finding) => !isLate(finding))
}

function cellFindings(world: World): AuditFinding[] {
  return world.cells.flatMap(({ name, database }) =>
    proveCell(database.store(), world.around.timeline.now).map((own) => ({ ...own, where: name })),
  )
}

function statementsOf(world: World): NetworkStatements {
  const books = world.books.filter(({ name }) => name !== NETWORK_BOOK)
  return {
    cells: world.cells.map((cell) => statementOf(cell, cell.name)),
    budgets: world.budgets.map((budget) => statementOf(budget, budget.offerId)),
    books: books.map((book) => statementOf(book, book.name)),
    network: statementOf(world.bookOf(NETWORK_BOOK), NETWORK_BOOK),
  }
}

function statementOf(party: Party, name: string): Statement {
  const steps = readStatement(party.database.store(), name)
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
  }
}

function claimFindings(world: World, name: string): AuditFinding[] {
  const cell = world.cells.find((one) => one.name === name)
  const credited = cell ? creditedReceipts(cell.database.store(), '', 10_000) : []
  return credited.flatMap(({ id, fingerprint }) => {
    const shards = world.directories.filter(({ database }) => {
      const directory = new Directory(database.store())
      return directory.withoutClaim([{ id, fingerprint }]).length === 0
    })
    const what = `${id} is credited without its claim`
    return shards.length === 1 ? [] : [{ invariant: 'I4', where: name, what }]
  })
}

function payoutFindings(world: World, name: string): AuditFinding[] {
  const cell = world.cells.find((one) => one.name === name)
  const ended = cell ? endedPayouts(cell.database.store(), 0, '', 10_000) : []
  return ended.flatMap(({ id, state }) => {
    const isPaid = world.provider.paid(id).count === 1
    const what = `payout ${id} ${state}, the provider says otherwise`
    return isPaid === (state === 'arrived') ? [] : [{ invariant: 'I6', where: name, what }]
  })
}
