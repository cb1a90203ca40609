import type { CellRange, Env, Settings } from '../env.ts'
import { shardKeyOf } from '../receipts/paper-identity.ts'
import { slotOf } from './slot.ts'

/** Which object holds what. The map from slots to cells is data; a wallet's slot never changes. */

export function cellNameOf(map: readonly CellRange[], walletId: string): string {
  const slot = slotOf(walletId)
  const range = map.find(({ from, to }) => from <= slot && slot <= to)
  if (!range) throw new Error(`no cell is mapped to slot ${slot}`)
  return range.cell
}

export function cellOf(env: Env, name: string) {
  return env.CELLS.get(env.CELLS.idFromName(name))
}

export function budgetOf(env: Env, offerId: string) {
  return env.BUDGETS.get(env.BUDGETS.idFromName(offerId))
}

export function bookOf(env: Env, partnerId: string) {
  return env.BOOKS.get(env.BOOKS.idFromName(partnerId))
}

export function authorityOf(env: Env) {
  return env.AUTHORITY.get(env.AUTHORITY.idFromName('ru'))
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
