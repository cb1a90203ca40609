import { croatianNumbering } from '#fiscal/hr'
import type { FiscalDocument } from '#schema/receipt'
import type { ReviewClaim } from '#schema/review'
import { decideLost } from '../receipts/journey.ts'
import { contradictionOf } from '../reviews/contradiction.ts'
import type { CellContext } from './cell-context.ts'
import { reviewLost } from './cell-reviewed-receipts.ts'
import { take } from './cell-steps.ts'
import { type ReceiptRow, readReceipt } from './receipt-row.ts'

/** Several claims of what may be one receipt (decision 0023). Callers hold the transaction. */

/** One claim holds a code; a few more, lost before, may not have heard of it yet. */
const RIVALS_MAX = 100

/** A receipt that a person has vouched for, and all that it is called. */
export type Vouched = {
  readonly receiptId: string
  /** What the directory has made its own. */
  readonly identities: readonly string[]
  readonly document: Pick<FiscalDocument, 'time' | 'totalMinor' | 'sellerTaxNumber'>
}

/**
 * A person has vouched for a receipt, and the directory has made what it is called its own: whoever
 * claimed that before, unproved, has lost it, and may send it again. Whose code says another
 * purchase waits on, and may show its paper: a person has not seen that one.
 */
export function closeRivals(ctx: CellContext, vouched: Vouched, now: number): void {
  const { identities, receiptId, document } = vouched
  const said = { ...document, taxNumber: document.sellerTaxNumber?.trim() || null }
  const rivals = ctx.sql.all<{ id: string }>(
    `SELECT id FROM receipts WHERE fingerprint IN (SELECT value FROM json_each(?)) AND id <> ?
       AND claim = 'held' AND state IN ('verifying', 'awaiting_authority') LIMIT ?`,
    JSON.stringify(identities),
    receiptId,
    RIVALS_MAX,
  )
  for (const { id } of rivals) {
    const row = readReceipt(ctx.sql, id)
    if (!row || !('text' in row.scan) || contradictionOf(row.scan, said)) continue
    reviewLost(ctx, row, now)
    take(ctx, row, decideLost(now), now)
  }
}

/** The receipt whose rivals a reviewer wants to see. */
export type Contested = Pick<ReceiptRow, 'fingerprint' | 'purchasedAt' | 'totalMinor'> & {
  readonly receiptId: string
  /** What its print calls it besides. */
  readonly alsoPrinted: readonly string[]
}

export type Claimant = Omit<ReviewClaim, 'isOwn' | 'shopperMasked'> & { readonly walletId: string }

const CLAIMANTS_MAX = 10
/** A wallet may try again each minute: of its attempts one is shown. */
const ATTEMPTS_MAX = 1_000

/**
 * Receipts of this cell that claim the same code, or a number that its print shows, or are of the
 * same minute and total under their country's other number, and are not closed: the oldest first.
 * Whoever found the code claimed by somebody unproved claims it as well.
 */
export function claimantsOf(ctx: CellContext, contested: Contested): Claimant[] {
  const { fingerprint, purchasedAt, totalMinor, receiptId, alsoPrinted } = contested
  const numbering = croatianNumbering(fingerprint)
  const names = [fingerprint, ...alsoPrinted]
  const found = ctx.sql.all<{ id: string; fingerprint: string; walletId: string }>(
    `SELECT id, fingerprint, wallet_id AS walletId FROM receipts
     WHERE (fingerprint IN (SELECT value FROM json_each(?1))
         OR (?2 AND purchased_at = ?3 AND total_minor = ?4))
       AND (id = ?5 OR (state NOT IN ('rejected', 'released') AND claim = 'held')
         OR (state = 'duplicate' AND reason ->> '$.unproved'))
     ORDER BY id = ?5 DESC, claim = 'held' DESC, attempt DESC LIMIT ?6`,
    ...[JSON.stringify(names), numbering === null ? 0 : 1, purchasedAt, totalMinor, receiptId],
    ATTEMPTS_MAX,
  )
  const one = new Map<string, string>()
  for (const { id, fingerprint: claimed, walletId } of found) {
    const other = croatianNumbering(claimed)
    const isLikely = names.includes(claimed) || (other !== null && other !== numbering)
    const key = `${walletId} ${claimed}`
    if (isLikely && !one.has(key)) one.set(key, id)
  }
  return [...one.values()]
    .slice(0, CLAIMANTS_MAX)
    .flatMap((id) => readReceipt(ctx.sql, id) ?? [])
    .sort((first, second) => first.submittedAt - second.submittedAt)
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
