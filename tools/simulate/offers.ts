import { minor } from '#schema/money'
import type { OfferRule, OfferVersion } from '#schema/offer'
import type { JudgingMarket } from '#worker/cells/cell-context'
import { maxCostPerReceipt } from '#worker/offers/cost'
import { NO_NAMES } from '#worker/offers/names'
import type { Random } from './random.ts'
import { RETAILERS, wallMinute } from './receipts.ts'

const DAY_MS = 86_400_000

/** An offer of the simulated market; the rule and the fee never change, versions and pauses do. */
export type SimulatedOffer = {
  readonly offerId: string
  readonly partnerId: string
  readonly rule: OfferRule
  readonly feeBps: number
  readonly maxCostMinor: number
  versions: OfferVersion[]
  ended: boolean
}

/** Publishes snapshots; a receipt keeps the number of the one it was judged by. */
export class Market {
  readonly offers: SimulatedOffer[]
  readonly #snapshots: JudgingMarket[] = []

  constructor(random: Random, startAt: number, partners: readonly string[]) {
    this.offers = Array.from({ length: random.pick([1, 1, 2, 4]) }, (_, index) =>
      makeOffer(random, startAt, index, random.pick(partners)),
    )
    this.publish()
  }

  /** The number of the snapshot in force. */
  get version(): number {
    return this.#snapshots.length - 1
  }

  snapshot(version: number): JudgingMarket {
    const snapshot = this.#snapshots[version]
    if (!snapshot) throw new Error(`no snapshot ${version}`)
    return snapshot
  }

  publish(): void {
    this.#snapshots.push({ offers: this.offers.flatMap((o) => o.versions), names: NO_NAMES })
  }

  isLive(offer: SimulatedOffer): boolean {
    return !offer.ended && offer.versions.at(-1)?.stoppedAt === null
  }

  /** Purchases from this minute on do not earn. */
  stop(offer: SimulatedOffer, now: number): void {
    offer.versions = offer.versions.map((version) =>
      version.stoppedAt === null ? { ...version, stoppedAt: wallMinute(now) } : version,
    )
    this.publish()
  }

  /** The next version, in force from now on. */
  resume(offer: SimulatedOffer, now: number): void {
    const last = offer.versions.at(-1)
    if (!last) return
    const next = { ...last, version: last.version + 1, stoppedAt: null }
    offer.versions.push({ ...next, publishedAt: new Date(now).toISOString() })
    this.publish()
  }
}

function makeOffer(
  random: Random,
  startAt: number,
  index: number,
  partnerId: string,
): SimulatedOffer {
  const rule = makeRule(random, startAt)
  const feeBps = random.pick([0, 1_000, 1_500])
  const offerId = `off_${String(index).padStart(8, '0')}`
  return {
    offerId,
    partnerId,
    rule,
    feeBps,
    maxCostMinor: maxCostPerReceipt(rule, feeBps) ?? 0,
    ended: false,
    versions: [
      {
        offerId,
        version: 1,
        partnerId,
        partnerName: partnerId,
        market: 'ru',
        title: { ru: `Предложение ${index}`, en: `Offer ${index}` },
        rule,
        legal: { organiser: '', rulesUrl: '', advertiserTaxNumber: '', adToken: '' },
        budgetMinor: minor(0),
        feeBps,
        publishedAt: new Date(startAt - 60 * DAY_MS).toISOString(),
        stoppedAt: null,
      },
    ],
  }
}

function makeRule(random: Random, startAt: number): OfferRule {
  const amountMinor = minor(random.int(3, 40) * 100)
  return {
    reward: random.weighted<OfferRule['reward']>([
      [3, { code: 'fixed', args: { amountMinor, per: 'receipt' } }],
      [1, { code: 'fixed', args: { amountMinor, per: 'unit' } }],
      [3, { code: 'percent', args: { rateBps: random.int(1, 20) * 100 } }],
    ]),
    target: random.pick<OfferRule['target']>([
      { code: 'brand', args: { brand: 'Заря' } },
      { code: 'category', args: { category: 'coffee_tea' } },
      { code: 'receipt', args: {} },
    ]),
    retailers: random.chance(0.8) ? 'all' : [RETAILERS[0]],
    minimum: { spendMinor: random.chance(0.2) ? minor(5_000) : null, quantity: null },
    caps: {
      perLineMinor: null,
      perReceiptMinor: minor(random.int(5, 60) * 100),
      perShopperMinor: random.chance(0.2) ? minor(random.int(30, 120) * 100) : null,
      perShopperReceipts: random.chance(0.3) ? random.int(1, 4) : null,
      perPeriod: random.chance(0.2) ? { period: 'day', amountMinor: null, receipts: 3 } : null,
    },
    activation: random.chance(0.25) ? 'required' : 'optional',
    startsAt: wallMinute(startAt - 30 * DAY_MS),
    endsAt: wallMinute(startAt + random.int(10, 90) * DAY_MS),
    timeZone: 'Europe/Moscow',
    submissionDays: 14,
    holdDays: random.pick([0, 0, 0, 0, 1, 14]),
  }
}
