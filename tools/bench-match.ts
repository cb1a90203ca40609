/**
 * Measures matching at the size of a national catalogue: `npm run -s bench:match -- [products]
 * [receipts] [lines]`. Every product has a GTIN, which costs memory and leads no line. Prints what
 * publishing takes and how long it holds others up, the memory of an isolate that matches, and
 * milliseconds of CPU per receipt; the last line is JSON.
 */

import { IndexBuilder } from '#worker/matching/index-builder'
import { arraysOf, IndexBytes } from '#worker/matching/index-bytes'
import { matchLine } from '#worker/matching/match'
import { type IndexedProduct, ProductIndex } from '#worker/matching/product-index'
import { gtinOf, nationalCatalogue, receiptsOf } from '#worker/matching/testing/national'
import { seeded } from '#worker/matching/testing/random'

const SEED = 7
const WARM_UP_RECEIPTS = 20
const PRODUCTS_PER_PAGE = 5_000
const PIECE_BYTES = 8 * 1024 * 1024

function heapBytes(): number {
  globalThis.gc?.()
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  return heapUsed + arrayBuffers
}

function cpuMs(): number {
  const { user, system } = process.threadCpuUsage()
  return (user + system) / 1000
}

function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0
}

/** Builds as the publisher does; a step is what runs between two pauses. */
function built(products: readonly IndexedProduct[]) {
  const before = heapBytes()
  const steps: number[] = []
  const step = <Value>(work: () => Value): Value => {
    const from = cpuMs()
    const value = work()
    steps.push(cpuMs() - from)
    return value
  }
  const builder = new IndexBuilder([])
  for (let from = 0; from < products.length; from += PRODUCTS_PER_PAGE) {
    const page = products.slice(from, from + PRODUCTS_PER_PAGE)
    step(() => {
      for (const product of page) builder.add(product)
    })
  }
  const readBytes = heapBytes() - before
  const written = new IndexBytes(PIECE_BYTES)
  const pieces: Uint8Array[] = []
  const finish = builder.finish()
  let result = step(() => finish.next())
  let bytes = readBytes
  while (!result.done) {
    // A publisher lets go of each piece: what is not yet written is what it holds.
    if (result.value !== null) {
      for (const piece of written.add(result.value)) pieces.push(piece.slice())
    }
    const held = pieces.reduce((sum, piece) => sum + piece.length, 0)
    bytes = Math.max(bytes, heapBytes() - before - held)
    result = step(() => finish.next())
  }
  pieces.push(written.close())
  const cpu = steps.reduce((sum, ms) => sum + ms, 0)
  return { facts: result.value, pieces, written, bytes, cpu, longest: Math.max(...steps) }
}

/** The index as an isolate reads it: nothing of the builder is left. */
function publishedFrom(products: readonly IndexedProduct[]) {
  const { facts, pieces, written, bytes: buildBytes, cpu: buildCpuMs, longest } = built(products)
  const whole = new Uint8Array(written.bytes)
  let at = 0
  for (const piece of pieces) {
    whole.set(piece, at)
    at += piece.length
  }
  const arrays = arraysOf(written.layout, whole.buffer)
  const from = cpuMs()
  const index = new ProductIndex({ facts, arrays })
  return {
    index,
    openMs: cpuMs() - from,
    indexBytes: written.bytes,
    buildBytes,
    buildCpuMs,
    longest,
  }
}

function measured(index: ProductIndex, baskets: readonly string[][]) {
  let accepted = 0
  const times = baskets.map((basket) => {
    const from = cpuMs()
    for (const name of basket) if (matchLine(index, { name }).accepted) accepted += 1
    return cpuMs() - from
  })
  return { accepted, sorted: times.slice(WARM_UP_RECEIPTS).sort((one, other) => one - other) }
}

const [productCount = 100_000, receiptCount = 200, lineCount = 50] = process.argv
  .slice(2)
  .map(Number)
const random = seeded(SEED)
const empty = heapBytes()
const products = nationalCatalogue(random, productCount).map((product, at) => ({
  ...product,
  gtin: gtinOf(at),
}))
const productsBytes = heapBytes() - empty
const baskets = receiptsOf(random, products, receiptCount + WARM_UP_RECEIPTS, lineCount)

const before = heapBytes()
const { index, openMs, indexBytes, buildBytes, buildCpuMs, longest } = publishedFrom(products)
const { accepted, sorted } = measured(index, baskets)
const matchingBytes = heapBytes() - before
const round = (value: number) => Math.round(value * 10) / 10
const report = {
  products: index.products,
  terms: index.vocabulary.size,
  buildCpuMs: Math.round(buildCpuMs),
  longestStepMs: Math.round(longest),
  openMs: Math.round(openMs),
  buildBytes,
  indexBytes,
  matchingBytes,
  productsBytes,
  receipts: sorted.length,
  lines: lineCount,
  acceptedShare: round((100 * accepted) / (baskets.length * lineCount)) / 100,
  p50Ms: round(quantile(sorted, 0.5)),
  p95Ms: round(quantile(sorted, 0.95)),
  maxMs: round(sorted.at(-1) ?? 0),
}
const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`
console.log(`${report.products} products, ${report.terms} distinct tokens`)
console.log(
  `publishing: ${report.buildCpuMs} ms of CPU in steps of ${report.longestStepMs} ms at most, ` +
    `${megabytes(buildBytes)} at most; opening: ${report.openMs} ms`,
)
console.log(
  `an isolate that matches: index ${megabytes(indexBytes)}, ` +
    `with what it remembers ${megabytes(matchingBytes)}; ` +
    `names and ids, which it does not hold: ${megabytes(productsBytes)}`,
)
console.log(
  `${report.lines}-line receipt, CPU: p50 ${report.p50Ms} ms, ` +
    `p95 ${report.p95Ms} ms, max ${report.maxMs} ms`,
)
console.log(JSON.stringify(report))
