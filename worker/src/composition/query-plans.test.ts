import { readdirSync, readFileSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { minor } from '#schema/money'
import { forgetSeenReceipts } from '../forgeries/seen-receipts.d1.ts'
import type { Database, Statement } from '../members/database.ts'
import { readProducts, readSnapshotRows } from '../offers/snapshot.d1.ts'
import {
  fedReturn,
  receiptsOfTill,
  returnsOf,
  returnsToTell,
  type Vouched,
} from '../sales/fed-returns.d1.ts'

const FOLDER = fileURLToPath(new URL('../../../schema/sql/control/', import.meta.url).href)

/** Answers nothing and keeps how each statement would be carried out. */
function planner(): { db: Database; steps: string[] } {
  const sqlite = new DatabaseSync(':memory:')
  for (const file of readdirSync(FOLDER).sort()) sqlite.exec(readFileSync(FOLDER + file, 'utf8'))
  const steps: string[] = []
  const silent: Statement = {
    bind: () => silent,
    first: async () => null,
    all: async () => ({ results: [] }),
    run: async () => ({ meta: { changes: 0 } }),
  }
  const prepare = (sql: string) => {
    const plan = sqlite.prepare(`EXPLAIN QUERY PLAN ${sql}`).all()
    steps.push(...plan.map(({ detail }) => String(detail)))
    return silent
  }
  const batch = async (statements: Statement[]) =>
    statements.map(() => ({ results: [], meta: { changes: 0 } }))
  return { db: { prepare, batch, exec: async () => null }, steps }
}

const VOUCHED: Vouched = {
  market: 'ru',
  document: {
    kind: 1,
    time: '2026-11-21T18:42',
    totalMinor: minor(100),
    fiscalDrive: null,
    tillRegistration: null,
    sellerTaxNumber: '7700000001',
    sellerName: null,
    address: null,
    placeName: null,
    lines: [],
  },
  fingerprint: null,
  sale: null,
}

test('returns are looked for by whole keys, however much their retailer has sold', async () => {
  const { db, steps } = planner()
  await returnsOf(db, VOUCHED)
  await fedReturn(db, VOUCHED)
  await returnsToTell(db, null)
  const ofSales = steps.filter((step) => / (sold|returned|twins) /.test(step))
  expect(ofSales).toHaveLength(11)
  // A search by the retailer alone reads everything that it has sold.
  const broad = steps.filter((step) => step.startsWith('SCAN') || step.endsWith('(partner_id=?)'))
  expect(broad).toEqual([])
})

test('receipts to forget are found by their age', async () => {
  const { db, steps } = planner()
  await forgetSeenReceipts(db, Date.parse('2026-11-22T01:17:00Z'))
  expect(steps).toContain(
    'SEARCH seen_receipts USING COVERING INDEX seen_receipts_by_age (seen_at<?)',
  )
  expect(steps.filter((step) => step.startsWith('SCAN seen_receipts'))).toEqual([])
})

test('receipts of a till are found by the till, not among those of its market', async () => {
  const { db, steps } = planner()
  await receiptsOfTill(db, 'ru', '9999078900042237', VOUCHED.document)
  expect(steps).toContain('SEARCH seen_receipts USING PRIMARY KEY (till=?)')
})

test('a snapshot reads the products that offers name, the catalogue its pages by id', async () => {
  const { db, steps } = planner()
  await readSnapshotRows(db, 'ru').catch(() => 'the planner answers no market')
  const { pages } = await readProducts(db, 'ru', 0)
  for await (const page of pages) expect(page).toEqual([])
  const ofProducts = steps.filter((step) => / (products|other) /.test(step))
  expect(ofProducts.length).toBeGreaterThan(4)
  expect(ofProducts.filter((step) => step.startsWith('SCAN'))).toEqual([])
  expect(ofProducts.filter((step) => step.endsWith('(partner_id=?)'))).toEqual([])
  expect(steps.filter((step) => / products .*\(id>\?\)/.test(step))).toHaveLength(1)
})
