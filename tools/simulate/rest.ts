import type { CellParty } from './cell-party.ts'
import type { Checks } from './checks.ts'
import type { Complain } from './complaint.ts'
import type { Party } from './party.ts'
import type { World } from './world.ts'

/**
 * I7 and I8, when faults have stopped and nothing is left to happen: every receipt, lease and
 * payout is at an end, nothing is in flight, nothing acknowledged is missing, everybody was told.
 */
export function checkRest(world: World, checks: Checks, complain: Complain): void {
  const { published } = world
  checks.checkHistory()
  checks.payouts.checkEnds()
  for (const id of checks.crossings.underWay()) complain('I8', 'network', `${id} never arrived`)
  for (const cell of world.cells) {
    checkTasks(cell, complain)
    checkReceipts(cell, checks, published, complain)
    checkPayouts(cell, published, complain)
    checkLeases(cell, complain)
    const held = checks.rewards.get(cell)?.unreleased() ?? 0
    checks.returns.get(cell)?.checkFound()
    if (held !== 0) complain('I8', cell.name, `${held} kopecks are held for ever`)
  }
  for (const book of world.books) checkTasks(book, complain)
  checkClaims(world, complain)
  for (const { cell, receiptId } of checks.acknowledged) {
    const [row] = cell.database.all('SELECT id FROM receipts WHERE id = ?', receiptId)
    if (!row) complain('I7', cell.name, `${receiptId} was acknowledged and is gone`)
  }
}

function checkTasks(party: Party, complain: Complain): void {
  const tasks = party.database.all<{ id: string; kind: string }>('SELECT id, kind FROM tasks')
  for (const { id, kind } of tasks) complain('I8', party.name, `task ${id} (${kind}) is left`)
}

/** I4 at rest: the directory and the cells agree on who holds what. */
function checkClaims(world: World, complain: Complain): void {
  const held = new Map<string, string>()
  for (const cell of world.cells) {
    const rows = cell.database.all<{ id: string; fingerprint: string }>(
      "SELECT id, fingerprint FROM receipts WHERE claim = 'held'",
    )
    for (const { id, fingerprint } of rows) {
      const other = held.get(fingerprint)
      if (other) complain('I4', cell.name, `${id} and ${other} both hold ${fingerprint}`)
      held.set(fingerprint, id)
    }
  }
  for (const directory of world.directories) {
    const rows = directory.database.all<{ fingerprint: string; receiptId: string }>(
      'SELECT fingerprint, receipt_id AS receiptId FROM claims',
    )
    for (const { fingerprint, receiptId } of rows) {
      if (held.get(fingerprint) !== receiptId) {
        complain('I4', directory.name, `${receiptId} has the claim of ${fingerprint} for nothing`)
      }
      held.delete(fingerprint)
    }
  }
  for (const [fingerprint, id] of held) complain('I4', 'network', `${id} lost ${fingerprint}`)
}

const ENDS: Record<string, readonly string[]> = {
  credited: ['held'],
  no_reward: ['held'],
  duplicate: ['none'],
  rejected: ['none', 'released'],
  released: ['released'],
}

function checkReceipts(
  cell: CellParty,
  checks: Checks,
  published: ReadonlySet<string>,
  complain: Complain,
): void {
  const rows = cell.database.all<{
    id: string
    state: string
    claim: string
    version: number
    rewardMinor: number
    returnedMinor: number
    reason: string | null
    steps: string
  }>(
    `SELECT id, state, claim, version, reward_minor AS rewardMinor, returned_minor AS returnedMinor,
       reason ->> '$.code' AS reason, timeline AS steps FROM receipts`,
  )
  const rewards = checks.rewards.get(cell)
  for (const row of rows) {
    if (!ENDS[row.state]?.includes(row.claim)) {
      complain('I8', cell.name, `${row.id} rests as ${row.state} with its claim ${row.claim}`)
    }
    if ((rewards?.rewardOf.get(row.id) ?? 0) !== row.rewardMinor) {
      complain('I2', cell.name, `${row.id} says ${row.rewardMinor}, other than was posted`)
    }
    if ((checks.returns.get(cell)?.takenOf(row.id) ?? 0) !== row.returnedMinor) {
      complain('I2', cell.name, `${row.id} gave back ${row.returnedMinor}, other than was posted`)
    }
    // Refused on the spot: the answer to the submission has said it already.
    if (row.version === 1) continue
    const told = endsOf(row)
    if (!told.some((event) => published.has(event))) {
      complain('I7', cell.name, `${told.join(' or ')} was never told`)
    }
  }
}

/** The events of which one tells a receipt's end. */
function endsOf(row: { id: string; state: string; version: number; reason: string | null }) {
  const isReturn = row.reason?.startsWith('return_') === true
  if (row.state === 'credited' || (row.state === 'no_reward' && !isReturn)) {
    return [`judged:${row.id}`]
  }
  const closed = `closed:${row.id}:${row.version}`
  // A return that is submitted anew after its first receipt has told what was taken only closes.
  return row.reason === 'return_applied' ? [`returned:${row.id}`, closed] : [closed]
}

function checkPayouts(cell: CellParty, published: ReadonlySet<string>, complain: Complain): void {
  const rows = cell.database.all<{ id: string; state: string }>('SELECT id, state FROM payouts')
  for (const { id, state } of rows) {
    if (state !== 'arrived' && state !== 'came_back') {
      complain('I8', cell.name, `payout ${id} rests as ${state}`)
    }
    if (!published.has(`payout:${id}:${state}`)) {
      complain('I7', cell.name, `the end of payout ${id} was never told`)
    }
  }
}

function checkLeases(cell: CellParty, complain: Complain): void {
  const open = cell.database.all<{ offerId: string; sequence: number }>(
    'SELECT offer_id AS offerId, sequence FROM leases WHERE granted_minor IS NULL',
  )
  for (const { offerId, sequence } of open) {
    complain('I8', cell.name, `lease ${sequence} of ${offerId} was never answered`)
  }
  const waiting = cell.database.all<{ id: string }>('SELECT receipt_id AS id FROM waiters')
  for (const { id } of waiting) complain('I8', cell.name, `${id} waits for a lease for ever`)
}
