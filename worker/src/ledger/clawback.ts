import { minor } from '#schema/money'
import { claims, escrow, fees, walletAvailable, walletHeld } from './account.ts'
import type { Transfer } from './transfer.ts'

/**
 * Where money that has to come back is taken from, and the transfers of it (decision 0016). Pure;
 * amounts in minor units.
 */

/** Held money of one wallet by the moment (ms) it becomes available. */
export type HeldPart = { readonly availableAt: number; readonly amountMinor: number }

/** The parts add up to what was asked for; `claimMinor` is what the wallet no longer has. */
export type Sources = {
  readonly held: readonly HeldPart[]
  readonly availableMinor: number
  readonly claimMinor: number
}

/**
 * Held money first: that of the reward itself (`ownAt`), then what is held longest; then what is
 * available; what is left is owed. Money in a payout under way is never touched.
 */
export function sourcesOf(
  amountMinor: number,
  wallet: { readonly held: readonly HeldPart[]; readonly availableMinor: number },
  ownAt: number | null,
): Sources {
  const isOwn = (part: HeldPart) => (part.availableAt === ownAt ? 1 : 0)
  const order = [...wallet.held].sort(
    (a, b) => isOwn(b) - isOwn(a) || b.availableAt - a.availableAt,
  )
  const held: HeldPart[] = []
  let left = amountMinor
  for (const part of order) {
    const taken = Math.min(left, part.amountMinor)
    if (taken > 0) held.push({ availableAt: part.availableAt, amountMinor: taken })
    left -= taken
  }
  const availableMinor = Math.min(left, wallet.availableMinor)
  return { held, availableMinor, claimMinor: left - availableMinor }
}

export type ClawbackPosting = {
  /** The receipt of the return, and the one that had earned. */
  readonly returnId: string
  readonly saleId: string
  readonly walletId: string
  readonly offerId: string
  readonly partnerId: string
  readonly sources: Sources
  readonly feeMinor: number
}

/** One offer's reward and fee go back to where they came from: the open escrow of the offer. */
export function rewardTakenBack(posting: ClawbackPosting): Transfer[] {
  const { returnId, saleId, walletId, offerId, partnerId, sources, feeMinor } = posting
  const back = (leg: string, part: Pick<Transfer, 'debit' | 'code'>, amountMinor: number) => ({
    ...part,
    id: `${returnId}:${offerId}:${leg}`,
    credit: escrow(offerId),
    amountMinor: minor(amountMinor),
    reference: saleId,
  })
  const held = { debit: walletHeld(walletId), code: 'clawback_held' } as const
  const available = { debit: walletAvailable(walletId), code: 'clawback' } as const
  const claim = { debit: claims(walletId), code: 'claim_opened' } as const
  const fee = { debit: fees(partnerId), code: 'fee_returned' } as const
  return [
    ...sources.held.map((part) => back(`held:${part.availableAt}`, held, part.amountMinor)),
    back('available', available, sources.availableMinor),
    back('claim', claim, sources.claimMinor),
    back('fee', fee, feeMinor),
  ].filter(({ amountMinor }) => amountMinor > 0)
}

/** `cause` (a receipt or a payout that came back) has brought money: what is owed is taken first. */
export function claimRecovered(cause: string, walletId: string, sources: Sources): Transfer[] {
  const taken = (leg: string, debit: Transfer['debit'], amountMinor: number): Transfer => ({
    id: `${cause}:${leg}`,
    debit,
    credit: claims(walletId),
    amountMinor: minor(amountMinor),
    code: 'claim_recovered',
    reference: cause,
  })
  return [
    ...sources.held.map((part) =>
      taken(`recovered:held:${part.availableAt}`, walletHeld(walletId), part.amountMinor),
    ),
    taken('recovered', walletAvailable(walletId), sources.availableMinor),
  ].filter(({ amountMinor }) => amountMinor > 0)
}
