import type { MarketCode } from '#schema/market'
import type { SendMail, SendSms } from '../notify/port.ts'
import type { Auth } from './auth.ts'
import type { Database } from './database.ts'
import type { LimiterOf } from './limits.ts'

/** What the member's account has to ask of the money side. */
interface MemberWallet {
  /** Everything kept about a wallet by market, as JSON for its owner. */
  exportOf(walletId: string): Promise<unknown>
  /** Deletes the photos that this person took. */
  erasePhotosOf(walletId: string, userId: string): Promise<void>
  /** What would be lost with the account, minor units, in each market. */
  balancesOf(walletId: string): Promise<WalletBalance[]>
}

export interface WalletBalance {
  /** Held and available together. */
  amountMinor: number
  currency: string
  /** A payout is asked for and has not ended. */
  payoutUnderWay: boolean
}

/** What the member routes are built from; the composition root fills it in. */
export interface MemberPorts {
  db: Database
  /** The open ones: codes go to mobile phones of these only. */
  markets: readonly MarketCode[]
  auth: Auth
  limiter: LimiterOf
  sendSms: SendSms
  sendMail: SendMail
  /** Keys the digests of codes; the same secret that signs sessions. */
  secret: string
  /** Public origin, for links and for the autofill line of a code message. */
  baseUrl: string
  random: (bytes: number) => Uint8Array
  /** Public name of a partner, for the invitation; null when there is none yet. */
  partnerName: (partnerId: string) => Promise<string | null>
  wallet: MemberWallet
}
