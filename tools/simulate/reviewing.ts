import type { MarketCode } from '#schema/market'
import { minor } from '#schema/money'
import type { PhotoReading } from '#schema/photo'
import type { ReviewDecision, ReviewedDocument } from '#schema/review'
import type { ReviewRequest } from '#schema/review-request'
import type { DeclineReason } from '#schema/review-verdict'
import type { AuthorityResult, Submission } from '#worker/cells/cell-receipts'
import { reviewedJob } from '#worker/cells/cell-reviewed-receipts'
import type { Refused } from '#worker/cells/cell-reviews'
import { Directory } from '#worker/cells/directory'
import { type PhotoRow, readPhoto } from '#worker/cells/photo-row'
import { type ReceiptRow, readReceipt } from '#worker/cells/receipt-row'
import { type ReviewRow, readReview } from '#worker/cells/review-row'
import { ZARYA } from '#worker/offers/sample.test-data'
import { NOT_READ } from '#worker/photos/read-photo'
import { type IdentityShard, settleIdentities } from '#worker/receipts/settle-identities'
import { verifyReviewed } from '#worker/reviews/verify-reviewed'
import { Database } from './database.sqlite.ts'
import { JudgingCell } from './judging-cell.ts'

/** What the sample documents say of their seller. */
const SHOP = { retailer: 'Заря', taxNumber: '7700000009' }
/** What every reading says of its one picture. */
export const ONE_SHOT = { shots: [{ width: 1, height: 1 }], risk: [], scan: null }

type Purchase = { walletId?: string; time?: string; totalMinor?: number }

/** A cell, a directory and reviewers: photos and scans of the same purchases, step by step. */
export class Reviewing extends JudgingCell {
  readonly directory: Directory
  readonly #claims = Database.open('directory')
  #photos = 0

  constructor(market?: MarketCode) {
    super(market)
    this.directory = new Directory(this.#claims.store())
  }

  override close(): void {
    super.close()
    this.#claims.close()
  }

  /** A photo of paper without an identity, on its own or for a receipt that waits. */
  photo(
    walletId = 'wal_1',
    printed: Partial<PhotoReading> = {},
    forReceiptId: string | null = null,
    id = this.#photoId(),
  ): PhotoRow {
    const order = { id, key: id, walletId, userId: 'usr_1', shots: [1], forReceiptId }
    const opened = this.cell.openPhoto(order, this.now)
    if (!('id' in opened)) throw new Error('problem' in opened ? opened.problem : 'exhausted')
    this.cell.photoPart(walletId, id, 1)
    this.cell.completePhoto(walletId, id, this.now)
    this.cell.beginReading(id, this.now)
    const reading = { ...ONE_SHOT, ...NOT_READ, ...printed }
    const result = { kind: 'read', reading, reasons: ['no_code'], identity: null } as const
    this.cell.photoRead(id, result, this.now)
    this.cell.saleAnswered(id, { submission: null, feeds: false }, this.now)
    return this.photoRow(id)
  }

  #photoId(): string {
    this.#photos += 1
    return `pho_${String(this.#photos).padStart(20, '0')}`
  }

  photoRow(id: string): PhotoRow {
    const row = readPhoto(this.cell.ctx.sql, id)
    if (!row) throw new Error(`no photo ${id}`)
    return row
  }

  /** Sends a photo to review; answers the case. */
  ask(photo: PhotoRow, purchase: Purchase = {}): ReviewRow {
    const asked = this.cell.askReview(photo.walletId, photo.id, requestOf(purchase), this.now)
    return taken(asked)
  }

  reviewRow(id: string): ReviewRow {
    const row = readReview(this.cell.ctx.sql, id)
    if (!row) throw new Error(`no case ${id}`)
    return row
  }

  approve(row: ReviewRow, by: string, purchase: Purchase = {}, apart: readonly string[] = []) {
    const document = documentOf(purchase)
    const decision: ReviewDecision = {
      outcome: 'approve',
      version: row.version,
      document: row.kind === 'photo' ? document : null,
      distinctFrom: [...apart],
    }
    return this.decide(row, decision, by, row.kind === 'photo' ? evidenceOf(document, apart) : null)
  }

  decline(row: ReviewRow, by: string, reason: DeclineReason = 'unreadable') {
    const { version } = row
    return this.decide(row, { outcome: 'decline', version, reason, note: '' }, by, null)
  }

  decide(
    { id }: ReviewRow,
    decision: ReviewDecision,
    by: string,
    evidence: ReturnType<typeof evidenceOf> | null,
  ) {
    const reviewer = { id: by, hasColleagues: true }
    return this.cell.decideReview({ id, decision, evidence, reviewer }, this.now)
  }

  /** Claims and verifies whatever waits for it, as the queue and the directory would. */
  async run(): Promise<void> {
    for (const { body } of this.cell.dueOutside(this.now, 100)) {
      if (body.kind === 'claim') this.#claim(body.receiptId)
      if (body.kind === 'verify') await this.verify(body.receiptId)
      if (body.kind === 'release') this.#release(body.receiptId)
    }
  }

  #claim(receiptId: string): void {
    const { fingerprint, contentKey } = this.row(receiptId)
    const claim = { fingerprint, contentKey, receiptId, ownerMasked: '' }
    const [outcome] = this.directory.claimMany([claim], this.now)
    if (outcome) this.cell.claimAnswered(receiptId, outcome, this.now)
  }

  #release(receiptId: string): void {
    const { fingerprint, contentKey, scan } = this.row(receiptId)
    const { time, totalMinor } = scan
    if ('seller' in scan) this.cell.unmarkPaper({ time, totalMinor, receiptId }, this.now)
    const claim = { contentKey, receiptId }
    for (const other of this.directory.release({ fingerprint, ...claim }, false, this.now)) {
      this.directory.release({ fingerprint: other, ...claim }, false, this.now)
    }
    this.cell.claimReleased(receiptId, this.now)
  }

  /** The only one. */
  shard(): IdentityShard {
    return {
      noteIdentities: async (id, others) => this.directory.noteIdentities(id, others),
      settle: async (identity, settler) => this.directory.settle(identity, settler, this.now),
      claimPrinted: async (identity, settler) =>
        this.directory.claimPrinted(identity, settler, this.now),
    }
  }

  /** One message about a decided case. */
  async verify(receiptId: string): Promise<void> {
    await verifyReviewed({
      job: async () => reviewedJob(this.cell.ctx, receiptId),
      settle: async (names) =>
        settleIdentities({ receiptId, ownerMasked: '' }, names, () => this.shard()),
      closeRivals: async (vouched) => this.cell.closeRivals({ ...vouched, receiptId }, this.now),
      markEverywhere: async (mark) => this.cell.markPaper(mark, this.now),
      answer: async (result) => this.cell.authorityAnswered(receiptId, result, this.now),
    })
  }

  /** A scan of a purchase, to the authority's answer. */
  scan({ walletId = 'wal_1', ...purchase }: Purchase = {}): ReceiptRow {
    return this.confirm(this.submission({ walletId, ...purchase }), purchase)
  }

  /** The same of whatever was scanned: the authority says what was bought. */
  confirm(submission: Submission, purchase: Purchase): ReceiptRow {
    this.cell.submitMany([submission], this.now)
    const id = `${submission.fingerprint}/${submission.walletId}/0`
    this.#claim(id)
    this.answer(id, purchase)
    return this.row(id)
  }

  answer(receiptId: string, purchase: Purchase = {}): void {
    const { till: _, distinctFrom: __, ...evidence } = evidenceOf(documentOf(purchase), [])
    const result: AuthorityResult = { kind: 'authentic', evidence, till: 'till_1' }
    this.cell.authorityAnswered(receiptId, result, this.now)
  }

  /** Receipts of the cell as the audit reads them: state by id. */
  credited(): string[] {
    return this.cell.ctx.sql
      .all<{ id: string }>("SELECT id FROM receipts WHERE state = 'credited' ORDER BY id")
      .map(({ id }) => id)
  }

  receiptOf(review: ReviewRow): ReceiptRow {
    const { receiptId } = this.reviewRow(review.id)
    const row = receiptId === null ? null : readReceipt(this.cell.ctx.sql, receiptId)
    if (!row) throw new Error(`${review.id} made no receipt`)
    return row
  }
}

const TIME = '2026-11-21T18:42'

export function requestOf({ time = TIME, totalMinor = 10_000 }: Purchase): ReviewRequest {
  const line = { name: 'МОЛОКО ЗАРЯ', quantityMicro: 1_000_000, sumMinor: minor(totalMinor) }
  return { ...SHOP, time, totalMinor: minor(totalMinor), lines: [line] }
}

function documentOf(purchase: Purchase): ReviewedDocument {
  const { lines, ...rest } = requestOf(purchase)
  return {
    ...rest,
    storeId: null,
    retailerId: null,
    lines: lines.map((line) => ({ ...line, productId: null })),
  }
}

function evidenceOf(document: ReviewedDocument, apart: readonly string[]) {
  const { time, totalMinor } = document
  return {
    document: {
      time,
      totalMinor,
      kind: 1 as const,
      sellerName: document.retailer,
      sellerTaxNumber: document.taxNumber,
      tillRegistration: null,
      fiscalDrive: null,
      address: null,
      placeName: null,
      lines: document.lines.map(({ name, quantityMicro, sumMinor }) => {
        const paper = { gtin: null, subject: null, priceMinor: sumMinor }
        return { name, quantityMicro, sumMinor, ...paper }
      }),
    },
    store: null,
    matches: document.lines.map(() => ({ ...ZARYA, name: '', by: '' })),
    snapshotVersion: 0,
    till: document.taxNumber,
    distinctFrom: apart,
  }
}

/** The row, or a failed test. */
export function taken<Row>(answer: Row | Refused): Row {
  if (typeof answer === 'object' && answer !== null && 'problem' in answer) {
    throw new Error(answer.problem)
  }
  return answer
}
