import type { Context } from 'hono'
import type { AuditLogEntry } from '#schema/operator'
import type { Page } from '#schema/page'
import type { AppEnv } from '../http/env.ts'
import { type PageStart, pageOfRows } from '../http/page.ts'
import type { Database, Statement } from '../members/database.ts'

/** The audit log: every change that partner or operator staff make, in the batch that makes it. */

/** Who is doing it, and when. */
export type Doer = { actorId: string; at: string; requestId: string }

export type StaffAction = Doer & {
  /** Null when the operator's staff acts on its own side. */
  partnerId: string | null
  /** `offer.publish`, `invoice.confirm`, …: resource and verb. */
  action: string
  /** Id of what was changed. */
  subject: string
  /** For people: the reason given, the amount, what changed. */
  detail: string
}

/** The staff member behind a request; for routes that admit staff only. */
export function doerOf(c: Context<AppEnv>): Doer {
  const { actor, nowMs, requestId } = c.var
  if (actor.kind === 'anonymous' || actor.kind === 'shopper' || actor.kind === 'key') {
    throw new Error(`a staff action was asked for by ${actor.kind}`)
  }
  return { actorId: actor.userId, at: new Date(nowMs).toISOString(), requestId }
}

/** How lists call somebody of the staff, whose row of `users` is joined under this name. */
export const staffNameIn = (person: string) =>
  `coalesce(CASE ${person}.name WHEN '' THEN ${person}.email ELSE ${person}.name END, '')`

const INSERT = `INSERT INTO staff_actions
    (at, actor_id, actor_name, partner_id, action, subject, detail, request_id)
  SELECT ?1, id, CASE name WHEN '' THEN email ELSE name END, ?3, ?4, ?5, ?6, ?7
  FROM users WHERE id = ?2`

/** Records an action; to be written together with the change. */
export function recordAction(db: Database, action: StaffAction): Statement {
  return bound(db.prepare(INSERT), action)
}

/** Records an action only if the statement just before it in the batch changed a row. */
export function recordIfChanged(db: Database, action: StaffAction): Statement {
  return bound(db.prepare(`${INSERT} AND changes() > 0`), action)
}

function bound(statement: Statement, action: StaffAction): Statement {
  const { at, actorId, partnerId, subject, detail, requestId } = action
  return statement.bind(at, actorId, partnerId, action.action, subject, detail, requestId)
}

type ActionRow = {
  id: number
  at: string
  actor_id: string
  actor_name: string
  action: string
  subject: string
  detail: string
  request_id: string
}

/** Newest first. */
export async function listActions(db: Database, start: PageStart): Promise<Page<AuditLogEntry>> {
  const { results } = await db
    .prepare(
      `SELECT id, at, actor_id, actor_name, action, subject, detail, request_id
       FROM staff_actions WHERE id < ? ORDER BY id DESC LIMIT ?`,
    )
    .bind(start.after?.[0] ?? Number.MAX_SAFE_INTEGER, start.limit + 1)
    .all<ActionRow>()
  return pageOfRows(results, start.limit, (row) => [row.id], entryOf)
}

function entryOf(row: ActionRow): AuditLogEntry {
  return {
    id: String(row.id),
    at: row.at,
    actorId: row.actor_id,
    actorName: row.actor_name,
    action: row.action,
    subject: row.subject,
    detail: row.detail,
    requestId: row.request_id,
  }
}
