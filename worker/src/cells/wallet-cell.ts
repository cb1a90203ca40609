import type { MarketCode } from '#schema/market'
import type { Payout } from '#schema/payout'
import type { PaperFields, Photo, PhotoRefusal, PhotoSummary } from '#schema/photo'
import type { ProblemCode } from '#schema/problem'
import type { Receipt, ReceiptSummary } from '#schema/receipt'
import type { ReviewRequest } from '#schema/review-request'
import type { Verdict } from '#schema/verdict'
import type { Posting, Wallet } from '#schema/wallet'
import type { ActivationOrder } from './cell.ts'
import type { ActivationRow } from './cell-activations.ts'
import type { PayoutOrder } from './cell-payouts.ts'
import type { PhotoOrder } from './cell-photo-uploads.ts'
import type { Submission } from './cell-receipts.ts'
import type { PhotoReceipt } from './photo-answers.ts'
import type { PhotoBefore, PhotoRow } from './photo-row.ts'

/** Where a photo lies, and how far it has come. */
export type PhotoPlace = Pick<PhotoRow, 'key' | 'shots' | 'state'>

export type PhotoAnswer = { readonly photo: Photo } | { readonly problem: ProblemCode }

/** What the shopper's routes ask of the cell that holds a wallet. */
type WalletCell = {
  submit(
    submission: Submission,
  ): Promise<{ receipt: Receipt; created: boolean } | { problem: ProblemCode }>
  receipt(walletId: string, id: string, after: number | null): Promise<Receipt | null>
  receipts(
    walletId: string,
    before: { submittedAt: number; id: string },
    limit: number,
  ): Promise<{ items: ReceiptSummary[]; last: { submittedAt: number; id: string } | null }>
  openPhoto(
    order: PhotoOrder,
  ): Promise<{ photo: Photo } | { problem: ProblemCode; retryAt?: string }>
  photo(walletId: string, id: string, after: number | null): Promise<Photo | null>
  photoPlace(walletId: string, id: string): Promise<PhotoPlace | null>
  photoPart(walletId: string, id: string, part: number): Promise<Photo | null>
  refuseUpload(walletId: string, id: string, code: PhotoRefusal): Promise<void>
  completePhoto(walletId: string, id: string): Promise<Photo | 'incomplete' | null>
  correctPhoto(walletId: string, id: string, fields: PaperFields): Promise<PhotoAnswer>
  deletePhoto(walletId: string, id: string): Promise<boolean>
  linkPhoto(walletId: string, photoId: string, receipt: PhotoReceipt): Promise<void>
  photos(
    walletId: string,
    before: PhotoBefore,
    limit: number,
  ): Promise<{ items: PhotoSummary[]; last: PhotoBefore | null }>
  askReview(walletId: string, photoId: string, request: ReviewRequest): Promise<PhotoAnswer>
  disputeReview(walletId: string, photoId: string, note: string): Promise<PhotoAnswer>
  explainOwn(walletId: string, id: string, line: number | null): Promise<Verdict[] | null>
  wallet(walletId: string): Promise<Wallet>
  postings(
    walletId: string,
    before: number,
    limit: number,
  ): Promise<{ postings: Posting[]; last: number }>
  activations(walletId: string): Promise<ActivationRow[]>
  activate(
    order: Omit<ActivationOrder, 'wantMinor'>,
  ): Promise<{ reservedMinor: number; expiresAt: number } | { problem: ProblemCode }>
  requestPayout(
    order: PayoutOrder,
  ): Promise<{ payout: Payout; created: boolean } | { problem: ProblemCode }>
  payout(walletId: string, id: string, after: number | null): Promise<Payout | null>
  payouts(
    walletId: string,
    before: { requestedAt: number; id: string },
    limit: number,
  ): Promise<{ items: Payout[]; last: { requestedAt: number; id: string } | null }>
  nudgePayout(id: string): Promise<boolean>
}

/** The cell of a wallet in a market. */
export type CellOfWallet = (shopper: { walletId: string; market: MarketCode }) => WalletCell
