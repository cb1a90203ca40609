/**
 * Measures matching at the size of a national catalogue: `node tools/bench-match.ts [products]
 * [receipts] [lines]`. Prints build time, heap, and milliseconds of CPU per receipt; the last line
 * is JSON.
 */

import { matchLine } from '#worker/matching/match'
import { buildIndex, type IndexedProduct } from '#worker/matching/product-index'
import { productNames, productsOf } from '#worker/matching/testing/catalogue'
import { FITTED_STYLES, HELD_OUT_STYLES } from '#worker/matching/testing/noise'
import { pick, type Random, seeded } from '#worker/matching/testing/random'

const SEED = 7
const WARM_UP_RECEIPTS = 20
const SYLLABLES = 'ба ве ги до зу ка ли мо не ро са ти фо ха че ши ян ол ер ив ал ор ун'.split(' ')

/** Brands that no list has, because a national catalogue holds some ten thousand of them. */
function inventedBrand(random: Random): string {
  const length = 2 + Math.floor(random() * 3)
  const word = Array.from({ length }, () => pick(random, SYLLABLES)).join('')
  return word.charAt(0).toUpperCase() + word.slice(1)
}

function catalogue(random: Random, count: number): IndexedProduct[] {
  const names = productNames(random, count)
  const brands = Array.from({ length: Math.ceil(count / 12) }, () => inventedBrand(random))
  // Each further product is one of the first names with an invented brand put in.
  const own = names.length
  for (let at = 0; names.length < count; at += 1) {
    const [noun = '', ...rest] = (names[at % own] ?? '').split(' ')
    names.push([noun, pick(random, brands), ...rest].join(' '))
  }
  return productsOf(names)
}

function heapBytes(): number {
  globalThis.gc?.()
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  return heapUsed + arrayBuffers
}

function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0
}

function receipts(
  random: Random,
  products: readonly IndexedProduct[],
  count: number,
  lines: number,
): string[][] {
  const styles = [...Object.values(FITTED_STYLES), ...Object.values(HELD_OUT_STYLES)]
  return Array.from({ length: count }, () =>
    Array.from({ length: lines }, () => pick(random, styles)(random, pick(random, products).name)),
  )
}

const [productCount = 100_000, receiptCount = 200, lineCount = 50] = process.argv
  .slice(2)
  .map(Number)
const random = seeded(SEED)
const empty = heapBytes()
const products = catalogue(random, productCount)
const productsBytes = heapBytes() - empty
const baskets = receipts(random, products, receiptCount + WARM_UP_RECEIPTS, lineCount)

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
  terms: index.vocabulary.terms.length,
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
