import type { Locale } from '#schema/market'
import type { OperatorRole, PartnerRole } from '#schema/partner'
import type { Identity } from '../http/actor.ts'
import type { AuthSession } from './auth.ts'
import type { Database, Statement } from './database.ts'

/** People in D1: accounts, their wallets, the session's flags. Instants are ISO texts, UTC. */

interface Person {
  id: string
  kind: 'shopper' | 'staff'
  name: string
  email: string
  phone: string | null
  locale: Locale
  twoFactorEnabled: boolean
  adultConfirmedAt: string | null
  phoneChangedAt: string | null
  createdAt: string
}

interface PersonRow {
  id: string
  kind: 'shopper' | 'staff'
  name: string
  email: string
  phone: string | null
  locale: Locale
  two_factor_enabled: number
  adult_confirmed_at: string | null
  phone_changed_at: string | null
  created_at: string
}

const PERSON = `SELECT id, kind, name, email, phone, locale, two_factor_enabled,
  adult_confirmed_at, phone_changed_at, created_at FROM users WHERE erased_at IS NULL`

export async function findPerson(db: Database, userId: string): Promise<Person | null> {
  return person(await db.prepare(`${PERSON} AND id = ?`).bind(userId).first<PersonRow>())
}

export async function findByPhone(db: Database, phone: string): Promise<Person | null> {
  return person(await db.prepare(`${PERSON} AND phone = ?`).bind(phone).first<PersonRow>())
}

export async function findByMail(db: Database, email: string): Promise<Person | null> {
  return person(await db.prepare(`${PERSON} AND email = ?`).bind(email).first<PersonRow>())
}

function person(row: PersonRow | null): Person | null {
  if (row === null) return null
  return {
    id: row.id,
    kind: row.kind,
    name: row.name,
    email: row.email,
    phone: row.phone,
    locale: row.locale,
    twoFactorEnabled: row.two_factor_enabled === 1,
    adultConfirmedAt: row.adult_confirmed_at,
    phoneChangedAt: row.phone_changed_at,
    createdAt: row.created_at,
  }
}

interface NewShopper {
  userId: string
  walletId: string
  slot: number
  phone: string
  locale: Locale
  at: string
}

/** A shopper and the wallet come together or not at all. Throws when the phone is taken. */
export async function insertShopper(db: Database, shopper: NewShopper): Promise<void> {
  const { userId, walletId, slot, phone, locale, at } = shopper
  const placeholder = `${userId}@phone.invalid`
  await db.batch([
    db
      .prepare(
        `INSERT INTO users (id, kind, email, phone, locale, created_at, updated_at)
         VALUES (?1, 'shopper', ?2, ?3, ?4, ?5, ?5)`,
      )
      .bind(userId, placeholder, phone, locale, at),
    db
      .prepare('INSERT INTO wallets (id, slot, created_at) VALUES (?, ?, ?)')
      .bind(walletId, slot, at),
    db
      .prepare('INSERT INTO wallet_members (user_id, wallet_id, joined_at) VALUES (?, ?, ?)')
      .bind(userId, walletId, at),
    logged(db, userId, 'signed_up', at),
  ])
}

/** A staff account, unless the address has one already. */
export function staffAccount(
  db: Database,
  userId: string,
  email: string,
  locale: Locale,
  at: string,
): Statement {
  return db
    .prepare(
      `INSERT INTO users (id, kind, email, locale, created_at, updated_at)
       VALUES (?1, 'staff', ?2, ?3, ?4, ?4) ON CONFLICT (email) DO NOTHING`,
    )
    .bind(userId, email, locale, at)
}

type MemberEvent =
  | 'signed_up'
  | 'adult_confirmed'
  | 'phone_changed'
  | 'second_factor_enrolled'
  | 'signed_out_everywhere'
  | 'exported'
  | 'erased'

/** One line of the account's history, to be written with the change it tells of. */
export function logged(db: Database, userId: string, event: MemberEvent, at: string): Statement {
  return db
    .prepare('INSERT INTO member_log (user_id, event, at) VALUES (?, ?, ?)')
    .bind(userId, event, at)
}

interface SessionRow {
  kind: 'shopper' | 'staff'
  phone: string | null
  two_factor_enabled: number
  device_id: string | null
  second_factor_at: string | null
  reauthenticated_at: string | null
  wallet_id: string | null
  operator_role: OperatorRole | null
}

const SESSION_OWNER = `
  SELECT users.kind, users.phone, users.two_factor_enabled, sessions.device_id,
    sessions.second_factor_at, sessions.reauthenticated_at,
    wallet_members.wallet_id, operator_staff.role AS operator_role
  FROM sessions
  JOIN users ON users.id = sessions.user_id AND users.erased_at IS NULL
  LEFT JOIN wallet_members ON wallet_members.user_id = users.id
  LEFT JOIN operator_staff ON operator_staff.user_id = users.id
  WHERE sessions.id = ?`

/** What a session proves about its owner; null once the session or the person is gone. */
export async function readIdentity(db: Database, session: AuthSession): Promise<Identity | null> {
  const [owner, staff] = await db.batch<unknown>([
    db.prepare(SESSION_OWNER).bind(session.sessionId),
    db.prepare('SELECT partner_id, role FROM partner_staff WHERE user_id = ?').bind(session.userId),
  ])
  const row = owner?.results[0] as SessionRow | undefined
  if (row === undefined) return null
  const partners = (staff?.results ?? []) as { partner_id: string; role: PartnerRole }[]
  return {
    sessionId: session.sessionId,
    sessionToken: session.token,
    sessionCreatedAt: session.createdAt,
    reauthenticatedAt: row.reauthenticated_at,
    secondFactorAt: row.second_factor_at,
    secondFactorEnrolled: row.two_factor_enabled === 1,
    userId: session.userId,
    kind: row.kind,
    phone: row.phone,
    deviceId: row.device_id,
    walletId: row.wallet_id,
    partners: partners.map(({ partner_id, role }) => ({ partnerId: partner_id, role })),
    operatorRole: row.operator_role,
  }
}
