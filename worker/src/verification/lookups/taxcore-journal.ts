import type { DocumentLine } from '#schema/receipt'
import { soldLine } from './wire.ts'

/**
 * The lines of a TaxCore journal, the paper as text: names from the first column on, over as many
 * rows as they need, then a row that begins with blanks and holds price, quantity and total. They
 * stand between the row of headings and a row of dashes. Numbers are written `1.794,97`.
 */
const HEADINGS = /^\S.*\s(?:Укупно|Ukupno|Total)\s*$/u
const VALUES = /^\s+(\S+)\s+(\S+)\s+(-?\S+)\s*$/
const RULE = /^(?:-{3,}|={3,})/
const NUMBER = /^\d{1,3}(?:\.\d{3})*,\d{1,6}$|^\d{1,12}(?:,\d{1,6})?$/
const MICRO = 1_000_000

/**
 * The goods of a journal, or none when they do not add up to the receipt's total: what was not
 * understood whole is not matched in part.
 */
export function linesOfJournal(journal: string, totalMinor: number): DocumentLine[] {
  const rows = journal.split(/\r?\n/)
  const start = rows.findIndex((row) => HEADINGS.test(row))
  if (start < 0) return []
  const lines: DocumentLine[] = []
  let name: string[] = []
  for (const row of rows.slice(start + 1)) {
    if (RULE.test(row)) break
    const values = VALUES.exec(row)
    if (values === null || name.length === 0) {
      if (row.trim() !== '') name.push(row.trim())
      continue
    }
    lines.push(...lineOf(name.join(' '), values))
    name = []
  }
  const sum = lines.reduce((total, line) => total + line.sumMinor, 0)
  return sum === totalMinor && name.length === 0 ? lines : []
}

/** `(Ђ)` after a name is the label of its tax. */
const TAX_LABEL = /\s*\([^()]{1,3}\)$/u

function lineOf(name: string, [, price = '', quantity = '', sum = '']: string[]): DocumentLine[] {
  const values = [price, quantity, sum].map(numberOf)
  const [priceUnits, count, sumUnits] = values
  if (priceUnits == null || count == null || sumUnits == null) return []
  return soldLine({
    name: name.replace(TAX_LABEL, ''),
    quantityMicro: Math.round(count * MICRO),
    priceMinor: Math.round(priceUnits * 100),
    sumMinor: Math.round(sumUnits * 100),
  })
}

function numberOf(text: string): number | null {
  return NUMBER.test(text) ? Number(text.replaceAll('.', '').replace(',', '.')) : null
}
