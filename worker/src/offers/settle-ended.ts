import type { ControlPorts } from '../partners/ports.ts'
import { hideCard } from './cards.d1.ts'
import { lastJudgementDay } from './compile.ts'
import type { PublishedVersion } from './offers.d1.ts'
import { dayOf, instantOfWall, wallMinuteIn } from './wall.ts'

/**
 * The clock's part in an offer's life: ends offers whose window has passed, and gives back to their
 * partners what is left once no receipt can reach them any more.
 */

const OFFERS_PER_RUN = 100

type LastRow = { id: string; partner_id: string; content: string; stopped_at: string | null }

const LAST = `SELECT offers.id, offers.partner_id, content, stopped_at FROM offers
  JOIN offer_versions ON offer_id = offers.id AND offer_versions.version = offers.version`

/**
 * Ends what is over; answers how many. The snapshot needs no new version: the window is part of the
 * rule.
 */
export async function endPassedOffers({ db }: ControlPorts, now: string): Promise<number> {
  const { results } = await db
    .prepare(`${LAST} WHERE state IN ('published', 'paused')`)
    .all<LastRow>()
  const over = results.filter((row) => {
    const { rule } = JSON.parse(row.content) as PublishedVersion
    return instantOfWall(rule.endsAt, rule.timeZone) <= now
  })
  for (const { id } of over) {
    await db.batch([
      db
        .prepare(
          `UPDATE offers SET state = 'ended', stopped_at = coalesce(stopped_at, ?2)
           WHERE id = ?1 AND state IN ('published', 'paused')`,
        )
        .bind(id, now),
      hideCard(db, id),
    ])
  }
  return over.length
}

/**
 * Gives back the rest of ended offers, once a day each until nothing is left in the budget or in
 * cells: leases come back late. Answers how many offers are settled for good.
 */
export async function settleEndedOffers(ports: ControlPorts, now: string): Promise<number> {
  const { db } = ports
  const { results } = await db
    .prepare(`${LAST} WHERE state = 'ended' AND settled_at IS NULL ORDER BY stopped_at LIMIT ?`)
    .bind(OFFERS_PER_RUN)
    .all<LastRow>()
  let settled = 0
  for (const row of results) {
    if (!isOutOfReach(row, now)) continue
    await ports.money.release(row.id, row.partner_id)
    if (!(await isEmpty(ports, row.id))) continue
    await db.prepare('UPDATE offers SET settled_at = ? WHERE id = ?').bind(now, row.id).run()
    settled += 1
  }
  return settled
}

function isOutOfReach({ content, stopped_at }: LastRow, now: string): boolean {
  const { market, rule } = JSON.parse(content) as PublishedVersion
  const stopped = wallMinuteIn(stopped_at ?? now, rule.timeZone)
  const [last = rule.endsAt] = [stopped, rule.endsAt].sort()
  return lastJudgementDay(market, rule, last) < dayOf(now)
}

/** Nothing left in the budget, and everything that cells took was spent. */
async function isEmpty({ db, budget }: ControlPorts, offerId: string): Promise<boolean> {
  const { leftMinor, allocatedMinor } = await budget.money(offerId)
  const spent = await db
    .prepare('SELECT reward_minor + fee_minor AS minor FROM offer_totals WHERE offer_id = ?')
    .bind(offerId)
    .first<{ minor: number }>()
  return leftMinor === 0 && allocatedMinor <= (spent?.minor ?? 0)
}
