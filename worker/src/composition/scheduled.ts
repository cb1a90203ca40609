import type { MarketCode } from '#schema/market'
import { askEach } from '../cells/ask-each.ts'
import { cellNames, cellOf, openMarkets } from '../cells/route-of.ts'
import { type Env, parseSettings, type Settings } from '../env.ts'
import { forgetSeenReceipts } from '../forgeries/seen-receipts.d1.ts'
import { endPassedOffers, settleEndedOffers } from '../offers/settle-ended.ts'
import { finishDeposits } from '../partners/invoices.d1.ts'
import { forgetEvents } from '../reports/count-event.d1.ts'
import { forgetSales } from '../sales/feed.d1.ts'
import { keepCheckpoint } from './audits.d1.ts'
import { auditNow } from './audits.ts'
import { booksOf } from './books.d1.ts'
import { controlPorts } from './control.ts'
import { tellReturns } from './returns.ts'

/** The second line of `[triggers]` in wrangler.toml: once a night. */
const NIGHTLY = '17 1 * * *'

/**
 * What the clock does. Every part may run twice or late; one that fails does not stop the others.
 */
export async function runScheduled(cron: string, atMs: number, env: Env): Promise<void> {
  const settings = parseSettings(env)
  const control = controlPorts(env, settings)
  const now = new Date(atMs).toISOString()
  const parts: [string, () => Promise<unknown>][] = [
    ['checkpoint', () => checkpointBooks(env, settings, now)],
    ['tell returns', () => tellReturns(env, settings)],
    ['finish deposits', () => finishDeposits(control, now)],
    ['end offers', () => endPassedOffers(control, now)],
    ...inTurn(openMarkets(settings.CELL_MAP), atMs).map(
      (market): [string, () => Promise<unknown>] => [
        `publish snapshot of ${market}`,
        () => env.PUBLISHER.publish(market),
      ],
    ),
  ]
  if (cron === NIGHTLY) {
    parts.push(['forget events', () => forgetEvents(env.DB, atMs)])
    parts.push(['forget seen receipts', () => forgetSeenReceipts(env.DB, atMs)])
    parts.push(['forget photos', () => forgetPhotos(env, settings, atMs)])
    parts.push(['forget sales', () => forgetSales(env.DB, atMs)])
    parts.push(['settle offers', () => settleEndedOffers(control, now)])
    parts.push(['audit', () => auditNow(env, settings, atMs)])
  }
  for (const [name, run] of parts) {
    try {
      await run()
    } catch (cause) {
      console.error(JSON.stringify({ level: 'error', scheduled: name, failure: String(cause) }))
    }
  }
}

/** The first line of `[triggers]`. */
const TICK_MS = 5 * 60_000

/**
 * Begins with another one at each tick: a publisher that is killed leaves its turn to nobody until
 * the next tick, and the same market would be killed first again.
 */
function inTurn(markets: readonly MarketCode[], atMs: number): readonly MarketCode[] {
  const first = Math.floor(atMs / TICK_MS) % markets.length
  return [...markets.slice(first), ...markets.slice(0, first)]
}

const ROUNDS_MAX = 1_000

/** Photos whose dispute window is over, in every cell. */
async function forgetPhotos(env: Env, settings: Settings, atMs: number): Promise<void> {
  for (const name of cellNames(settings)) {
    const cell = cellOf(env, name)
    for (let round = 0; round < ROUNDS_MAX; round += 1) {
      if ((await cell.forgetOldPhotos(atMs)) === 0) break
    }
  }
}

/** What stands in the books now is kept where their objects cannot reach it. */
async function checkpointBooks(env: Env, settings: Settings, at: string): Promise<void> {
  const books = await booksOf(env, settings)
  await askEach([...books], async ([name, book]) => {
    const checkpoint = await book.checkpoint()
    if (checkpoint) await keepCheckpoint(env.DB, name, checkpoint, at)
  })
}
