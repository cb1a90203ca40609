import type { ProductImportResult } from '#schema/partner'
import type { RowError } from './csv-columns.ts'

export interface ImportRow {
  /** The row's number in the file; the heads are row 1. */
  fileRow: number
  values: Record<string, string>
}

export interface ImportTally {
  /** Rows the server has answered for. */
  done: number
  created: number
  updated: number
  unchanged: number
  errors: RowError[]
}

export const NOTHING_DONE: ImportTally = {
  done: 0,
  created: 0,
  updated: 0,
  unchanged: 0,
  errors: [],
}

interface RunOptions {
  rows: readonly ImportRow[]
  /** Where an interrupted run goes on. */
  from: ImportTally
  batchRows: number
  send: (values: Record<string, string>[]) => Promise<ProductImportResult>
  onProgress: (tally: ImportTally) => void
  stopped: () => boolean
}

/**
 * Sends the rows batch by batch and adds up the answers; row numbers of the server, which count
 * within a batch from 0, become those of the file. Throws what `send` throws: what is tallied so
 * far stays.
 */
export async function runImport(options: RunOptions): Promise<ImportTally> {
  let tally = options.from
  while (tally.done < options.rows.length && !options.stopped()) {
    const batch = options.rows.slice(tally.done, tally.done + options.batchRows)
    tally = add(tally, batch, await options.send(batch.map((row) => row.values)))
    options.onProgress(tally)
  }
  return tally
}

function add(
  tally: ImportTally,
  batch: readonly ImportRow[],
  result: ProductImportResult,
): ImportTally {
  const errors = result.errors.map(({ row, column, code }) => ({
    fileRow: batch[row]?.fileRow ?? 0,
    column,
    code,
  }))
  return {
    done: tally.done + batch.length,
    created: tally.created + result.created,
    updated: tally.updated + result.updated,
    unchanged: tally.unchanged + result.unchanged,
    errors: [...tally.errors, ...errors],
  }
}
