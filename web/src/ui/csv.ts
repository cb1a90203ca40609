import { downloadFile } from './download.ts'

/**
 * Rows as CSV for spreadsheets: semicolons and a byte order mark, because that is what Russian
 * Excel opens, and a quote before `= + - @` at the start of words, so that no cell becomes a
 * formula.
 */
export function toCsv(rows: readonly (readonly (string | number)[])[]): string {
  return `\ufeff${rows.map((row) => row.map(cell).join(';')).join('\r\n')}\r\n`
}

function cell(value: string | number): string {
  if (typeof value === 'number') return String(value)
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value
  return /[";\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** Hands the rows to the browser as a file. */
export function downloadCsv(name: string, rows: readonly (readonly (string | number)[])[]) {
  downloadFile(`${name}.csv`, new Blob([toCsv(rows)], { type: 'text/csv;charset=utf-8' }))
}
