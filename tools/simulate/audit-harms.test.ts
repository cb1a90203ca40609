import { describe, expect, it } from 'vitest'
import type { AuditFinding } from '#schema/operator'
import { Book } from '#worker/cells/book'
import { depositBooked, leaseGranted, offerCommitted, rewardPosted } from '#worker/ledger/posting'
import { auditWorld } from './audit-world.ts'
import type { CellParty } from './cell-party.ts'
import { busiest, findingsAfter, LATER, tamper, withNetwork } from './harm.ts'
import type { World } from './world.ts'

type Harm = {
  readonly promise: string
  readonly invariant: AuditFinding['invariant']
  readonly harm: (cell: CellParty, world: World) => void
}

const HARMS: readonly Harm[] = [
  {
    promise: 'a balance without its transfers',
    invariant: 'I2',
    harm: ({ database }) =>
      tamper(
        database,
        `UPDATE accounts SET balance_minor = balance_minor + 1 WHERE code LIKE 'wallet:%:available'
         AND code = (SELECT min(code) FROM accounts WHERE code LIKE 'wallet:%:available')`,
      ),
  },
  {
    promise: 'balances that do not cancel out',
    invariant: 'I1',
    harm: ({ database }) =>
      tamper(database, "UPDATE accounts SET balance_minor = 7 WHERE code = 'clearing:payouts'"),
  },
  {
    promise: 'a wallet below zero',
    invariant: 'I5',
    harm: ({ database }) =>
      tamper(
        database,
        `UPDATE accounts SET balance_minor = -1
         WHERE code = (SELECT min(code) FROM accounts WHERE code LIKE 'wallet:%')`,
      ),
  },
  {
    promise: 'an escrow that is kept as a mirror, to escape its sign rule',
    invariant: 'I5',
    harm: ({ database }) =>
      tamper(database, "UPDATE accounts SET kind = 'mirror' WHERE code LIKE 'escrow:%'"),
  },
  {
    promise: 'a lease that no budget has granted',
    invariant: 'I3',
    harm: ({ cell }, world) =>
      cell.ctx.book.post(
        [leaseGranted('lease:forged', world.market.offers[0]?.offerId ?? '', 50)],
        LATER,
      ),
  },
  {
    promise: 'a receipt that gave back what the book does not know',
    invariant: 'I4',
    harm: ({ database }) =>
      tamper(
        database,
        `UPDATE receipts SET returned_minor = returned_minor + 1
         WHERE reward_minor > returned_minor`,
      ),
  },
  {
    promise: 'a wallet that owes and has money',
    invariant: 'I5',
    harm: ({ database }) =>
      tamper(
        database,
        `INSERT INTO accounts (currency, code, kind, balance_minor)
         SELECT currency, 'claims:' || replace(substr(code, 8), ':available', ''), 'asset', -5
         FROM accounts WHERE code LIKE 'wallet:%:available' AND balance_minor > 0 LIMIT 1
         ON CONFLICT DO UPDATE SET balance_minor = -5`,
      ),
  },
  {
    promise: 'a reward without a receipt',
    invariant: 'I4',
    harm: ({ cell }, world) => {
      const offer = world.market.offers[0]
      if (!offer) throw new Error('no offers')
      const { offerId, partnerId } = offer
      cell.ctx.book.post([leaseGranted('lease:forged', offerId, 10)], LATER)
      const reward = { receiptId: 'rcp_nobody', walletId: 'wal_0000', offerId, partnerId }
      cell.ctx.book.post(
        rewardPosted({ ...reward, rewardMinor: 10, feeMinor: 0, held: false, fromReserved: false }),
        LATER,
      )
    },
  },
  {
    promise: 'a receipt that says more than was posted, and another that says less',
    invariant: 'I4',
    harm: ({ database }) => {
      const credited = "(SELECT id FROM receipts WHERE state = 'credited' ORDER BY id LIMIT 2)"
      tamper(
        database,
        `UPDATE receipts SET reward_minor = reward_minor
           + CASE id WHEN (SELECT min(id) FROM receipts WHERE id IN ${credited}) THEN 1 ELSE -1 END
         WHERE id IN ${credited}`,
      )
    },
  },
  {
    promise: 'two credits for one fiscal identity',
    invariant: 'I4',
    harm: ({ database }) =>
      tamper(
        database,
        `UPDATE receipts SET fingerprint =
           (SELECT max(fingerprint) FROM receipts WHERE state = 'credited')
         WHERE state = 'credited'`,
      ),
  },
  {
    promise: 'held money without its date',
    invariant: 'I3',
    harm: ({ database }) =>
      tamper(
        database,
        "INSERT INTO holds (available_at, wallet_id, amount_minor) VALUES (1, 'wal_0000', 5)",
      ),
  },
  {
    promise: 'a reservation without its money',
    invariant: 'I3',
    harm: ({ database }, world) =>
      tamper(
        database,
        `INSERT INTO activations VALUES ('wal_0000', ?, 99, 'active', 1, 'prt_zarya000', 5, 1, 2)`,
        world.market.offers[0]?.offerId ?? '',
      ),
  },
  {
    promise: 'a payout that says it came back while the provider was posted as paying',
    invariant: 'I6',
    harm: ({ database }) =>
      tamper(database, "UPDATE payouts SET state = 'came_back' WHERE state = 'arrived'"),
  },
  {
    promise: 'a payout of another amount than was taken',
    invariant: 'I6',
    harm: ({ database }) => tamper(database, 'UPDATE payouts SET amount_minor = amount_minor + 1'),
  },
  {
    promise: 'a receipt that waits for nobody',
    invariant: 'I8',
    harm: ({ database }) =>
      tamper(database, "UPDATE receipts SET state = 'verifying' WHERE state = 'duplicate'"),
  },
  {
    promise: 'a lease that nobody asks for',
    invariant: 'I8',
    harm: ({ database }) => tamper(database, 'UPDATE leases SET granted_minor = NULL'),
  },
  {
    promise: 'a task that nobody performs',
    invariant: 'I8',
    harm: ({ database }) =>
      tamper(database, "INSERT INTO tasks VALUES (1, 'book_payout:x', 'book_payout', '{}')"),
  },
  {
    promise: 'a fee that is booked to a stranger',
    invariant: 'I9',
    harm: ({ cell }, world) => {
      const offer = world.market.offers[0]
      if (!offer) throw new Error('no offers')
      const { offerId } = offer
      cell.ctx.book.post([leaseGranted('lease:forged', offerId, 20)], LATER)
      const reward = {
        receiptId: 'rcp_x',
        walletId: 'wal_0000',
        partnerId: 'prt_stranger',
        offerId,
      }
      cell.ctx.book.post(
        rewardPosted({
          ...reward,
          rewardMinor: 10,
          feeMinor: 10,
          held: false,
          fromReserved: false,
        }),
        LATER,
      )
    },
  },
  {
    promise: 'a trigger that is gone',
    invariant: 'I10',
    harm: ({ database }) => database.exec('DROP TRIGGER transfers_never_change'),
  },
  {
    promise: 'a transfer that is gone',
    invariant: 'I10',
    harm: ({ database }) => tamper(database, 'DELETE FROM transfers WHERE sequence = 3'),
  },
]

describe('the auditor finds, and names the cell of', () => {
  it.each(HARMS)('$promise ($invariant)', async ({ invariant, harm }) => {
    await withNetwork((world) => {
      const cell = busiest(world)
      const findings = findingsAfter(world, cell.database, () => harm(cell, world))
      const own = findings.filter((finding) => finding.invariant === invariant)
      const where = own.map((finding) => finding.where)
      expect(own).not.toEqual([])
      if (invariant !== 'I3') expect(new Set(where)).toEqual(new Set([cell.name]))
    })
  })

  it('a credit whose claim the directory does not know (I4)', async () => {
    await withNetwork((world) => {
      for (const { database } of world.directories) tamper(database, 'DELETE FROM claims')
      expect(auditWorld(world)).toContainEqual(expect.objectContaining({ invariant: 'I4' }))
    })
  })

  it('an offer that lives on the money of two partners (I9)', async () => {
    await withNetwork((world) => {
      const offer = world.market.offers[0]
      const stranger = world.books.find(
        ({ name }) => name !== 'network' && name !== offer?.partnerId,
      )
      if (!offer || !stranger) throw new Error('no stranger')
      const findings = findingsAfter(world, stranger.database, () => {
        const book = new Book(stranger.database.store(), 'RUB')
        book.post(
          [depositBooked('inv_x', 500), offerCommitted('commit_x', offer.offerId, 500)],
          LATER,
        )
      })
      expect(findings).toContainEqual(expect.objectContaining({ invariant: 'I9' }))
    })
  })
})
