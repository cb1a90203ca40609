import type { AuditFinding } from '#schema/operator'
import { auditWorld } from './audit-world.ts'
import type { CellParty } from './cell-party.ts'
import type { Database } from './database.sqlite.ts'
import { simulate } from './simulation.ts'
import type { World } from './world.ts'

/** A moment after everything that the seed does. */
export const LATER = Date.parse('2027-12-31T00:00:00Z')

/** What the busiest cell must have lived through, so that there is something to harm. */
const RICH = `SELECT
  (SELECT count(*) FROM transfers WHERE wallet_id IS NOT NULL) > 12
  AND (SELECT count(*) FROM receipts WHERE state = 'credited') > 2
  AND EXISTS (SELECT 1 FROM receipts WHERE state = 'duplicate')
  AND EXISTS (SELECT 1 FROM payouts WHERE state = 'arrived')
  AND EXISTS (SELECT 1 FROM leases) AS rich`

const SEEDS_MAX = 200
let richSeed: number | null = null

/** Hands a coherent network at rest to the test; everything done to it is forgotten afterwards. */
export async function withNetwork(test: (world: World) => void): Promise<void> {
  for (let seed = richSeed ?? 1; seed <= SEEDS_MAX; seed += 1) {
    if (await tried(seed, test)) {
      richSeed = seed
      return
    }
  }
  throw new Error(`none of ${SEEDS_MAX} networks has enough in it`)
}

async function tried(seed: number, test: (world: World) => void): Promise<boolean> {
  let thrown: unknown = null
  let isRich = false
  const outcome = await simulate({ seed, steps: 600, cells: 2 }, (world, isAtRest) => {
    isRich = isAtRest && busiest(world).database.all<{ rich: number }>(RICH)[0]?.rich === 1
    if (!isRich) return null
    try {
      test(world)
    } catch (cause) {
      thrown = cause
    }
    return null
  })
  if (thrown !== null) throw thrown
  if (outcome.failure !== null) throw new Error(outcome.failure)
  return isRich
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
