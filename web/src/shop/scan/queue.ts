import { type DBSchema, type IDBPDatabase, openDB } from 'idb'
import type { Receipt, ReceiptSubmission } from '#schema/receipt'
import { api } from '../../api.ts'
import { newClientId } from '../../client-id.ts'
import { ApiProblem } from '../../problem.ts'

/** A scan that waits on the device until there is a connection. */
export interface QueuedScan {
  id: string
  /** The fiscal identity and what was said about it: one receipt waits once, a correction too. */
  identity: string
  submission: ReceiptSubmission
  totalMinor: number | null
  scannedAt: string
  /** Set when the server refused it for good; shown until dismissed. */
  refusedCode: string | null
}

interface QueueSchema extends DBSchema {
  scans: { key: string; value: QueuedScan; indexes: { identity: string } }
}

export const QUEUE_SYNC_TAG = 'receipts'
const QUEUE_MAX = 200
const CHANNEL = 'kopilka.queue'

let opened: Promise<IDBPDatabase<QueueSchema>> | null = null

function database() {
  opened ??= openDB<QueueSchema>('kopilka', 1, {
    upgrade(db) {
      const scans = db.createObjectStore('scans', { keyPath: 'id' })
      scans.createIndex('identity', 'identity', { unique: true })
    },
  })
  return opened
}

/** Keeps a scan for later. The same receipt again is kept once; returns false for it. */
export async function enqueue(
  scan: Pick<QueuedScan, 'identity' | 'submission' | 'totalMinor' | 'scannedAt'>,
): Promise<boolean> {
  const db = await database()
  const work = db.transaction('scans', 'readwrite')
  const known = await work.store.index('identity').get(scan.identity)
  const full = (await work.store.count()) >= QUEUE_MAX
  if (!known && !full) await work.store.add({ ...scan, id: newClientId(), refusedCode: null })
  // Scanned again after a refusal: it gets another chance.
  if (known?.refusedCode) await work.store.put({ ...known, refusedCode: null })
  await work.done
  if (full && !known) throw new ApiProblem({ code: 'not_now', status: 0 })
  announce()
  return !known
}

/** Everything that waits, oldest first. */
export async function queuedScans(): Promise<QueuedScan[]> {
  const all = await (await database()).getAll('scans')
  return all.sort((a, b) => a.scannedAt.localeCompare(b.scannedAt))
}

export async function dropQueued(id: string) {
  await (await database()).delete('scans', id)
  announce()
}

/** Calls back after every change of the queue, also from another tab or the service worker. */
export function watchQueue(onChange: () => void): () => void {
  const channel = new BroadcastChannel(CHANNEL)
  channel.addEventListener('message', onChange)
  return () => channel.close()
}

function announce() {
  const channel = new BroadcastChannel(CHANNEL)
  channel.postMessage('changed')
  channel.close()
}

/**
 * Sends what waits, one at a time, in one tab or worker at a time. Stops at the first scan that
 * cannot reach the server; a scan that the server refuses stays with the reason. Returns how many
 * were taken.
 */
export async function flushQueue(): Promise<number> {
  if (!navigator.locks) return sendAll()
  const taken = await navigator.locks.request('kopilka.queue', { ifAvailable: true }, (lock) =>
    lock ? sendAll() : 0,
  )
  return taken ?? 0
}

async function sendAll(): Promise<number> {
  const db = await database()
  let taken = 0
  for (const scan of await queuedScans()) {
    if (scan.refusedCode) continue
    const outcome = await send(scan)
    if (outcome === 'later') break
    if (outcome === 'taken') {
      taken += 1
      await db.delete('scans', scan.id)
    } else {
      await db.put('scans', { ...scan, refusedCode: outcome.refused })
    }
    announce()
  }
  return taken
}

/**
 * Repeating is safe: the server knows a receipt by its fiscal identity and gives the same answer.
 */
async function send(scan: QueuedScan): Promise<'taken' | 'later' | { refused: string }> {
  try {
    await api.post<Receipt>('/receipts', scan.submission)
    return 'taken'
  } catch (error) {
    if (error instanceof ApiProblem && isFinal(error)) return { refused: error.code }
    return 'later'
  }
}

function isFinal(problem: ApiProblem): boolean {
  return problem.status === 400 || problem.status === 409 || problem.status === 422
}

/** Asks the browser to send later even when the page is closed, where it can. */
export async function askBackgroundSync() {
  const registration = await navigator.serviceWorker?.getRegistration()
  const sync: unknown = registration && 'sync' in registration ? registration.sync : null
  if (isSyncManager(sync)) await sync.register(QUEUE_SYNC_TAG).catch(() => undefined)
}

interface SyncManager {
  register(tag: string): Promise<void>
}

function isSyncManager(value: unknown): value is SyncManager {
  return typeof value === 'object' && value !== null && 'register' in value
}
