import { MARKET_CODES } from '#schema/market'
import type { SearchHit } from '#schema/operator'
import { foldWords } from '../catalogue/words.ts'
import { ownerMasked } from '../cells/owner.d1.ts'
import { cellNames, cellOf } from '../cells/route-of.ts'
import type { Env, Settings } from '../env.ts'
import { normalisePhone } from '../members/phone.ts'
import type { DeskPorts } from '../operators/desk.ts'
import { recordAction } from '../partners/staff-actions.d1.ts'
import { listAudits } from './audits.d1.ts'
import { auditNow } from './audits.ts'
import { booksOf } from './books.d1.ts'
import { authorityHealth } from './channels.ts'

export function deskPorts(env: Env, settings: Settings): DeskPorts {
  const cells = cellNames(settings)
  return {
    cells,
    cell: (name) => cellOf(env, name),
    books: async () => [...(await booksOf(env, settings)).values()],
    shopperMasked: (walletId) => ownerMasked(env.DB, walletId),
    searchPeople: (query) => searchPeople(env, query),
    authority: (now) => authorityHealth(env, settings, now),
    async record(action) {
      await recordAction(env.DB, action).run()
    },
    audit: (now) => auditNow(env, settings, now),
    audits: (before, limit) => listAudits(env.DB, before, limit),
  }
}

async function searchPeople(env: Env, query: string): Promise<SearchHit[]> {
  const phone = normalisePhone(query, MARKET_CODES)
  const { results } = await env.DB.prepare(
    `SELECT 'partner' AS kind, id, name AS title, tax_number || ' · ' || state AS detail
       FROM partners WHERE id = ?1 OR tax_number = ?1 OR (?2 <> '' AND instr(words, ?2) > 0)
     UNION ALL
     SELECT 'offer', id, draft ->> '$.title.ru', state
       FROM offers LEFT JOIN offer_cards ON offer_cards.offer_id = offers.id
       WHERE id = ?1 OR (?2 <> '' AND instr(words, ?2) > 0)
         OR instr(draft ->> '$.title.ru', ?1) > 0
     UNION ALL
     SELECT 'shopper', wallet_members.wallet_id, users.name, wallet_members.joined_at
       FROM users JOIN wallet_members ON wallet_members.user_id = users.id
       WHERE users.phone = ?3 OR wallet_members.wallet_id = ?1
     LIMIT 20`,
  )
    .bind(query, foldWords(query), phone ?? '')
    .all<SearchHit>()
  return results
}
