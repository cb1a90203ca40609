import type { SeenTransfer } from './book-watch.ts'
import type { Complain } from './complaint.ts'
import type { SimulatedOffer } from './offers.ts'
import type { ProviderStandIn } from './payout-provider.ts'

/** Money that left one book and has, or has not yet, reached another. */
type Crossing = { readonly offerId: string; readonly amountMinor: number; landed: boolean }

/** What each code may move: account patterns where `*` is the offer, wallet or partner. */
const MOVES: Record<string, readonly [debit: RegExp, credit: RegExp]> = {
  lease_granted: [/^(clearing|unallocated):off_/, /^(escrow|clearing):off_/],
  lease_returned: [/^(escrow|clearing):off_/, /^(clearing|unallocated):off_/],
  reward: [/^(escrow|reserved):off_/, /^wallet:\w+:available$/],
  reward_held: [/^(escrow|reserved):off_/, /^wallet:\w+:held$/],
  fee: [/^(escrow|reserved):off_/, /^fees:prt_/],
  hold_released: [/^wallet:\w+:held$/, /^wallet:\w+:available$/],
  reserve: [/^escrow:off_/, /^reserved:off_/],
  reserve_lapsed: [/^reserved:off_/, /^escrow:off_/],
  payout_asked: [/^wallet:\w+:available$/, /^wallet:\w+:paying$/],
  payout_succeeded: [/^wallet:\w+:paying$/, /^clearing:payouts$/],
  payout_returned: [/^wallet:\w+:paying$/, /^wallet:\w+:available$/],
  budget_funded: [/^clearing:funding:off_/, /^unallocated:off_/],
  budget_withdrawn: [/^unallocated:off_/, /^clearing:funding:off_/],
  deposit: [/^clearing:deposits$/, /^funds$/],
  deposit_received: [/^bank$/, /^clearing:deposits$/],
  commit: [/^funds$/, /^committed:off_/],
  uncommit: [/^committed:off_/, /^funds$/],
  payout_paid: [/^clearing:payouts$/, /^bank$/],
  clawback_held: [/^wallet:\w+:held$/, /^escrow:off_/],
  clawback: [/^wallet:\w+:available$/, /^escrow:off_/],
  claim_opened: [/^claims:wal_/, /^escrow:off_/],
  claim_recovered: [/^wallet:\w+:(held|available)$/, /^claims:wal_/],
  fee_returned: [/^fees:prt_/, /^escrow:off_/],
}

/**
 * What has crossed between books, by id, told only by their transfers. Money can be on its way; it
 * can neither arrive without having left, nor arrive twice.
 */
export class Crossings {
  readonly #complain: Complain
  readonly grants = new Map<string, Crossing>()
  readonly returns = new Map<string, Crossing>()
  readonly commits = new Map<string, Crossing>()
  readonly withdrawals = new Map<string, Crossing>()
  readonly deposits = new Map<string, Crossing>()
  readonly paidOut = new Map<string, Crossing>()

  constructor(complain: Complain) {
    this.#complain = complain
  }

  leave(list: Map<string, Crossing>, row: SeenTransfer, where: string): void {
    if (list.has(row.reference)) this.#complain('I1', where, `${row.reference} left twice`)
    const { amountMinor } = row
    list.set(row.reference, { offerId: offerIn(row), amountMinor, landed: false })
  }

  land(list: Map<string, Crossing>, row: SeenTransfer, where: string): void {
    const crossing = list.get(row.reference)
    if (!crossing) {
      this.#complain('I1', where, `${row.id} arrives and never left`)
      return
    }
    if (crossing.landed) this.#complain('I1', where, `${row.id} arrives twice`)
    if (crossing.amountMinor !== row.amountMinor) {
      this.#complain(
        'I1',
        where,
        `${row.id}: ${crossing.amountMinor} left, ${row.amountMinor} came`,
      )
    }
    crossing.landed = true
  }

  /** What is under way between the cells and the budget of an offer. */
  inFlight(offerId: string): number {
    return onTheWay(this.grants, offerId) + onTheWay(this.returns, offerId)
  }

  underWay(): string[] {
    const lists = [
      this.grants,
      this.returns,
      this.commits,
      this.withdrawals,
      this.deposits,
      this.paidOut,
    ]
    return lists.flatMap((list) => [...list].flatMap(([id, one]) => (one.landed ? [] : [id])))
  }
}

function onTheWay(list: Map<string, Crossing>, offerId: string): number {
  let sum = 0
  for (const crossing of list.values()) {
    if (!crossing.landed && crossing.offerId === offerId) sum += crossing.amountMinor
  }
  return sum
}

/** The offer that a transfer's accounts name. */
function offerIn(row: SeenTransfer): string {
  return /off_\w+/.exec(`${row.debit} ${row.credit}`)?.[0] ?? ''
}

/** Both sides of a transfer must be accounts that its code may move, of one and the same offer. */
export function checkMove(row: SeenTransfer, where: string, complain: Complain): void {
  const move = MOVES[row.code]
  if (!move?.[0].test(row.debit) || !move[1].test(row.credit)) {
    complain('I1', where, `${row.code} moves ${row.debit} to ${row.credit}`)
  }
  const offers = new Set(`${row.debit} ${row.credit}`.match(/off_\w+/g))
  const wallets = new Set(`${row.debit} ${row.credit}`.match(/wal_\w+/g))
  if (offers.size > 1 || wallets.size > 1) {
    complain('I9', where, `${row.id} mixes ${[...offers, ...wallets].join(' and ')}`)
  }
}

type AskedPayout = { readonly walletId: string; readonly amountMinor: number; state: string }

/** Payouts as clients asked for them, against what the provider did. */
export class PayoutModel {
  readonly asked = new Map<string, AskedPayout>()
  readonly #provider: ProviderStandIn
  readonly #complain: Complain

  constructor(provider: ProviderStandIn, complain: Complain) {
    this.#provider = provider
    this.#complain = complain
  }

  posted(row: SeenTransfer, where: string): void {
    const payout = this.asked.get(row.reference)
    if (!payout || payout.amountMinor !== row.amountMinor) {
      this.#complain('I6', where, `${row.id} of ${row.amountMinor} was never asked for`)
      return
    }
    if (!row.debit.startsWith(`wallet:${payout.walletId}:`)) {
      this.#complain('I9', where, `${row.id} takes ${row.debit}`)
    }
    const paid = this.#provider.paid(row.reference)
    if (row.code === 'payout_succeeded' && paid.count !== 1) {
      this.#complain('I6', where, `${row.id} is posted, the provider paid ${paid.count} times`)
    }
    if (
      row.code === 'payout_returned' &&
      (paid.count > 0 || this.#provider.mayPay(row.reference))
    ) {
      this.#complain('I6', where, `${row.id} came back, the provider pays`)
    }
    payout.state = row.code
  }

  /** Whatever the provider paid was asked for, once, and has not come back. */
  check(): void {
    for (const { key, status, amountMinor } of this.#provider.entries) {
      if (status !== 'succeeded') continue
      const payout = this.asked.get(key)
      if (!payout) this.#complain('I6', 'provider', `paid ${key}, which nobody asked for`)
      else if (payout.state === 'payout_returned') {
        this.#complain('I6', 'provider', `paid ${key}, which came back`)
      } else if (payout.amountMinor !== amountMinor || this.#provider.paid(key).count > 1) {
        this.#complain('I6', 'provider', `paid ${key} more than once or otherwise than asked`)
      }
    }
  }

  /** At rest: paid by the provider if and only if posted as succeeded. */
  checkEnds(): void {
    for (const [id, { state }] of this.asked) {
      if (state === '') continue
      const { count } = this.#provider.paid(id)
      const isRight = count === 1 ? state === 'payout_succeeded' : state === 'payout_returned'
      if (!isRight) this.#complain('I6', 'provider', `${id} is ${state}, paid ${count} times`)
    }
  }
}

/** Half up, in its own arithmetic. */
export function feeOn(offer: SimulatedOffer, rewardMinor: number): number {
  return Math.floor((rewardMinor * offer.feeBps) / 10_000 + 0.5)
}
