import { parseRuQr, ruContentKey, ruFingerprint } from '#fiscal/ru'
import { MARKETS, type MarketCode } from '#schema/market'
import { minor } from '#schema/money'
import type { OfferVersion } from '#schema/offer'
import { Cell } from '#worker/cells/cell'
import type { ActivationResult } from '#worker/cells/cell-activations'
import type { JudgingMarket } from '#worker/cells/cell-context'
import { readLease } from '#worker/cells/cell-leases'
import type { Submission } from '#worker/cells/cell-receipts'
import { type ReceiptRow, readReceipt } from '#worker/cells/receipt-row'
import { NO_NAMES } from '#worker/offers/names'
import { documentOf, type SampleLine, ZARYA } from '#worker/offers/sample.test-data'
import { Database } from './database.sqlite.ts'

const MINUTE_MS = 60_000

/** What a receipt is beside the ordinary; a line of ordinary goods costs 100 roubles. */
type Paper = {
  walletId?: string
  /** Wall-clock minute of the purchase. */
  time?: string
  till?: string
  lines?: readonly SampleLine[]
  /** A receipt of goods that came back; its total is that of its lines. */
  isReturn?: boolean
}

/** One cell on the real schema, with the outside's answers given by hand. Nothing goes wrong. */
export class JudgingCell {
  readonly cell: Cell
  /** Submissions come a minute after one another. */
  now = Date.parse('2026-11-21T15:43:00Z')
  readonly #database = Database.open('cell')
  readonly #snapshots: JudgingMarket[] = []
  #papers = 0

  constructor(market: MarketCode = 'ru') {
    this.cell = new Cell({
      sql: this.#database.store(),
      name: 'cell-0',
      rules: MARKETS[market],
      market: (version) => {
        const market = this.#snapshots[version]
        if (!market) throw new Error(`no snapshot ${version}`)
        return market
      },
      receiptId: (fingerprint, walletId, attempt) => `${fingerprint}/${walletId}/${attempt}`,
      changed: () => {},
    })
  }

  close(): void {
    this.#database.close()
  }

  /** The next snapshot: receipts are judged by it from now on. */
  publish(...offers: readonly OfferVersion[]): void {
    this.#snapshots.push({ offers, names: NO_NAMES })
  }

  submission({ walletId = 'wal_1', time = '2026-11-21T18:42', isReturn }: Paper = {}): Submission {
    this.#papers += 1
    const clock = time.replaceAll(/[-:]/g, '')
    const kind = isReturn ? 2 : 1
    const code = `t=${clock}&s=100.00&fn=9999078900000001&i=${this.#papers}&fp=1&n=${kind}`
    const read = parseRuQr(code)
    if (!read.ok) throw new Error(read.code)
    const { scan } = read
    return { walletId, scan, fingerprint: ruFingerprint(scan), contentKey: ruContentKey(scan) }
  }

  /** Submits a receipt and takes it to its judgement by the newest snapshot. */
  judge(paper: Paper = {}): ReceiptRow {
    this.now += MINUTE_MS
    const submission = this.submission(paper)
    this.cell.submitMany([submission], this.now)
    return this.vouch(submission, paper)
  }

  /** Takes a submitted receipt to its credit. */
  credit(submission: Submission): void {
    const { id } = this.vouch(submission, {})
    for (const offerId of this.row(id).judged?.verdicts.flatMap((said) => said.offerId ?? []) ?? [])
      this.lease(offerId, 1_000_000)
  }

  /** The directory's and the authority's answers for a submitted receipt. */
  vouch(submission: Submission, paper: Paper): ReceiptRow {
    const { lines = [{ sumMinor: 10_000 }], till = 'till_1', isReturn = false } = paper
    const { time } = submission.scan
    const id = `${submission.fingerprint}/${submission.walletId}/0`
    this.cell.claimAnswered(id, { kind: 'yours' }, this.now)
    const evidence = {
      document: isReturn
        ? { ...documentOf(lines), time, kind: 2 as const }
        : { ...documentOf(lines), time, totalMinor: minor(10_000) },
      store: null,
      matches: lines.map((line) => ({ ...(line.match ?? ZARYA), name: '', by: '' })),
      snapshotVersion: this.#snapshots.length - 1,
    }
    this.cell.authorityAnswered(id, { kind: 'authentic', evidence, till }, this.now)
    return this.row(id)
  }

  activate(offer: OfferVersion, walletId = 'wal_1'): ActivationResult {
    const costMinor = 1_150
    const expiresAt = this.now + 30 * 24 * 60 * MINUTE_MS
    const order = { walletId, offer, costMinor, expiresAt, wantMinor: costMinor }
    return this.cell.activate(order, this.now)
  }

  /** Answers the lease that is asked for; 0 says that the budget is exhausted. */
  lease(offerId: string, amountMinor: number): void {
    const { sequence = 0 } = readLease(this.cell.ctx, offerId) ?? {}
    const answer = amountMinor > 0 ? granted(amountMinor) : ({ kind: 'exhausted' } as const)
    this.cell.leaseAnswered(offerId, sequence, answer, this.now)
  }

  row(id: string): ReceiptRow {
    const row = readReceipt(this.cell.ctx.sql, id)
    if (!row) throw new Error(`no receipt ${id}`)
    return row
  }
}

const granted = (amountMinor: number) => ({ kind: 'granted', amountMinor }) as const
