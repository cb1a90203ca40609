import { croatianNumbering } from '#fiscal/hr'
import type { ReviewClaim } from '#schema/review'
import { decideLost } from '../receipts/journey.ts'
import type { CellContext } from './cell-context.ts'
import { reviewCollided } from './cell-reviewed-receipts.ts'
import { take } from './cell-steps.ts'
import { type ReceiptRow, readReceipt } from './receipt-row.ts'

/** Several claims of what may be one receipt (decision 0023). Callers hold the transaction. */

/** One claim holds a code; a few more, lost before, may not have heard of it yet. */
const RIVALS_MAX = 100

/** A receipt that a person has vouched for, and all that it is called. */
export type Vouched = { readonly identities: readonly string[]; readonly receiptId: string }

/**
 * A person has vouched for a receipt, and the directory has made all that it is called its own:
 * whoever claimed any of it before, unproved, has lost it, and may send it again.
 */
export function closeRivals(ctx: CellContext, { identities, receiptId }: Vouched, now: number) {
  const rivals = ctx.sql.all<{ id: string }>(
    `SELECT id FROM receipts WHERE fingerprint IN (SELECT value FROM json_each(?)) AND id <> ?
       AND claim = 'held' AND state IN ('verifying', 'awaiting_authority') LIMIT ?`,
    JSON.stringify(identities),
    receiptId,
    RIVALS_MAX,
  )
  for (const { id } of rivals) {
    const row = readReceipt(ctx.sql, id)
    if (!row) continue
    take(ctx, row, decideLost(now), now)
    reviewCollided(ctx, row, now)
  }
}

/** The receipt whose rivals a reviewer wants to see. */
export type Contested = Pick<ReceiptRow, 'fingerprint' | 'purchasedAt' | 'totalMinor'> & {
  readonly receiptId: string
}

export type Claimant = Omit<ReviewClaim, 'isOwn' | 'shopperMasked'> & { readonly walletId: string }

const CLAIMANTS_MAX = 10

/**
 * Receipts of this cell that claim the same code, or are of the same minute and total under their
 * country's other number, and are not closed: the oldest first.
 */
export function claimantsOf(ctx: CellContext, contested: Contested): Claimant[] {
  const { fingerprint, purchasedAt, totalMinor, receiptId } = contested
  const numbering = croatianNumbering(fingerprint)
  const ids = ctx.sql.all<{ id: string; fingerprint: string }>(
    `SELECT id, fingerprint FROM receipts
     WHERE (fingerprint = ?1 OR (?2 AND purchased_at = ?3 AND total_minor = ?4))
       AND (id = ?5 OR (state NOT IN ('rejected', 'released') AND claim = 'held'))
     ORDER BY submitted_at`,
    ...[fingerprint, numbering === null ? 0 : 1, purchasedAt, totalMinor, receiptId],
  )
  return ids
    .filter((one) => {
      const other = croatianNumbering(one.fingerprint)
      return one.fingerprint === fingerprint || (other !== null && other !== numbering)
    })
    .slice(0, CLAIMANTS_MAX)
    .flatMap(({ id }) => readReceipt(ctx.sql, id) ?? [])
    .map(claimantOf)
}

function claimantOf({ id, walletId, state, submittedAt, fingerprint, scan }: ReceiptRow): Claimant {
  return {
    receiptId: id,
    walletId,
    state,
    submittedAt: new Date(submittedAt).toISOString(),
    numbering: croatianNumbering(fingerprint),
    officialPage: 'text' in scan ? scan.officialPage : null,
  }
}
