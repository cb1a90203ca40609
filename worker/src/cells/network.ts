import type { CellEvent } from '#schema/event'
import type { MarketCode } from '#schema/market'
import type { VouchedScan } from '#schema/receipt'
import type { SaleKey } from '#schema/sale'
import type { Absent, ProviderOutcome } from '../payouts/provider.ts'
import type { WayToAsk } from '../payouts/schedule.ts'
import type { ClaimOutcome } from '../receipts/journey.ts'
import type { PaperReading } from '../sales/find-sale.ts'
import type { LeaseQuestion } from './budget.ts'
import type { LeaseAnswer } from './cell-leases.ts'
import type { PayoutRow } from './cell-payouts.ts'
import type { Claim } from './directory.ts'
import type { PhotoSale } from './photo-answers.ts'

/**
 * Asks for a receipt to be verified; the answer comes back by `Cell.authorityAnswered`. Without a
 * scan a person has decided about it, and the evidence is the cell's (`reviewedJob`).
 */
export type VerifyJob = {
  readonly cell: string
  readonly receiptId: string
  readonly scan: VouchedScan | null
  /** Whoever brought it, for whoever comes later. */
  readonly ownerMasked: string
  /** The sale to ask instead of the tax service. */
  readonly sale: SaleKey | null
}

/** Asks for a photo to be read; the answer comes back by `Cell.photoRead`. */
export type PhotoReadJob = { readonly cell: string; readonly photoId: string }

/** A photo in the bucket: its random key, and the sizes of its shots in bytes. */
export type PhotoObjects = { readonly key: string; readonly shots: readonly number[] }

/** What a paper is marked by in every cell. */
export type Paper = { readonly time: string; readonly totalMinor: number }

/** Everything a cell needs from outside itself. Each call is idempotent and may fail. */
export type Network = {
  claimMany(claims: readonly Claim[]): Promise<ClaimOutcome[]>
  /** `paper`: what a person has vouched for it by, if one has. */
  releaseClaim(
    claim: Omit<Claim, 'ownerMasked'>,
    forged: boolean,
    paper: Paper | null,
  ): Promise<void>
  verify(jobs: readonly VerifyJob[]): Promise<void>
  findSale(market: MarketCode, walletId: string, reading: PaperReading): Promise<PhotoSale>
  readPhotos(jobs: readonly PhotoReadJob[]): Promise<void>
  forgetPhotos(photos: readonly PhotoObjects[]): Promise<void>
  lease(offerId: string, question: LeaseQuestion): Promise<LeaseAnswer>
  returnLease(
    offerId: string,
    report: { cell: string; returnId: string; amountMinor: number; report: number },
  ): Promise<void>
  publish(events: readonly CellEvent[]): Promise<void>
  askProvider(way: WayToAsk, payout: PayoutRow): Promise<ProviderOutcome | Absent>
  bookPayout(payoutId: string, amountMinor: number): Promise<void>
  bookRefund(payoutId: string, amountMinor: number): Promise<void>
}
