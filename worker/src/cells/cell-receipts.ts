import { isReviewedScan, marketOfScan, type ReceiptScan } from '#schema/receipt'
import type { SaleKey } from '#schema/sale'
import { escrow } from '../ledger/account.ts'
import { type Evidence, purchasedAt } from '../receipts/evidence.ts'
import {
  type ClaimOutcome,
  decideAnswer,
  decideClaim,
  decideLikeness,
  decideSubmission,
  differingAnswers,
  refusedTime,
  reject,
  type Step,
  staffActions,
} from '../receipts/journey.ts'
import { isReturn } from '../receipts/returned.ts'
import type { AuthorityAnswer, Voucher } from '../verification/authority.ts'
import type { CellContext } from './cell-context.ts'
import { judge } from './cell-judge.ts'
import type { LeaseOutcome } from './cell-leases.ts'
import { submissionsFrom } from './cell-limits.ts'
import { paperBeside } from './cell-papers.ts'
import { isApproved, isCompared, isToldSame } from './cell-person-verdicts.ts'
import { forgetReturn, type ReturnOf, takeReturn, withReturns } from './cell-returns.ts'
import { withdrawReviewOf } from './cell-review-cases.ts'
import {
  compareScan,
  isToldApart,
  isToldByPaper,
  reviewCollided,
  reviewDiffered,
  toldApartFrom,
} from './cell-reviewed-receipts.ts'
import { log, take } from './cell-steps.ts'
import { type ReturnReport, reportReturn } from './cell-told-returns.ts'
import { contest, isDoubtful, personAsked } from './cell-waiting.ts'
import { closedEvent } from './receipt-event.ts'
import { insertReceipt, type ReceiptRow, readReceipt, updateReceipt } from './receipt-row.ts'
import { handOver, setReceiptTask } from './receipt-task.ts'

/** Applies the journey's decisions to the receipts of a cell; callers hold the transaction. */

export type Submission = {
  readonly walletId: string
  readonly fingerprint: string
  readonly contentKey: string
  readonly scan: ReceiptScan
  /** The photo that it was read on, or corrected beside. */
  readonly photoId?: string
  /** The partner's sale that vouches for it. */
  readonly sale?: SaleKey
  /** When the shopper sent it, in milliseconds, if a person had to look first. */
  readonly askedAt?: number
}

/**
 * What the verification consumer hands back: the answer, and the evidence when authentic.
 * `collides`: a paper receipt looks like one that was judged already.
 */
export type AuthorityResult =
  | { kind: 'collides'; receiptId: string; isSameWallet: boolean }
  | Exclude<AuthorityAnswer, { kind: 'authentic' }>
  /** Authentic, and credited already by what its paper says. */
  | Extract<ClaimOutcome, { kind: 'taken' }>
  | {
      kind: 'authentic'
      evidence: Evidence
      till: string | null
      /** Vouched for before it under the country's other number: perhaps the same receipt. */
      beside?: readonly string[]
      /** Absent where a service was asked. */
      by?: Voucher | 'person'
      /** What its shop has told of goods of it that came back. */
      returns?: readonly Omit<ReturnReport, 'saleId'>[]
      /** Of a return: what is known of its sale. */
      returnOf?: ReturnOf
    }

type Submitted =
  | { kind: 'taken'; row: ReceiptRow; created: boolean }
  /** Too many that were not credited; a new one is taken from then on, in milliseconds. */
  | { kind: 'limited'; from: number }

/**
 * Step 1. The same receipt of the same wallet is the same work: its row is answered again. After
 * its claim was given back, other contents may be tried as the next attempt.
 */
export function submit(ctx: CellContext, submission: Submission, now: number): Submitted {
  const { walletId, fingerprint, contentKey, scan } = submission
  const market = marketOfScan(scan)
  if (market !== null && market !== ctx.rules.code) {
    throw new Error(`a receipt of ${market} was brought to ${ctx.name}`)
  }
  let attempt = 0
  for (; ; attempt += 1) {
    const row = readReceipt(ctx.sql, ctx.receiptId(fingerprint, walletId, attempt))
    if (!row) break
    if (!mayTryAgain(ctx, row, contentKey, now)) return { kind: 'taken', row, created: false }
  }
  const from = submissionsFrom(ctx, walletId, now)
  if (from !== null) return { kind: 'limited', from }
  const submittedAt = submission.askedAt ?? now
  const step = decideSubmission(scan, ctx.rules, submittedAt)
  const row: ReceiptRow = {
    id: ctx.receiptId(fingerprint, walletId, attempt),
    walletId,
    fingerprint,
    attempt,
    contentKey,
    submittedAt,
    scan,
    sale: submission.sale ?? null,
    purchasedAt: scan.time,
    totalMinor: scan.totalMinor,
    state: step.state,
    claim: step.claim,
    version: 1,
    rewardMinor: 0,
    returnedMinor: 0,
    checks: 0,
    taskDueAt: null,
    snapshotVersion: null,
    till: null,
    storeName: null,
    reason: step.reason,
    timeline: [{ at: new Date(now).toISOString(), ...entryOf(step, submission) }],
    judged: null,
  }
  if (step.next) setReceiptTask(ctx, row, now, { kind: 'claim', receiptId: row.id })
  insertReceipt(ctx.sql, row)
  return { kind: 'taken', row, created: true }
}

/** The first entry says when the receipt came as a photo. */
function entryOf({ entry }: Step, { photoId }: Submission): Step['entry'] {
  const isPhoto = entry.step === 'submitted' && photoId !== undefined
  return isPhoto ? { ...entry, detail: 'photo' } : entry
}

/**
 * The other holder may give the claim back at any time; a lost answer is asked for within seconds.
 */
const DUPLICATE_PAUSE_MS = 60_000

/**
 * Whether the next attempt may begin: after a release, after a pause when somebody else held the
 * claim, with other contents after a refusal, and once the time of a future receipt has come. While
 * our own claim is being given back an attempt would only find it taken; while a person is asked,
 * it would pass that person by, and once one has compared it, that one is asked once a day.
 */
function mayTryAgain(ctx: CellContext, row: ReceiptRow, contentKey: string, now: number): boolean {
  if (row.claim === 'releasing' || isCompared(row) || isToldSame(ctx, row, now)) return false
  if (personAsked(ctx, row) === 'asked') return false
  if (row.state === 'released') return true
  if (row.state === 'duplicate') return now - row.submittedAt >= DUPLICATE_PAUSE_MS
  if (row.state !== 'rejected') return false
  if (row.contentKey !== contentKey) return true
  if (row.reason?.code !== 'from_the_future') return false
  return decideSubmission(row.scan, ctx.rules, now).state === 'received'
}

/** Step 3. */
export function applyClaim(
  ctx: CellContext,
  receiptId: string,
  outcome: ClaimOutcome,
  now: number,
): void {
  const row = readReceipt(ctx.sql, receiptId)
  if (row?.state !== 'received') return
  // Whose tax service answers for every code, whoever was first is its holder.
  const isSure = outcome.kind === 'taken' && !isDoubtful(row)
  const step = decideClaim(isSure ? { ...outcome, unproved: false } : outcome, now)
  take(ctx, row, step, now)
  if (step.state !== 'duplicate') return
  reviewCollided(ctx, row, now)
  contest(ctx, row, now)
}

/** Step 4 to 6: the authority's answer, applied once; late and repeated ones find nothing to do. */
export function applyAnswer(
  ctx: CellContext,
  receiptId: string,
  result: AuthorityResult,
  now: number,
): void {
  const row = readReceipt(ctx.sql, receiptId)
  if (!row || (row.state !== 'verifying' && row.state !== 'awaiting_authority')) return
  const { submittedAt, checks } = row
  row.checks += 1
  if (result.kind === 'collides') {
    // A paper that a person has approved beside its code is a paper, not a scan to be compared.
    const isScan = !isReviewedScan(row.scan) && !isToldApart(ctx, row.id)
    take(ctx, row, decideLikeness(result, isScan, now), now)
    reviewCollided(ctx, row, now)
    return
  }
  if (isSilence(result) && isApproved(ctx, row)) return
  if (result.kind !== 'authentic') {
    if (result.kind === 'differs') reviewDiffered(ctx, row, now)
    const waitDays = ctx.rules.authorityWaitDaysMax
    const asked = { submittedAt, checks, waitDays, differed: differingAnswers(row.timeline) }
    take(ctx, row, decideAnswer(result, asked, now), now)
    if (result.kind === 'taken') reviewCollided(ctx, row, now)
    return
  }
  // A person's word that an answer has overruled meanwhile.
  if (result.by === 'person' && !isReviewedScan(row.scan) && !isToldApart(ctx, row.id)) return
  const { document } = result.evidence
  row.purchasedAt = purchasedAt(row.scan, document)
  row.totalMinor = document.totalMinor
  const untimely = refusedLater(ctx, row, result.evidence)
  if (untimely !== null) {
    take(ctx, row, reject(untimely, untimely.code, now), now)
    return
  }
  row.reason = null
  row.snapshotVersion = result.evidence.snapshotVersion
  row.storeName = result.evidence.store?.name ?? document.sellerName
  row.till = result.till
  // Somebody has vouched meanwhile: nobody need look at its paper.
  withdrawReviewOf(ctx, row.id, now)
  if (!isApproved(ctx, row)) log(row, { step: voucherOf(row, result.by) }, now)
  if (isReturn(result.evidence)) {
    takeReturn(ctx, row, result, now)
    return
  }
  for (const told of result.returns ?? []) reportReturn(ctx, { ...told, saleId: row.id }, now)
  if (isHeldBack(ctx, row, result, now)) return
  judge(ctx, row, withReturns(ctx, row, result.evidence, now), now)
}

/**
 * A scan of what a reviewer has approved as a paper receipt, or of what was vouched for under its
 * country's other number, is not credited beside it: within the wallet it is the same receipt, and
 * between wallets a person compares the two.
 */
function isHeldBack(
  ctx: CellContext,
  row: ReceiptRow,
  { evidence, till, beside = [] }: Extract<AuthorityResult, { kind: 'authentic' }>,
  now: number,
): boolean {
  const told = toldApartFrom(ctx, row.id)
  // What was approved while this one was compared with others is compared as well.
  const paper = paperBeside(ctx, row, evidence, told)
  if (isToldByPaper(ctx, row.id) && !paper?.isSameWallet) return false
  const others = beside.filter((receiptId) => !told.includes(receiptId))
  const likely = paper?.isSameWallet ? paper : (otherNumber(ctx, row, others) ?? paper)
  if (!likely) return false
  take(ctx, row, decideLikeness(likely, true, now), now)
  if (likely.isSameWallet) return true
  const distinctFrom = [...new Set([...told, ...(paper ? [paper.receiptId] : []), ...others])]
  compareScan(ctx, row, { ...evidence, till, distinctFrom }, now)
  return true
}

/** The receipt under the country's other number that a scan is, or may be: its own wallet's first. */
function otherNumber(ctx: CellContext, { walletId }: ReceiptRow, beside: readonly string[]) {
  const others = beside.flatMap((receiptId) => {
    const other = readReceipt(ctx.sql, receiptId)
    // Its claim is being given back: it stands in nobody's way.
    if (other && other.claim !== 'held') return []
    return { receiptId, isSameWallet: other?.walletId === walletId }
  })
  return others.find(({ isSameWallet }) => isSameWallet) ?? others[0] ?? null
}

/** Who vouched for a receipt, as its timeline says it. */
function voucherOf({ scan }: ReceiptRow, by: Voucher | 'person' | undefined) {
  if (isReviewedScan(scan)) return 'reviewed'
  if (by === undefined || by === 'person') return 'authority_answered'
  return by === 'sale' ? 'sale_matched' : 'code_sufficed'
}

/** Whoever was asked before a person decided has nothing to add. */
const isSilence = ({ kind }: AuthorityResult) =>
  ['unconfirmed', 'not_delivered', 'unavailable', 'quota'].includes(kind)

/** The time of a code that tells none is known from its document only. */
function refusedLater(ctx: CellContext, { scan, submittedAt }: ReceiptRow, evidence: Evidence) {
  if (!('missing' in scan) || !scan.missing.includes('issued_at')) return null
  return refusedTime(evidence.document.time, ctx.rules, submittedAt)
}

/**
 * Steps 7 and 8: judges again whoever waits for the offer, first come first served. A refusal ends
 * the waiting of those who lack as much as was refused; whoever needs less asks again.
 */
export function judgeWaiters(
  ctx: CellContext,
  offerId: string,
  outcome: LeaseOutcome,
  now: number,
): void {
  const waiting = ctx.sql.all<{ id: string; needMinor: number }>(
    `SELECT receipts.id, need_minor AS needMinor
     FROM waiters JOIN receipts ON receipts.id = waiters.receipt_id
     WHERE waiters.offer_id = ? ORDER BY receipts.purchased_at, receipts.submitted_at, receipts.id`,
    offerId,
  )
  for (const { id, needMinor } of waiting) {
    const row = readReceipt(ctx.sql, id)
    if (row?.state !== 'awaiting_budget' || !row.judged) continue
    const lacks = needMinor - ctx.book.balance(escrow(offerId))
    const isRefused = outcome.kind === 'exhausted' && lacks >= outcome.refusedMinor
    const spent = isRefused ? [...row.judged.exhausted, offerId] : row.judged.exhausted
    row.judged = { ...row.judged, exhausted: spent }
    ctx.sql.all('DELETE FROM waiters WHERE offer_id = ? AND receipt_id = ?', offerId, id)
    judge(ctx, row, row.judged, now)
  }
}

/** Step 11, after the directory has confirmed. */
export function applyRelease(ctx: CellContext, receiptId: string, now: number): void {
  const row = readReceipt(ctx.sql, receiptId)
  if (row?.claim !== 'releasing') return
  row.claim = 'released'
  row.version += 1
  log(row, { step: 'released' }, now)
  handOver(ctx, row, closedEvent(ctx.name, row, now), now)
  updateReceipt(ctx.sql, row)
  ctx.changed(row.id)
}

/** The operator asks the next step now instead of at its time. */
export function retry(ctx: CellContext, receiptId: string, note: string, now: number): boolean {
  const row = readReceipt(ctx.sql, receiptId)
  if (!row || !staffActions(row).includes('retry')) return false
  const kind = row.state === 'received' ? 'claim' : 'verify'
  setReceiptTask(ctx, row, now, { kind, receiptId: row.id })
  row.version += 1
  log(row, { step: 'retried', detail: note }, now)
  updateReceipt(ctx.sql, row)
  ctx.changed(row.id)
  return true
}

/**
 * The operator closes a receipt and gives its claim back: the tombstone first, then the release.
 */
export function release(ctx: CellContext, receiptId: string, note: string, now: number): boolean {
  const row = readReceipt(ctx.sql, receiptId)
  if (!row || !staffActions(row).includes('release')) return false
  forgetReturn(ctx, row)
  take(
    ctx,
    row,
    {
      state: 'released',
      claim: 'releasing',
      reason: { code: 'staff_released' },
      entry: { step: 'rejected', detail: note },
      next: { kind: 'release', dueAt: now },
    },
    now,
  )
  return true
}
