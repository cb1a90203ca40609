import type { AccountRow, TransferRow } from '#schema/operator'
import type { Checkpoint } from '../audit/checkpoint.ts'
import type { TransferFilter } from '../cells/cell-desk.ts'
import { NETWORK_BOOK } from '../cells/partner-book.object.ts'
import { bookOf, budgetOf, cellNames, cellOf } from '../cells/route-of.ts'
import type { Env, Settings } from '../env.ts'

/** Books looked at together; beyond it the operator asks by account or reference. */
const BOOKS_MAX = 500

/** A book of any object: a cell's, the network's own, a partner's, an offer's budget. */
export type AnyBook = {
  accounts(): Promise<AccountRow[]>
  transfers(filter: TransferFilter, limit: number): Promise<TransferRow[]>
  checkpoint(): Promise<Checkpoint | null>
  checkpointAt(sequence: number): Promise<Checkpoint | null>
}

/** Every book of the network by the name of its object, cells first. */
export async function booksOf(env: Env, settings: Settings): Promise<Map<string, AnyBook>> {
  const [partners, offers] = await Promise.all([idsOf(env, 'partners'), idsOf(env, 'offers')])
  return new Map<string, AnyBook>([
    ...cellNames(settings).map((name) => [name, cellOf(env, name)] as const),
    [NETWORK_BOOK, bookOf(env, NETWORK_BOOK)],
    ...partners.map((id) => [id, bookOf(env, id)] as const),
    ...offers.map((id) => [id, budgetOf(env, id)] as const),
  ])
}

export async function idsOf(env: Env, table: 'partners' | 'offers'): Promise<string[]> {
  const { results } = await env.DB.prepare(`SELECT id FROM ${table} ORDER BY id LIMIT ?`)
    .bind(BOOKS_MAX)
    .all<{ id: string }>()
  return results.map(({ id }) => id)
}
