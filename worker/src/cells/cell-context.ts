import type { MarketRules } from '#schema/market'
import type { OfferVersion } from '#schema/offer'
import type { EvaluationNames } from '../offers/names.ts'
import type { Book } from './book.ts'
import type { Pace } from './pace.ts'
import type { SqlStore } from './sql-store.ts'
import type { Task } from './tasks.ts'

/** What of a market's snapshot judging needs. */
export type JudgingMarket = {
  readonly offers: readonly OfferVersion[]
  readonly names: EvaluationNames
}

/**
 * What the parts of a cell work on. Everything here is synchronous: one writer, one transaction.
 */
export type CellContext = {
  readonly sql: SqlStore
  readonly book: Book
  /** Tasks written since the last time somebody took them: a hint, the table is the truth. */
  readonly fresh: Task[]
  /** The cell's own name, e.g. `cell-0`: part of lease and event ids. */
  readonly name: string
  /** Of the cell's market: currency, zones, limits. */
  readonly rules: MarketRules
  /** Spending of the last seconds, in memory: it sizes leases and decides nothing else. */
  readonly pace: Pace
  /** A snapshot's offers and names; the object has loaded it before it calls in. */
  readonly market: (snapshotVersion: number) => JudgingMarket
  /** HMAC(fingerprint, wallet, attempt): a lost reply retried lands on the same work. */
  readonly receiptId: (fingerprint: string, walletId: string, attempt: number) => string
  /** Told of every receipt or payout that changed, for those who wait for it. */
  readonly changed: (id: string) => void
}
