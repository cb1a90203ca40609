import type { OfferVersion } from '#schema/offer'
import type { ReceiptReason, ReceiptScan, ReceiptState, TimelineEntry } from '#schema/receipt'
import type { SaleKey } from '#schema/sale'
import type { Verdict } from '#schema/verdict'
import type { OfferFacts } from '../offers/facts.ts'
import type { Refusal } from '../offers/verdict.ts'
import type { Evidence } from '../receipts/evidence.ts'
import type { ClaimState } from '../receipts/journey.ts'
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
}

/** A limit on credited receipts, as every offer on the receipt says it; `seen` counts this one. */
export type CreditLimit = Refusal & { readonly rule: 'daily_limit' | 'till_limit' }

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
  state: ReceiptState
  claim: ClaimState
  version: number
  rewardMinor: number
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
  claim, version, reward_minor, checks, task_due_at, snapshot_version, till, store_name, reason,
  timeline, judged`

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
  checks: number
  task_due_at: number | null
  snapshot_version: number | null
  till: string | null
  store_name: string | null
  reason: string | null
  timeline: string
  judged: string | null
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
    state: row.state,
    claim: row.claim,
    version: row.version,
    rewardMinor: row.reward_minor,
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
    `INSERT INTO receipts (${COLUMNS}, purchased_at, total_minor)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
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
    row.checks,
    row.taskDueAt,
    row.snapshotVersion,
    row.till,
    row.storeName,
    json(row.reason),
    JSON.stringify(row.timeline),
    json(row.judged),
    row.scan.time,
    row.scan.totalMinor,
  )
}

export function updateReceipt(sql: SqlStore, row: ReceiptRow): void {
  sql.all(
    `UPDATE receipts SET state = ?, claim = ?, version = ?, reward_minor = ?, checks = ?,
       task_due_at = ?, snapshot_version = ?, till = ?, store_name = ?, reason = ?, timeline = ?,
       judged = ?
     WHERE id = ?`,
    row.state,
    row.claim,
    row.version,
    row.rewardMinor,
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
