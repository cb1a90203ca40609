import { makeId } from '#schema/id'
import type { Locale } from '#schema/market'
import type { SessionView } from '#schema/member'
import type { ShopperActor } from '../http/actor.ts'
import { Refusal } from '../http/problem.ts'
import { proveCode } from './codes.ts'
import type { Database } from './database.ts'
import { phoneChangedSms } from './messages.ts'
import { logged } from './people.d1.ts'
import type { MemberPorts } from './ports.ts'

/** Proof that it is still the same person, the change of the phone, and open sessions. */

/** Marks this session as proven again by a code to the phone. */
export async function reauthenticate(
  ports: MemberPorts,
  request: { phone: string; sessionId: string; code: string; nowMs: number },
): Promise<string> {
  const { phone, sessionId, code, nowMs } = request
  await proveCode(ports, { channel: 'phone', to: phone }, 'reauthenticate', code, nowMs)
  const at = new Date(nowMs).toISOString()
  await ports.db
    .prepare('UPDATE sessions SET reauthenticated_at = ? WHERE id = ?')
    .bind(at, sessionId)
    .run()
  return at
}

/**
 * Moves the account to a proven new phone, ends the other sessions and tells the old number.
 * The moment is kept: money does not leave for a while after it. Refuses with `taken` only after
 * the code, so that nobody can ask whose number is a member.
 */
export async function changePhone(
  ports: MemberPorts,
  shopper: ShopperActor,
  request: { phone: string; code: string; sessionId: string; locale: Locale; nowMs: number },
): Promise<string> {
  const { phone, code, sessionId, locale, nowMs } = request
  await proveCode(ports, { channel: 'phone', to: phone }, 'phone_change', code, nowMs)
  const at = new Date(nowMs).toISOString()
  const { db } = ports
  try {
    await db.batch([
      db
        .prepare(`UPDATE users SET phone = ?1, phone_changed_at = ?2, updated_at = ?2
           WHERE id = ?3 AND erased_at IS NULL`)
        .bind(phone, at, shopper.userId),
      db
        .prepare('DELETE FROM sessions WHERE user_id = ? AND id <> ?')
        .bind(shopper.userId, sessionId),
      logged(db, shopper.userId, 'phone_changed', at),
    ])
  } catch (error) {
    if (String(error).includes('UNIQUE constraint failed: users.phone')) throw new Refusal('taken')
    throw error
  }
  const id = makeId('message', ports.random(20))
  // The change stands whether or not the old number can still be reached.
  await ports.sendSms({ id, to: shopper.phone, text: phoneChangedSms(locale) }).catch(() => {})
  return at
}

interface SessionListRow {
  id: string
  created_at: string
  updated_at: string
  expires_at: string
  ip: string | null
  user_agent: string | null
}

/** The open sessions of a person, the latest first. */
export async function listSessions(
  db: Database,
  userId: string,
  currentId: string,
  now: string,
): Promise<SessionView[]> {
  const { results } = await db
    .prepare(
      `SELECT id, created_at, updated_at, expires_at, ip, user_agent FROM sessions
       WHERE user_id = ? AND expires_at > ? ORDER BY updated_at DESC LIMIT 100`,
    )
    .bind(userId, now)
    .all<SessionListRow>()
  return results.map((row) => ({
    id: row.id,
    createdAt: row.created_at,
    lastSeenAt: row.updated_at,
    expiresAt: row.expires_at,
    ip: row.ip || null,
    userAgent: row.user_agent || null,
    current: row.id === currentId,
  }))
}

/** Ends one of the person's own sessions; somebody else's is `not_found`. */
export async function endSession(db: Database, userId: string, sessionId: string): Promise<void> {
  const { meta } = await db
    .prepare('DELETE FROM sessions WHERE id = ? AND user_id = ?')
    .bind(sessionId, userId)
    .run()
  if (meta.changes === 0) throw new Refusal('not_found')
}

/** Ends every session of the person. */
export async function endSessions(db: Database, userId: string, at: string): Promise<void> {
  await db.batch([
    db.prepare('DELETE FROM sessions WHERE user_id = ?').bind(userId),
    logged(db, userId, 'signed_out_everywhere', at),
  ])
}
