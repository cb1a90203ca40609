/**
 * Matches receipt lines to a catalogue: `npm run -s match -- CATALOGUE.csv LINES.csv`.
 *
 * Both files are CSV (RFC 4180, UTF-8, comma or semicolon) with a header row:
 * `id,name[,gtin][,brand]` and `line[,retailer]`. Prints one JSON object per line of the second
 * file, in its order: `{"line","id","score","margin","accepted"}`; `id` is the best candidate even
 * when it is not accepted, and null when there is none. Bad input is one sentence on standard error
 * and exit code 2.
 */

import { readFileSync } from 'node:fs'
import Papa from 'papaparse'
import type { IndexedProduct } from '#worker/matching/product-index'
import { matchNamed, namedIndex } from '#worker/matching/testing/named'
import { fromCaller } from './local/caller.ts'

/** Input the person can mend; its message is what they read. */
class BadInput extends Error {}

type Row = Readonly<Record<string, string>>

const EXIT_BAD_INPUT = 2
const SCORE_DIGITS = 4
const HEADER_ROWS = 1
const OUTPUT_LINES_AT_ONCE = 1000

function readText(file: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(fromCaller('match', file)))
  } catch (cause) {
    const isEncoding = cause instanceof TypeError
    const why = isEncoding ? 'is not UTF-8 text' : 'cannot be read'
    throw new BadInput(`${file} ${why}.`, { cause })
  }
}

/** The delimiter of the header row: whichever of the two stands outside quotes there more often. */
function delimiterOf(text: string): ',' | ';' {
  const header = text.slice(0, text.search(/\r?\n|\r|$/)).replace(/"(?:[^"]|"")*"/g, '')
  const count = (mark: string) => header.split(mark).length - 1
  return count(';') > count(',') ? ';' : ','
}

function readRows(path: string, needed: readonly string[]): readonly Row[] {
  const text = readText(path)
  if (text.trim() === '') throw new BadInput(`${path} is empty.`)
  const { data, errors, meta } = Papa.parse<Row>(text, {
    header: true,
    delimiter: delimiterOf(text),
    skipEmptyLines: true,
    transformHeader: (name) => name.trim().toLowerCase(),
  })
  const broken = errors.find((error) => error.type === 'Quotes')
  if (broken !== undefined) {
    throw new BadInput(
      `${path}, row ${(broken.row ?? 0) + HEADER_ROWS}: ${broken.message.toLowerCase()}.`,
    )
  }
  for (const column of needed) {
    if (meta.fields?.includes(column) !== true) {
      throw new BadInput(`${path} has no column "${column}" in its header row.`)
    }
  }
  return data
}

function productOf(path: string, row: Row, at: number): IndexedProduct {
  const id = row.id?.trim() ?? ''
  const name = row.name?.trim() ?? ''
  if (id === '') throw new BadInput(`${path}, row ${at + HEADER_ROWS + 1} has no id.`)
  const filled = (text: string | undefined) =>
    text === undefined || text.trim() === '' ? null : text
  return { id, name, gtin: filled(row.gtin), brand: filled(row.brand) }
}

function rounded(value: number): number {
  return Number(value.toFixed(SCORE_DIGITS))
}

/** Writes all of the text, waiting where the reader is slow. */
function write(text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    process.stdout.write(text, (error) => (error ? reject(error) : resolve()))
  })
}

async function run(args: readonly string[]): Promise<void> {
  const [cataloguePath, linesPath, ...rest] = args
  if (cataloguePath === undefined || linesPath === undefined || rest.length > 0) {
    throw new BadInput('Usage: npm run -s match -- CATALOGUE.csv LINES.csv')
  }
  const products = readRows(cataloguePath, ['id', 'name'])
  if (products.length === 0) throw new BadInput(`${cataloguePath} has no products.`)
  const lines = readRows(linesPath, ['line'])
  if (lines.length === 0) throw new BadInput(`${linesPath} has no lines.`)
  const index = namedIndex(products.map((row, at) => productOf(cataloguePath, row, at)))
  for (let from = 0; from < lines.length; from += OUTPUT_LINES_AT_ONCE) {
    const answers = lines.slice(from, from + OUTPUT_LINES_AT_ONCE).map((row) => {
      const line = row.line ?? ''
      const match = matchNamed(index, { name: line, retailerId: row.retailer?.trim() || null })
      const { productId: id, accepted } = match
      const [score, margin] = [rounded(match.score), rounded(match.margin)]
      return `${JSON.stringify({ line, id, score, margin, accepted })}\n`
    })
    await write(answers.join(''))
  }
}

/** A reader that has seen enough (`| head`) is no failure. */
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0)
  throw error
})

try {
  await run(process.argv.slice(2))
} catch (error) {
  if (!(error instanceof BadInput)) throw error
  process.stderr.write(`${error.message}\n`)
  process.exitCode = EXIT_BAD_INPUT
}
