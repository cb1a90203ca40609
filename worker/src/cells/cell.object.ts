import { DurableObject } from 'cloudflare:workers'
import { createHmac } from 'node:crypto'
import { MARKETS } from '#schema/market'
import type { AccountRow, OperatorPayout, TransferRow } from '#schema/operator'
import type { Payout } from '#schema/payout'
import type { PaperFields, Photo } from '#schema/photo'
import type { ProblemCode } from '#schema/problem'
import type { FiscalDocument, Receipt, ReceiptSummary } from '#schema/receipt'
import type { ReviewCollision } from '#schema/review'
import type { ReviewRequest } from '#schema/review-request'
import type { Verdict } from '#schema/verdict'
import type { Posting, Wallet } from '#schema/wallet'
import {
  type CellFinding,
  creditedReceipts,
  endedPayouts,
  heldPayouts,
  proveCell,
} from '../audit/cell-proof.ts'
import { type Checkpoint, checkpointAt, readCheckpoint } from '../audit/checkpoint.ts'
import {
  inSteps,
  type Mirrors,
  readMirrors,
  readStatement,
  type Statement,
} from '../audit/statement.ts'
import { payoutProvider } from '../composition/outside.ts'
import { type Env, parseSettings } from '../env.ts'
import { escrow } from '../ledger/account.ts'
import { createSnapshotStore } from '../offers/snapshot.r2.ts'
import type { Evidence } from '../receipts/evidence.ts'
import { isReturn } from '../receipts/returned.ts'
import type { Reviewer } from '../reviews/decision.ts'
import { type ActivationOrder, Cell } from './cell.ts'
import { type ActivationRow, listActivations } from './cell-activations.ts'
import {
  accountTotals,
  type DeskBefore,
  type DeskReceipt,
  type DeskReceiptSummary,
  deskPayout,
  deskPayouts,
  deskReceipt,
  deskReceipts,
  explain,
  listTransfers,
  type ReceiptFilter,
  receiptsOf,
  type TransferFilter,
} from './cell-desk.ts'
import { exportOf, type WalletExport } from './cell-export.ts'
import { readLease } from './cell-leases.ts'
import { likeIt, type PaperMark, type Purchase } from './cell-papers.ts'
import { listPayouts, type PayoutFilter, type PayoutOrder, readPayout } from './cell-payouts.ts'
import {
  ownPhoto,
  type PhotoJob,
  type PhotoOrder,
  type PhotoReceipt,
  type PhotoResult,
  photoJob,
} from './cell-photos.ts'
import type { AuthorityResult, Submission } from './cell-receipts.ts'
import { ownSaleOf, type ReturnOf, versionsForReturn } from './cell-returns.ts'
import {
  type ReviewChanged,
  type ReviewedJob,
  type ReviewFile,
  reviewEvent,
  reviewedJob,
  reviewedPhotos,
  reviewFile,
} from './cell-review-cases.ts'
import type { DecisionOrder, Refused } from './cell-reviews.ts'
import {
  type HeldSale,
  type ReturnReport,
  type SaleQuestion,
  salesFor,
  versionsForReport,
} from './cell-told-returns.ts'
import { listPostings, readWallet } from './cell-wallet.ts'
import { Changes } from './changes.ts'
import { readFlag } from './flags.ts'
import { Grouped } from './grouped.ts'
import { MarketCache } from './market-cache.ts'
import { marketOf } from './market-name.ts'
import { CELL_MIGRATIONS } from './migrations.object.ts'
import { objectNetwork } from './network.object.ts'
import { nameOf } from './object-name.ts'
import { rememberOwners } from './owner.d1.ts'
import { pause } from './pause.ts'
import { payoutView } from './payout-view.ts'
import { photoSeen } from './photo-keeping.ts'
import type { PhotoRow } from './photo-row.ts'
import { listReceipts, readReceipt } from './receipt-row.ts'
import { receiptSummary, receiptView } from './receipt-view.ts'
import type { ReviewRow } from './review-row.ts'
import { objectSqlStore } from './sql-store.object.ts'
import { migrate } from './sql-store.ts'
import { TaskRunner } from './task-runner.ts'
import type { PhotoAnswer, PhotoPlace } from './wallet-cell.ts'

/** Calls gathered into one commit: two milliseconds, or as many as fit a turn comfortably. */
const GROUP_MS = 2
const GROUP_MAX = 64
/** After a start, a moment for those who already wait. */
const WAKE_MS = 500
/** Calls waiting in one cell; more are told to come again. */
const WAITING_MAX = 2_000
const LONG_POLL_MS_MAX = 25_000
/** An activation waits this long for a lease before it says that it could not get one. */
const ACTIVATION_ROUNDS_MAX = 20

type ReviewDecided = {
  readonly result: 'decided' | 'second_needed'
  readonly event: ReviewChanged
}

/** A cell as a Durable Object: wires the state machine to storage, alarms and the network. */
export class CellObject extends DurableObject<Env> {
  readonly #cell: Cell
  readonly #runner: TaskRunner
  readonly #changes = new Changes()
  readonly #grouped = new Grouped(GROUP_MS, GROUP_MAX)
  readonly #markets: MarketCache
  readonly #demand = new Map<string, number>()
  #alarmAt: number | null = null
  #waiting = 0

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env)
    const sql = objectSqlStore(ctx.storage)
    migrate(sql, CELL_MIGRATIONS)
    const settings = parseSettings(env)
    const { market } = marketOf(nameOf(ctx))
    this.#markets = new MarketCache(createSnapshotStore(env.SNAPSHOTS, env.DB, market), () =>
      this.#awaitedVersions(),
    )
    this.#cell = new Cell({
      sql,
      name: nameOf(ctx),
      rules: MARKETS[market],
      market: (version) => this.#markets.loaded(version),
      receiptId: (fingerprint, walletId, attempt) =>
        receiptId(settings.RECEIPT_KEY, fingerprint, walletId, attempt),
      changed: (id) => this.#changes.announce(id),
    })
    const network = objectNetwork(env, settings, market, payoutProvider(env, settings, market))
    this.#runner = new TaskRunner(this.#cell, {
      network: { ...network, lease: (...args) => this.#leaseWithMarkets(network.lease(...args)) },
      now: () => Date.now(),
      ownerMasked: rememberOwners(env.DB),
      failed: (task, cause) =>
        console.error(JSON.stringify({ level: 'error', task: task.id, failure: String(cause) })),
      wakeAt: (at) => this.#wakeAt(at),
    })
    // Whatever a crash or a move left behind is looked at, whether or not an alarm survived.
    const dueAt = this.#cell.nextDueAt()
    if (dueAt !== null) void this.#wakeAt(Math.max(dueAt, Date.now() + WAKE_MS))
  }

  /** Step 1: durable when it answers. */
  async submit(
    submission: Submission,
  ): Promise<{ receipt: Receipt; created: boolean } | { problem: ProblemCode; retryAt?: string }> {
    if (this.#waiting >= WAITING_MAX) return { problem: 'overloaded' }
    this.#waiting += 1
    try {
      const answer = await this.#grouped.run(() =>
        this.#cell.submitMany([submission], Date.now()).at(0),
      )
      this.#runner.start()
      if (!answer) throw new Error('a submission was not answered')
      if ('receipt' in answer) return answer
      return { problem: 'submissions_exhausted', retryAt: new Date(answer.from).toISOString() }
    } finally {
      this.#waiting -= 1
    }
  }

  /** The verification consumer's answer. Applying it twice changes nothing. */
  async authorityAnswered(receiptId: string, result: AuthorityResult): Promise<void> {
    if (result.kind === 'authentic') await this.#loadFor(receiptId, result)
    await this.#grouped.run(() => this.#cell.authorityAnswered(receiptId, result, Date.now()))
    this.#runner.start()
  }

  /** Returns with the receipts of this cell that they take back. Told twice, nothing changes. */
  async returnsReported(reports: readonly ReturnReport[]): Promise<void> {
    for (const report of reports) {
      for (const version of versionsForReport(this.#cell.ctx, report)) {
        await this.#markets.load(version)
      }
      this.#cell.returnReported(report, Date.now())
    }
    this.#runner.start()
  }

  /** Which receipts of this cell each of these returns may take back. */
  async salesFor(questions: readonly SaleQuestion[]): Promise<HeldSale[][]> {
    return questions.map((question) => salesFor(this.#cell.ctx, question))
  }

  /** Their shop names the sales of these returns: nobody looks for likely ones any more. */
  async returnsNamed(fingerprints: readonly string[]): Promise<void> {
    this.#cell.returnsNamed(fingerprints)
  }

  /** Who has sent a receipt of a return, and whether that wallet holds its sale itself. */
  async ownSaleOf(receiptId: string, document: FiscalDocument) {
    return ownSaleOf(this.#cell.ctx, receiptId, document)
  }

  /**
   * A wallet's receipt, at once or when it is newer than `after`; null when it is not the wallet's.
   */
  async receipt(walletId: string, id: string, after: number | null): Promise<Receipt | null> {
    const row = () => readReceipt(this.#cell.ctx.sql, id)
    let found = row()
    if (found && found.walletId === walletId && after !== null && found.version <= after) {
      await this.#changes.next(id, LONG_POLL_MS_MAX)
      found = row()
    }
    return found && found.walletId === walletId ? receiptView(this.#cell.ctx, found) : null
  }

  async receipts(
    walletId: string,
    before: { submittedAt: number; id: string },
    limit: number,
  ): Promise<{ items: ReceiptSummary[]; last: { submittedAt: number; id: string } | null }> {
    const rows = listReceipts(this.#cell.ctx.sql, walletId, before, limit)
    const last = rows.length === limit ? (rows.at(-1) ?? null) : null
    return {
      items: rows.map((row) => receiptSummary(this.#cell.ctx, row)),
      last: last && { submittedAt: last.submittedAt, id: last.id },
    }
  }

  /** Begins an upload; the id and the key are made by the caller. */
  async openPhoto(
    order: PhotoOrder,
  ): Promise<{ photo: Photo } | { problem: ProblemCode; retryAt?: string }> {
    const opened = this.#cell.openPhoto(order, Date.now())
    if ('id' in opened) return { photo: this.#photoView(opened) }
    if ('problem' in opened) return opened
    return { problem: 'photos_exhausted', retryAt: new Date(opened.from).toISOString() }
  }

  /** A wallet's photo, at once or when it is newer than `after`; null when it is not the wallet's. */
  async photo(walletId: string, id: string, after: number | null): Promise<Photo | null> {
    let row = ownPhoto(this.#cell.ctx, walletId, id)
    if (row && after !== null && row.version <= after) {
      await this.#changes.next(id, LONG_POLL_MS_MAX)
      row = ownPhoto(this.#cell.ctx, walletId, id)
    }
    return row && this.#photoView(row)
  }

  /** What the bucket knows a wallet's photo by. */
  async photoPlace(walletId: string, id: string): Promise<PhotoPlace | null> {
    const row = ownPhoto(this.#cell.ctx, walletId, id)
    return row && { key: row.key, shots: row.shots, state: row.state }
  }

  /** A part lies in the bucket. */
  async photoPart(walletId: string, id: string, part: number): Promise<Photo | null> {
    const row = this.#cell.photoPart(walletId, id, part)
    return row && this.#photoView(row)
  }

  async completePhoto(walletId: string, id: string): Promise<Photo | 'incomplete' | null> {
    const row = this.#cell.completePhoto(walletId, id, Date.now())
    this.#runner.start()
    return row === null || row === 'incomplete' ? row : this.#photoView(row)
  }

  async correctPhoto(walletId: string, id: string, fields: PaperFields): Promise<PhotoAnswer> {
    const answer = this.#cell.correctPhoto(walletId, id, fields, Date.now())
    this.#runner.start()
    return 'id' in answer ? { photo: this.#photoView(answer) } : answer
  }

  async deletePhoto(walletId: string, id: string): Promise<boolean> {
    const isDeleted = this.#cell.deletePhoto(walletId, id, Date.now())
    this.#runner.start()
    return isDeleted
  }

  async erasePhotosOf(walletId: string, userId: string): Promise<void> {
    this.#cell.erasePhotosOf(walletId, userId, Date.now())
    this.#runner.start()
  }

  /** Numbers typed beside a photo of this cell became a receipt in another market's. */
  async linkPhoto(walletId: string, photoId: string, receipt: PhotoReceipt): Promise<void> {
    this.#cell.linkPhoto(walletId, photoId, receipt, Date.now())
    this.#runner.start()
  }

  /** What the reader needs; null when nobody waits for it any more. */
  async photoJob(photoId: string): Promise<PhotoJob | null> {
    return photoJob(this.#cell.ctx, photoId)
  }

  /** The reader's answer. Applying it twice changes nothing; false when the photo is gone. */
  async photoRead(photoId: string, result: PhotoResult): Promise<boolean> {
    const isKnown = this.#cell.photoRead(photoId, result, Date.now())
    this.#runner.start()
    return isKnown
  }

  async readingFailed(photoId: string): Promise<void> {
    this.#cell.readingFailed(photoId, Date.now())
    this.#runner.start()
    await this.#wakeAt(this.#cell.nextDueAt() ?? Date.now())
  }

  /** The night's share of forgetting, as of `at`; ask until it answers 0. */
  async forgetOldPhotos(at: number): Promise<number> {
    const count = this.#cell.forgetOldPhotos(at)
    this.#runner.start()
    return count
  }

  /** A wallet's photos that a person has, or has decided, newest first. */
  async reviewedPhotos(walletId: string): Promise<Photo[]> {
    return reviewedPhotos(this.#cell.ctx, walletId).map((row) => this.#photoView(row))
  }

  async askReview(walletId: string, photoId: string, request: ReviewRequest): Promise<PhotoAnswer> {
    const answer = this.#cell.askReview(walletId, photoId, request, Date.now())
    this.#runner.start()
    return this.#photoAnswer(walletId, photoId, answer)
  }

  async disputeReview(walletId: string, photoId: string, note: string): Promise<PhotoAnswer> {
    const answer = this.#cell.disputeReview(walletId, photoId, note, Date.now())
    this.#runner.start()
    return this.#photoAnswer(walletId, photoId, answer)
  }

  /** A case with all that the cell knows for its decision; null when it is not in this cell. */
  async reviewFile(id: string, reviewerId: string): Promise<ReviewFile | null> {
    return reviewFile(this.#cell.ctx, id, reviewerId, Date.now())
  }

  async claimReview(id: string, reviewer: Reviewer): Promise<ReviewChanged | Refused> {
    const answer = this.#cell.claimReview(id, reviewer, Date.now())
    this.#runner.start()
    return 'problem' in answer ? answer : this.#reviewEvent(answer)
  }

  async decideReview(order: DecisionOrder): Promise<ReviewDecided | Refused> {
    if (order.evidence) await this.#markets.load(order.evidence.snapshotVersion)
    const answer = this.#cell.decideReview(order, Date.now())
    this.#runner.start()
    if ('problem' in answer) return answer
    return { result: answer.result, event: this.#reviewEvent(answer.row) }
  }

  /** What this cell has judged, or knows as approved, that looks like a purchase. */
  async likeIt(purchase: Purchase): Promise<ReviewCollision[]> {
    return likeIt(this.#cell.ctx, purchase)
  }

  async reviewedJob(receiptId: string): Promise<ReviewedJob | null> {
    return reviewedJob(this.#cell.ctx, receiptId)
  }

  async markPaper(mark: PaperMark): Promise<ReviewCollision[]> {
    return this.#cell.markPaper(mark, Date.now())
  }

  async unmarkPaper(paper: { time: string; totalMinor: number; receiptId: string }): Promise<void> {
    this.#cell.unmarkPaper(paper, Date.now())
  }

  async wallet(walletId: string): Promise<Wallet> {
    return readWallet(this.#cell.ctx, walletId)
  }

  async postings(
    walletId: string,
    before: number,
    limit: number,
  ): Promise<{ postings: Posting[]; last: number }> {
    return listPostings(this.#cell.ctx, walletId, before, limit)
  }

  /** Everything kept about a wallet, for its owner. */
  async exportOf(walletId: string): Promise<WalletExport> {
    return exportOf(this.#cell.ctx, walletId, Date.now())
  }

  async activations(walletId: string): Promise<ActivationRow[]> {
    return listActivations(this.#cell.ctx, walletId)
  }

  /** Reserves an offer's reward; asks the budget for a lease when the escrow is short. */
  async activate(
    order: Omit<ActivationOrder, 'wantMinor'>,
  ): Promise<{ reservedMinor: number; expiresAt: number } | { problem: ProblemCode }> {
    const { offerId } = order.offer
    this.#demand.set(offerId, (this.#demand.get(offerId) ?? 0) + order.costMinor)
    try {
      for (let round = 0; round < ACTIVATION_ROUNDS_MAX; round += 1) {
        const wantMinor = this.#demand.get(offerId) ?? order.costMinor
        const result = this.#cell.activate({ ...order, wantMinor }, Date.now())
        this.#runner.start()
        if (result.kind === 'active') return result
        if (result.kind === 'used_up') return { problem: 'offer_used_up' }
        await this.#leaseSettled(offerId, result.sequence)
        if (this.#refused(offerId, result.sequence, order.costMinor)) {
          return { problem: 'budget_exhausted' }
        }
      }
      return { problem: 'overloaded' }
    } finally {
      this.#demand.set(offerId, (this.#demand.get(offerId) ?? 0) - order.costMinor)
    }
  }

  async requestPayout(
    order: PayoutOrder,
  ): Promise<{ payout: Payout; created: boolean } | { problem: ProblemCode }> {
    const answer = this.#cell.requestPayout(order, Date.now())
    this.#runner.start()
    if (!answer.ok) return { problem: answer.code }
    return { payout: payoutView(answer.row), created: answer.created }
  }

  async payout(walletId: string, id: string, after: number | null): Promise<Payout | null> {
    let row = readPayout(this.#cell.ctx, id)
    if (row && row.walletId === walletId && after !== null && row.version <= after) {
      await this.#changes.next(id, LONG_POLL_MS_MAX)
      row = readPayout(this.#cell.ctx, id)
    }
    return row && row.walletId === walletId ? payoutView(row) : null
  }

  async payouts(
    walletId: string,
    before: { requestedAt: number; id: string },
    limit: number,
  ): Promise<{ items: Payout[]; last: { requestedAt: number; id: string } | null }> {
    const rows = listPayouts(this.#cell.ctx, walletId, before, limit)
    const last = rows.length === limit ? (rows.at(-1) ?? null) : null
    return {
      items: rows.map(payoutView),
      last: last && { requestedAt: last.requestedAt, id: last.id },
    }
  }

  /** The provider may have news of a payout: ask it now. */
  async nudgePayout(id: string): Promise<boolean> {
    const nudged = this.#cell.nudgePayout(id, Date.now())
    this.#runner.start()
    return nudged
  }

  async deskReceipt(id: string): Promise<DeskReceipt | null> {
    return deskReceipt(this.#cell.ctx, id)
  }

  async deskReceipts(
    filter: ReceiptFilter,
    before: DeskBefore,
    limit: number,
  ): Promise<DeskReceiptSummary[]> {
    return deskReceipts(this.#cell.ctx, filter, before, limit)
  }

  async receiptsOf(fingerprint: string): Promise<string[]> {
    return receiptsOf(this.#cell.ctx, fingerprint)
  }

  async explain(id: string, offerId: string | null): Promise<Verdict[] | null> {
    const row = readReceipt(this.#cell.ctx.sql, id)
    if (!row?.judged) return null
    await this.#markets.load(row.judged.snapshotVersion)
    return explain(this.#cell.ctx, id, offerId)
  }

  /**
   * Every verdict on one line of a wallet's own receipt, on the whole of it for null; none while it
   * is not judged, null when it is not the wallet's.
   */
  async explainOwn(walletId: string, id: string, line: number | null): Promise<Verdict[] | null> {
    if (readReceipt(this.#cell.ctx.sql, id)?.walletId !== walletId) return null
    const verdicts = (await this.explain(id, null)) ?? []
    return verdicts.filter((verdict) => verdict.line === line)
  }

  async retryReceipt(id: string, note: string): Promise<boolean> {
    const done = this.#cell.retryReceipt(id, note, Date.now())
    this.#runner.start()
    return done
  }

  async releaseReceipt(id: string, note: string): Promise<boolean> {
    const done = this.#cell.releaseReceipt(id, note, Date.now())
    this.#runner.start()
    return done
  }

  async deskPayouts(
    filter: PayoutFilter,
    before: DeskBefore,
    limit: number,
  ): Promise<OperatorPayout[]> {
    return deskPayouts(this.#cell.ctx, filter, before, limit)
  }

  async deskPayout(id: string): Promise<OperatorPayout | null> {
    const row = readPayout(this.#cell.ctx, id)
    return row && deskPayout(this.#cell.ctx, row)
  }

  async transfers(filter: TransferFilter, limit: number): Promise<TransferRow[]> {
    return listTransfers(this.#cell.ctx, filter, limit)
  }

  async accounts(): Promise<AccountRow[]> {
    return accountTotals(this.#cell.ctx)
  }

  /**
   * Stops payouts of this cell with a reason, or lets them go again; what was put off is resumed.
   */
  async freezePayouts(why: string | null): Promise<void> {
    this.#cell.freezePayouts(why, Date.now())
    if (why === null) await this.#wakeAt(Date.now())
  }

  async payoutsFrozen(): Promise<string | null> {
    return readFlag(this.#cell.ctx.sql, 'payouts_frozen')
  }

  /** The proof of this object's own book, with what other books mirror. */
  async statement(): Promise<Statement> {
    return inSteps(readStatement(this.#cell.ctx.sql, this.#cell.ctx.name), pause)
  }

  /** What other books mirror, without the proof. */
  async mirrors(): Promise<Mirrors> {
    return readMirrors(this.#cell.ctx.sql, this.#cell.ctx.name)
  }

  async checkpoint(): Promise<Checkpoint | null> {
    return readCheckpoint(this.#cell.ctx.sql)
  }

  async checkpointAt(sequence: number): Promise<Checkpoint | null> {
    return checkpointAt(this.#cell.ctx.sql, sequence)
  }

  async proveCell(): Promise<CellFinding[]> {
    return proveCell(this.#cell.ctx.sql, Date.now())
  }

  async creditedReceipts(after: string, limit: number) {
    return creditedReceipts(this.#cell.ctx.sql, after, limit)
  }

  async heldPayouts(ids: readonly string[]) {
    return heldPayouts(this.#cell.ctx.sql, ids)
  }

  async endedPayouts(since: number, after: string, limit: number) {
    return endedPayouts(this.#cell.ctx.sql, since, after, limit)
  }

  override async alarm(): Promise<void> {
    this.#alarmAt = null
    await this.#runner.scan()
  }

  /** Whether the lease brought nothing, and somebody who lacks this much has to be told so. */
  #refused(offerId: string, sequence: number, costMinor: number): boolean {
    const lease = readLease(this.#cell.ctx, offerId)
    if (lease?.sequence !== sequence || lease.grantedMinor !== 0) return false
    // It may have been asked for a larger need than this one.
    return costMinor - this.#cell.ctx.book.balance(escrow(offerId)) >= lease.leastMinor
  }

  /** A receipt is judged by its own snapshot, a return by that of its sale. */
  async #loadFor(
    receiptId: string,
    { evidence, returnOf = null }: { evidence: Evidence; returnOf?: ReturnOf | null },
  ): Promise<void> {
    const { document, snapshotVersion } = evidence
    const walletId = readReceipt(this.#cell.ctx.sql, receiptId)?.walletId
    const versions =
      walletId && isReturn(evidence)
        ? versionsForReturn(this.#cell.ctx, walletId, document, returnOf)
        : []
    for (const version of [snapshotVersion, ...versions]) await this.#markets.load(version)
  }

  async #leaseSettled(offerId: string, sequence: number): Promise<void> {
    await this.#runner.settled()
    const lease = readLease(this.#cell.ctx, offerId)
    // Others' money may come back: a moment's patience is cheaper than a wrong "exhausted".
    const open = lease?.sequence === sequence && lease.grantedMinor === null
    if (open) await new Promise((resolve) => setTimeout(resolve, 250))
  }

  /** Whoever waits for a lease is judged by the snapshot of its receipt: it has to be in memory. */
  async #leaseWithMarkets<Answer>(asking: Promise<Answer>): Promise<Answer> {
    const answer = await asking
    await Promise.all(this.#awaitedVersions().map((version) => this.#markets.load(version)))
    return answer
  }

  #awaitedVersions(): number[] {
    const waiting = this.#cell.ctx.sql.all<{ version: number }>(
      `SELECT DISTINCT snapshot_version AS version FROM receipts
       WHERE id IN (SELECT receipt_id FROM waiters) AND snapshot_version IS NOT NULL`,
    )
    return waiting.map(({ version }) => version)
  }

  #photoView(row: PhotoRow): Photo {
    return photoSeen(this.#cell.ctx, row, Date.now())
  }

  #photoAnswer(walletId: string, photoId: string, answer: ReviewRow | Refused): PhotoAnswer {
    if ('problem' in answer) return answer
    const row = ownPhoto(this.#cell.ctx, walletId, photoId)
    return row ? { photo: this.#photoView(row) } : { problem: 'not_found' }
  }

  #reviewEvent(row: ReviewRow): ReviewChanged {
    return reviewEvent(this.#cell.ctx.name, row, Date.now())
  }

  async #wakeAt(at: number): Promise<void> {
    if (this.#alarmAt !== null && this.#alarmAt <= at && this.#alarmAt > Date.now()) return
    this.#alarmAt = at
    await this.ctx.storage.setAlarm(at)
  }
}

/**
 * HMAC-SHA-256 of identity, wallet and attempt: the same work has the same id wherever it is made.
 */
function receiptId(key: string, fingerprint: string, walletId: string, attempt: number): string {
  const mac = createHmac('sha256', key).update(`${fingerprint}\n${walletId}\n${attempt}`)
  return `rcp_${mac.digest('hex').slice(0, 32)}`
}
