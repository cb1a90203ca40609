import type { CellEvent } from '#schema/event'
import type { Database, Statement } from '../members/database.ts'
import { type ReportRows, reportRows, type SoldRows } from './report-rows.ts'

/**
 * Counts an event in the reports, once: its id is written in the same batch, and a repeat breaks
 * the id's uniqueness before anything is counted. Answers false for repeats and for events that no
 * report counts.
 */
export async function countEvent(db: Database, event: CellEvent): Promise<boolean> {
  const rows = reportRows(event)
  if (rows === null) return false
  const prefix = await opaqueId(event.id)
  const mark = db
    .prepare('INSERT INTO consumed_events (id, at) VALUES (?, ?)')
    .bind(event.id, event.at)
  try {
    const sold = rows.sold === null ? [] : soldStatements(db, rows.sold)
    const open = event.type === 'receipt_returned' ? [reopened(db, rows)] : []
    await db.batch([mark, ...countStatements(db, rows, prefix, event.at), ...sold, ...open])
    return true
  } catch (error) {
    if (String(error).includes('UNIQUE constraint failed: consumed_events.id')) return false
    throw error
  }
}

/**
 * An event's id carries the receipt's; partners get a digest of it, from which nothing can be read.
 */
async function opaqueId(eventId: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(eventId))
  const bytes = new Uint8Array(digest).subarray(0, 10)
  return `rdm_${Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')}`
}

function countStatements(
  db: Database,
  { day, redemptions, rollups }: ReportRows,
  prefix: string,
  at: string,
): Statement[] {
  const counted = JSON.stringify(rollups)
  return [
    db
      .prepare(
        `INSERT INTO redemptions (id, offer_id, at, store_name, line_name, sum_minor, reward_minor,
           fee_minor, rule, limited_by, seen, needed, action, hold_days)
         SELECT ?1 || '_' || (value ->> 'index'), value ->> 'offerId', ?2, value ->> 'storeName',
           value ->> 'lineName', value ->> 'sumMinor', value ->> 'rewardMinor',
           value ->> 'feeMinor', value ->> 'rule', value ->> 'limitedBy',
           value ->> 'seen', value ->> 'needed', value ->> 'action', value ->> 'holdDays'
         FROM json_each(?3)`,
      )
      .bind(prefix, at, JSON.stringify(redemptions)),
    db
      .prepare(
        `INSERT INTO offer_days (offer_id, partner_id, day, redemptions, refusals, reward_minor,
           fee_minor, reserved_minor)
         SELECT value ->> 'offerId', value ->> 'partnerId', ?1, value ->> 'redemptions',
           value ->> 'refusals', value ->> 'rewardMinor', value ->> 'feeMinor',
           value ->> 'newlyReservedMinor'
         FROM json_each(?2) WHERE true
         ON CONFLICT (offer_id, day) DO UPDATE SET
           redemptions = redemptions + excluded.redemptions,
           refusals = refusals + excluded.refusals,
           reward_minor = reward_minor + excluded.reward_minor,
           fee_minor = fee_minor + excluded.fee_minor,
           reserved_minor = reserved_minor + excluded.reserved_minor`,
      )
      .bind(day, counted),
    db
      .prepare(
        `INSERT INTO offer_totals (offer_id, partner_id, redemptions, refusals, reward_minor,
           fee_minor, reserved_minor)
         SELECT value ->> 'offerId', value ->> 'partnerId', value ->> 'redemptions',
           value ->> 'refusals', value ->> 'rewardMinor', value ->> 'feeMinor',
           value ->> 'reservedMinor'
         FROM json_each(?1) WHERE true
         ON CONFLICT (offer_id) DO UPDATE SET
           redemptions = redemptions + excluded.redemptions,
           refusals = refusals + excluded.refusals,
           reward_minor = reward_minor + excluded.reward_minor,
           fee_minor = fee_minor + excluded.fee_minor,
           reserved_minor = reserved_minor + excluded.reserved_minor`,
      )
      .bind(counted),
  ]
}

/** Money has come back to offers that were settled already: the clock gives it to their partners. */
function reopened(db: Database, { rollups }: ReportRows): Statement {
  const offerIds = rollups.map(({ offerId }) => offerId)
  return db
    .prepare(
      `UPDATE offers SET settled_at = NULL
       WHERE settled_at IS NOT NULL AND id IN (SELECT value FROM json_each(?))`,
    )
    .bind(JSON.stringify(offerIds))
}

function soldStatements(
  db: Database,
  { day, retailerId, baseMinor, goods }: SoldRows,
): Statement[] {
  return [
    db
      .prepare(
        `INSERT INTO product_days (product_id, retailer_id, day, receipts, units, sum_minor)
         SELECT value ->> 'productId', ?1, ?2, 1, value ->> 'units', value ->> 'sumMinor'
         FROM json_each(?3) WHERE true
         ON CONFLICT (product_id, day, retailer_id) DO UPDATE SET
           receipts = receipts + 1, units = units + excluded.units,
           sum_minor = sum_minor + excluded.sum_minor`,
      )
      .bind(retailerId, day, JSON.stringify(goods)),
    db
      .prepare(
        `INSERT INTO retailer_days (retailer_id, day, receipts, sum_minor)
         VALUES (?1, ?2, 1, ?3)
         ON CONFLICT (day, retailer_id) DO UPDATE SET
           receipts = receipts + 1, sum_minor = sum_minor + excluded.sum_minor`,
      )
      .bind(retailerId, day, baseMinor),
  ]
}

/** A cell gives up on a message long before this; after it the id need not be remembered. */
const REMEMBERED_DAYS = 30

/** Forgets the ids of old events; run by the clock. */
export async function forgetEvents(db: Database, nowMs: number): Promise<void> {
  const before = new Date(nowMs - REMEMBERED_DAYS * 86_400_000).toISOString()
  await db.prepare('DELETE FROM consumed_events WHERE at < ?').bind(before).run()
}
