import { makeId } from '#schema/id'
import type { Staff } from '#schema/member'
import type { OperatorRole, PartnerRole } from '#schema/partner'
import { Refusal } from '../http/problem.ts'
import { type Doer, recordIfChanged, type StaffAction } from '../partners/staff-actions.d1.ts'
import { refuseUnless } from './codes.ts'
import type { Database, Statement } from './database.ts'
import { invitationMail } from './messages.ts'
import { staffAccount } from './people.d1.ts'
import type { MemberPorts } from './ports.ts'

/** Who works for a partner, and who works for the operator. */

interface StaffRow {
  user_id: string
  email: string
  name: string
  role: PartnerRole
  invited_at: string
  joined_at: string | null
}

const STAFF = `SELECT user_id, email, name, role, invited_at, joined_at
  FROM partner_staff JOIN users ON users.id = user_id WHERE partner_id = ?`

/** A partner's staff, owners first. */
export async function listStaff(db: Database, partnerId: string): Promise<Staff[]> {
  const { results } = await db
    .prepare(`${STAFF} ORDER BY role <> 'owner', email`)
    .bind(partnerId)
    .all<StaffRow>()
  return results.map(staffOf)
}

async function findStaff(db: Database, partnerId: string, userId: string): Promise<Staff> {
  const row = await db.prepare(`${STAFF} AND user_id = ?`).bind(partnerId, userId).first<StaffRow>()
  if (row === null) throw new Refusal('not_found')
  return staffOf(row)
}

function staffOf(row: StaffRow): Staff {
  return {
    userId: row.user_id,
    email: row.email,
    name: row.name === '' ? null : row.name,
    role: row.role,
    state: row.joined_at === null ? 'invited' : 'active',
    invitedAt: row.invited_at,
    joinedAt: row.joined_at,
  }
}

export interface Invitation {
  partnerId: string
  email: string
  role: PartnerRole
  doer: Doer
  nowMs: number
}

type InvitationPorts = Pick<
  MemberPorts,
  'db' | 'limiter' | 'sendMail' | 'baseUrl' | 'random' | 'partnerName'
>

/**
 * Adds somebody to the staff and writes to them. Whoever has signed in with that address before
 * joins at once, others at their first sign-in. Refuses with
 * `already_staff`, `invitations_exhausted`, or `upstream_unavailable` when no mail could leave.
 */
export async function inviteStaff(ports: InvitationPorts, invitation: Invitation): Promise<Staff> {
  const { db } = ports
  const { partnerId, email, role, doer, nowMs } = invitation
  refuseUnless(await ports.limiter(`partner:${partnerId}`).admit('invitation', nowMs))
  const at = new Date(nowMs).toISOString()
  const [, added] = await db.batch([
    staffAccount(db, makeId('user', ports.random(20)), email, 'ru', at),
    db
      .prepare(
        `INSERT INTO partner_staff (partner_id, user_id, role, invited_by, invited_at, joined_at)
         SELECT ?1, id, ?3, ?4, ?5, CASE email_verified WHEN 1 THEN ?5 END
         FROM users WHERE email = ?2 ON CONFLICT (partner_id, user_id) DO NOTHING`,
      )
      .bind(partnerId, email, role, doer.actorId, at),
    recordIfChanged(db, {
      ...doer,
      partnerId,
      action: 'staff.invite',
      subject: email,
      detail: role,
    }),
  ])
  if (added?.meta.changes === 0) throw new Refusal('already_staff')
  const row = await db.prepare(`${STAFF} AND email = ?`).bind(partnerId, email).first<StaffRow>()
  if (row === null) throw new Error('the invited person is not on the staff')
  const mail = invitationMail(await ports.partnerName(partnerId), role, ports.baseUrl)
  try {
    await ports.sendMail({ id: makeId('message', ports.random(20)), to: email, ...mail })
  } catch (cause) {
    await removeStaff(db, partnerId, row.user_id, doer, 'the invitation could not be sent')
    throw new Refusal('upstream_unavailable', {}, cause)
  }
  return staffOf(row)
}

/** Changes a role. Refuses with `last_owner` or `not_found`. */
export async function changeStaffRole(
  db: Database,
  partnerId: string,
  userId: string,
  role: PartnerRole,
  doer: Doer,
): Promise<Staff> {
  await keepingAnOwner(
    db,
    db
      .prepare('UPDATE partner_staff SET role = ? WHERE partner_id = ? AND user_id = ?')
      .bind(role, partnerId, userId),
    { ...doer, partnerId, action: 'staff.role', subject: userId, detail: role },
  )
  return findStaff(db, partnerId, userId)
}

/** Takes somebody off the staff; it is felt at their next request. */
export async function removeStaff(
  db: Database,
  partnerId: string,
  userId: string,
  doer: Doer,
  detail = '',
): Promise<void> {
  await keepingAnOwner(
    db,
    db
      .prepare('DELETE FROM partner_staff WHERE partner_id = ? AND user_id = ?')
      .bind(partnerId, userId),
    { ...doer, partnerId, action: 'staff.remove', subject: userId, detail },
  )
}

/** The rule itself is a trigger: two owners who remove each other at once cannot both succeed. */
async function keepingAnOwner(db: Database, change: Statement, action: StaffAction): Promise<void> {
  try {
    const [changed] = await db.batch([change, recordIfChanged(db, action)])
    if (changed?.meta.changes === 0) throw new Refusal('not_found')
  } catch (error) {
    if (String(error).includes('last_owner')) throw new Refusal('last_owner')
    throw error
  }
}

/** Makes the founder of a partner its first owner; to be written together with the partner. */
export function founderStatement(
  db: Database,
  partnerId: string,
  userId: string,
  at: string,
): Statement {
  return db
    .prepare(
      `INSERT INTO partner_staff (partner_id, user_id, role, invited_at, joined_at)
       VALUES (?1, ?2, 'owner', ?3, ?3)`,
    )
    .bind(partnerId, userId, at)
}

/** Gives an e-mail address a role with the operator, making the account when there is none. */
export async function grantOperator(
  db: Database,
  grant: { email: string; role: OperatorRole; newUserId: string; at: string },
): Promise<void> {
  const { email, role, newUserId, at } = grant
  await db.batch([
    staffAccount(db, newUserId, email, 'ru', at),
    db
      .prepare(
        `INSERT INTO operator_staff (user_id, role, granted_at)
         SELECT id, ?2, ?3 FROM users WHERE email = ?1
         ON CONFLICT (user_id) DO UPDATE SET role = ?2, granted_at = ?3`,
      )
      .bind(email, role, at),
  ])
}
