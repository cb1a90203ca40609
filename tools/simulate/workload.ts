import { salesFor } from '#worker/cells/cell-told-returns'
import type { CellParty } from './cell-party.ts'
import type { Checks } from './checks.ts'
import { Clients } from './clients.ts'
import type { Complain } from './complaint.ts'
import type { SimulatedOffer } from './offers.ts'
import { Partners } from './partners.ts'
import { printReceipt, printReturn, restOf, type TrueReceipt, wallMinute } from './receipts.ts'
import type { World } from './world.ts'

const SECOND_MS = 1_000
const MINUTE_MS = 60 * SECOND_MS
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS

/** Decides what people and fate do next: bursts, quiet hours, quiet days. */
export class Workload {
  readonly #world: World
  readonly #clients: Clients
  readonly #partners: Partners
  readonly #note: (line: string) => void
  readonly #wallets: readonly string[]
  readonly #receipts: TrueReceipt[] = []
  #isOver = false
  #returns = 0

  constructor(world: World, checks: Checks, complain: Complain, note: (line: string) => void) {
    const { random } = world.around
    this.#world = world
    this.#note = note
    this.#clients = new Clients(world, checks, complain)
    this.#partners = new Partners(world, checks, complain)
    this.#wallets = Array.from(
      { length: random.int(3, 14) },
      (_, index) => `wal_${String(index).padStart(4, '0')}`,
    )
  }

  /** Offers get their money, and a few wallets something to withdraw. */
  prepare(): void {
    this.#partners.fundAll()
    this.#world.around.timeline.after(SECOND_MS, 'first receipts', () => {
      for (const walletId of this.#wallets.slice(0, 3)) {
        this.#clients.submit(walletId, this.#print().scan)
      }
    })
  }

  begin(): void {
    this.#later()
  }

  /** People go to bed. What they have set going goes on, faults and all. */
  tire(): void {
    this.#isOver = true
  }

  /** What stands against rest is taken away. */
  finish(): void {
    for (const cell of this.#world.cells) {
      this.#partners.insist('unfreeze', () =>
        cell.ask((machine, now) => machine.freezePayouts(null, now)),
      )
    }
  }

  /** Every offer ends, and its partner takes back what was not spent. */
  closeOffers(): void {
    for (const offer of this.#world.market.offers) this.#partners.end(offer)
  }

  checkClosed(): void {
    this.#partners.checkClosed()
  }

  #later(): void {
    const { random, timeline } = this.#world.around
    const wait = random.weighted([
      [50, random.int(0, 30)],
      [30, random.int(0, 5 * SECOND_MS)],
      [15, random.int(0, 2 * MINUTE_MS)],
      [4, random.int(0, 3 * HOUR_MS)],
      [1, random.int(0, 3 * DAY_MS)],
    ])
    timeline.after(wait, 'life goes on', () => {
      if (this.#isOver) return
      this.#act()
      this.#later()
    })
  }

  #act(): void {
    const { random } = this.#world.around
    const act = random.weighted<() => void>([
      [40, () => this.#submitOne()],
      [6, () => this.#rush()],
      [6, () => this.#share()],
      [8, () => this.#submitFalse()],
      [20, () => this.#giveBack()],
      [14, () => this.#clients.activate(this.#wallet(), this.#offer())],
      [14, () => this.#clients.withdraw(this.#richWallet())],
      [5, () => this.#staff()],
      [4, () => this.#partners.change(this.#offer())],
      [4, () => this.#crash()],
      [2, () => this.#freeze()],
      [10, () => this.#repeatAnAnswer()],
    ])
    act()
  }

  #wallet(): string {
    return this.#world.around.random.pick(this.#wallets)
  }

  /** Mostly one that has something to withdraw. */
  #richWallet(): string {
    const { random } = this.#world.around
    const rich = this.#wallets.filter((walletId) => this.#clients.available(walletId) > 0)
    return rich.length > 0 && random.chance(0.9) ? random.pick(rich) : this.#wallet()
  }

  #offer(): SimulatedOffer {
    return this.#world.around.random.pick(this.#world.market.offers)
  }

  #cell(): CellParty {
    return this.#world.around.random.pick(this.#world.cells)
  }

  #print(): TrueReceipt {
    const { random, timeline } = this.#world.around
    const receipt = printReceipt(random, timeline.now, this.#receipts.length + 1)
    this.#receipts.push(receipt)
    this.#world.tax.learn(receipt)
    return receipt
  }

  #known(): TrueReceipt {
    return this.#receipts.length > 0
      ? this.#world.around.random.pick(this.#receipts)
      : this.#print()
  }

  #submitOne(): void {
    const receipt = this.#world.around.random.chance(0.8) ? this.#print() : this.#known()
    this.#clients.submit(this.#wallet(), receipt.scan)
  }

  /** Many claims at once, more than the budgets hold. */
  #rush(): void {
    const count = this.#world.around.random.int(4, 16)
    this.#note(`rush of ${count}`)
    for (let index = 0; index < count; index += 1) {
      if (this.#world.around.random.chance(0.3)) {
        this.#clients.activate(this.#wallet(), this.#offer())
      } else {
        this.#clients.submit(this.#wallet(), this.#print().scan)
      }
    }
  }

  /** One receipt, many people. */
  #share(): void {
    const receipt = this.#world.around.random.chance(0.5) ? this.#print() : this.#known()
    for (const wallets of Map.groupBy(this.#wallets, (id) => this.#world.cellOf(id)).values()) {
      this.#clients.submitTogether(wallets, receipt.scan)
    }
  }

  #submitFalse(): void {
    const { random, timeline } = this.#world.around
    const { scan } = this.#known()
    const wrong = random.weighted([
      [4, { ...scan, totalMinor: this.#print().scan.totalMinor }],
      [1, { ...scan, fp: random.int(1, 4_294_967_295) }],
      [1, { ...scan, time: wallMinute(timeline.now + random.int(0, 20 * HOUR_MS)) }],
      [1, { ...scan, time: wallMinute(timeline.now - random.int(29 * DAY_MS, 31 * DAY_MS)) }],
      [1, { ...scan, kind: 2 as const }],
    ])
    this.#clients.submit(this.#wallet(), wrong)
  }

  /** Goods go back to the shop: mostly of a receipt that its wallet has sent, some tell it twice. */
  #giveBack(): void {
    const { random, timeline } = this.#world.around
    const bought = random.chance(0.8) ? this.#credited() : null
    const sale = bought?.sale ?? this.#known()
    if (sale.scan.kind !== 1) return
    const walletId = bought && random.chance(0.9) ? bought.walletId : this.#wallet()
    this.#note(`${walletId} gives back some of ${sale.scan.i}`)
    const first = this.#sendReturn(walletId, sale)
    if (first && random.chance(0.7)) {
      const wait = random.int(SECOND_MS, MINUTE_MS)
      const rest = restOf(sale, first)
      timeline.after(wait, 'more goes back', () => void this.#sendReturn(walletId, rest))
    }
    if (random.chance(0.2)) this.#clients.submit(walletId, sale.scan)
    const later = random.int(MINUTE_MS, HOUR_MS)
    timeline.after(later, 'buys again', () => this.#clients.submit(walletId, this.#print().scan))
  }

  /** The paper of a return, and whoever tells of it; null when nothing was left to give back. */
  #sendReturn(walletId: string, sale: TrueReceipt): TrueReceipt | null {
    const { random, timeline } = this.#world.around
    const paper = printReturn(random, sale, timeline.now, 100_000 + this.#returns)
    if (paper.document.lines.length === 0) return null
    this.#returns += 1
    this.#world.tax.learn(paper)
    if (random.chance(0.8)) this.#clients.submit(walletId, paper.scan)
    if (random.chance(0.2)) this.#clients.submit(walletId, paper.scan)
    if (random.chance(0.3)) this.#reportReturn(sale, paper)
    return paper
  }

  /** A receipt that a wallet was credited for; often one whose reward was withdrawn. */
  #credited(): { sale: TrueReceipt; walletId: string } | null {
    const { random } = this.#world.around
    const all = this.#world.cells.flatMap((cell) =>
      cell.database.all<{ fingerprint: string; walletId: string; gone: number }>(
        `SELECT fingerprint, wallet_id AS walletId,
           wallet_id IN (SELECT wallet_id FROM payouts) AS gone
         FROM receipts WHERE state = 'credited'`,
      ),
    )
    const gone = all.filter((row) => row.gone === 1)
    const rows = gone.length > 0 && random.chance(0.7) ? gone : all
    if (rows.length === 0) return null
    const { fingerprint, walletId } = random.pick(rows)
    const sale = this.#world.tax.truth(fingerprint)
    return sale ? { sale, walletId } : null
  }

  /** The shop itself tells, of the sale by its name: every cell is asked. */
  #reportReturn(sale: TrueReceipt, { fingerprint, document }: TrueReceipt): void {
    const fingerprints = [sale.fingerprint]
    const asked = { fingerprint, fingerprints, receiptIds: [], sale: null, document }
    for (const cell of this.#world.cells) {
      this.#partners.insist('a return is reported', () =>
        cell.ask((machine, now) => {
          for (const { receiptId } of salesFor(machine.ctx, asked)) {
            machine.returnReported({ fingerprint, saleId: receiptId, document }, now)
          }
        }),
      )
    }
  }

  #staff(): void {
    const { random } = this.#world.around
    const cell = this.#cell()
    const rows = cell.database.all<{ id: string }>(
      `SELECT id FROM receipts WHERE state IN
         ('received', 'verifying', 'awaiting_authority', 'awaiting_budget', 'no_reward')`,
    )
    if (rows.length === 0) return
    const { id } = random.pick(rows)
    this.#note(`staff looks at ${id}`)
    this.#partners.insist('staff', () =>
      cell.ask((machine, now) =>
        random.chance(0.5)
          ? machine.retryReceipt(id, 'asked by the shopper', now)
          : machine.releaseReceipt(id, 'asked by the shopper', now),
      ),
    )
  }

  #crash(): void {
    const { random } = this.#world.around
    const party = random.pick(this.#world.parties())
    this.#note(`${party.name} dies`)
    party.crash()
  }

  #freeze(): void {
    const { random, timeline } = this.#world.around
    const cell = this.#cell()
    const freeze = (why: string | null) =>
      this.#partners.insist('freeze', () =>
        cell.ask((machine, now) => machine.freezePayouts(why, now)),
      )
    freeze('an audit')
    timeline.after(random.int(SECOND_MS, MINUTE_MS), 'unfreeze', () => freeze(null))
  }

  #repeatAnAnswer(): void {
    const cell = this.#cell()
    this.#note(`${cell.name} is given an old answer`)
    this.#partners.insist('old answer', () => cell.repeatAnAnswer())
  }
}
