import type { MarketCode } from '#schema/market'
import { Refusal } from '../http/problem.ts'
import type { Database } from '../members/database.ts'

/** The market of a partner; it never changes. Refuses with `not_found`. */
export async function marketOfPartner(db: Database, partnerId: string): Promise<MarketCode> {
  const row = await db
    .prepare('SELECT market FROM partners WHERE id = ?')
    .bind(partnerId)
    .first<{ market: MarketCode }>()
  if (row === null) throw new Refusal('not_found')
  return row.market
}

/** The market of an offer, its partner's. Refuses with `not_found`. */
export async function marketOfOffer(db: Database, offerId: string): Promise<MarketCode> {
  const row = await db
    .prepare(
      `SELECT market FROM offers JOIN partners ON partners.id = offers.partner_id
       WHERE offers.id = ?`,
    )
    .bind(offerId)
    .first<{ market: MarketCode }>()
  if (row === null) throw new Refusal('not_found')
  return row.market
}
