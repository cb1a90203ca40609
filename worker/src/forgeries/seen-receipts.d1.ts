import { FORGERY_SCORE_SHOWN, type ForgeryReason, type Suspicion } from '#schema/forgery'
import { minor } from '#schema/money'
import type { Page } from '#schema/page'
import type { FiscalDocument } from '#schema/receipt'
import { type PageStart, pageOfRows } from '../http/page.ts'
import type { Database, Statement } from '../members/database.ts'
import { readForgeryRules } from './forgery-rules.d1.ts'
import { areApart, movedSuddenly, placeWords, type SeenPaper, signalsOf } from './signals.ts'

/** What the network has seen of receipts, and what looks wrong among them. */

const NO_NUMBER = 0

type Neighbour = { number: number; time: string }

/**
 * Remembers a receipt with its signals, once: a repeat changes nothing. Four reads by index and
 * one row with two index rows; a third when something was noticed. Its neighbours are receipts that
 * were vouched for: anybody can send a code with a number and a time of their own making.
 */
export async function noteReceipt(
  db: Database,
  receiptId: string,
  paper: SeenPaper,
  at: string,
): Promise<void> {
  const { market, till, number, time, totalMinor } = paper
  const neighbour = (side: '<' | '>', order: 'DESC' | 'ASC') =>
    db
      .prepare(
        `SELECT number, time FROM seen_receipts
         WHERE till = ?1 AND number ${side} ?2 AND number > ${NO_NUMBER} AND vouched = 1
         ORDER BY number ${order} LIMIT 1`,
      )
      .bind(till, number ?? NO_NUMBER)
  const [before, after, twins] = await db.batch<Neighbour & { count: number }>([
    neighbour('<', 'DESC'),
    neighbour('>', 'ASC'),
    db
      .prepare(
        `SELECT count(DISTINCT till) AS count FROM seen_receipts
         WHERE market = ? AND time = ? AND total_minor = ? AND till <> ?`,
      )
      .bind(market, time, totalMinor, till),
  ])
  const around = {
    before: before?.results[0] ?? null,
    after: after?.results[0] ?? null,
    twinTills: twins?.results[0]?.count ?? 0,
  }
  const reasons = signalsOf(paper, around, await readForgeryRules(db, market))
  await db
    .prepare(
      `INSERT INTO seen_receipts
         (market, till, number, receipt_id, time, total_minor, seen_at, score, reasons)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
    )
    .bind(
      market,
      till,
      number ?? NO_NUMBER,
      receiptId,
      time,
      totalMinor,
      at,
      scoreOf(reasons),
      JSON.stringify(reasons),
    )
    .run()
}

const scoreOf = (reasons: readonly ForgeryReason[]) =>
  reasons.reduce((sum, { points }) => sum + points, 0)

/** What was vouched for is what later receipts of its till are compared with. */
export async function noteVouched(
  db: Database,
  receiptId: string,
  { market, till, number }: SeenPaper,
  { time, totalMinor, address }: FiscalDocument,
  at: string,
): Promise<void> {
  await db
    .prepare(
      `UPDATE seen_receipts SET vouched = 1, time = ?4, total_minor = ?5
       WHERE till = ?1 AND number = ?2 AND receipt_id = ?3 AND vouched = 0`,
    )
    .bind(till, number ?? NO_NUMBER, receiptId, time, totalMinor)
    .run()
  if (address !== null) await notePlace(db, receiptId, { market, till, number }, address, at)
}

/** A place is confirmed so often, though nothing has changed: its age tells a move from a forgery. */
const CONFIRM_MS = 86_400_000

/** Compares the place that an authority told with where the till stood; adds the signal if it moved. */
async function notePlace(
  db: Database,
  receiptId: string,
  paper: Pick<SeenPaper, 'market' | 'till' | 'number'>,
  place: string,
  at: string,
): Promise<void> {
  const { market, till, number } = paper
  if (till === '' || placeWords(place).size === 0) return
  const known = await db
    .prepare('SELECT place, seen_at AS seenAt FROM till_places WHERE till = ?')
    .bind(till)
    .first<{ place: string; seenAt: string }>()
  const isSame = known !== null && !areApart(known.place, place)
  if (isSame && Date.parse(at) - Date.parse(known.seenAt) < CONFIRM_MS) return
  const statements = [
    db
      .prepare('INSERT OR REPLACE INTO till_places (till, place, seen_at) VALUES (?, ?, ?)')
      .bind(till, place, at),
  ]
  const rule = (await readForgeryRules(db, market)).till_in_two_places
  const { points } = rule
  if (known !== null && points > 0 && movedSuddenly(known, { place, at }, rule)) {
    const reason: ForgeryReason = { signal: 'till_in_two_places', points, seen: known.place }
    statements.push(addReason(db, receiptId, { till, number }, reason))
  }
  await db.batch(statements)
}

/** A sign that shows later than the receipt itself, told once. */
function addReason(
  db: Database,
  receiptId: string,
  { till, number }: Pick<SeenPaper, 'till' | 'number'>,
  reason: ForgeryReason,
): Statement {
  return db
    .prepare(
      `UPDATE seen_receipts
       SET score = score + ?4, reasons = json_insert(reasons, '$[#]', json(?5))
       WHERE till = ?1 AND number = ?2 AND receipt_id = ?3 AND instr(reasons, ?6) = 0`,
    )
    .bind(
      ...[till, number ?? NO_NUMBER, receiptId, reason.points, JSON.stringify(reason)],
      JSON.stringify(reason.signal),
    )
}

/** Several retailers have fed it, and none of them is believed: a person sees all their names. */
export async function noteClaimants(
  db: Database,
  receiptId: string,
  paper: SeenPaper,
  retailers: readonly string[],
): Promise<void> {
  const { points, threshold } = (await readForgeryRules(db, paper.market)).claimed_by_several
  if (points === 0 || retailers.length < threshold) return
  const reason = { signal: 'claimed_by_several', points, seen: retailers.join(' · ') } as const
  await addReason(db, receiptId, paper, reason).run()
}

type SeenRow = {
  receiptId: string
  market: Suspicion['market']
  till: string
  number: number
  purchasedAt: string
  totalMinor: number
  seenAt: string
  score: number
  reasons: string
}

const SUSPECTED = `SELECT receipt_id AS receiptId, market, till, number, time AS purchasedAt,
    total_minor AS totalMinor, seen_at AS seenAt, score, reasons
  FROM seen_receipts WHERE score > 0 AND score >= ?`

const suspicionOf = (row: SeenRow): Suspicion => ({
  ...row,
  number: row.number === NO_NUMBER ? null : row.number,
  totalMinor: minor(row.totalMinor),
  reasons: JSON.parse(row.reasons) as ForgeryReason[],
})

/** Receipts that look invented, the newest first. */
export async function listSuspicions(db: Database, start: PageStart): Promise<Page<Suspicion>> {
  const [seenAt, receiptId] = start.after ?? ['9999', '']
  const { results } = await db
    .prepare(
      `${SUSPECTED} AND (seen_at, receipt_id) < (?, ?)
       ORDER BY seen_at DESC, receipt_id DESC LIMIT ?`,
    )
    .bind(FORGERY_SCORE_SHOWN, seenAt, receiptId, start.limit + 1)
    .all<SeenRow>()
  return pageOfRows(results, start.limit, (row) => [row.seenAt, row.receiptId], suspicionOf)
}

const REMEMBERED_DAYS = 62
/** Receipts forgotten by one statement. */
const FORGET_MAX = 5_000
const ROUNDS_MAX = 1_000

/** Forgets what nobody can be compared with any more; run by the clock. */
export async function forgetSeenReceipts(db: Database, nowMs: number): Promise<void> {
  const before = new Date(nowMs - REMEMBERED_DAYS * 86_400_000).toISOString()
  for (let round = 0; round < ROUNDS_MAX; round += 1) {
    const { meta } = await db
      .prepare(
        `DELETE FROM seen_receipts WHERE (till, number, receipt_id) IN (
           SELECT till, number, receipt_id FROM seen_receipts
           WHERE seen_at < ?1 ORDER BY seen_at LIMIT ?2)`,
      )
      .bind(before, FORGET_MAX)
      .run()
    if (meta.changes === 0) break
  }
  await db.prepare('DELETE FROM till_places WHERE seen_at < ?').bind(before).run()
}
