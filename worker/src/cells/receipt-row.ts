import { type AmountMinor, minor } from '#schema/money'
import type { OfferVersion } from '#schema/offer'
import type { ReceiptReason, ReceiptScan, ReceiptState, TimelineEntry } from '#schema/receipt'
import type { SaleKey } from '#schema/sale'
import type { Verdict } from '#schema/verdict'
import type { OfferFacts } from '../offers/facts.ts'
import type { Reversal } from '../offers/reversal.ts'
import type { Refusal } from '../offers/verdict.ts'
import type { Evidence } from '../receipts/evidence.ts'
import type { ClaimState } from '../receipts/journey.ts'
import type { ReturnedGoods } from '../receipts/returned.ts'
import { first, type SqlStore } from './sql-store.ts'

/** What one offer paid. */
export type PaidReward = {
  readonly offerId: string
  readonly version: number
  readonly partnerId: string
  readonly title: OfferVersion['title']
  readonly rewardMinor: number
  readonly feeMinor: number
  readonly fromReserved: boolean
  readonly holdDays: number
  /** Milliseconds; null when available at once. */
  readonly availableAt: number | null
  readonly lines: readonly { line: number | null; amountMinor: number }[]
}

/**
 * The stored judgement: evaluating the evidence with these facts and this limit gives these
 * verdicts again. While a budget is awaited they say so, and nothing is among the rewards.
 */
export type Judgement = Evidence & {
  readonly facts: readonly (readonly [offerId: string, facts: OfferFacts])[]
  /** Offers whose budget had no money for this receipt. */
  readonly exhausted: readonly string[]
  /** The limit on credited receipts that the wallet had reached. */
  readonly limit: CreditLimit | null
  readonly verdicts: readonly Verdict[]
  /** Partner of every offer that has a verdict. */
  readonly partners: Readonly<Record<string, string>>
  readonly rewards: readonly PaidReward[]
  /** Returns since the receipt was judged. */
  readonly takenBack?: readonly TakenBack[]
}

/** A limit on credited receipts, as every offer on the receipt says it; `seen` counts this one. */
export type CreditLimit = Refusal & { readonly rule: 'daily_limit' | 'till_limit' }

/** What a return took back of a credited receipt. */
export type TakenBack = {
  readonly returnId: string
  readonly goods: ReturnedGoods
  readonly reversals: readonly Reversal[]
}

export type ReceiptRow = {
  readonly id: string
  readonly walletId: string
  readonly fingerprint: string
  readonly attempt: number
  readonly contentKey: string
  readonly submittedAt: number
  readonly scan: ReceiptScan
  /** The partner's sale that vouches for it instead of the tax service. */
  readonly sale: SaleKey | null
  /** What was bought when: as the scan says it, until somebody vouches for it and knows better. */
  purchasedAt: string
  totalMinor: AmountMinor
  state: ReceiptState
  claim: ClaimState
  version: number
  /** What was credited, and what of it was taken back after returns. */
  rewardMinor: number
  returnedMinor: number
  checks: number
  taskDueAt: number | null
  snapshotVersion: number | null
  till: string | null
  storeName: string | null
  reason: ReceiptReason | null
  timeline: TimelineEntry[]
  judged: Judgement | null
}

const COLUMNS = `id, wallet_id, fingerprint, attempt, content_key, submitted_at, scan, sale, state,
  claim, version, reward_minor, returned_minor, checks, task_due_at, snapshot_version, till,
  store_name, reason, timeline, judged, purchased_at, total_minor`

type StoredRow = {
  id: string
  wallet_id: string
  fingerprint: string
  attempt: number
  content_key: string
  submitted_at: number
  scan: string
  sale: string | null
  state: ReceiptState
  claim: ClaimState
  version: number
  reward_minor: number
  returned_minor: number
  checks: number
  task_due_at: number | null
  snapshot_version: number | null
  till: string | null
  store_name: string | null
  reason: string | null
  timeline: string
  judged: string | null
  purchased_at: string
  total_minor: number
}

function fromStored(row: StoredRow): ReceiptRow {
  return {
    id: row.id,
    walletId: row.wallet_id,
    fingerprint: row.fingerprint,
    attempt: row.attempt,
    contentKey: row.content_key,
    submittedAt: row.submitted_at,
    scan: JSON.parse(row.scan),
    sale: row.sale === null ? null : JSON.parse(row.sale),
    purchasedAt: row.purchased_at,
    totalMinor: minor(row.total_minor),
    state: row.state,
    claim: row.claim,
    version: row.version,
    rewardMinor: row.reward_minor,
    returnedMinor: row.returned_minor,
    checks: row.checks,
    taskDueAt: row.task_due_at,
    snapshotVersion: row.snapshot_version,
    till: row.till,
    storeName: row.store_name,
    reason: row.reason === null ? null : JSON.parse(row.reason),
    timeline: JSON.parse(row.timeline),
    judged: row.judged === null ? null : JSON.parse(row.judged),
  }
}

export function readReceipt(sql: SqlStore, id: string): ReceiptRow | null {
  const row = first<StoredRow>(sql, `SELECT ${COLUMNS} FROM receipts WHERE id = ?`, id)
  return row && fromStored(row)
}

/** A wallet's receipts, newest first, before the given one. */
export function listReceipts(
  sql: SqlStore,
  walletId: string,
  before: { submittedAt: number; id: string },
  limit: number,
): ReceiptRow[] {
  return sql
    .all<StoredRow>(
      `SELECT ${COLUMNS} FROM receipts WHERE wallet_id = ? AND (submitted_at, id) < (?, ?)
       ORDER BY submitted_at DESC, id DESC LIMIT ?`,
      walletId,
      before.submittedAt,
      before.id,
      limit,
    )
    .map(fromStored)
}

const json = (value: unknown): string | null => (value === null ? null : JSON.stringify(value))

export function insertReceipt(sql: SqlStore, row: ReceiptRow): void {
  sql.all(
    `INSERT INTO receipts (${COLUMNS})
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    row.id,
    row.walletId,
    row.fingerprint,
    row.attempt,
    row.contentKey,
    row.submittedAt,
    JSON.stringify(row.scan),
    json(row.sale),
    row.state,
    row.claim,
    row.version,
    row.rewardMinor,
    row.returnedMinor,
    row.checks,
    row.taskDueAt,
    row.snapshotVersion,
    row.till,
    row.storeName,
    json(row.reason),
    JSON.stringify(row.timeline),
    json(row.judged),
    row.purchasedAt,
    row.totalMinor,
  )
}

/** What a photo of its paper says beside its code. */
export function updateScan(sql: SqlStore, { id }: ReceiptRow, scan: ReceiptScan): void {
  sql.all('UPDATE receipts SET scan = ? WHERE id = ?', JSON.stringify(scan), id)
}

/**
 * An index holds what was bought when: it is written anew only for what the scan did not say, so
 * that the ordinary receipt does not pay for it.
 */
export function updateReceipt(sql: SqlStore, row: ReceiptRow): void {
  const { purchasedAt, totalMinor, scan } = row
  const isToldLater = purchasedAt !== scan.time || totalMinor !== scan.totalMinor
  sql.all(
    `UPDATE receipts SET ${isToldLater ? 'purchased_at = ?, total_minor = ?,' : ''}
       state = ?, claim = ?, version = ?, reward_minor = ?, returned_minor = ?, checks = ?,
       task_due_at = ?, snapshot_version = ?, till = ?, store_name = ?, reason = ?,
       timeline = ?, judged = ?
     WHERE id = ?`,
    ...(isToldLater ? [purchasedAt, totalMinor] : []),
    row.state,
    row.claim,
    row.version,
    row.rewardMinor,
    row.returnedMinor,
    row.checks,
    row.taskDueAt,
    row.snapshotVersion,
    row.till,
    row.storeName,
    json(row.reason),
    JSON.stringify(row.timeline),
    json(row.judged),
    row.id,
  )
}
