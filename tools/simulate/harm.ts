import type { AuditFinding } from '#schema/operator'
import { auditWorld } from './audit-world.ts'
import type { CellParty } from './cell-party.ts'
import type { Database } from './database.sqlite.ts'
import { simulate } from './simulation.ts'
import type { World } from './world.ts'

/** A seed whose cells have credited, reserved, held and paid out. */
const SEED = 8
/** A moment after everything that the seed does. */
export const LATER = Date.parse('2027-12-31T00:00:00Z')

/** Hands a coherent network at rest to the test; everything done to it is forgotten afterwards. */
export async function withNetwork(test: (world: World) => void): Promise<void> {
  let thrown: unknown = null
  const outcome = await simulate({ seed: SEED, steps: 600, cells: 2 }, (world, isAtRest) => {
    if (!isAtRest) return null
    try {
      test(world)
    } catch (cause) {
      thrown = cause
    }
    return null
  })
  if (thrown !== null) throw thrown
  if (outcome.failure !== null) throw new Error(outcome.failure)
}

/** What somebody with the database file in hand could do: no trigger, no check, no foreign key. */
export function tamper(
  database: Database,
  query: string,
  ...values: (string | number | null)[]
): void {
  const triggers = database.all<{ name: string; sql: string }>(
    "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'",
  )
  database.exec('PRAGMA defer_foreign_keys = ON')
  database.exec('PRAGMA ignore_check_constraints = ON')
  for (const { name } of triggers) database.exec(`DROP TRIGGER ${name}`)
  database.all(query, ...values)
  for (const { sql } of triggers) database.exec(sql)
  database.exec('PRAGMA ignore_check_constraints = OFF')
}

/** Looks at the network with something done to it, and undoes it. */
export function findingsAfter(world: World, database: Database, harm: () => void): AuditFinding[] {
  database.exec('SAVEPOINT harm')
  try {
    harm()
    return auditWorld(world)
  } finally {
    database.exec('ROLLBACK TO harm')
    database.exec('RELEASE harm')
  }
}

export function busiest(world: World): CellParty {
  const count = ({ database }: CellParty) =>
    database.all<{ count: number }>('SELECT count(*) AS count FROM transfers')[0]?.count ?? 0
  const [cell] = world.cells.toSorted((a, b) => count(b) - count(a))
  if (!cell) throw new Error('no cells')
  return cell
}
