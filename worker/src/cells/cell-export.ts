import type { Payout } from '#schema/payout'
import type { Photo } from '#schema/photo'
import type { Receipt } from '#schema/receipt'
import type { Posting, Wallet } from '#schema/wallet'
import { allActivations } from './cell-activations.ts'
import type { CellContext } from './cell-context.ts'
import { listPayouts } from './cell-payouts.ts'
import { listPostings, readWallet } from './cell-wallet.ts'
import { payoutView } from './payout-view.ts'
import { photoSeen } from './photo-keeping.ts'
import { findPhotos } from './photo-row.ts'
import { listReceipts } from './receipt-row.ts'
import { receiptView } from './receipt-view.ts'

/** Rows of one kind in an export, newest first: it leaves the object in one answer. */
const EXPORT_MAX = 1_000

type ExportedActivation = {
  readonly offerId: string
  readonly state: string
  readonly reservedMinor: number
  readonly activatedAt: string
  readonly expiresAt: string
}

/** A wallet sends far fewer in the time that they are kept. */
const KEPT = `wallet_id = ? AND state <> 'deleted'`

type ExportedPhoto = Pick<
  Photo,
  'id' | 'state' | 'createdAt' | 'deletedAt' | 'typed' | 'receiptId' | 'review'
>

export type WalletExport = {
  readonly wallet: Wallet
  readonly receipts: readonly Receipt[]
  readonly activations: readonly ExportedActivation[]
  readonly postings: readonly Posting[]
  readonly payouts: readonly Payout[]
  /** Their pictures are at `/v1/photos/{id}/image` until `deletedAt`. */
  readonly photos: readonly ExportedPhoto[]
  /** The kinds of which there is more than `EXPORT_MAX`: the oldest are left out, and it is said. */
  readonly cut: readonly ('receipts' | 'activations' | 'postings' | 'payouts')[]
}

/** Everything kept about a wallet, for its owner. */
export function exportOf(ctx: CellContext, walletId: string, now: number): WalletExport {
  const newest = Number.MAX_SAFE_INTEGER
  const more = EXPORT_MAX + 1
  const all = {
    receipts: listReceipts(ctx.sql, walletId, { submittedAt: newest, id: '' }, more),
    activations: allActivations(ctx, walletId, more),
    postings: listPostings(ctx, walletId, newest, more).postings,
    payouts: listPayouts(ctx, walletId, { requestedAt: newest, id: '' }, more),
  }
  const kinds = ['receipts', 'activations', 'postings', 'payouts'] as const
  return {
    wallet: readWallet(ctx, walletId),
    receipts: all.receipts.slice(0, EXPORT_MAX).map((row) => receiptView(ctx, row)),
    activations: all.activations.slice(0, EXPORT_MAX).map((row) => ({
      offerId: row.offerId,
      state: row.state,
      reservedMinor: row.reservedMinor,
      activatedAt: new Date(row.activatedAt).toISOString(),
      expiresAt: new Date(row.expiresAt).toISOString(),
    })),
    postings: all.postings.slice(0, EXPORT_MAX),
    payouts: all.payouts.slice(0, EXPORT_MAX).map(payoutView),
    photos: findPhotos(ctx.sql, KEPT, [walletId], EXPORT_MAX).map((row) => {
      const seen = photoSeen(ctx, row, now)
      const { id, state, createdAt, deletedAt, typed, receiptId, review } = seen
      return { id, state, createdAt, deletedAt, typed, receiptId, review }
    }),
    cut: kinds.filter((kind) => all[kind].length > EXPORT_MAX),
  }
}
