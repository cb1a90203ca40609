import { type DBSchema, type IDBPDatabase, openDB } from 'idb'
import type { Me } from '#schema/member'
import { api } from '../../api.ts'
import type { KeptPhoto } from './kept-photos.ts'
import type { QueuedScan } from './queue.ts'

/** What waits on this device until there is a connection: scans and photos. */
interface DeviceSchema extends DBSchema {
  scans: { key: string; value: QueuedScan; indexes: { identity: string } }
  photos: { key: string; value: KeptPhoto }
}

const CHANNEL = 'kopilka.queue'
/** The background sync that sends both. */
export const QUEUE_SYNC_TAG = 'receipts'

let opened: Promise<IDBPDatabase<DeviceSchema>> | null = null

export function deviceStore() {
  opened ??= openDB<DeviceSchema>('kopilka', 2, {
    upgrade(db, from) {
      if (from < 1) {
        const scans = db.createObjectStore('scans', { keyPath: 'id' })
        scans.createIndex('identity', 'identity', { unique: true })
      }
      db.createObjectStore('photos', { keyPath: 'id' })
    },
    // A newer version of the app in another tab: this one lets go, and opens again when it needs.
    blocking(_current, _blocked, event) {
      if (event.target instanceof IDBDatabase) event.target.close()
      opened = null
    },
  })
  return opened
}

/** Calls back after every change, also from another tab or the service worker. */
export function watchQueue(onChange: () => void): () => void {
  const channel = new BroadcastChannel(CHANNEL)
  channel.addEventListener('message', onChange)
  return () => channel.close()
}

export function announce() {
  const channel = new BroadcastChannel(CHANNEL)
  channel.postMessage('changed')
  channel.close()
}

/** The shopper whom the server would credit now; null when there is none or no way to ask. */
export async function whoseSession(): Promise<string | null> {
  try {
    const me = await api.get<Me>('/me')
    return me.kind === 'shopper' ? me.userId : null
  } catch {
    return null
  }
}

/** Runs in one tab or worker at a time; what another one is doing already is not done again. */
export async function alone(name: string, work: () => Promise<number>): Promise<number> {
  if (!navigator.locks) return work()
  const options = { ifAvailable: true }
  return (await navigator.locks.request(name, options, (lock) => (lock ? work() : 0))) ?? 0
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
