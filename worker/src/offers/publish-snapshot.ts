import type { MarketCode } from '#schema/market'
import type { Database } from '../members/database.ts'
import { compileSnapshot } from './compile.ts'
import {
  advanceProducts,
  advanceVersion,
  forgetProductEdits,
  readMarket,
  readProductChanges,
  readProducts,
  readSnapshotRows,
  staleMarkets,
} from './snapshot.d1.ts'
import type { SnapshotStore } from './snapshot.ts'

/**
 * Brings a market's snapshot up to date with the control plane. The object is written first, under
 * the next number and only if there is none; the row is moved to it second. Whoever loses the race
 * gives the winner a moment to move the row; an object that a crash left behind is then taken as it
 * is and the next one compiled: versions have no gaps and none is ever rewritten.
 */

type SnapshotPorts = { db: Database; snapshots: (market: MarketCode) => SnapshotStore }

/** Losing more races than this in a row means that something is broken. */
const ATTEMPTS_MAX = 30
/** Looks at whether the winner has moved the row, before its object counts as left behind. */
const WINNER_LOOKS = 10
const WINNER_LOOK_MS = 40

/**
 * An adopted object was compiled by somebody else: what it contains is not known, so it counts as
 * stale.
 */
const CHANGES_UNKNOWN = -1

/** Isolates that are a moment behind go on fetching rows of an older catalogue. */
const CATALOGUES_KEPT = 20

/**
 * Compiles what has changed since the last time; answers the version in force. `now` is an ISO
 * instant. A large catalogue is compiled by the clock alone: nobody's request waits for it.
 */
export async function publishSnapshot(
  ports: SnapshotPorts,
  market: MarketCode,
  now: string,
  by: 'request' | 'clock' = 'request',
): Promise<number> {
  for (let attempt = 0; attempt < ATTEMPTS_MAX; attempt += 1) {
    await publishProducts(ports, market, by)
    const { state, rows } = await readSnapshotRows(ports.db, market)
    if (state.version > 0 && state.changes === state.compiledChanges) return state.version
    const version = state.version + 1
    const numbers = { version, productsVersion: state.productsVersion }
    const written = await ports.snapshots(market).put(compileSnapshot(rows, numbers, now))
    if (!written && (await winnerMoves(ports.db, market, state.version))) continue
    const compiled = written ? state.changes : CHANGES_UNKNOWN
    await advanceVersion(ports.db, market, state.version, compiled)
  }
  throw new Error(`the snapshot of ${market} could not be published`)
}

/** Whether somebody else moves the row on within a moment. */
async function winnerMoves(db: Database, market: MarketCode, from: number): Promise<boolean> {
  for (let look = 0; look < WINNER_LOOKS; look += 1) {
    await new Promise((resolve) => setTimeout(resolve, WINNER_LOOK_MS))
    if ((await readMarket(db, market)).version !== from) return true
  }
  return false
}

async function publishProducts(
  { db, snapshots }: SnapshotPorts,
  market: MarketCode,
  by: 'request' | 'clock',
) {
  const state = await readMarket(db, market)
  const store = snapshots(market)
  const isFresh = state.productChanges === state.compiledProductChanges
  if (state.productsVersion > 0 && isFresh && (await store.hasProducts(state.productsVersion))) {
    return
  }
  if (by === 'request' && (await isLarge(db))) return
  const version = state.productsVersion + 1
  const few = (await isLarge(db)) ? await putChanges(db, store, market, version) : 'full'
  const written =
    few === 'full'
      ? await store.putProducts(version, await readProducts(db, market, state.productChanges))
      : few
  const compiled = written ? state.productChanges : CHANGES_UNKNOWN
  const advanced = await advanceProducts(db, market, state.productsVersion, compiled)
  if (!advanced) return
  if (few === 'full' && written) await forgetProductEdits(db, market, state.productChanges)
  const forgotten = version - CATALOGUES_KEPT
  if (forgotten > 0) await store.forgetProducts(forgotten)
}

/** A version of the last one's base and what has changed since; `full` when a new base is due. */
async function putChanges(
  db: Database,
  store: SnapshotStore,
  market: MarketCode,
  version: number,
): Promise<boolean | 'full'> {
  const since = await store.changesOfBase(version - 1)
  const changes = since === null ? null : await readProductChanges(db, market, since)
  return changes === null ? 'full' : store.putProductChanges(version, changes)
}

/**
 * Above this many products a single edit waits for the clock instead of compiling the catalogue at
 * once.
 */
const AT_ONCE_PRODUCTS_MAX = 5_000

async function isLarge(db: Database): Promise<boolean> {
  const row = await db
    .prepare('SELECT count(*) AS count FROM (SELECT 1 FROM products LIMIT ?)')
    .bind(AT_ONCE_PRODUCTS_MAX + 1)
    .first<{ count: number }>()
  return (row?.count ?? 0) > AT_ONCE_PRODUCTS_MAX
}

/**
 * After an edit of shops or products: compiles the markets that it touched at once while the
 * catalogue is small.
 */
export async function publishAfterEdit(ports: SnapshotPorts, now: string): Promise<void> {
  if (await isLarge(ports.db)) return
  for (const market of await staleMarkets(ports.db)) await publishSnapshot(ports, market, now)
}
