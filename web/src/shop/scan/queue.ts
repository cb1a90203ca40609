import type { Receipt, ReceiptSubmission } from '#schema/receipt'
import { api } from '../../api.ts'
import { newClientId } from '../../client-id.ts'
import { ApiProblem } from '../../problem.ts'
import { personHere } from '../person.ts'
import { alone, announce, deviceStore, whoseSession } from './device-store.ts'

/** A scan that waits on the device until there is a connection. */
export interface QueuedScan {
  id: string
  /** Who scanned it; null when nobody was signed in: then it belongs to whoever signs in next. */
  owner: string | null
  /** The owner, the fiscal identity and what was said about it: one receipt waits once, a correction too. */
  identity: string
  submission: ReceiptSubmission
  totalMinor: number | null
  scannedAt: string
  /** Set when the server refused it for good; shown until dismissed. */
  refusedCode: string | null
}

const QUEUE_MAX = 200

/** Keeps a scan for later. The same receipt again is kept once; returns false for it. */
export async function enqueue(
  scan: Pick<QueuedScan, 'identity' | 'submission' | 'totalMinor' | 'scannedAt'>,
): Promise<boolean> {
  const owner = personHere()
  const identity = `${owner ?? ''} ${scan.identity}`
  const db = await deviceStore()
  const work = db.transaction('scans', 'readwrite')
  const known = await work.store.index('identity').get(identity)
  const full = (await work.store.count()) >= QUEUE_MAX
  if (!known && !full) {
    await work.store.add({ ...scan, identity, id: newClientId(), owner, refusedCode: null })
  }
  // Scanned again after a refusal: it gets another chance.
  if (known?.refusedCode) await work.store.put({ ...known, refusedCode: null })
  await work.done
  if (full && !known) throw new ApiProblem({ code: 'not_now', status: 0 })
  announce()
  return !known || known.refusedCode !== null
}

/** What this person may see and send, oldest first: the own scans and those that are nobody's. */
export async function queuedScans(userId: string | null): Promise<QueuedScan[]> {
  return scansFor(userId, await (await deviceStore()).getAll('scans'))
}

export function scansFor(userId: string | null, scans: readonly QueuedScan[]): QueuedScan[] {
  return scans
    .filter(({ owner }) => (owner ?? null) === null || owner === userId)
    .sort((a, b) => a.scannedAt.localeCompare(b.scannedAt))
}

/** Drops everything of a person who asked to be erased. */
export async function dropQueuedOf(userId: string | null) {
  for (const { id } of await queuedScans(userId)) await dropQueued(id)
}

export async function dropQueued(id: string) {
  await (await deviceStore()).delete('scans', id)
  announce()
}

/**
 * Sends what waits, one at a time, in one tab or worker at a time. Stops at the first scan that
 * cannot reach the server; a scan that the server refuses stays with the reason. Returns how many
 * were taken. Another person's scans stay: they would be credited to whoever is signed in.
 */
export function flushQueue(): Promise<number> {
  return alone('kopilka.queue', sendAll)
}

async function sendAll(): Promise<number> {
  const db = await deviceStore()
  let taken = 0
  const ready = (scans: QueuedScan[]) => scans.filter(({ refusedCode }) => refusedCode === null)
  if (ready(await db.getAll('scans')).length === 0) return 0
  const userId = await whoseSession()
  if (userId === null) return 0
  for (const scan of ready(await queuedScans(userId))) {
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

/** The server's last word: the same again would be answered the same. */
export function isFinal(problem: ApiProblem): boolean {
  return problem.status === 400 || problem.status === 409 || problem.status === 422
}
