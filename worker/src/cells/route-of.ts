import type { MarketCode } from '#schema/market'
import type { CellRange, Env, Settings } from '../env.ts'
import { shardKeyOf } from '../receipts/paper-identity.ts'
import { inMarket, marketOf } from './market-name.ts'
import { slotOf } from './slot.ts'

/** Which object holds what. The map from slots to cells is data; a wallet's slot never changes. */

/** The cell of a wallet in a market. A market without cells is not open; asking for one throws. */
export function cellNameOf(
  map: readonly CellRange[],
  market: MarketCode,
  walletId: string,
): string {
  const slot = slotOf(walletId)
  const range = map.find(
    ({ from, to, cell }) => from <= slot && slot <= to && marketOf(cell).market === market,
  )
  if (!range) throw new Error(`no cell of ${market} is mapped to slot ${slot}`)
  return range.cell
}

/** The markets that the map has cells for, the first range's first. */
export function openMarkets(map: readonly CellRange[]): MarketCode[] {
  return [...new Set(map.map(({ cell }) => marketOf(cell).market))]
}

export function cellOf(env: Env, name: string) {
  return env.CELLS.get(env.CELLS.idFromName(name))
}

export function budgetOf(env: Env, market: MarketCode, offerId: string) {
  return env.BUDGETS.get(env.BUDGETS.idFromName(inMarket(market, offerId)))
}

export function bookOf(env: Env, market: MarketCode, partnerId: string) {
  return env.BOOKS.get(env.BOOKS.idFromName(inMarket(market, partnerId)))
}

export function authorityOf(env: Env, market: MarketCode = 'ru') {
  return env.AUTHORITY.get(env.AUTHORITY.idFromName(market))
}

/** The shard of the directory that holds a fingerprint. */
export function shardOf(fingerprint: string, shards: number): string {
  return `shard-${slotOf(shardKeyOf(fingerprint)) % shards}`
}

export function directoryOf(env: Env, shard: string) {
  return env.DIRECTORY.get(env.DIRECTORY.idFromName(shard))
}

/** Every cell of the map, each once. */
export function cellNames(settings: Pick<Settings, 'CELL_MAP'>): string[] {
  return [...new Set(settings.CELL_MAP.map(({ cell }) => cell))]
}
