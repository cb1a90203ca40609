import type { MarketCode } from '#schema/market'
import type { ReviewCollision } from '#schema/review'
import type { Purchase } from '../cells/cell-papers.ts'
import type { ReviewedReceipt, ReviewFile } from '../cells/cell-review-files.ts'
import type { DecisionOrder, Refused } from '../cells/cell-reviews.ts'
import type { Claimant, Contested } from '../cells/cell-rivals.ts'
import type { ReviewChanged } from '../cells/review-event.ts'
import type { ControlPorts } from '../partners/ports.ts'
import type { PhotoStore } from '../photos/photo-store.ts'
import type { Market } from '../receipts/market-reader.ts'
import type { Reviewer } from './decision.ts'

/** What the reviewer's routes ask of one cell. */
type ReviewCell = {
  reviewFile(id: string, reviewerId: string): Promise<ReviewFile | null>
  claimReview(id: string, reviewer: Reviewer): Promise<ReviewChanged | Refused>
  decideReview(
    order: DecisionOrder,
  ): Promise<{ result: 'decided' | 'second_needed'; event: ReviewChanged } | Refused>
  reviewedReceipt(receiptId: string): Promise<ReviewedReceipt | null>
  likeIt(purchase: Purchase): Promise<ReviewCollision[]>
  claimantsOf(contested: Contested): Promise<Claimant[]>
}

/** What the reviewer's routes are built from; the composition root fills it in. */
export type ReviewPorts = {
  readonly control: ControlPorts
  readonly cells: readonly string[]
  readonly cell: (name: string) => ReviewCell
  /** The cell of a wallet in a market. */
  readonly cellOf: (walletId: string, market: MarketCode) => string
  /** The market that a cell belongs to. */
  readonly market: (cell: string) => Promise<Market>
  /** The cells of that market. */
  readonly cellsBeside: (cell: string) => readonly string[]
  readonly shopperMasked: (walletId: string) => Promise<string>
  readonly store: PhotoStore
  /** Signs the links to pictures. */
  readonly secret: string
}
