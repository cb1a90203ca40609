import type { PayoutDestination, SbpBank } from '#schema/payout'

/** What identifies a payout at the provider: our id and what it must be worth. */
export interface AskedPayout {
  /** The client's id: the provider's idempotency key, or what that is made of. */
  id: string
  amountMinor: number
  /**
   * Whose money it is. Ids are made by clients: two wallets may bring the same one, and what the
   * provider paid to the first is not proof for the second. Comes back in webhooks, so that they
   * find the cell; never trusted there.
   */
  walletId?: string
  /** When the first question left, ms: where the provider is searched by time. */
  firstSentAt?: number
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

/** The outside half of a withdrawal. Nothing here throws but `banks`, and what cannot be. */
export interface PayoutProvider {
  /** Asks to pay. Repeating it with the same content is safe while the key lives (schedule.ts). */
  send(payout: PayoutToSend): Promise<ProviderOutcome>
  /** What became of a payout that the provider has named. Moves nothing. */
  look(providerId: string, asked: AskedPayout): Promise<ProviderOutcome>
  /**
   * Looks at a payout that is to be paid. A provider that pays in two steps, first the name and
   * then the money, takes the second one here: only after we have kept the name.
   */
  pursue(providerId: string, asked: AskedPayout): Promise<ProviderOutcome>
  /** Looks for our id among the provider's payouts: for when sending again is no longer safe. */
  find(asked: AskedPayout): Promise<ProviderOutcome | Absent>
  /** Banks that take payouts by phone number, where there are such. Throws ProviderUnavailable. */
  banks(): Promise<SbpBank[]>
}

/** The provider did not answer a question that has no money in it. */
export class ProviderUnavailable extends Error {
  constructor(detail: string) {
    super(`the payout provider does not answer: ${detail}`)
    this.name = 'ProviderUnavailable'
  }
}
