/**
 * Measures matching where it runs:
 * `npm run -s bench:match:workerd -- [products] [receipts] [--heap MB]`.
 * As on the platform, the publisher is a Worker of its own, with an isolate of its own: it
 * publishes a catalogue from D1 to R2 as the clock has it do, and another Worker matches receipts
 * of 50 lines as the queue's consumer does. Memory is told of each isolate alone, garbage that
 * nobody had to collect included; --heap bounds the objects of each, as the platform does: what has
 * to be collected is, and who needs more dies. CPU is that of the whole process, of three questions
 * with other receipts each: `nothing` reads the request and answers, `lines` also matches, `match`
 * also asks D1 for the version and R2 for the rows that were found, both of which run in this
 * process too. Each phase is told when it ends, because a million products take minutes; the last
 * line is JSON.
 */

import { readFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { type BuildOptions, build } from 'esbuild'
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
const ROWS_PER_INSERT = 2_000
const INSPECTOR_PORT = 8896
const LOOK_MS = 250
/** Receipts of each matched after an edit and a new base, and products edited so that one is due. */
const AFTER_EDIT = 20
const REBUILT_BY = 2_500
const MB = 1_048_576
const PUBLISHER = 'kopilka-publisher'

const MATCHER = `
import { createSnapshotStore } from './worker/src/offers/snapshot.r2.ts'
import { matchLine } from './worker/src/matching/match.ts'
import { MarketReader } from './worker/src/receipts/market-reader.ts'
let reader = null
let index = null
/** A store that keeps the index it has opened, so that lines can be matched without rows. */
function watchedStore(env) {
  const store = createSnapshotStore(env.SNAPSHOTS, env.DB, 'ru')
  const getProducts = async (version) => {
    index = null
    const catalogue = await store.getProducts(version)
    index = catalogue.index
    return catalogue
  }
  return { ...store, getProducts }
}
export default {
  async fetch(request, env) {
    const { pathname } = new URL(request.url)
    if (pathname === '/fill') return env.FILLER.fetch(request)
    if (pathname === '/publish') return Response.json(await env.PUBLISHER.publish('ru'))
    const lines = await request.json()
    if (pathname === '/nothing') return Response.json(lines.length)
    if (pathname === '/lines') {
      const found = lines.map(({ name, gtin }) => matchLine(index, { name, gtin }))
      return Response.json(found.filter(({ accepted }) => accepted).length)
    }
    reader ??= new MarketReader(watchedStore(env), Date.now)
    const market = await reader.current()
    const found = await market.match(lines, null)
    return Response.json(found.filter(({ certain }) => certain).length)
  },
}
`

/**
 * Fills the database from an isolate of its own. Miniflare's proxy of a database keeps every
 * statement with what was bound to it until Node collects its own: 130 MB for a million products.
 */
const FILLER = `
const INSERT = \`INSERT INTO products (id, partner_id, gtin, gtin_canonical, name, brand, brand_key,
    name_key, category, size, unit, created_at)
  SELECT value ->> 0, 'ptn_bench', value ->> 1, value ->> 2, value ->> 3, '', '', value ->> 0,
    'dairy', 0, 'g', '2026-11-22T00:00:00.000Z' FROM json_each(?)\`
export default {
  async fetch(request, env) {
    await env.DB.prepare(INSERT).bind(await request.text()).run()
    return Response.json(null)
  },
}
`

const BUILD = {
  bundle: true,
  write: false,
  format: 'esm',
  target: 'es2024',
  conditions: ['workerd', 'worker', 'browser'],
  external: ['cloudflare:*', 'node:*'],
  logLevel: 'error',
} satisfies BuildOptions

const STORAGE = { d1Databases: { DB: 'bench' }, r2Buckets: { SNAPSHOTS: 'bench' } }

async function moduleOf(source: BuildOptions) {
  const { outputFiles = [] } = await build({ ...BUILD, ...source })
  return [{ type: 'ESModule' as const, path: 'index.mjs', contents: outputFiles[0]?.text ?? '' }]
}

async function startWorkers(): Promise<Miniflare> {
  const stdin = { contents: MATCHER, resolveDir: ROOT, loader: 'ts' as const }
  const filler = { contents: FILLER, resolveDir: ROOT, loader: 'ts' as const }
  const entryPoints = [`${ROOT}/worker/src/publisher.ts`]
  const both = { compatibilityDate: '2026-11-01', ...STORAGE }
  return new Miniflare(
    convertV4MiniflareOptions({
      workers: [
        {
          name: 'bench',
          modules: await moduleOf({ stdin }),
          serviceBindings: { PUBLISHER, FILLER: 'filler' },
          compatibilityFlags: ['nodejs_compat'],
          ...both,
        },
        { name: PUBLISHER, modules: await moduleOf({ entryPoints }), ...both },
        { name: 'filler', modules: await moduleOf({ stdin: filler }), ...both },
      ],
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
    await asked(worker, '/fill', rows)
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

type Watched = { least: number; most: number }

/**
 * Does the work while the memory of each isolate is looked at: the most and the least that was
 * seen, bytes. What could be freed counts until the collector has come.
 */
async function watched<Value>(heaps: readonly InspectedHeap[], work: Promise<Value>) {
  const seen: Watched[] = heaps.map(() => ({ least: Number.POSITIVE_INFINITY, most: 0 }))
  let isDone = false
  const done = work.finally(() => {
    isDone = true
  })
  while (!isDone) {
    const now = await Promise.all(heaps.map((heap) => heap.memory()))
    for (const [at, memory] of now.entries()) {
      const one = seen[at]
      if (one === undefined) continue
      one.most = Math.max(one.most, totalOf(memory))
      one.least = Math.min(one.least, totalOf(memory))
    }
    await Promise.race([done, new Promise((resolve) => setTimeout(resolve, LOOK_MS))])
  }
  return { seen, value: await done }
}

function linesOf(basket: readonly string[]) {
  return basket.map((name) => ({
    name,
    priceMinor: 100,
    quantityMicro: 1_000_000,
    sumMinor: 100,
    gtin: null,
    subject: 1,
  }))
}

const QUESTIONS = ['/nothing', '/lines', '/match'] as const

/** Asks each question with every third receipt, so that a busy moment falls upon all of them. */
async function measured(worker: Miniflare, baskets: readonly string[][]) {
  const times = new Map<string, number[]>(QUESTIONS.map((question) => [question, []]))
  let certain = 0
  for (const [at, basket] of baskets.entries()) {
    const isWarm = at >= WARM_UP_RECEIPTS
    const question = isWarm ? (QUESTIONS[at % QUESTIONS.length] ?? '/match') : '/match'
    const before = workerdCpuMs()
    const answer = await asked(worker, question, linesOf(basket))
    if (isWarm) times.get(question)?.push(workerdCpuMs() - before)
    if (question !== '/nothing') certain += Number(answer)
  }
  const [nothing, lines, match] = QUESTIONS.map((question) => quantiles(times.get(question) ?? []))
  return { nothing, lines, match, certain }
}

function quantiles(times: readonly number[]) {
  const sorted = times.toSorted((one, other) => one - other)
  const at = (share: number) => {
    const index = Math.min(sorted.length - 1, Math.floor(share * sorted.length))
    return Math.round((sorted[index] ?? 0) * 10) / 10
  }
  return { p50Ms: at(0.5), p95Ms: at(0.95), maxMs: at(1) }
}

/** So many receipts are matched at a time, so that one still holds what another lets go of. */
const AT_ONCE = 3

/** Receipts until the work has ended, and some more after it; how many. */
async function matchingDuring(
  worker: Miniflare,
  work: Promise<unknown>,
  baskets: readonly string[][],
) {
  let isDone = false
  let matched = 0
  const done = work.finally(() => {
    isDone = true
  })
  const receipts = async () => {
    for (let more = AFTER_EDIT; more > 0; more -= isDone ? 1 : 0) {
      matched += 1
      await asked(worker, '/match', linesOf(baskets[matched % baskets.length] ?? []))
    }
  }
  await Promise.all([done, ...Array.from({ length: AT_ONCE }, receipts)])
  return matched
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { heap: { type: 'string', default: '' } },
})
if (values.heap !== '') process.env.MINIFLARE_WORKERD_V8_FLAGS = `--max-heap-size=${values.heap}`
const [productCount = 1_000_000, receiptCount = 200] = positionals.map(Number)
const random = seeded(SEED)
const products = nationalCatalogue(random, productCount)
const receipts = receiptCount * QUESTIONS.length + WARM_UP_RECEIPTS
const baskets = receiptsOf(random, products, receipts, LINES)
const megabytes = (bytes = 0) => Math.round(bytes / MB)
let phaseBegan = performance.now()
const ended = (phase: string, seen: readonly Watched[] = []) => {
  const seconds = Math.round((performance.now() - phaseBegan) / 1000)
  phaseBegan = performance.now()
  const [matcher, publisher] = seen
  const most = matcher && publisher && [matcher, publisher].map(({ most }) => megabytes(most))
  console.log(`${phase}: ${seconds} s${most ? `; MB at most, matcher, publisher: ${most}` : ''}`)
}
const worker = await startWorkers()
try {
  await worker.ready
  await fill(worker, products)
  ended('filling the database')
  const heaps = [
    await InspectedHeap.open(INSPECTOR_PORT, 'bench'),
    await InspectedHeap.open(INSPECTOR_PORT, PUBLISHER),
  ]
  const publish = () => asked(worker, '/publish', null)
  const before = workerdCpuMs()
  const publishing = await watched(heaps, publish())
  const publishCpuMs = Math.round(workerdCpuMs() - before)
  ended('publishing', publishing.seen)
  const matching = await watched(heaps, measured(worker, baskets))
  ended('matching', matching.seen)
  const db = await worker.getD1Database('DB')
  await db.prepare(`UPDATE products SET name = name || ' 2' WHERE id = ?`).bind(idOf(0)).run()
  const editBegan = workerdCpuMs()
  await publish()
  const editCpuMs = Math.round(workerdCpuMs() - editBegan)
  const edited = await watched(heaps, matchingDuring(worker, Promise.resolve(), baskets))
  ended('an edit, and matching after it', edited.seen)
  await db.prepare('UPDATE products SET size = 1 WHERE id < ?').bind(idOf(REBUILT_BY)).run()
  const both = await watched(heaps, matchingDuring(worker, publish(), baskets))
  ended(`a new base while ${both.value} receipts are matched, and its opening`, both.seen)
  const [matcher, publisher] = matching.seen.map(({ least, most }, at) => ({
    whilePublishingMostMb: megabytes(publishing.seen[at]?.most),
    whileMatchingLeastMb: megabytes(least),
    whileMatchingMostMb: megabytes(most),
    afterEditMostMb: megabytes(edited.seen[at]?.most),
    newBaseMostMb: megabytes(both.seen[at]?.most),
  }))
  const { certain, ...cpu } = matching.value
  const report = {
    products: productCount,
    matcher,
    publisher,
    residentMb: workerdMegabytes(),
    publishCpuMs,
    editCpuMs,
    ...cpu,
    certainShare:
      Math.round((100 * certain) / ((receiptCount * 2 + WARM_UP_RECEIPTS) * LINES)) / 100,
  }
  console.log(JSON.stringify(report))
  for (const heap of heaps) heap.close()
} finally {
  await worker.dispose()
}
