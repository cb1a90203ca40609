import { makeId } from '#schema/id'
import type { NewPartnerKey, PartnerKey } from '#schema/sale'
import type { KeyActor } from '../http/actor.ts'
import { Refusal } from '../http/problem.ts'
import type { Database } from '../members/database.ts'
import { type Doer, recordAction, recordIfChanged } from '../partners/staff-actions.d1.ts'

/** Keys by which a partner's own systems call the API. Only their digests are kept. */

/** What a key looks like: telling it from a session costs nothing. */
const KEY = /^kpk_[0-9a-f]{64}$/
const SECRET_BYTES = 32
const ENDING_CHARACTERS = 4
/** Keys of one partner that are not revoked. */
const KEYS_MAX = 10
/** When a key was used last is written at most so often, ms. */
const USED_MS = 3_600_000

async function digestOf(secret: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(secret))
  return hex(new Uint8Array(digest))
}

const hex = (bytes: Uint8Array) =>
  [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')

const COLUMNS = `id, name, ending, created_at AS createdAt, last_used_at AS lastUsedAt,
  revoked_at AS revokedAt`

/** Newest first. */
export async function listKeys(db: Database, partnerId: string): Promise<PartnerKey[]> {
  const { results } = await db
    .prepare(
      `SELECT ${COLUMNS} FROM partner_keys WHERE partner_id = ?
       ORDER BY created_at DESC, id DESC LIMIT 100`,
    )
    .bind(partnerId)
    .all<PartnerKey>()
  return results
}

/** Makes a key; the answer is the only place where it is ever seen. */
export async function addKey(
  db: Database,
  partnerId: string,
  name: string,
  random: (bytes: number) => Uint8Array,
  doer: Doer,
): Promise<NewPartnerKey> {
  const id = makeId('key', random(20))
  const secret = `kpk_${hex(random(SECRET_BYTES))}`
  const ending = secret.slice(-ENDING_CHARACTERS)
  const [made] = await db.batch([
    db
      .prepare(
        `INSERT INTO partner_keys (id, partner_id, name, digest, scope, ending, created_at,
           created_by)
         SELECT ?1, ?2, ?3, ?4, 'sales', ?5, ?6, ?7 WHERE (
           SELECT count(*) FROM partner_keys WHERE partner_id = ?2 AND revoked_at IS NULL) < ?8`,
      )
      .bind(id, partnerId, name, await digestOf(secret), ending, doer.at, doer.actorId, KEYS_MAX),
    recordIfChanged(db, { ...doer, partnerId, action: 'key.add', subject: id, detail: name }),
  ])
  if (made?.meta.changes === 0) throw new Refusal('not_now')
  return { id, name, ending, createdAt: doer.at, lastUsedAt: null, revokedAt: null, secret }
}

/** Ends a key at once; revoking it again changes nothing. */
export async function revokeKey(
  db: Database,
  partnerId: string,
  keyId: string,
  doer: Doer,
): Promise<void> {
  const [revoked] = await db.batch([
    db
      .prepare(
        `UPDATE partner_keys SET revoked_at = coalesce(revoked_at, ?3)
         WHERE id = ?1 AND partner_id = ?2`,
      )
      .bind(keyId, partnerId, doer.at),
    recordAction(db, { ...doer, partnerId, action: 'key.revoke', subject: keyId, detail: '' }),
  ])
  if (revoked?.meta.changes === 0) throw new Refusal('not_found')
}

/** Whose key the request carries as its bearer; null when it carries none that holds. */
export async function readKey(
  db: Database,
  headers: Headers,
  nowMs: number,
): Promise<KeyActor | null> {
  const [scheme = '', secret = ''] = (headers.get('authorization') ?? '').split(' ')
  if (scheme.toLowerCase() !== 'bearer' || !KEY.test(secret)) return null
  const row = await db
    .prepare(
      `SELECT id AS keyId, partner_id AS partnerId, name, scope, last_used_at AS lastUsedAt
       FROM partner_keys WHERE digest = ? AND revoked_at IS NULL`,
    )
    .bind(await digestOf(secret))
    .first<Omit<KeyActor, 'kind'> & { lastUsedAt: string | null }>()
  if (row === null) return null
  const { lastUsedAt, ...holder } = row
  if (nowMs - Date.parse(lastUsedAt ?? '1970-01-01') > USED_MS) {
    await db
      .prepare('UPDATE partner_keys SET last_used_at = ? WHERE id = ?')
      .bind(new Date(nowMs).toISOString(), holder.keyId)
      .run()
  }
  return { kind: 'key', ...holder }
}
