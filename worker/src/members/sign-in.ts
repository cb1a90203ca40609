import { makeId } from '#schema/id'
import type { Locale, MarketCode } from '#schema/market'
import { slotOf } from '../cells/slot.ts'
import { Refusal } from '../http/problem.ts'
import type { OpenedSession } from './auth.ts'
import { proveCode, refuseUnless } from './codes.ts'
import { findByMail, findByPhone, insertShopper, staffAccount } from './people.d1.ts'
import { normalisePhone } from './phone.ts'
import type { MemberPorts } from './ports.ts'

interface SignInOrigin {
  headers: Headers
  deviceId: string
  nowMs: number
}

export interface SignInResult extends OpenedSession {
  userId: string
  /** The account was made just now. */
  created: boolean
}

/** E.164 or the refusal `phone_not_supported`. */
export function phoneOrRefuse(markets: readonly MarketCode[], text: string): string {
  const phone = normalisePhone(text, markets)
  if (phone === null) throw new Refusal('phone_not_supported')
  return phone
}

/** Signs a shopper in by a code sent to the phone; a phone not seen before gets an account. */
export async function signInByPhone(
  ports: MemberPorts,
  request: { phone: string; code: string; locale: Locale },
  origin: SignInOrigin,
): Promise<SignInResult> {
  const { phone, code, locale } = request
  await proveCode(ports, { channel: 'phone', to: phone }, 'sign_in', code, origin.nowMs)
  const known = await findByPhone(ports.db, phone)
  const userId = known?.id ?? (await signUp(ports, phone, locale, origin))
  const session = await ports.auth.openSession(userId, origin.deviceId, origin.headers)
  return { ...session, userId, created: known === null }
}

async function signUp(
  ports: MemberPorts,
  phone: string,
  locale: Locale,
  { deviceId, nowMs }: SignInOrigin,
): Promise<string> {
  refuseUnless(await ports.limiter(`device:${deviceId}`).admit('device_account', nowMs))
  const userId = makeId('user', ports.random(20))
  const walletId = makeId('wallet', ports.random(20))
  const at = new Date(nowMs).toISOString()
  await insertShopper(ports.db, { userId, walletId, slot: slotOf(walletId), phone, locale, at })
  return userId
}

/**
 * Signs staff in by a code sent to the e-mail address. An address not seen before gets an account
 * without a role, which may apply as a partner; an invited one joins its partners.
 */
export async function signInByMail(
  ports: MemberPorts,
  request: { email: string; code: string; locale: Locale },
  origin: SignInOrigin,
): Promise<SignInResult> {
  const { email, code, locale } = request
  const { db, auth } = ports
  await proveCode(ports, { channel: 'mail', to: email }, 'sign_in', code, origin.nowMs)
  const at = new Date(origin.nowMs).toISOString()
  const newId = makeId('user', ports.random(20))
  const known = await findByMail(db, email)
  await db.batch([
    staffAccount(db, newId, email, locale, at),
    db
      .prepare('UPDATE users SET email_verified = 1, updated_at = ? WHERE email = ?')
      .bind(at, email),
    db
      .prepare(
        `UPDATE partner_staff SET joined_at = ? WHERE joined_at IS NULL
         AND user_id = (SELECT id FROM users WHERE email = ?)`,
      )
      .bind(at, email),
  ])
  const account = known ?? (await findByMail(db, email))
  if (account === null) throw new Error('the account was inserted and is not there')
  const session = await auth.openSession(account.id, origin.deviceId, origin.headers)
  return { ...session, userId: account.id, created: known === null }
}
