import { minor } from '#schema/money'
import type { PayoutRequest } from '#schema/payout'
import type { RuScan } from '#schema/receipt'
import type { PayoutOrder } from '#worker/cells/cell-payouts'
import type { Submission } from '#worker/cells/cell-receipts'
import type { CellParty } from './cell-party.ts'
import type { Checks } from './checks.ts'
import type { Complain } from './complaint.ts'
import type { SimulatedOffer } from './offers.ts'
import { submissionOf } from './receipts.ts'
import { Outage } from './wire.ts'
import type { World } from './world.ts'

const TRIES_MAX = 4
const ACTIVATION_ROUNDS_MAX = 20
const DAY_MS = 86_400_000

/** Shoppers' phones: they keep what they send until it was acknowledged, and send it again. */
export class Clients {
  readonly #world: World
  readonly #checks: Checks
  readonly #complain: Complain
  /** The receipt that each wallet was told for each content. */
  readonly #told = new Map<string, string>()

  constructor(world: World, checks: Checks, complain: Complain) {
    this.#world = world
    this.#checks = checks
    this.#complain = complain
  }

  submit(walletId: string, scan: RuScan): void {
    this.submitTogether([walletId], scan)
  }

  /** Wallets of one cell that come in the same few milliseconds share a commit. */
  submitTogether(wallets: readonly string[], scan: RuScan): void {
    const { random } = this.#world.around
    const cell = this.#world.cellOf(wallets[0] ?? '')
    const submissions = wallets.map((walletId) => submissionOf(random, walletId, scan))
    void this.#insist(`submit ${scan.i} of ${wallets.join(' ')}`, () =>
      cell.ask((machine, now) => machine.submitMany(submissions, now)),
    ).then((answers) => {
      for (const [index, answer] of (answers ?? []).entries()) {
        const sent = submissions[index]
        if (sent && 'receipt' in answer) {
          this.#acknowledged(cell, sent, answer.receipt.id, answer.created)
        }
      }
    })
  }

  /** A lost answer asked for again must land on the same work, unless that work has ended. */
  #acknowledged(cell: CellParty, sent: Submission, receiptId: string, created: boolean): void {
    this.#checks.acknowledged.push({ cell, receiptId })
    const key = `${sent.walletId} ${sent.contentKey}`
    const former = this.#told.get(key)
    if (former !== undefined && former !== receiptId && created) {
      const isOver = ['duplicate', 'released', 'rejected'].includes(rowOf(cell, former).state)
      const isLater = rowOf(cell, receiptId).attempt > rowOf(cell, former).attempt
      if (isLater && !isOver)
        this.#complain('I7', cell.name, `${former} became ${receiptId} by a repeat`)
    }
    this.#told.set(key, receiptId)
  }

  /** Asks again while the budget is asked, as the cell's object does. */
  activate(walletId: string, offer: SimulatedOffer): void {
    if (!this.#world.market.isLive(offer)) return
    const { random, timeline } = this.#world.around
    const expiresAt = timeline.now + random.int(1, 20) * DAY_MS
    void this.#activate(walletId, offer, expiresAt, 1)
  }

  async #activate(
    walletId: string,
    offer: SimulatedOffer,
    expiresAt: number,
    round: number,
  ): Promise<void> {
    const { random, timeline } = this.#world.around
    const cell = this.#world.cellOf(walletId)
    const version = offer.versions.at(-1)
    if (!version || round > ACTIVATION_ROUNDS_MAX) return
    const costMinor = offer.maxCostMinor
    const order = { walletId, offer: version, costMinor, expiresAt, wantMinor: costMinor }
    const answer = await this.#insist(`activate ${offer.offerId} ${walletId}`, () =>
      cell.ask((machine, now) => {
        const result = machine.activate(order, now)
        if (result.kind !== 'short') return result
        const lease = machine.leaseQuestion(offer.offerId, result.sequence)
        return { ...result, isOpen: lease !== null }
      }),
    )
    if (answer?.kind !== 'short') return
    timeline.after(random.int(10, 3_000), 'activation again', () => {
      void this.#activate(walletId, offer, expiresAt, round + 1)
    })
  }

  /** What the wallet's screen shows. */
  available(walletId: string): number {
    const [row] = this.#world
      .cellOf(walletId)
      .database.all<{ balance: number }>(
        'SELECT balance_minor AS balance FROM accounts WHERE code = ?',
        `wallet:${walletId}:available`,
      )
    return row?.balance ?? 0
  }

  withdraw(walletId: string): void {
    const { random, timeline } = this.#world.around
    const cell = this.#world.cellOf(walletId)
    const amountMinor = random.chance(0.8)
      ? Math.floor((this.available(walletId) * random.int(1, 4)) / 4)
      : random.int(100, 20_000)
    if (amountMinor < 1) return
    const request: PayoutRequest = {
      id: random.uuid(),
      amountMinor: minor(amountMinor),
      destination: { code: 'sbp', phone: '+79990000000', bankId: '100000000111' },
    }
    this.#checks.payouts.asked.set(request.id, { walletId, amountMinor, state: '' })
    const { now } = timeline
    const order: PayoutOrder = {
      walletId,
      request,
      person: {
        adultConfirmedAt: now,
        reauthenticatedAt: now,
        phoneChangedAt: null,
        bankKnown: true,
        contentTag: `${request.id}:${amountMinor}`,
      },
      destinationSealed: 'sealed',
      destinationMasked: '•••',
      bankName: null,
    }
    void this.#insist(`payout ${request.id}`, () =>
      cell.ask((machine, at) => machine.requestPayout(order, at)),
    ).then((answer) => {
      if (answer?.ok && answer.row.id !== request.id) {
        this.#complain('I6', cell.name, `${request.id} was answered by ${answer.row.id}`)
      }
    })
  }

  /** Tries until it is answered, or the shopper gives up. */
  async #insist<Answer>(label: string, run: () => Answer): Promise<Answer | null> {
    for (let tries = 0; tries < TRIES_MAX; tries += 1) {
      try {
        return await this.#world.around.wire.call(label, run)
      } catch (cause) {
        if (!(cause instanceof Outage)) this.#world.around.bug(cause, label)
      }
    }
    return null
  }
}

function rowOf(cell: CellParty, receiptId: string): { state: string; attempt: number } {
  const [row] = cell.database.all<{ state: string; attempt: number }>(
    'SELECT state, attempt FROM receipts WHERE id = ?',
    receiptId,
  )
  return row ?? { state: 'gone', attempt: 0 }
}
