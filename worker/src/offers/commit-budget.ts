import { Refusal } from '../http/problem.ts'
import type { Database } from '../members/database.ts'
import type { PartnerMoney } from '../partners/money.ts'
import { refusingTaken } from '../partners/refusals.ts'
import type { OfferPlace } from './offers.d1.ts'

/**
 * Puts a partner's money behind an offer, so that the offer holds at least its budget. Each
 * question to the partner's book is written down before it is asked: after a crash the same
 * question is asked again, never another one.
 */

type CommitRow = { id: string; amount_minor: number; at: string }

/**
 * A question younger than this belongs to a publication that is still running, an older one to a
 * crash.
 */
const ASKING_MS_MAX = 10_000

/** What the offer holds of the partner's money. */
export async function committedTo(db: Database, offerId: string): Promise<number> {
  const row = await db
    .prepare(
      `SELECT coalesce(sum(amount_minor), 0) AS total FROM offer_commits
       WHERE offer_id = ? AND state = 'done'`,
    )
    .bind(offerId)
    .first<{ total: number }>()
  return row?.total ?? 0
}

/** Refuses with `funds_short`, and `not_now` when another publication of the offer is asking. */
export async function commitBudget(
  ports: { db: Database; money: PartnerMoney },
  place: OfferPlace,
  budgetMinor: number,
  at: string,
): Promise<void> {
  const { db } = ports
  const open = await db
    .prepare(
      `SELECT id, amount_minor, at FROM offer_commits WHERE offer_id = ? AND state = 'asked'`,
    )
    .bind(place.offerId)
    .first<CommitRow>()
  if (open && Date.parse(at) - Date.parse(open.at) < ASKING_MS_MAX) throw new Refusal('not_now')
  if (open) await ask(ports, place, open)
  const needMinor = budgetMinor - (await committedTo(db, place.offerId))
  if (needMinor <= 0) return
  const outcome = await ask(ports, place, await newCommit(db, place.offerId, needMinor, at))
  if (outcome === 'ok') return
  const { fundsMinor } = await ports.money.balance(place.partnerId)
  throw new Refusal('funds_short', { neededMinor: needMinor, seenMinor: fundsMinor })
}

async function newCommit(
  db: Database,
  offerId: string,
  amountMinor: number,
  at: string,
): Promise<CommitRow> {
  const work = db
    .prepare(
      `INSERT INTO offer_commits (id, offer_id, sequence, amount_minor, state, at)
       SELECT ?1 || ':' || sequence, ?1, sequence, ?2, 'asked', ?3 FROM (
         SELECT 1 + coalesce(max(sequence), 0) AS sequence FROM offer_commits WHERE offer_id = ?1
       ) RETURNING id, amount_minor, at`,
    )
    .bind(offerId, amountMinor, at)
    .first<CommitRow>()
  const row = await refusingTaken(work).catch((error: unknown) => {
    if (error instanceof Refusal) throw new Refusal('not_now')
    throw error
  })
  if (row === null) throw new Error('the commit was not written')
  return row
}

async function ask(
  { db, money }: { db: Database; money: PartnerMoney },
  { partnerId, offerId }: OfferPlace,
  commit: CommitRow,
): Promise<'ok' | 'funds_short'> {
  const outcome = await money.commit(offerId, partnerId, commit.id, commit.amount_minor)
  await db
    .prepare('UPDATE offer_commits SET state = ? WHERE id = ?')
    .bind(outcome === 'ok' ? 'done' : 'short', commit.id)
    .run()
  return outcome
}
