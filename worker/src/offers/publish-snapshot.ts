import type { MarketCode } from '#schema/market'
import type { CatalogueSource } from '../catalogue/published.ts'
import { type PublisherTurn, takeTurn } from '../catalogue/publisher-turn.d1.ts'
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
 * What the publisher does when the clock calls it; answers the version in force, null while another
 * publisher is at work. `holder` is a name of the caller's own, `now` epoch milliseconds.
 */
export async function publishInTurn(
  ports: SnapshotPorts & { now: () => number },
  market: MarketCode,
  holder: string,
): Promise<number | null> {
  const turn = await takeTurn(ports.db, holder, ports.now)
  if (turn === null) return null
  try {
    return await publishSnapshot(ports, market, new Date(ports.now()).toISOString(), turn)
  } finally {
    await turn.leave()
  }
}

/**
 * Compiles what has changed since the last time; answers the version in force. `now` is an ISO
 * instant. A large catalogue is compiled by whoever has the publisher's turn alone: nobody's
 * request waits for it, and nobody who matches shares memory with it.
 */
export async function publishSnapshot(
  ports: SnapshotPorts,
  market: MarketCode,
  now: string,
  turn: PublisherTurn | null = null,
): Promise<number> {
  for (let attempt = 0; attempt < ATTEMPTS_MAX; attempt += 1) {
    await publishProducts(ports, market, turn)
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
  turn: PublisherTurn | null,
) {
  const state = await readMarket(db, market)
  const store = snapshots(market)
  const isFresh = state.productChanges === state.compiledProductChanges
  if (state.productsVersion > 0 && isFresh && (await store.hasProducts(state.productsVersion))) {
    return
  }
  const large = await isLarge(db)
  if (large && turn === null) return
  const version = state.productsVersion + 1
  const few = large ? await putChanges(db, store, market, version) : 'full'
  const written = few === 'full' ? await putAll(db, store, state, market, version, turn) : few
  const compiled = written ? state.productChanges : CHANGES_UNKNOWN
  const advanced = await advanceProducts(db, market, state.productsVersion, compiled)
  if (!advanced) return
  if (few === 'full' && written) await forgetProductEdits(db, market, state.productChanges)
  const forgotten = version - CATALOGUES_KEPT
  if (forgotten > 0) await store.forgetProducts(forgotten)
}

/** A version with a base of its own. */
async function putAll(
  db: Database,
  store: SnapshotStore,
  { productChanges }: { productChanges: number },
  market: MarketCode,
  version: number,
  turn: PublisherTurn | null,
): Promise<boolean> {
  const source = await readProducts(db, market, productChanges)
  return store.putProducts(version, turn === null ? source : keptWith(source, turn))
}

/** The same source, which ends when the turn is lost while its pages are read. */
function keptWith(source: CatalogueSource, turn: PublisherTurn): CatalogueSource {
  async function* pages() {
    for await (const page of source.pages) {
      await turn.keep()
      yield page
    }
  }
  return { ...source, pages: pages() }
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
