import type { OfferVersion } from '#schema/offer'
import type { PaperFields, PhotoRefusal } from '#schema/photo'
import type { Receipt } from '#schema/receipt'
import type { ReviewCollision } from '#schema/review'
import type { ReviewRequest } from '#schema/review-request'
import type { Absent, ProviderOutcome } from '../payouts/provider.ts'
import type { ClaimOutcome } from '../receipts/journey.ts'
import type { Reviewer } from '../reviews/decision.ts'
import { Book } from './book.ts'
import { type ActivationResult, activate, lapseActivation } from './cell-activations.ts'
import type { CellContext } from './cell-context.ts'
import { applyLease, type LeaseAnswer, readLease, reportLease } from './cell-leases.ts'
import { forgetPapers, markPaper, type PaperMark, unmarkPaper } from './cell-papers.ts'
import {
  type AskedRow,
  applyOutcome,
  beginAsking,
  nudgePayout,
  type PayoutAnswer,
  type PayoutOrder,
  readPayout,
  requestPayout,
} from './cell-payouts.ts'
import { deletePhoto, erasePhotosOf, forgetOldPhotos } from './cell-photo-deletion.ts'
import { applyReading, beginReading, readingFailed } from './cell-photo-reading.ts'
import { linkPhoto } from './cell-photo-receipts.ts'
import { applySale, correctPhoto } from './cell-photo-sales.ts'
import {
  completePhoto,
  openPhoto,
  type PhotoOrder,
  receivePart,
  refuseUpload,
} from './cell-photo-uploads.ts'
import { ownPhoto } from './cell-photos.ts'
import {
  type AuthorityResult,
  applyAnswer,
  applyClaim,
  applyRelease,
  judgeWaiters,
  release,
  retry,
  type Submission,
  submit,
} from './cell-receipts.ts'
import {
  askReview,
  claimReview,
  type Decided,
  type DecisionOrder,
  decideReview,
  disputeReview,
  type Refused,
} from './cell-reviews.ts'
import { closeRivals, type Vouched } from './cell-rivals.ts'
import {
  type ReportOutcome,
  type ReturnReport,
  reportReturn,
  returnsNamed,
} from './cell-told-returns.ts'
import { mature } from './cell-wallet.ts'
import { writeFlag } from './flags.ts'
import { Pace } from './pace.ts'
import type { PhotoReceipt, PhotoResult, PhotoSale } from './photo-answers.ts'
import type { PhotoRow } from './photo-row.ts'
import { receiptView } from './receipt-view.ts'
import type { ReviewRow } from './review-row.ts'
import { dueTasks, nextDueAt, removeTask, type Task } from './tasks.ts'

export type CellPorts = Pick<
  CellContext,
  'sql' | 'name' | 'rules' | 'market' | 'receiptId' | 'changed'
>

/** Tasks that need nobody but the cell. */
const DONE_INSIDE: readonly Task['body']['kind'][] = ['mature', 'lapse', 'report']

/**
 * A cell as a state machine: every method is one transaction of decisions and postings, and nothing
 * here calls the outside. What has to be done outside stands in the tasks; whoever drives the cell
 * (the Durable Object, or the simulator) performs them and hands the answers back, as often as it
 * likes and in any order.
 */
export class Cell {
  readonly ctx: CellContext

  constructor(ports: CellPorts) {
    this.ctx = {
      ...ports,
      book: new Book(ports.sql, ports.rules.currency),
      fresh: [],
      pace: new Pace(),
    }
  }

  /** Step 1 for many submissions in one transaction: this is where the speed is. */
  submitMany(submissions: readonly Submission[], now: number): SubmitAnswer[] {
    return this.#commit(() =>
      submissions.map((submission) => {
        const submitted = submit(this.ctx, submission, now)
        if (submitted.kind === 'limited') return { from: submitted.from }
        const { walletId, photoId } = submission
        const linked = { receiptId: submitted.row.id, country: null }
        const isAlive = submitted.row.state !== 'rejected'
        if (photoId !== undefined && isAlive) linkPhoto(this.ctx, walletId, photoId, linked, now)
        return { receipt: receiptView(this.ctx, submitted.row), created: submitted.created }
      }),
    )
  }

  claimAnswered(receiptId: string, outcome: ClaimOutcome, now: number): void {
    this.#commit(() => applyClaim(this.ctx, receiptId, outcome, now))
  }

  authorityAnswered(receiptId: string, result: AuthorityResult, now: number): void {
    this.#commit(() => applyAnswer(this.ctx, receiptId, result, now))
  }

  /** A return that somebody else than the shopper vouches for. */
  returnReported(report: ReturnReport, now: number): ReportOutcome {
    return this.#commit(() => reportReturn(this.ctx, report, now))
  }

  /** Their shop names the sales of these returns. */
  returnsNamed(fingerprints: readonly string[]): void {
    this.#commit(() => returnsNamed(this.ctx, fingerprints))
  }

  /** A person has vouched for another claim of the same. */
  closeRivals(vouched: Vouched, now: number): void {
    this.#commit(() => closeRivals(this.ctx, vouched, now))
  }

  claimReleased(receiptId: string, now: number): void {
    this.#commit(() => applyRelease(this.ctx, receiptId, now))
  }

  leaseAnswered(offerId: string, sequence: number, answer: LeaseAnswer, now: number): void {
    this.#commit(() => {
      const outcome = applyLease(this.ctx, offerId, sequence, answer, now)
      if (outcome) judgeWaiters(this.ctx, offerId, outcome, now)
    })
  }

  /** What asking for a lease needs to say; null when it has been answered meanwhile. */
  leaseQuestion(offerId: string, sequence: number) {
    const row = readLease(this.ctx, offerId)
    return row?.sequence === sequence && row.grantedMinor === null ? row : null
  }

  activate(activation: ActivationOrder, now: number): ActivationResult {
    const { walletId, offer, costMinor, expiresAt, wantMinor } = activation
    return this.#commit(() =>
      activate(this.ctx, walletId, offer, costMinor, expiresAt, wantMinor, now),
    )
  }

  requestPayout(order: PayoutOrder, now: number): PayoutAnswer {
    return this.#commit(() => requestPayout(this.ctx, order, now))
  }

  beginPayoutQuestion(payoutId: string, now: number) {
    return this.#commit(() => beginAsking(this.ctx, payoutId, now))
  }

  payoutAnswered(asked: AskedRow, outcome: ProviderOutcome | Absent, now: number): void {
    this.#commit(() => applyOutcome(this.ctx, asked, outcome, now))
  }

  payoutEnded(payoutId: string): boolean {
    const row = readPayout(this.ctx, payoutId)
    return row === null || row.state === 'arrived' || row.state === 'came_back'
  }

  nudgePayout(payoutId: string, now: number): boolean {
    return this.#commit(() => nudgePayout(this.ctx, payoutId, now))
  }

  retryReceipt(receiptId: string, note: string, now: number): boolean {
    return this.#commit(() => retry(this.ctx, receiptId, note, now))
  }

  releaseReceipt(receiptId: string, note: string, now: number): boolean {
    return this.#commit(() => release(this.ctx, receiptId, note, now))
  }

  openPhoto(order: PhotoOrder, now: number): ReturnType<typeof openPhoto> {
    return this.#commit(() => openPhoto(this.ctx, order, now))
  }

  photoPart(walletId: string, id: string, part: number): PhotoRow | null {
    return this.#commit(() => receivePart(this.ctx, walletId, id, part))
  }

  refuseUpload(walletId: string, id: string, code: PhotoRefusal, now: number): void {
    this.#commit(() => {
      const row = ownPhoto(this.ctx, walletId, id)
      if (row) refuseUpload(this.ctx, row, code, now)
    })
  }

  completePhoto(walletId: string, id: string, now: number): PhotoRow | 'incomplete' | null {
    return this.#commit(() => {
      const row = ownPhoto(this.ctx, walletId, id)
      return row && (completePhoto(this.ctx, row, now) ?? 'incomplete')
    })
  }

  /** Numbers typed beside a photo of this cell became a receipt in another market's. */
  linkPhoto(walletId: string, photoId: string, receipt: PhotoReceipt, now: number): void {
    this.#commit(() => linkPhoto(this.ctx, walletId, photoId, receipt, now))
  }

  /** Counts a message to the reader; false when none is wanted any more. */
  beginReading(photoId: string, now: number): boolean {
    return this.#commit(() => beginReading(this.ctx, photoId, now))
  }

  readingFailed(photoId: string, now: number): void {
    this.#commit(() => readingFailed(this.ctx, photoId, now))
  }

  /** False when the photo is gone. */
  photoRead(photoId: string, result: PhotoResult, now: number): boolean {
    return this.#commit(() => applyReading(this.ctx, photoId, result, now))
  }

  correctPhoto(walletId: string, id: string, fields: PaperFields, now: number) {
    return this.#ofPhoto<PhotoRow>(walletId, id, (photo) =>
      correctPhoto(this.ctx, photo, fields, now),
    )
  }

  saleAnswered(photoId: string, sale: PhotoSale, now: number): void {
    this.#commit(() => applySale(this.ctx, photoId, sale, now))
  }

  deletePhoto(walletId: string, id: string, now: number): boolean {
    return this.#commit(() => {
      const row = ownPhoto(this.ctx, walletId, id)
      if (row) deletePhoto(this.ctx, row, now)
      return row !== null
    })
  }

  erasePhotosOf(walletId: string, userId: string, now: number): void {
    this.#commit(() => erasePhotosOf(this.ctx, walletId, userId, now))
  }

  forgetOldPhotos(now: number): number {
    return this.#commit(() => {
      forgetPapers(this.ctx, now)
      return forgetOldPhotos(this.ctx, now)
    })
  }

  askReview(walletId: string, photoId: string, request: ReviewRequest, now: number) {
    return this.#ofPhoto<ReviewRow>(walletId, photoId, (photo) =>
      askReview(this.ctx, photo, request, now),
    )
  }

  disputeReview(walletId: string, photoId: string, note: string, now: number) {
    return this.#ofPhoto<ReviewRow>(walletId, photoId, (photo) =>
      disputeReview(this.ctx, photo, note, now),
    )
  }

  claimReview(id: string, reviewer: Reviewer, now: number): ReviewRow | Refused {
    return this.#commit(() => claimReview(this.ctx, id, reviewer, now))
  }

  decideReview(order: DecisionOrder, now: number): Decided | Refused {
    return this.#commit(() => decideReview(this.ctx, order, now))
  }

  /** Remembers an approved paper receipt; answers what was judged here that looks like it. */
  markPaper(mark: PaperMark, now: number): ReviewCollision[] {
    return this.#commit(() => markPaper(this.ctx, mark, now))
  }

  unmarkPaper(paper: Parameters<typeof unmarkPaper>[1], now: number): void {
    this.#commit(() => unmarkPaper(this.ctx, paper, now))
  }

  #ofPhoto<Done>(walletId: string, photoId: string, work: (photo: PhotoRow) => Done | Refused) {
    return this.#commit((): Done | Refused => {
      const photo = ownPhoto(this.ctx, walletId, photoId)
      return photo ? work(photo) : { problem: 'not_found' }
    })
  }

  freezePayouts(why: string | null, now: number): void {
    this.#commit(() => writeFlag(this.ctx.sql, 'payouts_frozen', why, now))
  }

  /**
   * Due tasks out of the table, for a start or after a failure. Those that need nobody else are
   * done here and now; the rest is returned to be performed.
   */
  dueOutside(now: number, limit: number): Task[] {
    const due = dueTasks(this.ctx.sql, now, limit)
    return due.filter((task) => !this.#doInside(task, now))
  }

  /**
   * The tasks that the latest transactions wrote and that are due by now: nothing is scanned. What
   * needs nobody else waits for the alarm, even when it came due while an answer was awaited.
   */
  takeFresh(now: number): Task[] {
    const fresh = this.ctx.fresh.splice(0)
    return fresh.filter(({ dueAt, body }) => dueAt <= now && !DONE_INSIDE.includes(body.kind))
  }

  nextDueAt(): number | null {
    return nextDueAt(this.ctx.sql)
  }

  /** A task whose doing has no answer to apply is done: forget it. */
  done(tasks: readonly Task[]): void {
    this.#commit(() => {
      for (const task of tasks) removeTask(this.ctx.sql, task.dueAt, task.id)
    })
  }

  #doInside(task: Task, now: number): boolean {
    const { body } = task
    switch (body.kind) {
      case 'mature':
        this.#commit(() => mature(this.ctx, body.walletId, body.availableAt, now))
        return true
      case 'lapse':
        this.#commit(() => lapseActivation(this.ctx, body, task.dueAt, now))
        return true
      case 'report':
        this.#commit(() => reportLease(this.ctx, body.offerId, task.dueAt, now))
        return true
      default:
        return false
    }
  }

  #commit<Result>(work: () => Result): Result {
    const before = this.ctx.fresh.length
    try {
      return this.ctx.sql.transaction(work)
    } catch (cause) {
      // What was rolled back is not to be done.
      this.ctx.fresh.length = before
      throw cause
    }
  }
}

export type SubmitAnswer = { receipt: Receipt; created: boolean } | { from: number }

export type ActivationOrder = {
  readonly walletId: string
  readonly offer: OfferVersion
  readonly costMinor: number
  readonly expiresAt: number
  readonly wantMinor: number
}
