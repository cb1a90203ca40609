import type { ShopperActor } from '../http/actor.ts'
import { Refusal } from '../http/problem.ts'
import type { Database } from './database.ts'
import { logged } from './people.d1.ts'
import type { MemberPorts } from './ports.ts'

/**
 * Erases a shopper: photos, name, phone, addresses, sessions and the tie to the wallet go; the
 * wallet's money records stay under an id that no longer leads to anybody, and the consent log
 * stays as proof. Refuses with `payout_under_way`, and with `balance_left` unless the rest is given
 * up.
 */
export async function eraseShopper(
  ports: Pick<MemberPorts, 'db' | 'wallet'>,
  shopper: ShopperActor,
  forfeit: boolean,
  at: string,
): Promise<void> {
  const { db, wallet } = ports
  if (!(await isShared(db, shopper))) {
    const balances = await wallet.balancesOf(shopper.walletId)
    if (balances.some(({ payoutUnderWay }) => payoutUnderWay)) throw new Refusal('payout_under_way')
    const left = balances.find(({ amountMinor }) => amountMinor > 0)
    if (left && !forfeit) {
      const { amountMinor, currency } = left
      throw new Refusal('balance_left', { amountMinor, currency })
    }
  }
  const { userId } = shopper
  await wallet.erasePhotosOf(shopper.walletId, userId)
  await db.batch([
    db
      .prepare(
        `UPDATE users SET name = '', email = id || '@erased.invalid', phone = NULL, image = NULL,
         phone_changed_at = NULL, erased_at = ?2, updated_at = ?2 WHERE id = ?1`,
      )
      .bind(userId, at),
    db.prepare('DELETE FROM sessions WHERE user_id = ?').bind(userId),
    db.prepare('DELETE FROM accounts WHERE user_id = ?').bind(userId),
    db.prepare('DELETE FROM consent_addresses WHERE user_id = ?').bind(userId),
    db.prepare('DELETE FROM wallet_members WHERE user_id = ?').bind(userId),
    logged(db, userId, 'erased', at),
  ])
}

/** Others of the household keep the wallet and what is in it. */
async function isShared(db: Database, shopper: ShopperActor): Promise<boolean> {
  const other = await db
    .prepare('SELECT 1 FROM wallet_members WHERE wallet_id = ? AND user_id <> ? LIMIT 1')
    .bind(shopper.walletId, shopper.userId)
    .first()
  return other !== null
}

/** Everything that D1 and the wallet keep about a shopper, as one document. */
export async function exportShopper(
  ports: Pick<MemberPorts, 'db' | 'wallet'>,
  shopper: ShopperActor,
  at: string,
): Promise<Record<string, unknown>> {
  const { db, wallet } = ports
  const { userId, walletId } = shopper
  const about = (sql: string) => db.prepare(sql).bind(userId)
  const answers = await db.batch<Record<string, unknown>>([
    about(
      `SELECT id, name, phone, locale, adult_confirmed_at AS adultConfirmedAt,
       phone_changed_at AS phoneChangedAt, created_at AS createdAt FROM users WHERE id = ?`,
    ),
    about(
      `SELECT purpose, granted, text_version AS textVersion, at, consent_addresses.ip
       FROM consent_log LEFT JOIN consent_addresses ON consent_id = consent_log.id
       WHERE consent_log.user_id = ? ORDER BY consent_log.id`,
    ),
    about(
      `SELECT id, device_id AS deviceId, ip, user_agent AS userAgent, created_at AS createdAt,
       updated_at AS lastSeenAt, expires_at AS expiresAt FROM sessions WHERE user_id = ?`,
    ),
    about('SELECT event, at FROM member_log WHERE user_id = ? ORDER BY id'),
    logged(db, userId, 'exported', at),
  ])
  const [profile, consents, sessions, history] = answers.map((answer) => answer.results)
  return {
    exportedAt: at,
    profile: profile?.[0] ?? null,
    consents: (consents ?? []).map((row) => ({ ...row, granted: row.granted === 1 })),
    sessions,
    history,
    walletId,
    wallet: await wallet.exportOf(walletId),
  }
}
