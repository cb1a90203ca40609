import { runDurableObjectAlarm, runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { vi } from 'vitest'
import { minor } from '#schema/money'
import type { Receipt, ReceiptState } from '#schema/receipt'
import type { Wallet } from '#schema/wallet'
import type { CellObject } from '../src/cells/cell.object.ts'
import type { AuthorityResult, Submission } from '../src/cells/cell-receipts.ts'
import { marketOf } from '../src/cells/market-name.ts'
import { budgetOf, cellNameOf, cellNames, cellOf } from '../src/cells/route-of.ts'
import { parseSettings } from '../src/env.ts'
import { keyRing } from '../src/partners/fiscal-keys.d1.ts'
import { readSubmission } from '../src/receipts/submission.ts'
import { type Caller, good } from './actors.ts'
import { type Issued, retailer } from './market-world.ts'

/** Steps of the journey as people take them, and the books behind them. */

export const settings = parseSettings(env)
/** The home market's: no wallet of these tests has money elsewhere. */
export const cells = cellNames(settings).filter((name) => marketOf(name).market === 'ru')

/** The object that holds a wallet. */
export const cellFor = (walletId: string): DurableObjectStub<CellObject> =>
  cellOf(env, cellNameOf(settings.CELL_MAP, 'ru', walletId))

/** Submits a code's text over HTTP; the answer must be good. */
export async function submit(shopper: Caller, text: string): Promise<Receipt> {
  const body = { source: { code: 'qr', text } }
  return good<Receipt>(await shopper.call('POST', '/v1/receipts', body))
}

const FOREIGN = { keys: keyRing(env.DB), isOpen: () => true }

/** A submission as the route hands it to the cell, for wallets that need no person. */
export async function submissionOf(walletId: string, text: string): Promise<Submission> {
  const body = { source: { code: 'qr' as const, text } }
  const read = await readSubmission(walletId, body, FOREIGN, Date.now())
  if (!read.ok) throw new Error(read.code)
  return read.submission
}

/**
 * The verification consumer's answer for a receipt of the sandbox, given by hand: for tests of what
 * the cell makes of it, without the tax service's seconds. No line is matched to a product.
 */
export function vouched(paper: Issued, snapshotVersion: number): AuthorityResult {
  const { scan, tillRegistration } = paper
  const lines = paper.lines.map((line) => ({
    name: line.name,
    priceMinor: minor(line.priceMinor),
    quantityMicro: line.quantityMilli * 1_000,
    sumMinor: minor(line.sumMinor),
    gtin: null,
    subject: 1,
  }))
  return {
    kind: 'authentic',
    till: tillRegistration,
    evidence: {
      document: {
        time: scan.time,
        totalMinor: scan.totalMinor,
        kind: scan.kind,
        sellerName: null,
        sellerTaxNumber: null,
        tillRegistration,
        fiscalDrive: scan.fn,
        address: null,
        placeName: paper.store,
        lines,
      },
      store: {
        storeId: null,
        retailerId: retailer(paper.chain),
        name: paper.store,
        address: null,
      },
      matches: lines.map(() => ({ product: null, certain: false, name: '', by: '' })),
      snapshotVersion,
    },
  }
}

/** Submits a receipt to a wallet's cell and waits until the claim is its own. */
export async function claim(walletId: string, paper: Issued): Promise<string> {
  const cell = cellFor(walletId)
  const answer = await cell.submit(await submissionOf(walletId, paper.qr))
  if ('problem' in answer) throw new Error(answer.problem)
  const { id } = answer.receipt
  await eventually(async () => {
    const seen = await cell.receipt(walletId, id, null)
    if (seen?.state !== 'verifying') throw new Error(`still ${seen?.state}`)
  })
  return id
}

/** A wallet id that no person has; spread over the slots by its number. */
export const walletNumber = (series: string, index: number) =>
  `wal_${series}${String(index).padStart(8, '0')}`

const UNDER_WAY: readonly ReceiptState[] = ['received', 'verifying', 'awaiting_budget']

/** Follows a receipt by its long poll until it is at rest, or until `done` says so. */
export async function follow(
  shopper: Caller,
  receipt: Receipt,
  done = (seen: Receipt) => !UNDER_WAY.includes(seen.state),
): Promise<Receipt> {
  const get = async (path: string) =>
    good<Receipt>(await shopper.call('GET', path, undefined, { 'x-market': receipt.market }))
  let seen = await get(`/v1/receipts/${receipt.id}`)
  while (!done(seen)) seen = await get(`/v1/receipts/${seen.id}?after=${seen.version}`)
  return seen
}

/** Submits a code and follows the receipt to its rest. */
export async function scan(shopper: Caller, text: string): Promise<Receipt> {
  return follow(shopper, await submit(shopper, text))
}

export async function walletOf(shopper: Caller): Promise<Wallet> {
  return good<Wallet>(await shopper.call('GET', '/v1/wallet'))
}

/** Looks again until `check` throws no more; the bound is far beyond what a good run needs. */
export function eventually<Result>(
  check: () => Promise<Result> | Result,
  timeout = 20_000,
): Promise<Result> {
  return vi.waitFor(check, { timeout, interval: 50 })
}

/** Rows of a cell's own database. */
export function rowsOf<Row extends Record<string, SqlStorageValue>>(
  stub: DurableObjectStub<CellObject>,
  query: string,
  ...values: SqlStorageValue[]
): Promise<Row[]> {
  return runInDurableObject(stub, (_cell, state) =>
    state.storage.sql.exec<Row>(query, ...values).toArray(),
  )
}

/** Moves the clock of the Worker and its objects; alarms are rung by hand, the sandbox's stays. */
export function travel(ms: number): void {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + ms })
}

/** Runs the alarms of all cells now, whenever they are set. */
export async function ringCells(): Promise<void> {
  for (const name of cells) await runDurableObjectAlarm(cellOf(env, name))
}

export type OfferMoney = {
  fundedMinor: number
  leftMinor: number
  escrowMinor: number
  reservedMinor: number
  rewardsMinor: number
  feesMinor: number
}

/** Where the money of an offer is: in its budget, in the cells, spent. */
export async function moneyOf(offerId: string): Promise<OfferMoney> {
  const { fundedMinor, leftMinor } = await budgetOf(env, 'ru', offerId).money()
  const sum = { fundedMinor, leftMinor, escrowMinor: 0, reservedMinor: 0 }
  const spent = { rewardsMinor: 0, feesMinor: 0 }
  for (const name of cells) {
    const [row] = await rowsOf<Omit<OfferMoney, 'fundedMinor' | 'leftMinor'>>(
      cellOf(env, name),
      `SELECT
         (SELECT coalesce(sum(balance_minor), 0) FROM accounts WHERE code = 'escrow:' || ?1)
           AS escrowMinor,
         (SELECT coalesce(sum(balance_minor), 0) FROM accounts WHERE code = 'reserved:' || ?1)
           AS reservedMinor,
         (SELECT coalesce(sum(amount_minor), 0) FROM transfers
          WHERE debit IN ('escrow:' || ?1, 'reserved:' || ?1) AND code LIKE 'reward%')
           AS rewardsMinor,
         (SELECT coalesce(sum(amount_minor), 0) FROM transfers
          WHERE debit IN ('escrow:' || ?1, 'reserved:' || ?1) AND code = 'fee') AS feesMinor`,
      offerId,
    )
    sum.escrowMinor += row?.escrowMinor ?? 0
    sum.reservedMinor += row?.reservedMinor ?? 0
    spent.rewardsMinor += row?.rewardsMinor ?? 0
    spent.feesMinor += row?.feesMinor ?? 0
  }
  return { ...sum, ...spent }
}

/** What is not accounted for: zero at rest, when nothing is in flight between objects (I3). */
export function missingMinor(money: OfferMoney): number {
  const { leftMinor, escrowMinor, reservedMinor, rewardsMinor, feesMinor } = money
  return money.fundedMinor - leftMinor - escrowMinor - reservedMinor - rewardsMinor - feesMinor
}
