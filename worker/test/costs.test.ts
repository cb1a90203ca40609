import { runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { beforeAll, describe, expect, test } from 'vitest'
import { minor } from '#schema/money'
import { CHAINS } from '../../sandbox/src/catalogue.ts'
import type { CellObject } from '../src/cells/cell.object.ts'
import { appOf } from '../src/composition/app-of.ts'
import type { Env } from '../src/env.ts'
import { callerOf, type World } from './actors.ts'
import { cellFor, claim, eventually, submissionOf, vouched, walletNumber } from './journey-steps.ts'
import {
  type Issued,
  issueOne,
  newShopper,
  offerVersion,
  publish,
  turn,
  turnOff,
  world,
} from './market-world.ts'

/** What a credit costs: rows written are the bill, queries are the wait. */

const ROWS_PER_CREDIT_MAX = 12
/** What a code did not say is written into its index by the credit. */
const ROWS_PER_BARE_CREDIT_MAX = ROWS_PER_CREDIT_MAX + 1
/** Received, claimed, verifying with its answers, credited, told: the cell's part of a life. */
const ROWS_PER_LIFE_MAX = 22

let version = 0

beforeAll(async () => {
  const reward = { code: 'fixed', args: { amountMinor: minor(100), per: 'receipt' } } as const
  version = await publish([
    { offer: offerVersion('off_costs000001', { reward }), budgetMinor: 10_000_000 },
  ])
})

/** Each at another till: one till credits a wallet five times a day. */
let papers = 0
const paperOf = () => {
  papers += 1
  const chain = CHAINS[papers % CHAINS.length]?.id
  return issueOne({ chain, lines: [{ name: 'Хлеб', priceMinor: 5_000 }] })
}

type Counted = { rowsWritten: number; rowsRead: number; statements: number }

/** Counts what the work writes into a cell's database, indexes included, as the platform bills it. */
async function countedIn(
  walletId: string,
  work: (cell: CellObject, sql: SqlStorage) => Promise<unknown>,
): Promise<Counted> {
  return runInDurableObject(cellFor(walletId), async (cell, { storage: { sql } }) => {
    const cursors: SqlStorageCursor<Record<string, SqlStorageValue>>[] = []
    const exec = sql.exec.bind(sql)
    Object.defineProperty(sql, 'exec', {
      configurable: true,
      value: (query: string, ...values: SqlStorageValue[]) => {
        const cursor = exec(query, ...values)
        cursors.push(cursor)
        return cursor
      },
    })
    try {
      await work(cell, sql)
    } finally {
      Reflect.deleteProperty(sql, 'exec')
    }
    return {
      rowsWritten: cursors.reduce((sum, cursor) => sum + cursor.rowsWritten, 0),
      rowsRead: cursors.reduce((sum, cursor) => sum + cursor.rowsRead, 0),
      statements: cursors.length,
    }
  })
}

/** Credits one receipt of the wallet, from its submission to the last thing left to do. */
async function live(cell: CellObject, sql: SqlStorage, walletId: string, paper: Issued) {
  const answer = await cell.submit(await submissionOf(walletId, paper.qr))
  if ('problem' in answer) throw new Error(answer.problem)
  const { id } = answer.receipt
  await eventually(async () => {
    expect((await cell.receipt(walletId, id, null))?.state).toBe('credited')
    const open = sql.exec("SELECT 1 FROM tasks WHERE kind <> 'report'").toArray()
    expect(open).toEqual([])
  })
}

describe('a credit', () => {
  const walletId = walletNumber('rows', 0)

  beforeAll(async () => {
    // The first ones open accounts and ask for leases, until one holds more than is needed now.
    await turn({ key: 'tax.fault', value: 'daily_limit' })
    for (let warm = 0; warm < 5; warm += 1) {
      const paper = await paperOf()
      const id = await claim(walletId, paper)
      await cellFor(walletId).authorityAnswered(id, vouched(paper, version))
      await eventually(async () => {
        const receipt = await cellFor(walletId).receipt(walletId, id, null)
        expect(receipt?.state).toBe('credited')
      })
    }
  })

  test.each([
    ['by what its code says', ROWS_PER_CREDIT_MAX, 0],
    ['by a total that only its voucher says', ROWS_PER_BARE_CREDIT_MAX, 1],
  ])('%s writes at most %i rows in its transaction', async (_, rowsMax, moreMinor) => {
    const paper = await paperOf()
    const id = await claim(walletId, paper)
    const totalMinor = minor(paper.scan.totalMinor + moreMinor)
    const answer = vouched({ ...paper, scan: { ...paper.scan, totalMinor } }, version)
    const counted = await countedIn(walletId, (cell) => cell.authorityAnswered(id, answer))
    expect((await cellFor(walletId).receipt(walletId, id, null))?.state).toBe('credited')
    console.info(`rows of one credit: ${JSON.stringify(counted)}`)
    expect(counted.rowsWritten).toBeGreaterThan(3)
    expect(counted.rowsWritten).toBeLessThanOrEqual(rowsMax)
  })

  test(`writes at most ${ROWS_PER_LIFE_MAX} rows from submission to the empty outbox`, async () => {
    await turnOff()
    await turn({ key: 'tax.processing_ms', value: 0 })
    const paper = await paperOf()
    const counted = await countedIn(walletId, (cell, sql) => live(cell, sql, walletId, paper))
    console.info(`rows of one receipt's life: ${JSON.stringify(counted)}`)
    expect(counted.rowsWritten).toBeGreaterThan(8)
    expect(counted.rowsWritten).toBeLessThanOrEqual(ROWS_PER_LIFE_MAX)
  })
})

describe('a submission over HTTP', () => {
  test('asks the control plane five times at most, and not again a moment later', async () => {
    const shopper = await newShopper()
    const counted = countingWorld()
    const caller = callerOf(counted.world, shopper.token)
    const costs: number[] = []
    for (let round = 0; round < 3; round += 1) {
      const body = { source: { code: 'qr', text: (await paperOf()).qr } }
      const before = counted.queries()
      expect((await caller.call('POST', '/v1/receipts', body)).status).toBe(202)
      costs.push(counted.queries() - before)
    }
    console.info(`D1 queries per submission: ${JSON.stringify(costs)}`)
    expect(costs[0]).toBeGreaterThan(0)
    expect(costs[0]).toBeLessThanOrEqual(5)
    expect(costs.slice(1)).toEqual([0, 0])
  })
})

/** The Worker with a database that counts the statements it is given. */
function countingWorld(): { world: World; queries: () => number } {
  let queries = 0
  const counted = <Call extends (...args: never[]) => unknown>(
    call: Call,
    of: (args: unknown[]) => number,
  ): Call =>
    ((...args: never[]) => {
      queries += of(args)
      return call(...args)
    }) as Call
  const prepared = (statement: D1PreparedStatement): D1PreparedStatement =>
    new Proxy(statement, {
      get(target, name) {
        const value = Reflect.get(target, name)
        if (typeof value !== 'function') return value
        if (name === 'bind') return (...values: unknown[]) => prepared(target.bind(...values))
        const runs = ['first', 'run', 'all', 'raw'].includes(String(name))
        return counted(value.bind(target), () => (runs ? 1 : 0))
      },
    })
  const db = new Proxy(env.DB, {
    get(target, name) {
      const value = Reflect.get(target, name)
      if (name === 'prepare') return (query: string) => prepared(target.prepare(query))
      if (typeof value !== 'function') return value
      return counted(value.bind(target), (args) =>
        name === 'batch' && Array.isArray(args[0]) ? args[0].length : 0,
      )
    },
  })
  const counting: Env = { ...env, DB: db }
  const fetch = async (request: Request) => (await appOf(counting)).fetch(request)
  return { world: { ...world, fetch }, queries: () => queries }
}
