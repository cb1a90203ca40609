/**
 * Measures matching at the size of a national catalogue: `node tools/bench-match.ts [products]
 * [receipts] [lines]`. Prints build time, heap, and milliseconds of CPU per receipt; the last line
 * is JSON.
 */

import { buildIndex } from '#worker/matching/index-builder'
import { matchLine } from '#worker/matching/match'
import { nationalCatalogue, receiptsOf } from '#worker/matching/testing/national'
import { seeded } from '#worker/matching/testing/random'

const SEED = 7
const WARM_UP_RECEIPTS = 20

function heapBytes(): number {
  globalThis.gc?.()
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  return heapUsed + arrayBuffers
}

function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0
}

const [productCount = 100_000, receiptCount = 200, lineCount = 50] = process.argv
  .slice(2)
  .map(Number)
const random = seeded(SEED)
const empty = heapBytes()
const products = nationalCatalogue(random, productCount)
const productsBytes = heapBytes() - empty
const baskets = receiptsOf(random, products, receiptCount + WARM_UP_RECEIPTS, lineCount)

const before = heapBytes()
const started = process.cpuUsage()
const startedAt = performance.now()
const index = buildIndex(products)
const buildMs = performance.now() - startedAt
const buildCpu = process.cpuUsage(started)
const indexBytes = heapBytes() - before

let accepted = 0
const times = baskets.map((basket) => {
  const from = process.threadCpuUsage()
  for (const name of basket) if (matchLine(index, { name }).accepted) accepted += 1
  const { user, system } = process.threadCpuUsage(from)
  return (user + system) / 1000
})
const sorted = times.slice(WARM_UP_RECEIPTS).sort((one, other) => one - other)
const round = (value: number) => Math.round(value * 10) / 10
const report = {
  products: products.length,
  terms: index.vocabulary.size,
  buildMs: Math.round(buildMs),
  buildCpuMs: Math.round((buildCpu.user + buildCpu.system) / 1000),
  indexBytes,
  productsBytes,
  receipts: sorted.length,
  lines: lineCount,
  acceptedShare: round((100 * accepted) / (baskets.length * lineCount)) / 100,
  p50Ms: round(quantile(sorted, 0.5)),
  p95Ms: round(quantile(sorted, 0.95)),
  maxMs: round(sorted.at(-1) ?? 0),
}
console.log(`index of ${report.products} products, ${report.terms} distinct tokens`)
const megabytes = (bytes: number) => (bytes / 1e6).toFixed(1)
console.log(
  `built in ${report.buildMs} ms, ${megabytes(indexBytes)} MB ` +
    `beside the ${megabytes(productsBytes)} MB of the products' own names and ids`,
)
console.log(
  `${report.lines}-line receipt, CPU: p50 ${report.p50Ms} ms, ` +
    `p95 ${report.p95Ms} ms, max ${report.maxMs} ms`,
)
console.log(JSON.stringify(report))
