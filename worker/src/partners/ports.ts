import type { MarketCode } from '#schema/market'
import type { ShopperActor } from '../http/actor.ts'
import type { Database } from '../members/database.ts'
import type { LimiterOf } from '../members/limits.ts'
import type { SnapshotStore } from '../offers/snapshot.ts'
import type { OfferBudget, PartnerMoney } from './money.ts'

/** An open activation of a wallet, as its offer's card shows it. */
export type OpenActivation = { reservedMinor: number; until: string }

/** What the control plane is built from; the composition root fills it in. */
export interface ControlPorts {
  db: Database
  /** The open ones. */
  markets: readonly MarketCode[]
  money: PartnerMoney
  budget: OfferBudget
  snapshots: (market: MarketCode) => SnapshotStore
  limiter: LimiterOf
  /** Has what a partner's returns had earned taken back, wherever it was credited. */
  tellReturns: (partnerId: string) => Promise<void>
  /** Open activations of a wallet by offer id. */
  activations: (
    shopper: Pick<ShopperActor, 'walletId' | 'market'>,
  ) => Promise<ReadonlyMap<string, OpenActivation>>
  random: (bytes: number) => Uint8Array
}
