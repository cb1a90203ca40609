import type { PaperFields, Photo, PhotoRefusal, PhotoSummary } from '#schema/photo'
import type { ProblemCode } from '#schema/problem'
import type { ReviewCollision } from '#schema/review'
import type { ReviewRequest } from '#schema/review-request'
import type { Reviewer } from '../reviews/decision.ts'
import { CellDeskObject } from './cell-desk.object.ts'
import { likeIt, type PaperMark, type Purchase } from './cell-papers.ts'
import { photoJob } from './cell-photo-reading.ts'
import type { PhotoOrder } from './cell-photo-uploads.ts'
import { ownPhoto } from './cell-photos.ts'
import {
  type ReviewedReceipt,
  type ReviewFile,
  reviewedReceipt,
  reviewFile,
} from './cell-review-files.ts'
import { type ReviewedJob, reviewedJob } from './cell-reviewed-receipts.ts'
import type { DecisionOrder, Refused } from './cell-reviews.ts'
import { type Claimant, type Contested, claimantsOf, type Vouched } from './cell-rivals.ts'
import type { PhotoJob, PhotoReceipt, PhotoResult } from './photo-answers.ts'
import { photoSeen, photoSummary } from './photo-keeping.ts'
import { listPhotos, type PhotoBefore, type PhotoRow } from './photo-row.ts'
import { type ReviewChanged, reviewEvent } from './review-event.ts'
import type { ReviewRow } from './review-row.ts'
import type { PhotoAnswer, PhotoPlace } from './wallet-cell.ts'

type ReviewDecided = {
  readonly result: 'decided' | 'second_needed'
  readonly event: ReviewChanged
}

/** What shoppers, the reader and reviewers ask of a cell about photos and papers. */
export abstract class CellPhotosObject extends CellDeskObject {
  /** Begins an upload; the id and the key are made by the caller. */
  async openPhoto(
    order: PhotoOrder,
  ): Promise<{ photo: Photo } | { problem: ProblemCode; retryAt?: string }> {
    const opened = this.driver.cell.openPhoto(order, Date.now())
    if ('id' in opened) return { photo: this.#photoView(opened) }
    if ('problem' in opened) return opened
    return { problem: 'photos_exhausted', retryAt: new Date(opened.from).toISOString() }
  }

  /** A wallet's photo, at once or when it is newer than `after`; null when it is not the wallet's. */
  async photo(walletId: string, id: string, after: number | null): Promise<Photo | null> {
    const row = await this.driver.newer(id, after, () => ownPhoto(this.driver.ctx, walletId, id))
    return row && this.#photoView(row)
  }

  /** What the bucket knows a wallet's photo by. */
  async photoPlace(walletId: string, id: string): Promise<PhotoPlace | null> {
    const row = ownPhoto(this.driver.ctx, walletId, id)
    return row && { key: row.key, shots: row.shots, state: row.state }
  }

  /** A part lies in the bucket. */
  async photoPart(walletId: string, id: string, part: number): Promise<Photo | null> {
    const row = this.driver.cell.photoPart(walletId, id, part)
    return row && this.#photoView(row)
  }

  /** Its first bytes are no photo's. */
  async refuseUpload(walletId: string, id: string, code: PhotoRefusal): Promise<void> {
    this.driver.drive((cell, now) => cell.refuseUpload(walletId, id, code, now))
  }

  async completePhoto(walletId: string, id: string): Promise<Photo | 'incomplete' | null> {
    const row = this.driver.drive((cell, now) => cell.completePhoto(walletId, id, now))
    return row === null || row === 'incomplete' ? row : this.#photoView(row)
  }

  async correctPhoto(walletId: string, id: string, fields: PaperFields): Promise<PhotoAnswer> {
    const answer = this.driver.drive((cell, now) => cell.correctPhoto(walletId, id, fields, now))
    return 'id' in answer ? { photo: this.#photoView(answer) } : answer
  }

  async deletePhoto(walletId: string, id: string): Promise<boolean> {
    return this.driver.drive((cell, now) => cell.deletePhoto(walletId, id, now))
  }

  async erasePhotosOf(walletId: string, userId: string): Promise<void> {
    this.driver.drive((cell, now) => cell.erasePhotosOf(walletId, userId, now))
  }

  /** Numbers typed beside a photo of this cell became a receipt in another market's. */
  async linkPhoto(walletId: string, photoId: string, receipt: PhotoReceipt): Promise<void> {
    this.driver.drive((cell, now) => cell.linkPhoto(walletId, photoId, receipt, now))
  }

  /** What the reader needs; null when nobody waits for it any more. */
  async photoJob(photoId: string): Promise<PhotoJob | null> {
    return photoJob(this.driver.ctx, photoId)
  }

  /** The reader's answer. Applying it twice changes nothing; false when the photo is gone. */
  async photoRead(photoId: string, result: PhotoResult): Promise<boolean> {
    return this.driver.drive((cell, now) => cell.photoRead(photoId, result, now))
  }

  async readingFailed(photoId: string): Promise<void> {
    this.driver.drive((cell, now) => cell.readingFailed(photoId, now))
    await this.driver.wakeAt(this.driver.cell.nextDueAt() ?? Date.now())
  }

  /** The night's share of forgetting, as of `at`; ask until it answers 0. */
  async forgetOldPhotos(at: number): Promise<number> {
    return this.driver.drive((cell) => cell.forgetOldPhotos(at))
  }

  /** A page of a wallet's photos that are not among its receipts, newest first. */
  async photos(
    walletId: string,
    before: PhotoBefore,
    limit: number,
  ): Promise<{ items: PhotoSummary[]; last: PhotoBefore | null }> {
    const rows = listPhotos(this.driver.ctx.sql, walletId, before, limit)
    const last = rows.length === limit ? (rows.at(-1) ?? null) : null
    return {
      items: rows.map((row) => photoSummary(this.driver.ctx, row, Date.now())),
      last: last && { createdAt: last.createdAt, id: last.id },
    }
  }

  async askReview(walletId: string, photoId: string, request: ReviewRequest): Promise<PhotoAnswer> {
    const answer = this.driver.drive((cell, now) => cell.askReview(walletId, photoId, request, now))
    return this.#photoAnswer(walletId, photoId, answer)
  }

  async disputeReview(walletId: string, photoId: string, note: string): Promise<PhotoAnswer> {
    const answer = this.driver.drive((cell, now) =>
      cell.disputeReview(walletId, photoId, note, now),
    )
    return this.#photoAnswer(walletId, photoId, answer)
  }

  /** A case with all that the cell knows for its decision; null when it is not in this cell. */
  async reviewFile(id: string, reviewerId: string): Promise<ReviewFile | null> {
    return reviewFile(this.driver.ctx, id, reviewerId, Date.now())
  }

  /** A receipt of this cell that a case of another market's is about. */
  async reviewedReceipt(receiptId: string): Promise<ReviewedReceipt | null> {
    return reviewedReceipt(this.driver.ctx, receiptId)
  }

  async claimReview(id: string, reviewer: Reviewer): Promise<ReviewChanged | Refused> {
    const answer = this.driver.drive((cell, now) => cell.claimReview(id, reviewer, now))
    return 'problem' in answer ? answer : this.#reviewEvent(answer)
  }

  async decideReview(order: DecisionOrder): Promise<ReviewDecided | Refused> {
    if (order.evidence) await this.driver.markets.load(order.evidence.snapshotVersion)
    const answer = this.driver.drive((cell, now) => cell.decideReview(order, now))
    if ('problem' in answer) return answer
    return { result: answer.result, event: this.#reviewEvent(answer.row) }
  }

  /** What this cell has judged, or knows as approved, that looks like a purchase. */
  async likeIt(purchase: Purchase): Promise<ReviewCollision[]> {
    return likeIt(this.driver.ctx, purchase)
  }

  /** Receipts of this cell that may be the one that a case decides. */
  async claimantsOf(contested: Contested): Promise<Claimant[]> {
    return claimantsOf(this.driver.ctx, contested)
  }

  async reviewedJob(receiptId: string): Promise<ReviewedJob | null> {
    return reviewedJob(this.driver.ctx, receiptId)
  }

  /** A person has vouched for another claim of the same; told twice, nothing changes. */
  async closeRivals(vouched: Vouched): Promise<void> {
    this.driver.drive((cell, now) => cell.closeRivals(vouched, now))
  }

  async markPaper(mark: PaperMark): Promise<ReviewCollision[]> {
    return this.driver.cell.markPaper(mark, Date.now())
  }

  async unmarkPaper(paper: { time: string; totalMinor: number; receiptId: string }): Promise<void> {
    this.driver.cell.unmarkPaper(paper, Date.now())
  }

  #photoView(row: PhotoRow): Photo {
    return photoSeen(this.driver.ctx, row, Date.now())
  }

  #photoAnswer(walletId: string, photoId: string, answer: ReviewRow | Refused): PhotoAnswer {
    if ('problem' in answer) return answer
    const row = ownPhoto(this.driver.ctx, walletId, photoId)
    return row ? { photo: this.#photoView(row) } : { problem: 'not_found' }
  }

  #reviewEvent(row: ReviewRow): ReviewChanged {
    return reviewEvent(this.driver.ctx.name, row, Date.now())
  }
}
