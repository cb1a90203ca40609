import { useSyncExternalStore } from 'react'
import { IMPORT_ROWS_MAX, type ProductImportResult } from '#schema/partner'
import { api } from '../../api.ts'
import { type ImportRow, type ImportTally, NOTHING_DONE, runImport } from './run-import.ts'

/**
 * The import under way. It lives outside the pages, so that a person may walk around while it runs;
 * products are told apart by their barcode, so sending the same rows again changes nothing.
 */
export interface ImportJob {
  phase: 'check' | 'load'
  state: 'running' | 'stopped' | 'failed' | 'done'
  fileName: string
  /** API path of the partner's import. */
  path: string
  rows: readonly ImportRow[]
  tally: ImportTally
  problem: unknown
}

/** The contract takes 500 rows; fewer make the progress move. */
const BATCH_ROWS = Math.min(250, IMPORT_ROWS_MAX)

/** A batch writes many rows: it gets more time than a page's reads, ms. */
const BATCH_MS_MAX = 60_000

let job: ImportJob | null = null
const listeners = new Set<() => void>()

function set(next: ImportJob | null) {
  job = next
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void) {
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}

/** The import under way or just finished; null when there is none. */
export function useImportJob(): ImportJob | null {
  return useSyncExternalStore(
    subscribe,
    () => job,
    () => null,
  )
}

type Start = Pick<ImportJob, 'phase' | 'fileName' | 'path' | 'rows'>

/** Starts a dry run or a load, and forgets the job before it. */
export function startImport(start: Start) {
  void run({ ...start, state: 'running', tally: NOTHING_DONE, problem: null })
}

/** Goes on with a job that was stopped or failed. */
export function continueImport() {
  if (job && job.state !== 'running') void run({ ...job, state: 'running', problem: null })
}

/** Stops after the batch that is under way. */
export function stopImport() {
  if (job?.state === 'running') set({ ...job, state: 'stopped' })
}

export function forgetImport() {
  set(null)
}

async function run(started: ImportJob) {
  set(started)
  addEventListener('beforeunload', warn)
  // Compared by its rows: another file makes another job, and this one must not write into it.
  const mine = () => job?.rows === started.rows && job.phase === started.phase
  try {
    const tally = await runImport({
      rows: started.rows,
      from: started.tally,
      batchRows: BATCH_ROWS,
      send: (rows) =>
        api.post<ProductImportResult>(
          started.path,
          { dryRun: started.phase === 'check', rows },
          { timeoutMs: BATCH_MS_MAX },
        ),
      onProgress: (next) => {
        if (job && mine()) set({ ...job, tally: next })
      },
      stopped: () => !mine() || job?.state === 'stopped',
    })
    if (job && mine() && tally.done === started.rows.length) set({ ...job, tally, state: 'done' })
  } catch (problem) {
    if (job && mine()) set({ ...job, state: 'failed', problem })
  } finally {
    removeEventListener('beforeunload', warn)
  }
}

function warn(event: BeforeUnloadEvent) {
  event.preventDefault()
}
