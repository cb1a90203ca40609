import { fingerprintOf, identifyKey } from '#fiscal/signature/identify-key'
import type { FiscalKey, FiscalKeyDraft, FiscalKeyState } from '#schema/fiscal-key'
import { AUTHORITY_KEY_MARKETS } from '#schema/fiscal-key'
import type { MarketCode } from '#schema/market'
import type { Page } from '#schema/page'
import { type PageStart, pageOfRows } from '../http/page.ts'
import { Refusal } from '../http/problem.ts'
import type { Database } from '../members/database.ts'
import { marketOfPartner } from './market.d1.ts'
import { refusingTaken } from './refusals.ts'
import { type Doer, recordIfChanged } from './staff-actions.d1.ts'

/**
 * The register of keys as people keep it: a partner asks, the operator compares and registers.
 * `fiscal-keys.d1.ts` is what verification reads of it.
 */

type KeyRow = {
  id: string
  country: MarketCode
  provider: string
  key_id: string
  partner_id: string | null
  partner_name: string | null
  key: string
  state: FiscalKeyState
  valid_from: string | null
  valid_until: string | null
  asked_at: string
  registered_at: string | null
  revoked_at: string | null
  note: string
}

const SELECT = `SELECT fiscal_keys.id, country, provider, key_id, partner_id,
  partners.name AS partner_name, key, fiscal_keys.state, valid_from, valid_until, asked_at,
  registered_at, revoked_at, note
  FROM fiscal_keys LEFT JOIN partners ON partners.id = partner_id`

function keyOf(row: KeyRow): FiscalKey {
  return {
    id: row.id,
    country: row.country,
    provider: row.provider,
    keyId: row.key_id,
    partnerId: row.partner_id,
    partnerName: row.partner_name,
    key: row.key,
    fingerprint: fingerprintOf(row.key),
    state: row.state,
    validFrom: row.valid_from,
    validUntil: row.valid_until,
    askedAt: row.asked_at,
    registeredAt: row.registered_at,
    revokedAt: row.revoked_at,
    note: row.note,
  }
}

async function findKey(db: Database, id: string): Promise<FiscalKey> {
  const row = await db.prepare(`${SELECT} WHERE fiscal_keys.id = ?`).bind(id).first<KeyRow>()
  if (row === null) throw new Refusal('not_found')
  return keyOf(row)
}

type KeyFilter = {
  partnerId: string | null
  state: FiscalKeyState | null
  market: MarketCode | null
}

/** A partner's keys or everybody's, the newest first. */
export async function listKeys(
  db: Database,
  { partnerId, state, market }: KeyFilter,
  start: PageStart,
): Promise<Page<FiscalKey>> {
  const [at, id] = start.after ?? ['9999', '']
  const { results } = await db
    .prepare(
      `${SELECT} WHERE (asked_at, fiscal_keys.id) < (?1, ?2)
         AND (?3 IS NULL OR partner_id = ?3) AND (?4 IS NULL OR fiscal_keys.state = ?4)
         AND (?5 IS NULL OR country = ?5)
       ORDER BY asked_at DESC, fiscal_keys.id DESC LIMIT ?6`,
    )
    .bind(at, id, partnerId, state, market, start.limit + 1)
    .all<KeyRow>()
  return pageOfRows(results, start.limit, (row) => [row.asked_at, row.id], keyOf)
}

/**
 * A partner asks for a key of its own country. It counts for nothing until the operator has
 * registered it. Refuses with the `key_…` codes, and with `taken` when the key is in force or was
 * revoked, whosever it is, or when this partner has asked for it already.
 */
export async function askForKey(
  db: Database,
  partnerId: string,
  draft: FiscalKeyDraft,
  id: string,
  doer: Doer,
): Promise<FiscalKey> {
  const market = await marketOfPartner(db, partnerId)
  if (AUTHORITY_KEY_MARKETS.includes(market)) throw new Refusal('key_not_of_market')
  return insertKey(db, { id, market, partnerId, note: '' }, draft, doer)
}

/** The operator enters a key of an authority, compared as the note says: it counts at once. */
export function enterAuthorityKey(
  db: Database,
  entry: { id: string; market: MarketCode; note: string },
  draft: FiscalKeyDraft,
  doer: Doer,
): Promise<FiscalKey> {
  return insertKey(db, { ...entry, partnerId: null }, draft, doer)
}

type Entry = { id: string; market: MarketCode; partnerId: string | null; note: string }

async function insertKey(
  db: Database,
  { id, market, partnerId, note }: Entry,
  draft: FiscalKeyDraft,
  doer: Doer,
): Promise<FiscalKey> {
  const identified = await identifyKey(market, draft)
  if (typeof identified === 'string') throw new Refusal(identified)
  const { provider, keyId, validFrom, validUntil } = identified
  const isAsked = partnerId !== null
  const insert = db
    .prepare(
      `INSERT INTO fiscal_keys (id, country, provider, key_id, partner_id, key, state, valid_from,
         valid_until, asked_by, asked_at, registered_by, registered_at, note)
       SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14
       WHERE NOT EXISTS (SELECT 1 FROM fiscal_keys
         WHERE country = ?2 AND provider = ?3 AND key_id = ?4
           AND (state IN ('registered', 'revoked') OR (state = 'asked' AND partner_id = ?5)))`,
    )
    .bind(
      id,
      market,
      provider,
      keyId,
      partnerId,
      draft.key,
      isAsked ? 'asked' : 'registered',
      validFrom,
      validUntil,
      doer.actorId,
      doer.at,
      isAsked ? null : doer.actorId,
      isAsked ? null : doer.at,
      note,
    )
  const action = isAsked ? 'fiscal_key.ask' : 'fiscal_key.register'
  const detail = [market, provider, keyId, note].filter(Boolean).join(' · ')
  const [done] = await refusingTaken(
    db.batch([insert, recordIfChanged(db, { ...doer, partnerId, action, subject: id, detail })]),
  )
  if (done?.meta.changes === 0) throw new Refusal('taken')
  return findKey(db, id)
}

/** What may be made of a key, from which states, by whom. */
const DECISIONS = {
  register: { from: ['asked'], to: 'registered' },
  decline: { from: ['asked'], to: 'declined' },
  revoke: { from: ['registered'], to: 'revoked' },
} as const
export type KeyDecision = keyof typeof DECISIONS

/**
 * Decides about a key; a revoked one is never registered again. `partnerId` limits it to that
 * partner's keys. Refuses with `not_found`, `not_now`, and `taken` when another has registered it.
 */
export async function decideKey(
  db: Database,
  place: { fiscalKeyId: string; partnerId: string | null },
  decision: KeyDecision,
  note: string,
  doer: Doer,
): Promise<FiscalKey> {
  const known = await findKey(db, place.fiscalKeyId)
  if (place.partnerId !== null && known.partnerId !== place.partnerId) {
    throw new Refusal('not_found')
  }
  const { from, to } = DECISIONS[decision]
  const update = db
    .prepare(
      `UPDATE fiscal_keys SET state = ?2, note = ?3,
         registered_by = CASE ?2 WHEN 'registered' THEN ?4 ELSE registered_by END,
         registered_at = CASE ?2 WHEN 'registered' THEN ?5 ELSE registered_at END,
         revoked_at = CASE ?2 WHEN 'revoked' THEN ?5 END
       WHERE id = ?1 AND state = ?6`,
    )
    .bind(place.fiscalKeyId, to, note, doer.actorId, doer.at, from[0])
  const action = `fiscal_key.${decision}`
  const { partnerId, country, provider, keyId } = known
  const detail = [country, provider, keyId, note].filter(Boolean).join(' · ')
  const [done] = await refusingTaken(
    db.batch([
      update,
      recordIfChanged(db, { ...doer, partnerId, action, subject: place.fiscalKeyId, detail }),
    ]),
  )
  if (done?.meta.changes === 0) throw new Refusal('not_now')
  return findKey(db, place.fiscalKeyId)
}
