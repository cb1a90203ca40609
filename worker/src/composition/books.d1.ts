import type { MarketCode } from '#schema/market'
import type { AccountRow, TransferRow } from '#schema/operator'
import type { Checkpoint } from '../audit/checkpoint.ts'
import type { TransferFilter } from '../cells/cell-desk.ts'
import { inMarket } from '../cells/market-name.ts'
import { NETWORK_BOOK } from '../cells/partner-book.object.ts'
import { bookOf, budgetOf, cellNames, cellOf, openMarkets } from '../cells/route-of.ts'
import type { Env, Settings } from '../env.ts'

/** Rows of one reading of the control plane; the next one goes on behind its last. */
const PAGE = 500

/** A book of any object: a cell's, the network's own, a partner's, an offer's budget. */
export type AnyBook = {
  accounts(): Promise<AccountRow[]>
  transfers(filter: TransferFilter, limit: number): Promise<TransferRow[]>
  checkpoint(): Promise<Checkpoint | null>
  checkpointAt(sequence: number): Promise<Checkpoint | null>
}

/** Every book of the network by the name of its object, cells first. */
export async function booksOf(env: Env, settings: Settings): Promise<Map<string, AnyBook>> {
  const markets = openMarkets(settings.CELL_MAP)
  const [partners, offers] = await Promise.all([partnersOf(env), offersOf(env)])
  return new Map<string, AnyBook>([
    ...cellNames(settings).map((name) => [name, cellOf(env, name)] as const),
    ...markets.map(
      (market) => [inMarket(market, NETWORK_BOOK), bookOf(env, market, NETWORK_BOOK)] as const,
    ),
    ...partners.map(({ id, market }) => [id, bookOf(env, market, id)] as const),
    ...offers.map(({ id, market }) => [id, budgetOf(env, market, id)] as const),
  ])
}

/** A partner or an offer; their ids are unique over all markets. */
export type Placed = { readonly id: string; readonly market: MarketCode }

export const partnersOf = (env: Env) =>
  placed(env, 'SELECT id, market FROM partners WHERE id > ? ORDER BY id LIMIT ?')

export const offersOf = (env: Env) =>
  placed(
    env,
    `SELECT offers.id, market FROM offers JOIN partners ON partners.id = partner_id
     WHERE offers.id > ? ORDER BY offers.id LIMIT ?`,
  )

/** All of them: an audit that leaves one out finds money missing that is not. */
async function placed(env: Env, sql: string): Promise<Placed[]> {
  const all: Placed[] = []
  for (;;) {
    const statement = env.DB.prepare(sql).bind(all.at(-1)?.id ?? '', PAGE)
    const { results } = await statement.all<Placed>()
    all.push(...results)
    if (results.length < PAGE) return all
  }
}
