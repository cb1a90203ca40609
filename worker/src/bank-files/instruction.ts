import type { CurrencyCode } from '#schema/currency'
import type { MarketCode } from '#schema/market'
import type { PayoutDestination } from '#schema/payout'
import type { SaidAnswer } from './standing.ts'

/** One payout that the bank is to carry, named by the payout's key. */
export type NewInstruction = {
  readonly key: string
  readonly market: MarketCode
  readonly walletId: string
  readonly payoutId: string
  readonly amountMinor: number
  readonly currency: CurrencyCode
  readonly destination: Extract<PayoutDestination, { code: 'iban' }>
  readonly masked: string
}

/** As the register has it, with all that the bank ever said of it. */
export type Instruction = Omit<NewInstruction, 'destination'> & {
  readonly fileId: string | null
  /** Its file was written again, the last time then: either version may be at the bank. */
  readonly writtenAgainAt: string | null
  readonly said: readonly SaidAnswer[]
}
