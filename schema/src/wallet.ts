import { z } from 'zod'
import { idOf } from './id.ts'
import { LocalText, MarketCode } from './market.ts'
import { Amount, Currency, SignedAmount } from './money.ts'
import { Instant } from './receipt.ts'

export const Wallet = z.object({
  id: idOf('wallet'),
  currency: Currency,
  availableMinor: Amount,
  heldMinor: Amount,
  /** In a payout under way. */
  payingMinor: Amount,
  /** Owed after a return of money already paid; taken from future earnings. */
  owedMinor: Amount,
  earnedMinor: Amount,
  /** What becomes available when; soonest first. */
  held: z.array(z.object({ availableAt: Instant, amountMinor: Amount })),
})
export type Wallet = z.infer<typeof Wallet>

/** What a person has in every open market; each in its own currency. */
export const Wallets = z.object({
  items: z.array(z.object({ market: MarketCode, ...Wallet.shape })),
})
export type Wallets = z.infer<typeof Wallets>

export const POSTING_KINDS = [
  'accrual', // earned by a receipt line
  'hold_released', // held → available
  'payout_asked',
  'payout_succeeded',
  'payout_returned',
  'clawback', // taken back after a return, from held or available
  'claim_opened', // the part of it that had left the wallet: owed from then on
  'claim_recovered', // taken from a new reward towards what is owed
  'goodwill',
] as const

/** One change of the wallet, with the reason it opens. */
export const Posting = z.object({
  id: z.string(),
  at: Instant,
  kind: z.enum(POSTING_KINDS),
  /** What moved: positive towards the shopper, negative away; a hold that ended is positive. */
  amountMinor: SignedAmount,
  receiptId: z.string().nullable(),
  storeName: z.string().nullable(),
  offerId: z.string().nullable(),
  /** As it was when the receipt was judged. */
  offerTitle: LocalText.nullable(),
  payoutId: z.string().nullable(),
  /** For accruals that are held. */
  availableAt: Instant.nullable(),
})
export type Posting = z.infer<typeof Posting>
