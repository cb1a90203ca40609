import type { Payout } from '#schema/payout'
import type { ProblemCode } from '#schema/problem'
import type { FiscalDocument, Receipt, ReceiptSummary } from '#schema/receipt'
import type { Verdict } from '#schema/verdict'
import type { Posting, Wallet } from '#schema/wallet'
import { escrow } from '../ledger/account.ts'
import type { Evidence } from '../receipts/evidence.ts'
import { isReturn } from '../receipts/returned.ts'
import type { ActivationOrder } from './cell.ts'
import { type ActivationRow, listActivations } from './cell-activations.ts'
import { exportOf, type WalletExport } from './cell-export.ts'
import { readLease } from './cell-leases.ts'
import { listPayouts, type PayoutOrder, readPayout } from './cell-payouts.ts'
import { CellPhotosObject } from './cell-photos.object.ts'
import type { AuthorityResult, Submission } from './cell-receipts.ts'
import { ownSaleOf, type ReturnOf, versionsForReturn } from './cell-returns.ts'
import {
  type HeldSale,
  type ReturnReport,
  type SaleQuestion,
  salesFor,
  versionsForReport,
} from './cell-told-returns.ts'
import { listPostings, readWallet } from './cell-wallet.ts'
import { Grouped } from './grouped.ts'
import { payoutView } from './payout-view.ts'
import { listReceipts, readReceipt } from './receipt-row.ts'
import { receiptSummary, receiptView } from './receipt-view.ts'

/** Calls gathered into one commit: two milliseconds, or as many as fit a turn comfortably. */
const GROUP_MS = 2
const GROUP_MAX = 64
/** Calls waiting in one cell; more are told to come again. */
const WAITING_MAX = 2_000
/** An activation waits this long for a lease before it says that it could not get one. */
const ACTIVATION_ROUNDS_MAX = 20

/** A cell as a Durable Object: the whole of what is asked of it, receipts and wallets here. */
export class CellObject extends CellPhotosObject {
  readonly #grouped = new Grouped(GROUP_MS, GROUP_MAX)
  readonly #demand = new Map<string, number>()
  #waiting = 0

  /** Step 1: durable when it answers. */
  async submit(
    submission: Submission,
  ): Promise<{ receipt: Receipt; created: boolean } | { problem: ProblemCode; retryAt?: string }> {
    if (this.#waiting >= WAITING_MAX) return { problem: 'overloaded' }
    this.#waiting += 1
    try {
      const answer = await this.#grouped.run(() =>
        this.driver.cell.submitMany([submission], Date.now()).at(0),
      )
      this.driver.runner.start()
      if (!answer) throw new Error('a submission was not answered')
      if ('receipt' in answer) return answer
      return { problem: 'submissions_exhausted', retryAt: new Date(answer.from).toISOString() }
    } finally {
      this.#waiting -= 1
    }
  }

  /** The verification consumer's answer. Applying it twice changes nothing. */
  async authorityAnswered(receiptId: string, result: AuthorityResult): Promise<void> {
    if (result.kind === 'authentic') await this.#loadFor(receiptId, result)
    await this.#grouped.run(() => this.driver.cell.authorityAnswered(receiptId, result, Date.now()))
    this.driver.runner.start()
  }

  /** Returns with the receipts of this cell that they take back. Told twice, nothing changes. */
  async returnsReported(reports: readonly ReturnReport[]): Promise<void> {
    for (const report of reports) {
      for (const version of versionsForReport(this.driver.ctx, report)) {
        await this.driver.markets.load(version)
      }
      this.driver.cell.returnReported(report, Date.now())
    }
    this.driver.runner.start()
  }

  /** Which receipts of this cell each of these returns may take back. */
  async salesFor(questions: readonly SaleQuestion[]): Promise<HeldSale[][]> {
    return questions.map((question) => salesFor(this.driver.ctx, question))
  }

  /** Their shop names the sales of these returns: nobody looks for likely ones any more. */
  async returnsNamed(fingerprints: readonly string[]): Promise<void> {
    this.driver.cell.returnsNamed(fingerprints)
  }

  /** Who has sent a receipt of a return, and whether that wallet holds its sale itself. */
  async ownSaleOf(receiptId: string, document: FiscalDocument) {
    return ownSaleOf(this.driver.ctx, receiptId, document)
  }

  /**
   * A wallet's receipt, at once or when it is newer than `after`; null when it is not the wallet's.
   */
  async receipt(walletId: string, id: string, after: number | null): Promise<Receipt | null> {
    const { ctx } = this.driver
    const found = await this.driver.newer(id, after, () => {
      const row = readReceipt(ctx.sql, id)
      return row?.walletId === walletId ? row : null
    })
    return found && receiptView(ctx, found)
  }

  async receipts(
    walletId: string,
    before: { submittedAt: number; id: string },
    limit: number,
  ): Promise<{ items: ReceiptSummary[]; last: { submittedAt: number; id: string } | null }> {
    const rows = listReceipts(this.driver.ctx.sql, walletId, before, limit)
    const last = rows.length === limit ? (rows.at(-1) ?? null) : null
    return {
      items: rows.map((row) => receiptSummary(this.driver.ctx, row)),
      last: last && { submittedAt: last.submittedAt, id: last.id },
    }
  }

  async wallet(walletId: string): Promise<Wallet> {
    return readWallet(this.driver.ctx, walletId)
  }

  async postings(
    walletId: string,
    before: number,
    limit: number,
  ): Promise<{ postings: Posting[]; last: number }> {
    return listPostings(this.driver.ctx, walletId, before, limit)
  }

  /** Everything kept about a wallet, for its owner. */
  async exportOf(walletId: string): Promise<WalletExport> {
    return exportOf(this.driver.ctx, walletId, Date.now())
  }

  async activations(walletId: string): Promise<ActivationRow[]> {
    return listActivations(this.driver.ctx, walletId)
  }

  /** Reserves an offer's reward; asks the budget for a lease when the escrow is short. */
  async activate(
    order: Omit<ActivationOrder, 'wantMinor'>,
  ): Promise<{ reservedMinor: number; expiresAt: number } | { problem: ProblemCode }> {
    const { offerId } = order.offer
    this.#demand.set(offerId, (this.#demand.get(offerId) ?? 0) + order.costMinor)
    try {
      for (let round = 0; round < ACTIVATION_ROUNDS_MAX; round += 1) {
        const wantMinor = this.#demand.get(offerId) ?? order.costMinor
        const result = this.driver.drive((cell, now) => cell.activate({ ...order, wantMinor }, now))
        if (result.kind === 'active') return result
        if (result.kind === 'used_up') return { problem: 'offer_used_up' }
        await this.#leaseSettled(offerId, result.sequence)
        if (this.#refused(offerId, result.sequence, order.costMinor)) {
          return { problem: 'budget_exhausted' }
        }
      }
      return { problem: 'overloaded' }
    } finally {
      this.#demand.set(offerId, (this.#demand.get(offerId) ?? 0) - order.costMinor)
    }
  }

  async requestPayout(
    order: PayoutOrder,
  ): Promise<{ payout: Payout; created: boolean } | { problem: ProblemCode }> {
    const answer = this.driver.drive((cell, now) => cell.requestPayout(order, now))
    if (!answer.ok) return { problem: answer.code }
    return { payout: payoutView(answer.row), created: answer.created }
  }

  async payout(walletId: string, id: string, after: number | null): Promise<Payout | null> {
    const found = await this.driver.newer(id, after, () => {
      const row = readPayout(this.driver.ctx, id)
      return row?.walletId === walletId ? row : null
    })
    return found && payoutView(found)
  }

  async payouts(
    walletId: string,
    before: { requestedAt: number; id: string },
    limit: number,
  ): Promise<{ items: Payout[]; last: { requestedAt: number; id: string } | null }> {
    const rows = listPayouts(this.driver.ctx, walletId, before, limit)
    const last = rows.length === limit ? (rows.at(-1) ?? null) : null
    return {
      items: rows.map(payoutView),
      last: last && { requestedAt: last.requestedAt, id: last.id },
    }
  }

  /** The provider may have news of a payout: ask it now. */
  async nudgePayout(id: string): Promise<boolean> {
    return this.driver.drive((cell, now) => cell.nudgePayout(id, now))
  }

  /**
   * Every verdict on one line of a wallet's own receipt, on the whole of it for null; none while it
   * is not judged, null when it is not the wallet's.
   */
  async explainOwn(walletId: string, id: string, line: number | null): Promise<Verdict[] | null> {
    if (readReceipt(this.driver.ctx.sql, id)?.walletId !== walletId) return null
    const verdicts = (await this.explain(id, null)) ?? []
    return verdicts.filter((verdict) => verdict.line === line)
  }

  override async alarm(): Promise<void> {
    await this.driver.rung()
  }

  /** Whether the lease brought nothing, and somebody who lacks this much has to be told so. */
  #refused(offerId: string, sequence: number, costMinor: number): boolean {
    const lease = readLease(this.driver.ctx, offerId)
    if (lease?.sequence !== sequence || lease.grantedMinor !== 0) return false
    // It may have been asked for a larger need than this one.
    return costMinor - this.driver.ctx.book.balance(escrow(offerId)) >= lease.leastMinor
  }

  /** A receipt is judged by its own snapshot, a return by that of its sale. */
  async #loadFor(
    receiptId: string,
    { evidence, returnOf = null }: { evidence: Evidence; returnOf?: ReturnOf | null },
  ): Promise<void> {
    const { document, snapshotVersion } = evidence
    const walletId = readReceipt(this.driver.ctx.sql, receiptId)?.walletId
    const versions =
      walletId && isReturn(evidence)
        ? versionsForReturn(this.driver.ctx, walletId, document, returnOf)
        : []
    for (const version of [snapshotVersion, ...versions]) await this.driver.markets.load(version)
  }

  async #leaseSettled(offerId: string, sequence: number): Promise<void> {
    await this.driver.runner.settled()
    const lease = readLease(this.driver.ctx, offerId)
    // Others' money may come back: a moment's patience is cheaper than a wrong "exhausted".
    const open = lease?.sequence === sequence && lease.grantedMinor === null
    if (open) await new Promise((resolve) => setTimeout(resolve, 250))
  }
}
