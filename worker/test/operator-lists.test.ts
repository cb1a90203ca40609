import { runInDurableObject } from 'cloudflare:test'
import { beforeAll, describe, expect, test } from 'vitest'
import type { OperatorPayout, TransferRow } from '#schema/operator'
import type { Page } from '#schema/page'
import type { ReceiptSummary } from '#schema/receipt'
import { type Caller, good, signInOperator } from './actors.ts'
import { cellFor } from './journey-steps.ts'
import { turn, world } from './market-world.ts'
import {
  earn,
  followPayout,
  order,
  payee,
  publishGenerousMarket,
  withdraw,
} from './payout-steps.ts'

/** The operator's lists over all cells: nothing is lost between two pages. */

let finance: Caller
let shopper: Caller

beforeAll(async () => {
  await publishGenerousMarket()
  finance = await signInOperator(world, 'finance')
  shopper = await payee(50_000)
  for (const amountMinor of [7_000, 8_000]) await earn(shopper.walletId, amountMinor)
  for (let index = 0; index < 3; index += 1) {
    await followPayout(shopper, await withdraw(shopper, order()))
  }
  await runInDurableObject(cellFor(shopper.walletId), (_, { storage: { sql } }) => {
    // As if everything had come in one burst.
    sql.exec('UPDATE receipts SET submitted_at = (SELECT max(submitted_at) FROM receipts)')
    sql.exec('UPDATE payouts SET requested_at = (SELECT max(requested_at) FROM payouts)')
  })
})

const read = async <Body>(path: string) => good<Body>(await finance.call('GET', path))

/** All rows of a list, one row a page. */
async function walked<Row>(path: string): Promise<Row[]> {
  const rows: Row[] = []
  const glue = path.includes('?') ? '&' : '?'
  let cursor: string | null = null
  do {
    const next: string = cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`
    const page: Page<Row> = await read(`${path}${glue}limit=1${next}`)
    rows.push(...page.items)
    cursor = page.nextCursor
  } while (cursor !== null)
  return rows
}

describe('one row a page', () => {
  // Kills "the next page begins before the last row's moment": the rest of that moment was lost.
  test('shows every receipt of one moment', async () => {
    const ids = (await walked<ReceiptSummary>('/v1/operator/receipts')).map(({ id }) => id)
    const whole = await read<Page<ReceiptSummary>>('/v1/operator/receipts?limit=100')
    expect(whole.items.length).toBeGreaterThanOrEqual(3)
    expect(ids).toEqual(whole.items.map(({ id }) => id))
  })

  test('shows every payout of one moment', async () => {
    const ids = (await walked<OperatorPayout>('/v1/operator/payouts')).map(({ id }) => id)
    expect(new Set(ids).size).toBe(3)
  })

  test('shows every transfer of one moment, in every book that knows it', async () => {
    const path = `/v1/operator/books/transfers?account=wallet:${shopper.walletId}:available`
    const rows = await walked<TransferRow>(path)
    const whole = await read<Page<TransferRow>>(`${path}&limit=100`)
    expect(rows).toEqual(whole.items)
    const everything = await walked<TransferRow>('/v1/operator/books/transfers')
    const all = await read<Page<TransferRow>>('/v1/operator/books/transfers?limit=100')
    expect(all.nextCursor).toBeNull()
    expect(everything).toEqual(all.items)
  })
})

describe('stuck payouts', () => {
  test('are those too long without an end, and no others', async () => {
    await turn({ key: 'payouts.pending_ms', value: 60_000 })
    const open = await withdraw(shopper, order())
    await followPayout(shopper, open, ({ state }) => state === 'on_its_way')
    const stuck = async () => {
      const { items } = await read<Page<OperatorPayout>>('/v1/operator/payouts?stuck=1')
      return items.map(({ id }) => id)
    }
    expect(await stuck()).toEqual([])
    const since = (hours: number) =>
      runInDurableObject(cellFor(shopper.walletId), (_, { storage: { sql } }) => {
        sql.exec('UPDATE payouts SET first_sent_at = ?', Date.now() - hours * 3_600_000)
      })
    // The provider has named it: patience for three days. The ended ones never count.
    await since(71)
    expect(await stuck()).toEqual([])
    await since(73)
    expect(await stuck()).toEqual([open.id])
  })
})
