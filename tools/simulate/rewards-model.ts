import type { SeenTransfer } from './book-watch.ts'
import type { CellParty } from './cell-party.ts'
import type { Complain } from './complaint.ts'
import { feeOn } from './model.ts'
import type { SimulatedOffer } from './offers.ts'
import type { TrueReceipt } from './receipts.ts'

export type Truth = {
  readonly offer: (offerId: string) => SimulatedOffer | undefined
  /** What the world knows of a fiscal identity. */
  readonly receipt: (fingerprint: string) => TrueReceipt | undefined
  /** Identity and wallet behind a receipt id, as the ids were made. */
  readonly maker: (receiptId: string) => { fingerprint: string; walletId: string } | undefined
  /** The receipt that holds the network-wide claim. */
  readonly claimant: (fingerprint: string) => string | undefined
}

type Reservation = { id: string; left: number; expiresAt: number; used: boolean }
type Hold = { amountMinor: number; released: boolean }
type Reward = { receiptId: string; walletId: string; offer: SimulatedOffer; row: SeenTransfer }

const HOUR_MS = 3_600_000

/** Rewards, fees, reservations and holds of one cell, derived from its transfers alone. */
export class RewardsModel {
  /** Rewards and fees per offer. */
  readonly spent = new Map<string, number>()
  readonly rewardOf = new Map<string, number>()
  readonly #cell: CellParty
  readonly #truth: Truth
  readonly #credits: Map<string, string>
  readonly #complain: Complain
  readonly #open = new Map<string, Reservation>()
  readonly #holds = new Map<string, Hold>()
  /** What is left of a reward, by `receipt:offer`. */
  readonly #kept = new Map<string, number>()
  readonly #earned = new Map<string, { receipts: number; minor: number }>()
  #feeDue: { id: string; amountMinor: number; debit: string; partnerId: string } | null = null

  /** `credits` is shared by all cells: which receipt was credited for a fiscal identity. */
  constructor(cell: CellParty, truth: Truth, credits: Map<string, string>, complain: Complain) {
    this.#cell = cell
    this.#truth = truth
    this.#credits = credits
    this.#complain = complain
  }

  /** Takes one transfer of the cell; true when it was one of these. */
  take(row: SeenTransfer): boolean {
    if (this.#feeDue && row.id !== this.#feeDue.id) this.#say('I3', `${this.#feeDue.id} is missing`)
    if (row.code !== 'fee') this.#feeDue = null
    switch (row.code) {
      case 'reward':
      case 'reward_held':
        this.#reward(row)
        return true
      case 'fee':
        this.#fee(row)
        return true
      case 'reserve':
        this.#reserve(row)
        return true
      case 'reserve_lapsed':
        this.#lapse(row)
        return true
      case 'hold_released':
        this.#release(row)
        return true
      case 'clawback_held':
      case 'claim_recovered':
        if (row.debit.endsWith(':held')) this.#cutHold(row)
        if (row.code === 'clawback_held') this.#comeBack(row)
        return true
      case 'clawback':
      case 'claim_opened':
      case 'fee_returned':
        this.#comeBack(row)
        return true
      default:
        return false
    }
  }

  /** After a commit: nothing is half done. */
  settle(): void {
    if (this.#feeDue) this.#say('I3', `${this.#feeDue.id} is missing`)
    for (const [key, { id, left, used }] of this.#open) {
      if (!used) continue
      if (left !== 0) this.#say('I3', `${id} paid and still holds ${left}`)
      this.#open.delete(key)
    }
  }

  /** What open reservations of an offer hold. */
  reserved(offerId: string): number {
    let sum = 0
    for (const [key, { left }] of this.#open) if (key.endsWith(offerId)) sum += left
    return sum
  }

  /** What is held of a wallet's money, and not yet released. */
  unreleased(): number {
    let sum = 0
    for (const hold of this.#holds.values()) sum += hold.released ? 0 : hold.amountMinor
    return sum
  }

  #reward(row: SeenTransfer): void {
    const [receiptId = '', offerId = '', leg] = row.id.split(':')
    const maker = this.#truth.maker(receiptId)
    const offer = this.#truth.offer(offerId)
    if (!maker || !offer || leg !== 'reward' || row.reference !== receiptId) {
      this.#say('I4', `${row.id} belongs to no receipt and offer`)
      return
    }
    const reward = { receiptId, walletId: maker.walletId, offer, row }
    this.#checkTruth(reward, maker.fingerprint)
    this.#checkCaps(reward)
    this.#checkSource(reward)
    this.#hold(reward)
    this.rewardOf.set(receiptId, (this.rewardOf.get(receiptId) ?? 0) + row.amountMinor)
    this.#spend(offerId, row.amountMinor)
    const feeMinor = feeOn(offer, row.amountMinor)
    if (feeMinor > 0) {
      const { partnerId } = offer
      const id = `${receiptId}:${offerId}:fee`
      this.#feeDue = { id, amountMinor: feeMinor, debit: row.debit, partnerId }
    }
  }

  #checkTruth({ receiptId, walletId, row }: Reward, fingerprint: string): void {
    const truth = this.#truth.receipt(fingerprint)
    const [stored] = this.#cell.database.all<{ contentKey: string; totalMinor: number }>(
      'SELECT content_key AS contentKey, total_minor AS totalMinor FROM receipts WHERE id = ?',
      receiptId,
    )
    if (truth?.scan.kind !== 1 || stored?.contentKey !== truth.contentKey) {
      this.#say('I4', `${receiptId} was credited and is not a true sale`)
    }
    if (row.at < (truth?.deliveredAt ?? 0) - HOUR_MS) {
      this.#say('I4', `${receiptId} was credited before anybody vouched for it`)
    }
    const other = this.#credits.get(fingerprint)
    if (other !== undefined && other !== receiptId) {
      this.#say('I4', `${fingerprint} is credited by ${other} and by ${receiptId}`)
    }
    if (this.#truth.claimant(fingerprint) !== receiptId) {
      this.#say('I4', `${receiptId} was credited without the claim of ${fingerprint}`)
    }
    this.#credits.set(fingerprint, receiptId)
    if (!row.credit.startsWith(`wallet:${walletId}:`)) {
      this.#say('I9', `${row.id} pays ${row.credit}`)
    }
  }

  #checkCaps({ walletId, offer, row }: Reward): void {
    const { caps } = offer.rule
    const key = `${walletId}:${offer.offerId}`
    const former = this.#earned.get(key) ?? { receipts: 0, minor: 0 }
    const earned = { receipts: former.receipts + 1, minor: former.minor + row.amountMinor }
    this.#earned.set(key, earned)
    this.#kept.set(`${row.reference}:${offer.offerId}`, row.amountMinor)
    const isOver =
      row.amountMinor > (caps.perReceiptMinor ?? row.amountMinor) ||
      earned.minor > (caps.perShopperMinor ?? earned.minor) ||
      earned.receipts > (caps.perShopperReceipts ?? earned.receipts)
    if (isOver) this.#say('I3', `${row.id} breaks a cap of its offer`)
  }

  #checkSource({ walletId, offer, row }: Reward): void {
    const cost = row.amountMinor + feeOn(offer, row.amountMinor)
    const open = this.#open.get(`${walletId}:${offer.offerId}`)
    if (row.debit === `reserved:${offer.offerId}`) {
      if (!open || open.left < cost) {
        this.#say('I3', `${row.id} spends no reservation`)
        return
      }
      open.left -= cost
      open.used = true
    } else if (row.debit !== `escrow:${offer.offerId}`) {
      this.#say('I9', `${row.id} takes ${row.debit}`)
    } else if (open && open.left >= cost) {
      this.#say('I3', `${row.id} takes open money while ${open.id} holds enough`)
    }
  }

  #hold({ walletId, offer, row }: Reward): void {
    const { holdDays } = offer.rule
    if ((row.code === 'reward_held') !== holdDays > 0) {
      this.#say('I3', `${row.id} is ${row.code} at ${holdDays} days of holding`)
    }
    if (holdDays === 0) return
    const until = Math.ceil((row.at + holdDays * 24 * HOUR_MS) / HOUR_MS) * HOUR_MS
    const id = `hold:${walletId}:${until}`
    const former = this.#holds.get(id) ?? { amountMinor: 0, released: false }
    if (former.released) this.#say('I5', `${id} grows after its release`)
    this.#holds.set(id, { amountMinor: former.amountMinor + row.amountMinor, released: false })
  }

  #fee(row: SeenTransfer): void {
    const due = this.#feeDue
    this.#feeDue = null
    const isRight =
      due !== null &&
      row.id === due.id &&
      row.amountMinor === due.amountMinor &&
      row.debit === due.debit &&
      row.credit === `fees:${due.partnerId}`
    if (!isRight) this.#say('I9', `${row.id} is not the fee of its reward`)
    this.#spend(row.debit.replace(/^\w+:/, ''), row.amountMinor)
  }

  #reserve(row: SeenTransfer): void {
    const [, walletId, offerId] = row.reference.split(':')
    const key = `${walletId}:${offerId}`
    const open = this.#open.get(key)
    if (open) this.#say('I3', `${row.id} while ${open.id} holds ${open.left}`)
    const most = this.#truth.offer(offerId ?? '')?.maxCostMinor
    if (row.amountMinor !== most) this.#say('I3', `${row.id} reserves ${row.amountMinor}`)
    const [stored] = this.#cell.database.all<{ expiresAt: number }>(
      `SELECT expires_at AS expiresAt FROM activations
       WHERE wallet_id = ? AND offer_id = ? AND state = 'active'`,
      walletId ?? '',
      offerId ?? '',
    )
    const expiresAt = stored?.expiresAt ?? 0
    this.#open.set(key, { id: row.reference, left: row.amountMinor, expiresAt, used: false })
  }

  #lapse(row: SeenTransfer): void {
    const [, walletId, offerId] = row.reference.split(':')
    const key = `${walletId}:${offerId}`
    const open = this.#open.get(key)
    if (open?.id !== row.reference || open.left !== row.amountMinor) {
      this.#say('I3', `${row.id} gives back ${row.amountMinor} of ${open?.left ?? 'nothing'}`)
      return
    }
    if (!open.used) this.#checkLapse(row, open.expiresAt, walletId ?? '')
    this.#open.delete(key)
  }

  /** A promise lapses in its time, and not while a receipt is under way that may claim it. */
  #checkLapse(row: SeenTransfer, expiresAt: number, walletId: string): void {
    const [waiting] = this.#cell.database.all<{ id: string }>(
      `SELECT id FROM receipts WHERE wallet_id = ? AND state IN
         ('received', 'verifying', 'awaiting_authority', 'awaiting_budget')`,
      walletId,
    )
    if (row.at < expiresAt) this.#say('I3', `${row.id} is snatched away early`)
    if (waiting) this.#say('I3', `${row.id} is snatched away from ${waiting.id}`)
  }

  #release(row: SeenTransfer): void {
    const hold = this.#holds.get(row.id)
    if (!hold || hold.released || hold.amountMinor !== row.amountMinor) {
      this.#say('I5', `${row.id} releases ${row.amountMinor} of ${JSON.stringify(hold)}`)
      return
    }
    if (row.at < Number(row.id.split(':')[2])) this.#say('I5', `${row.id} comes early`)
    hold.released = true
  }

  /** Reward or fee are in the offer's escrow again. */
  #comeBack(row: SeenTransfer): void {
    this.#spend(row.credit.replace(/^\w+:/, ''), -row.amountMinor)
    const [, offerId = '', leg] = row.id.split(':')
    if (leg === 'fee') return
    const key = `${row.walletId}:${offerId}`
    const earned = this.#earned.get(key) ?? { receipts: 0, minor: 0 }
    const paid = (this.#kept.get(`${row.reference}:${offerId}`) ?? 0) - row.amountMinor
    this.#kept.set(`${row.reference}:${offerId}`, paid)
    const receipts = paid === 0 ? earned.receipts - 1 : earned.receipts
    this.#earned.set(key, { receipts, minor: earned.minor - row.amountMinor })
  }

  /** What was taken of a hold is not released any more. */
  #cutHold(row: SeenTransfer): void {
    const id = `hold:${row.walletId}:${row.id.split(':').at(-1)}`
    const hold = this.#holds.get(id)
    if (!hold || hold.released || hold.amountMinor < row.amountMinor) {
      this.#say('I5', `${row.id} takes ${row.amountMinor} of ${JSON.stringify(hold)}`)
      return
    }
    hold.amountMinor -= row.amountMinor
    if (hold.amountMinor === 0) this.#holds.delete(id)
  }

  #spend(offerId: string, amountMinor: number): void {
    this.spent.set(offerId, (this.spent.get(offerId) ?? 0) + amountMinor)
  }

  #say(invariant: 'I3' | 'I4' | 'I5' | 'I9', what: string): void {
    this.#complain(invariant, this.#cell.name, what)
  }
}
