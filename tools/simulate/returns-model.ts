import type { SeenTransfer } from './book-watch.ts'
import type { CellParty } from './cell-party.ts'
import type { Complain } from './complaint.ts'
import { feeOn } from './model.ts'
import type { SimulatedOffer } from './offers.ts'
import type { TrueReceipt } from './receipts.ts'
import type { Truth } from './rewards-model.ts'

type Reward = { minor: number; fee: number; takenMinor: number; takenFee: number }

const TAKES = ['clawback_held', 'clawback', 'claim_opened']

/** What returns take back in one cell, and what shoppers owe, derived from its transfers. */
export class ReturnsModel {
  readonly #cell: CellParty
  readonly #truth: Truth
  readonly #applied: Map<string, string>
  readonly #complain: Complain
  /** Wallets and claims by account code. */
  readonly #money = new Map<string, number>()
  /** By `receipt:offer`. */
  readonly #rewards = new Map<string, Reward>()
  readonly #touched = new Set<string>()
  readonly #wallets = new Set<string>()

  /** `applied` is shared by all cells: which sale the return of an identity belongs to. */
  constructor(cell: CellParty, truth: Truth, applied: Map<string, string>, complain: Complain) {
    this.#cell = cell
    this.#truth = truth
    this.#applied = applied
    this.#complain = complain
  }

  /** Takes every transfer of the cell. */
  take(row: SeenTransfer): void {
    if (row.walletId !== null) this.#wallets.add(row.walletId)
    this.#move(row.debit, -row.amountMinor)
    this.#move(row.credit, row.amountMinor)
    if (row.code === 'reward' || row.code === 'reward_held') {
      this.#rewardOf(row.id).minor += row.amountMinor
      this.#touched.add(keyOf(row.id))
    } else if (row.code === 'fee') this.#rewardOf(row.id).fee += row.amountMinor
    else if (TAKES.includes(row.code) || row.code === 'fee_returned') this.#takeBack(row)
  }

  /** After a commit: nothing is half done. */
  settle(): void {
    for (const key of this.#touched) this.#checkReward(key)
    this.#touched.clear()
    for (const walletId of this.#wallets) {
      const left = this.#has(walletId, 'held') + this.#has(walletId, 'available')
      const owed = -this.#balance(`claims:${walletId}`)
      if (owed > 0 && left > 0) this.#say('I5', `${walletId} owes ${owed} and has ${left}`)
    }
    this.#wallets.clear()
  }

  /** What was taken of a receipt's rewards. */
  takenOf(receiptId: string): number {
    let sum = 0
    for (const [key, { takenMinor }] of this.#rewards) {
      if (key.startsWith(`${receiptId}:`)) sum += takenMinor
    }
    return sum
  }

  /** At rest: a return whose sale its own wallet was credited for has found it. */
  checkFound(): void {
    const waiting = this.#cell.database.all<{ fingerprint: string; walletId: string }>(
      'SELECT fingerprint, wallet_id AS walletId FROM returns WHERE sale_id IS NULL',
    )
    for (const { fingerprint, walletId } of waiting) {
      const saleOf = this.#truth.receipt(fingerprint)?.saleOf ?? ''
      const [sale] = this.#cell.database.all<{ id: string }>(
        `SELECT id FROM receipts WHERE fingerprint = ? AND wallet_id = ? AND state = 'credited'
           AND id NOT IN (SELECT sale_id FROM returns WHERE sale_id IS NOT NULL)`,
        saleOf,
        walletId,
      )
      if (sale) this.#say('I4', `the return ${fingerprint} has not found ${sale.id}`)
    }
  }

  #takeBack(row: SeenTransfer): void {
    const [returnId = '', offerId = ''] = row.id.split(':')
    const saleId = row.reference
    const back = this.#truth.maker(returnId)
    const sale = this.#truth.maker(saleId)
    const reward = this.#rewards.get(`${saleId}:${offerId}`)
    if (!back || !sale || !reward || back.walletId !== sale.walletId) {
      this.#say('I4', `${row.id} takes back what ${saleId} was never paid`)
      return
    }
    const paper = this.#truth.receipt(back.fingerprint)
    if (paper?.scan.kind !== 2 || paper.saleOf !== sale.fingerprint) {
      this.#say('I4', `${returnId} is no return of ${saleId}`)
    }
    const other = this.#applied.get(back.fingerprint)
    if (other !== undefined && other !== saleId) {
      this.#say('I4', `${back.fingerprint} takes back from ${other} and from ${saleId}`)
    }
    this.#applied.set(back.fingerprint, saleId)
    if (row.code === 'fee_returned') reward.takenFee += row.amountMinor
    else reward.takenMinor += row.amountMinor
    this.#checkOrder(row, sale.walletId)
    this.#touched.add(`${saleId}:${offerId}`)
  }

  /** Held money first, then available; only what is not there is owed. */
  #checkOrder(row: SeenTransfer, walletId: string): void {
    const held = this.#has(walletId, 'held')
    const available = this.#has(walletId, 'available')
    if (row.code === 'clawback' && held > 0) this.#say('I5', `${row.id} leaves ${held} held`)
    if (row.code === 'claim_opened' && held + available > 0) {
      this.#say('I5', `${row.id} while ${held + available} are in the wallet`)
    }
  }

  #checkReward(key: string): void {
    const reward = this.#rewards.get(key)
    const [saleId = '', offerId = ''] = key.split(':')
    const offer = this.#truth.offer(offerId)
    const sale = this.#truth.receipt(this.#truth.maker(saleId)?.fingerprint ?? '')
    if (!reward || !offer || !sale) return
    const keptMinor = reward.minor - reward.takenMinor
    if (keptMinor < 0) this.#say('I4', `${key} was paid ${reward.minor}, ${-keptMinor} too few`)
    if (reward.fee - reward.takenFee !== feeOn(offer, Math.max(0, keptMinor))) {
      this.#say('I4', `${key} keeps ${keptMinor} and a fee of ${reward.fee - reward.takenFee}`)
    }
    const leftMinor = sale.scan.totalMinor - this.#returnedOf(saleId)
    if (keptMinor > leftMinor) this.#say('I4', `${key} keeps ${keptMinor} of ${leftMinor}`)
    const due = dueOnReceipt(offer, leftMinor)
    if (due === null) return
    const isRight =
      reward.takenMinor === 0 ? keptMinor <= due : keptMinor === Math.min(reward.minor, due)
    if (!isRight) this.#say('I4', `${key} keeps ${keptMinor}, what is left earns ${due}`)
  }

  #returnedOf(saleId: string): number {
    const rows = this.#cell.database.all<{ fingerprint: string }>(
      'SELECT fingerprint FROM returns WHERE sale_id = ?',
      saleId,
    )
    const papers = rows.flatMap(({ fingerprint }) => this.#truth.receipt(fingerprint) ?? [])
    return papers.reduce((sum, { scan }: TrueReceipt) => sum + scan.totalMinor, 0)
  }

  #rewardOf(id: string): Reward {
    const key = keyOf(id)
    const reward = this.#rewards.get(key) ?? { minor: 0, fee: 0, takenMinor: 0, takenFee: 0 }
    this.#rewards.set(key, reward)
    return reward
  }

  #move(code: string, amountMinor: number): void {
    if (/^(wallet|claims):/.test(code)) this.#money.set(code, this.#balance(code) + amountMinor)
  }

  #balance(code: string): number {
    return this.#money.get(code) ?? 0
  }

  #has(walletId: string, part: 'held' | 'available'): number {
    return this.#balance(`wallet:${walletId}:${part}`)
  }

  #say(invariant: 'I4' | 'I5', what: string): void {
    this.#complain(invariant, this.#cell.name, what)
  }
}

/** `receipt:offer` of a transfer's id. */
const keyOf = (id: string) => id.split(':').slice(0, 2).join(':')

/** What an offer on the whole receipt pays at most for this much; null for offers on goods. */
function dueOnReceipt({ rule }: SimulatedOffer, baseMinor: number): number | null {
  const { reward, target, minimum, caps } = rule
  if (target.code !== 'receipt' || (reward.code === 'fixed' && reward.args.per !== 'receipt')) {
    return null
  }
  if (baseMinor < (minimum.spendMinor ?? 0)) return 0
  const raw =
    reward.code === 'fixed'
      ? reward.args.amountMinor
      : Math.floor((baseMinor * reward.args.rateBps) / 10_000)
  return Math.min(raw, baseMinor, caps.perReceiptMinor ?? raw)
}
