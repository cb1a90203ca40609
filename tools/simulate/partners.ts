import type { Checks } from './checks.ts'
import type { Complain } from './complaint.ts'
import type { SimulatedOffer } from './offers.ts'
import { Outage } from './wire.ts'
import type { World } from './world.ts'

const RELEASE_AGAIN_MS = 600_000

/** Partners' staff and the operator: they press the button until it worked. */
export class Partners {
  readonly #world: World
  readonly #checks: Checks
  readonly #complain: Complain
  /** Budgets hold at most so many of the dearest rewards. */
  readonly #rewardsMax: number
  #orders = 0

  constructor(world: World, checks: Checks, complain: Complain) {
    this.#world = world
    this.#checks = checks
    this.#complain = complain
    this.#rewardsMax = world.around.random.pick([2, 5, 20])
  }

  /** Puts a small budget behind every offer. */
  fundAll(): void {
    for (const offer of this.#world.market.offers) this.#fund(offer)
  }

  /** Adds money, pauses, resumes, or ends an offer and takes its money back. */
  change(offer: SimulatedOffer): void {
    const { random, timeline } = this.#world.around
    const { market } = this.#world
    const change = random.weighted<'fund' | 'stop' | 'end'>([
      [4, 'fund'],
      [4, 'stop'],
      [1, 'end'],
    ])
    if (change === 'fund') this.#fund(offer)
    else if (change === 'end') this.end(offer)
    else if (market.isLive(offer)) market.stop(offer, timeline.now)
    else if (!offer.ended) market.resume(offer, timeline.now)
  }

  /** Ends an offer. What cells still hold of it comes back later: then it is withdrawn again. */
  end(offer: SimulatedOffer): void {
    const { market, around } = this.#world
    if (market.isLive(offer)) market.stop(offer, around.timeline.now)
    offer.ended = true
    void this.#withdraw(offer)
  }

  /** At rest after the end: what was not spent is free again, all of it. */
  checkClosed(): void {
    for (const { offerId, partnerId } of this.#world.market.offers) {
      const spent = this.#checks.spent(offerId)
      const committed = this.#checks.balance(this.#world.bookOf(partnerId), `committed:${offerId}`)
      if (spent !== committed) {
        this.#complain('I3', offerId, `${committed} stay committed, ${spent} were spent`)
      }
    }
  }

  /** Calls until it worked. Faults are finite: so are the tries. */
  insist(label: string, run: () => unknown): void {
    void this.#insist(label, run)
  }

  #fund(offer: SimulatedOffer): void {
    const { random } = this.#world.around
    const book = this.#world.bookOf(offer.partnerId)
    const rewards = random.int(1, this.#rewardsMax)
    const amountMinor = Math.max(1, offer.maxCostMinor * rewards + random.int(-300, 300))
    this.#orders += 1
    const order = this.#orders
    void (async () => {
      await this.#insist('deposit', () => book.deposit(`inv_${order}`, amountMinor))
      await this.#insist('commit', () => book.commit(`commit_${order}`, offer.offerId, amountMinor))
    })()
  }

  /** Whoever does this may die between any two calls; another begins anew later. */
  async #withdraw(offer: SimulatedOffer): Promise<void> {
    const { offerId, partnerId } = offer
    const { wire, timeline } = this.#world.around
    const book = this.#world.bookOf(partnerId)
    const budget = this.#world.budgetOf(offerId)
    try {
      const id = await wire.call('release id', () => book.nextReleaseId(offerId))
      const amountMinor = await wire.call('withdraw', () => budget.withdraw(id))
      if (amountMinor === 0) return
      await wire.call('uncommit', () => book.uncommit(id, offerId, amountMinor))
    } catch (cause) {
      if (!(cause instanceof Outage)) throw cause
    }
    timeline.after(RELEASE_AGAIN_MS, 'release again', () => void this.#withdraw(offer))
  }

  async #insist<Answer>(label: string, run: () => Answer): Promise<Answer> {
    for (;;) {
      try {
        return await this.#world.around.wire.call(label, run)
      } catch (cause) {
        if (!(cause instanceof Outage)) throw cause
      }
    }
  }
}
