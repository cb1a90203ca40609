import { describe, expect, it } from 'vitest'
import { cellsToFreeze, checkpointFindings } from '#worker/audit/audit'
import { checkpointAt, readCheckpoint } from '#worker/audit/checkpoint'
import { leaseGranted } from '#worker/ledger/posting'
import { chainHash, GENESIS_HASH, type PostedTransfer } from '#worker/ledger/transfer'
import { auditWorld } from './audit-world.ts'
import type { CellParty } from './cell-party.ts'
import { busiest, findingsAfter, LATER, tamper, withNetwork } from './harm.ts'

const COLUMNS = [
  'sequence',
  'id',
  'currency',
  'debit',
  'credit',
  'amount_minor',
  'code',
  'reference',
  'wallet_id',
  'at',
  'hash',
] as const

/** The same value with one bit of one byte flipped, as SQL; null for a value that is not there. */
function flipped(value: unknown): string | null {
  if (typeof value === 'number') return String(value ^ 1)
  const bytes = typeof value === 'string' ? Buffer.from(value) : value
  if (!(bytes instanceof Uint8Array)) return null
  const changed = Buffer.from(bytes)
  const middle = changed.length >> 1
  changed[middle] = (changed[middle] ?? 0) ^ 1
  return typeof value === 'string'
    ? `CAST(x'${changed.toString('hex')}' AS TEXT)`
    : `x'${changed.toString('hex')}'`
}

describe('one flipped byte is found and names its book', () => {
  it.each(COLUMNS)('in the column %s of any transfer of a cell', async (column) => {
    let looks = 0
    await withNetwork((world) => {
      const cell = busiest(world)
      const rows = cell.database.all<{ sequence: number; value: unknown }>(
        `SELECT sequence, ${column} AS value FROM transfers`,
      )
      for (const { sequence, value } of rows) {
        const wrong = column === 'sequence' ? String(sequence + 1_000) : flipped(value)
        if (wrong === null) continue
        const findings = findingsAfter(world, cell.database, () =>
          tamper(
            cell.database,
            `UPDATE transfers SET ${column} = ${wrong} WHERE sequence = ?`,
            sequence,
          ),
        )
        looks += 1
        const broken = findings.find(({ invariant }) => invariant === 'I10')
        expect(broken, `${column} of ${sequence}`).toMatchObject({ where: cell.name })
        expect(cellsToFreeze(findings, [...world.cells.map(({ name }) => name)])).toEqual([
          cell.name,
        ])
      }
    })
    expect(looks).toBeGreaterThan(10)
  })

  it('in a budget, a partner book and the network book as well', async () => {
    await withNetwork((world) => {
      for (const party of [...world.budgets, ...world.books]) {
        const [row] = party.database.all('SELECT 1 AS one FROM transfers')
        if (!row) continue
        const findings = findingsAfter(world, party.database, () =>
          tamper(party.database, 'UPDATE transfers SET at = at + 1 WHERE sequence = 1'),
        )
        const where = party.name.replace('budget ', '')
        expect(findings).toContainEqual(expect.objectContaining({ invariant: 'I10', where }))
      }
    })
  })
})

type Row = PostedTransfer & { hash: Uint8Array }

/** Writes the whole book anew with a smaller reward, and every hash and balance to fit. */
function rewriteHistory({ database }: CellParty): void {
  const rows = database.all<Row>(
    `SELECT sequence, id, currency, debit, credit, amount_minor AS amountMinor, code, reference,
       wallet_id AS walletId, at FROM transfers ORDER BY sequence`,
  )
  tamper(database, 'DELETE FROM transfers')
  tamper(database, 'UPDATE accounts SET balance_minor = 0')
  let hash = GENESIS_HASH
  for (const row of rows) {
    const told = { ...row, at: row.at + 1 }
    hash = chainHash(hash, told)
    database.all(
      'INSERT INTO transfers VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
      ...[told.sequence, told.id, told.currency, told.debit, told.credit, told.amountMinor],
      ...[told.code, told.reference, told.walletId, told.at, hash],
    )
  }
}

describe('a checkpoint that left before', () => {
  it('agrees with the book it was taken of, however long that has grown', async () => {
    await withNetwork((world) => {
      const { cell, database, name } = busiest(world)
      const checkpoint = readCheckpoint(database.store())
      if (!checkpoint) throw new Error('an empty book')
      const offerId = world.market.offers[0]?.offerId ?? ''
      cell.ctx.book.post([leaseGranted('lease:later', offerId, 5)], LATER)
      const found = checkpointAt(database.store(), checkpoint.sequence)
      expect(checkpointFindings([{ ...checkpoint, object: name, found }])).toEqual([])
      expect(Object.values(checkpoint.totals).reduce((sum, one) => sum + one, 0)).toBe(0)
    })
  })

  it('gives away a history that was rewritten as a whole: the chain alone cannot', async () => {
    await withNetwork((world) => {
      const cell = busiest(world)
      const store = cell.database.store()
      const checkpoint = readCheckpoint(store)
      if (!checkpoint) throw new Error('an empty book')
      rewriteHistory(cell)
      expect(auditWorld(world)).toEqual([])
      const found = checkpointAt(store, checkpoint.sequence)
      const findings = checkpointFindings([{ ...checkpoint, object: cell.name, found }])
      expect(findings).toMatchObject([{ invariant: 'I10', where: cell.name }])
      expect(cellsToFreeze(findings, [cell.name, 'another'])).toEqual([cell.name])
    })
  })

  it('gives away a history that was cut off', async () => {
    await withNetwork((world) => {
      const { database, name } = busiest(world)
      const checkpoint = readCheckpoint(database.store())
      if (!checkpoint) throw new Error('an empty book')
      tamper(database, 'DELETE FROM transfers WHERE sequence = ?', checkpoint.sequence)
      const found = checkpointAt(database.store(), checkpoint.sequence)
      expect(checkpointFindings([{ ...checkpoint, object: name, found }])).toHaveLength(1)
    })
  })
})
