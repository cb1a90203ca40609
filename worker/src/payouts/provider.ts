import type { PayoutDestination, SbpBank } from '#schema/payout'

/** What identifies a payout at the provider: our id and what it must be worth. */
export interface AskedPayout {
  /** The client's id; it is the provider's idempotency key and stands in the payout's metadata. */
  id: string
  amountMinor: number
  /**
   * Whose money it is. Ids are made by clients: two wallets may bring the same one, and what the
   * provider paid to the first is not proof for the second. Comes back in webhooks, so that they
   * find the cell; never trusted there.
   */
  walletId?: string
}

export interface PayoutToSend extends AskedPayout {
  destination: PayoutDestination
  /** What the recipient reads, up to 128 characters; the same at every repeat of the id. */
  description: string
}

export type ProviderOutcome =
  | { kind: 'pending'; providerId: string }
  | { kind: 'succeeded'; providerId: string }
  /** Definitive: the money comes back. */
  | { kind: 'canceled'; providerId: string | null; reason: string }
  /** Definitive for the first question of an id (schedule.ts): it was not accepted. */
  | { kind: 'refused'; reason: string }
  /** A timeout, 5xx, 429, nonsense: ask the same id again, never void, never a new id. */
  | { kind: 'unknown'; detail: string }

/** The provider searched its payouts and has none with our id. */
export interface Absent {
  kind: 'absent'
}

/** The outside half of a withdrawal. Nothing here throws but `banks`. */
export interface PayoutProvider {
  /** Asks to pay. Repeating it with the same content is safe while the key lives (schedule.ts). */
  send(payout: PayoutToSend): Promise<ProviderOutcome>
  /** What became of a payout that the provider has named. */
  look(providerId: string, asked: AskedPayout): Promise<ProviderOutcome>
  /** Looks for our id among the provider's payouts: for when sending again is no longer safe. */
  find(asked: AskedPayout): Promise<ProviderOutcome | Absent>
  /** Banks that take payouts by phone number. Throws ProviderUnavailable. */
  banks(): Promise<SbpBank[]>
}

/** The provider did not answer a question that has no money in it. */
export class ProviderUnavailable extends Error {
  constructor(detail: string) {
    super(`the payout provider does not answer: ${detail}`)
    this.name = 'ProviderUnavailable'
  }
}
