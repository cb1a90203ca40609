import type { PayoutRow } from '#worker/cells/cell-payouts'
import type { Absent, ProviderOutcome } from '#worker/payouts/provider'
import type { WayToAsk } from '#worker/payouts/schedule'
import type { Random } from './random.ts'
import type { Timeline } from './timeline.ts'
import type { Wire } from './wire.ts'

const HOUR_MS = 3_600_000
/** The provider forgets an idempotency key after a day: a later repeat is a new payout. */
const KEY_MS_MAX = 24 * HOUR_MS

type Entry = {
  readonly key: string
  readonly walletId: string
  readonly providerId: string
  readonly amountMinor: number
  readonly acceptedAt: number
  status: 'pending' | 'succeeded' | 'canceled' | 'refused'
}

/** The payout provider: pays once per live key, and answers badly now and then. */
export class ProviderStandIn {
  /** What it was asked to do, for ever. */
  readonly entries: Entry[] = []
  readonly #random: Random
  readonly #timeline: Timeline
  readonly #wire: Wire
  /** Sends a notification about a payout. */
  readonly #notify: (walletId: string, payoutId: string) => void

  constructor(
    random: Random,
    timeline: Timeline,
    wire: Wire,
    notify: (walletId: string, payoutId: string) => void,
  ) {
    this.#random = random
    this.#timeline = timeline
    this.#wire = wire
    this.#notify = notify
  }

  /** What has left the bank account under a key. */
  paid(key: string): { count: number; amountMinor: number } {
    const paid = this.entries.filter((entry) => entry.key === key && entry.status === 'succeeded')
    return { count: paid.length, amountMinor: paid.reduce((sum, one) => sum + one.amountMinor, 0) }
  }

  /** Whether money may still leave under a key. */
  mayPay(key: string): boolean {
    return this.entries.some((entry) => entry.key === key && entry.status === 'pending')
  }

  ask(way: WayToAsk, payout: PayoutRow): ProviderOutcome | Absent {
    const moody = this.#random.chance(this.#wire.faults.outside)
    if (moody && this.#random.chance(0.5)) return { kind: 'unknown', detail: '500 before anything' }
    const outcome = this.#outcome(way, payout)
    // It has done it, and says that it has not.
    return moody ? { kind: 'unknown', detail: '500 after all' } : outcome
  }

  #outcome(way: WayToAsk, payout: PayoutRow): ProviderOutcome | Absent {
    const { now } = this.#timeline
    const mine = this.entries.filter((entry) => entry.key === payout.id)
    if (way === 'find') {
      const entry = mine.find((each) => each.status !== 'refused')
      return entry ? tell(entry) : { kind: 'absent' }
    }
    if (way === 'look') {
      const entry = mine.find((each) => each.providerId === payout.providerId)
      return entry ? tell(entry) : { kind: 'unknown', detail: '404' }
    }
    const known = mine.find((entry) => now - entry.acceptedAt < KEY_MS_MAX)
    return tell(known ?? this.#accept(payout))
  }

  #accept(payout: PayoutRow): Entry {
    const { now } = this.#timeline
    const status = this.#random.weighted<Entry['status']>([
      [6, 'succeeded'],
      [3, 'pending'],
      [1, 'canceled'],
      [1, 'refused'],
    ])
    const entry: Entry = {
      key: payout.id,
      walletId: payout.walletId,
      providerId: `po-${this.entries.length + 1}`,
      amountMinor: payout.amountMinor,
      acceptedAt: now,
      status,
    }
    this.entries.push(entry)
    if (status === 'pending') this.#finishLater(entry)
    if (this.#random.chance(0.3)) this.#notify(entry.walletId, entry.key)
    return entry
  }

  #finishLater(entry: Entry): void {
    const wait = this.#random.weighted([
      [4, this.#random.int(100, 20_000)],
      [2, this.#random.int(0, HOUR_MS)],
      [1, this.#random.int(0, 30 * HOUR_MS)],
    ])
    this.#timeline.after(wait, `provider finishes ${entry.providerId}`, () => {
      entry.status = this.#random.chance(0.7) ? 'succeeded' : 'canceled'
      this.#notify(entry.walletId, entry.key)
      if (this.#random.chance(0.3)) this.#notify(entry.walletId, entry.key)
    })
  }
}

function tell(entry: Entry): ProviderOutcome {
  const { providerId } = entry
  switch (entry.status) {
    case 'pending':
      return { kind: 'pending', providerId }
    case 'succeeded':
      return { kind: 'succeeded', providerId }
    case 'canceled':
      return { kind: 'canceled', providerId, reason: 'recipient_check_failed' }
    case 'refused':
      return { kind: 'refused', reason: 'invalid_request' }
  }
}
