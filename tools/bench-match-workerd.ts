/**
 * Measures matching where it runs: `npm run -s bench:match:workerd -- [products] [receipts]`. One
 * Worker in workerd publishes a catalogue from D1 to R2 as the clock does, then matches receipts
 * of 50 lines as the queue's consumer does, all in one isolate. CPU is that of the whole process:
 * the Worker, the local D1 and R2, HTTP; an empty request is measured beside it. Each phase is told
 * when it ends, because a million products take minutes; the last line is JSON.
 */

import { readFile } from 'node:fs/promises'
import { build } from 'esbuild'
import { convertV4MiniflareOptions, Miniflare } from 'miniflare'
import { statementsOf } from '#worker/cells/sql-store'
import type { IndexedProduct } from '#worker/matching/product-index'
import { gtinOf, nationalCatalogue, receiptsOf } from '#worker/matching/testing/national'
import { seeded } from '#worker/matching/testing/random'
import { workerdCpuMs } from './bench/cpu.ts'
import { InspectedHeap, type IsolateMemory } from './bench/inspected-heap.ts'
import { workerdMegabytes } from './bench/memory.ts'
import { migrationFiles } from './bench/migrations.ts'
import { ROOT } from './local/place.ts'

const SEED = 7
const LINES = 50
const WARM_UP_RECEIPTS = 20
const ROWS_PER_INSERT = 4_000
const INSPECTOR_PORT = 8896
const LOOK_MS = 250
/** Receipts matched after an edit, and products edited so that a new base is made. */
const AFTER_EDIT = 20
const REBUILT_BY = 2_500
const MB = 1_048_576

const WORKER = `
import { publishSnapshot } from './worker/src/offers/publish-snapshot.ts'
import { createSnapshotStore } from './worker/src/offers/snapshot.r2.ts'
import { MarketReader } from './worker/src/receipts/market-reader.ts'
let reader = null
export default {
  async fetch(request, env) {
    const { pathname } = new URL(request.url)
    const snapshots = (market) => createSnapshotStore(env.SNAPSHOTS, env.DB, market)
    if (pathname === '/publish') {
      const now = '2026-11-22T00:00:00.000Z'
      return Response.json(await publishSnapshot({ db: env.DB, snapshots }, 'ru', now, 'clock'))
    }
    const lines = await request.json()
    if (pathname === '/nothing') return Response.json(lines.length)
    reader ??= new MarketReader(snapshots('ru'), Date.now)
    const market = await reader.current()
    const found = await market.match(lines, null)
    return Response.json(found.filter(({ certain }) => certain).length)
  },
}
`

const INSERT = `INSERT INTO products (id, partner_id, gtin, gtin_canonical, name, brand, brand_key,
    name_key, category, size, unit, created_at)
  SELECT value ->> 0, 'ptn_bench', value ->> 1, value ->> 2, value ->> 3, '', '', value ->> 0,
    'dairy', 0, 'g', '2026-11-22T00:00:00.000Z' FROM json_each(?)`

async function startWorker(): Promise<Miniflare> {
  const { outputFiles } = await build({
    stdin: { contents: WORKER, resolveDir: ROOT, loader: 'ts' },
    bundle: true,
    write: false,
    format: 'esm',
    target: 'es2024',
    conditions: ['workerd', 'worker', 'browser'],
    external: ['cloudflare:*', 'node:*'],
    logLevel: 'error',
  })
  return new Miniflare(
    convertV4MiniflareOptions({
      name: 'bench',
      modules: [{ type: 'ESModule', path: 'index.mjs', contents: outputFiles[0]?.text ?? '' }],
      compatibilityDate: '2026-11-01',
      compatibilityFlags: ['nodejs_compat'],
      d1Databases: { DB: 'bench' },
      r2Buckets: { SNAPSHOTS: 'bench' },
      inspectorPort: INSPECTOR_PORT,
      cf: false,
    }),
  )
}

async function fill(worker: Miniflare, products: readonly IndexedProduct[]): Promise<void> {
  const db = await worker.getD1Database('DB')
  for (const file of await migrationFiles()) {
    for (const statement of statementsOf(await readFile(file, 'utf8'))) {
      await db.prepare(statement).run()
    }
  }
  await db
    .prepare(
      `INSERT INTO partners (id, name, legal_name, tax_number, kind, contact_name, contact_phone,
         website, words, state, fee_bps, created_at)
       VALUES ('ptn_bench', 'Bench', 'Bench', '7700000000', 'brand', 'B', '+7', '', 'bench',
         'active', 0, '2026-11-22T00:00:00.000Z')`,
    )
    .run()
  for (let from = 0; from < products.length; from += ROWS_PER_INSERT) {
    const rows = products.slice(from, from + ROWS_PER_INSERT).map(({ name }, at) => {
      const gtin = gtinOf(from + at)
      return [idOf(from + at), gtin, `0${gtin}`, name]
    })
    await db.prepare(INSERT).bind(JSON.stringify(rows)).run()
  }
}

const idOf = (at: number) => `prd_${String(at).padStart(20, '0')}`

async function asked(worker: Miniflare, path: string, body: unknown): Promise<unknown> {
  const init = { method: 'POST', body: JSON.stringify(body) }
  const response = await worker.dispatchFetch(`http://bench${path}`, init)
  if (!response.ok) throw new Error(await response.text())
  return response.json()
}

const totalOf = ({ heap, outside }: IsolateMemory) => heap + outside

/**
 * Does the work while the isolate's memory is looked at: the most and the least that was seen,
 * bytes. What could be freed counts until the collector has come.
 */
async function watched<Value>(heap: InspectedHeap, work: Promise<Value>) {
  let most = 0
  let least = Number.POSITIVE_INFINITY
  let isDone = false
  const done = work.finally(() => {
    isDone = true
  })
  while (!isDone) {
    const now = totalOf(await heap.memory())
    most = Math.max(most, now)
    least = Math.min(least, now)
    await Promise.race([done, new Promise((resolve) => setTimeout(resolve, LOOK_MS))])
  }
  return { most, least, value: await done }
}

async function measured(worker: Miniflare, path: string, baskets: readonly string[][]) {
  const times: number[] = []
  let certain = 0
  for (const basket of baskets) {
    const lines = basket.map((name) => ({
      name,
      priceMinor: 100,
      quantityMicro: 1_000_000,
      sumMinor: 100,
      gtin: null,
      subject: 1,
    }))
    const before = workerdCpuMs()
    certain += Number(await asked(worker, path, lines))
    times.push(workerdCpuMs() - before)
  }
  const sorted = times.slice(WARM_UP_RECEIPTS).sort((one, other) => one - other)
  const at = (share: number) =>
    sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0
  const round = (value: number) => Math.round(value * 10) / 10
  return { p50Ms: round(at(0.5)), p95Ms: round(at(0.95)), maxMs: round(at(1)), certain }
}

const [productCount = 1_000_000, receiptCount = 200] = process.argv.slice(2).map(Number)
const random = seeded(SEED)
const products = nationalCatalogue(random, productCount)
const baskets = receiptsOf(random, products, receiptCount + WARM_UP_RECEIPTS, LINES)
const megabytes = (bytes: number) => Math.round(bytes / MB)
let phaseBegan = performance.now()
const ended = (phase: string, mostBytes?: number) => {
  const seconds = Math.round((performance.now() - phaseBegan) / 1000)
  phaseBegan = performance.now()
  console.log(`${phase}: ${seconds} s${mostBytes ? `, ${megabytes(mostBytes)} MB at most` : ''}`)
}
const worker = await startWorker()
try {
  await worker.ready
  await fill(worker, products)
  ended('filling the database')
  const heap = await InspectedHeap.open(INSPECTOR_PORT, 'bench')
  const before = workerdCpuMs()
  const publishing = await watched(heap, asked(worker, '/publish', null))
  const publishCpuMs = Math.round(workerdCpuMs() - before)
  ended('publishing', publishing.most)
  const nothing = await measured(worker, '/nothing', baskets)
  const matching = await watched(heap, measured(worker, '/match', baskets))
  ended('matching', matching.most)
  const db = await worker.getD1Database('DB')
  const edit = async () => {
    await db.prepare(`UPDATE products SET name = name || ' 2' WHERE id = ?`).bind(idOf(0)).run()
    const from = workerdCpuMs()
    await asked(worker, '/publish', null)
    return Math.round(workerdCpuMs() - from)
  }
  const edited = await watched(heap, edit())
  ended('an edit', edited.most)
  const after = await measured(worker, '/match', baskets.slice(0, WARM_UP_RECEIPTS + AFTER_EDIT))
  await db.prepare('UPDATE products SET size = 1 WHERE id < ?').bind(idOf(REBUILT_BY)).run()
  const both = await watched(
    heap,
    Promise.all([
      asked(worker, '/publish', null),
      measured(worker, '/match', baskets.slice(0, WARM_UP_RECEIPTS + AFTER_EDIT)),
    ]),
  )
  ended('matching after it, and a new base while matching', both.most)
  const report = {
    products: productCount,
    publishingMostMb: megabytes(publishing.most),
    publishCpuMs,
    matchingLeastMb: megabytes(matching.least),
    matchingMostMb: megabytes(matching.most),
    editCpuMs: edited.value,
    newBaseWhileMatchingMostMb: megabytes(both.most),
    residentMb: workerdMegabytes(),
    nothing,
    match: matching.value,
    afterEdit: after,
    certainShare: Math.round((100 * matching.value.certain) / (baskets.length * LINES)) / 100,
  }
  console.log(JSON.stringify(report))
  heap.close()
} finally {
  await worker.dispose()
}
