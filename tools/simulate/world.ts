import { createHash } from 'node:crypto'
import { slotOf } from '#worker/cells/slot'
import type { Task } from '#worker/cells/tasks'
import { CellParty } from './cell-party.ts'
import { type Reach, wiredNetwork } from './network.ts'
import { BookParty, BudgetParty, DirectoryParty } from './objects.ts'
import { Market } from './offers.ts'
import type { Party, Surroundings } from './party.ts'
import { ProviderStandIn } from './payout-provider.ts'
import type { Truth } from './rewards-model.ts'
import { TaxService } from './tax-service.ts'

const PARTNERS = ['prt_zarya000', 'prt_voskhod0'] as const
export const NETWORK_BOOK = 'network'

/** Everybody: cells, directory shards, budgets, books, the market, and the outside world. */
export class World {
  readonly around: Surroundings
  readonly cells: readonly CellParty[]
  readonly directories: readonly DirectoryParty[]
  readonly budgets: readonly BudgetParty[]
  readonly books: readonly BookParty[]
  readonly market: Market
  readonly tax: TaxService
  readonly provider: ProviderStandIn
  /** Ids of the events that have reached whoever makes reports of them. */
  readonly published = new Set<string>()
  readonly #makers = new Map<string, { fingerprint: string; walletId: string }>()

  constructor(around: Surroundings, cells: number | null) {
    const { random, timeline, wire } = around
    this.around = around
    this.market = new Market(random, timeline.now, PARTNERS)
    this.tax = new TaxService(random, wire)
    this.provider = new ProviderStandIn(random, timeline, wire, (...about) =>
      this.#notified(...about),
    )
    this.directories = many(
      random.int(1, 3),
      (index) => new DirectoryParty(`shard-${index}`, around),
    )
    this.budgets = this.market.offers.map(({ offerId }) => new BudgetParty(offerId, around))
    this.books = [NETWORK_BOOK, ...PARTNERS].map(
      (name) => new BookParty(name, around, (task) => this.#performOfBook(task)),
    )
    const outside = {
      network: wiredNetwork(this.#reach()),
      market: (version: number) => this.market.snapshot(version),
      receiptId: (fingerprint: string, walletId: string, attempt: number) =>
        this.#receiptId(fingerprint, walletId, attempt),
    }
    this.cells = many(
      cells ?? random.int(1, 8),
      (index) => new CellParty(`cell-${index}`, around, outside),
    )
  }

  /** The cell of a wallet. */
  cellOf(walletId: string): CellParty {
    return spread(this.cells, walletId)
  }

  budgetOf(offerId: string): BudgetParty {
    return found(this.budgets, (budget) => budget.offerId === offerId)
  }

  bookOf(name: string): BookParty {
    return found(this.books, (book) => book.name === name)
  }

  parties(): Party[] {
    return [...this.cells, ...this.directories, ...this.budgets, ...this.books]
  }

  /** What the independent model may know beyond the books. */
  truth(): Truth {
    return {
      offer: (offerId) => this.market.offers.find((offer) => offer.offerId === offerId),
      receipt: (fingerprint) => this.tax.truth(fingerprint),
      maker: (receiptId) => this.#makers.get(receiptId),
      claimant: (fingerprint) => {
        const { database } = spread(this.directories, fingerprint)
        const [row] = database.all<{ receiptId: string }>(
          'SELECT receipt_id AS receiptId FROM claims WHERE fingerprint = ?',
          fingerprint,
        )
        return row?.receiptId
      },
    }
  }

  close(): void {
    for (const party of this.parties()) party.close()
  }

  #reach(): Reach {
    return {
      around: this.around,
      market: this.market,
      tax: this.tax,
      provider: this.provider,
      directoryFor: (fingerprint) => spread(this.directories, fingerprint),
      budgetOf: (offerId) => this.budgetOf(offerId),
      cellNamed: (name) => found(this.cells, (cell) => cell.name === name),
      networkBook: () => this.bookOf(NETWORK_BOOK),
      told: (event) => this.published.add(event.id),
    }
  }

  #receiptId(fingerprint: string, walletId: string, attempt: number): string {
    const hash = createHash('sha1').update(`${fingerprint}\n${walletId}\n${attempt}`)
    const id = `rcp_${hash.digest('hex').slice(0, 20)}`
    this.#makers.set(id, { fingerprint, walletId })
    return id
  }

  /** The provider's notification: nobody believes it, everybody asks. It may be lost, too. */
  #notified(walletId: string, payoutId: string): void {
    const cell = this.cellOf(walletId)
    this.around.wire
      .call(`notification ${payoutId}`, () =>
        cell.ask((machine, now) => machine.nudgePayout(payoutId, now)),
      )
      .catch(() => {})
  }

  async #performOfBook({ body, id }: Task): Promise<void> {
    const { wire } = this.around
    if (body.kind === 'fund') {
      const { offerId, commitId, amountMinor } = body
      await wire.call('fund', () => this.budgetOf(offerId).fund(commitId, amountMinor))
    } else if (body.kind === 'deposit') {
      const { depositId, amountMinor } = body
      const network = this.bookOf(NETWORK_BOOK)
      await wire.call('deposit', () => network.depositReceived(depositId, amountMinor))
    } else {
      throw new Error(`a partner's book does not perform ${id}`)
    }
  }
}

function many<Item>(count: number, make: (index: number) => Item): Item[] {
  return Array.from({ length: count }, (_, index) => make(index))
}

function found<Item>(items: readonly Item[], is: (item: Item) => boolean): Item {
  const item = items.find(is)
  if (!item) throw new Error('no such party')
  return item
}

/** The one of the parties that a key belongs to. */
function spread<Item>(items: readonly Item[], key: string): Item {
  const item = items[slotOf(key) % items.length]
  if (!item) throw new Error('no parties')
  return item
}
