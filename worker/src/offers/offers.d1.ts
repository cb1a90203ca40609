import type { LocalText } from '#schema/market'
import { minor } from '#schema/money'
import type { Offer, OfferDraft, OfferMoney, OfferState, OfferVersion } from '#schema/offer'
import type { Page } from '#schema/page'
import { type PageStart, pageOfRows } from '../http/page.ts'
import { Refusal } from '../http/problem.ts'
import type { Database, Statement } from '../members/database.ts'
import { type Doer, recordIfChanged } from '../partners/staff-actions.d1.ts'

/** Offers as their partner sees them. Money figures come from the reports' totals. */

/** Whose offer; another partner's offer is not found. */
export type OfferPlace = { partnerId: string; offerId: string }

/** A published version without what happened to its offer since. */
export type PublishedVersion = Omit<OfferVersion, 'stoppedAt' | 'stops'>

type OfferRow = {
  id: string
  partner_id: string
  state: OfferState
  version: number
  draft: string
  text: string
  fee_bps: number
  content: string | null
  published_at: string | null
  created_at: string
  updated_at: string
  redemptions: number | null
  reward_minor: number | null
  fee_minor: number | null
  reserved_minor: number | null
}

/** An offer with what publishing needs beside it. */
type StoredOffer = {
  offer: Offer
  /** The newest published version; null before the first. */
  published: PublishedVersion | null
  /** Changes with every edit: two edits at once cannot overwrite one another unseen. */
  updatedAt: string
}

const SELECT = `SELECT offers.id, offers.partner_id, offers.state, offers.version, draft,
    offers.text, fee_bps, content, offers.published_at, offers.created_at, updated_at,
    redemptions, reward_minor, fee_minor, reserved_minor
  FROM offers JOIN partners ON partners.id = offers.partner_id
  LEFT JOIN offer_versions
    ON offer_versions.offer_id = offers.id AND offer_versions.version = offers.version
  LEFT JOIN offer_totals ON offer_totals.offer_id = offers.id`

function moneyOf(row: OfferRow, budgetMinor: number): OfferMoney {
  const spent = row.reward_minor ?? 0
  const fee = row.fee_minor ?? 0
  const reserved = Math.max(0, row.reserved_minor ?? 0)
  return {
    budgetMinor: minor(budgetMinor),
    spentMinor: minor(spent),
    feeMinor: minor(fee),
    reservedMinor: minor(reserved),
    leftMinor: minor(Math.max(0, budgetMinor - spent - fee - reserved)),
  }
}

function storedOf(row: OfferRow): StoredOffer {
  const draft = JSON.parse(row.draft) as OfferDraft
  const published = row.content === null ? null : (JSON.parse(row.content) as PublishedVersion)
  return {
    published,
    updatedAt: row.updated_at,
    offer: {
      id: row.id,
      partnerId: row.partner_id,
      state: row.state,
      version: row.version,
      draft,
      text: JSON.parse(row.text) as LocalText,
      feeBps: published?.feeBps ?? row.fee_bps,
      money: moneyOf(row, (published ?? draft).budgetMinor),
      redemptions: row.redemptions ?? 0,
      publishedAt: row.published_at,
      createdAt: row.created_at,
    },
  }
}

/** Refuses with `not_found`. */
export async function findOffer(
  db: Database,
  { partnerId, offerId }: OfferPlace,
): Promise<StoredOffer> {
  const row = await db
    .prepare(`${SELECT} WHERE offers.id = ? AND offers.partner_id = ?`)
    .bind(offerId, partnerId)
    .first<OfferRow>()
  if (row === null) throw new Refusal('not_found')
  return storedOf(row)
}

/** Newest first. */
export async function listOffers(
  db: Database,
  partnerId: string,
  state: OfferState | null,
  start: PageStart,
): Promise<Page<Offer>> {
  const [createdAt, id] = start.after ?? ['9999', '']
  const { results } = await db
    .prepare(
      `${SELECT} WHERE offers.partner_id = ?1 AND (offers.created_at, offers.id) < (?2, ?3)
         AND (?4 IS NULL OR offers.state = ?4)
       ORDER BY offers.created_at DESC, offers.id DESC LIMIT ?5`,
    )
    .bind(partnerId, createdAt, id, state, start.limit + 1)
    .all<OfferRow>()
  return pageOfRows(
    results,
    start.limit,
    (row) => [row.created_at, row.id],
    (row) => storedOf(row).offer,
  )
}

/** Writes a new draft. */
export async function insertDraft(
  db: Database,
  { partnerId, offerId }: OfferPlace,
  draft: OfferDraft,
  text: LocalText,
  doer: Doer,
): Promise<void> {
  await db.batch([
    db
      .prepare(
        `INSERT INTO offers (id, partner_id, state, draft, text, created_at, updated_at)
         VALUES (?1, ?2, 'draft', ?3, ?4, ?5, ?5)`,
      )
      .bind(offerId, partnerId, JSON.stringify(draft), JSON.stringify(text), doer.at),
    recordIfChanged(db, {
      ...doer,
      partnerId,
      action: 'offer.create',
      subject: offerId,
      detail: draft.title.ru,
    }),
  ])
}

/**
 * Replaces the draft; what is published stays. Refuses with `not_found`, and `not_now` after the
 * end.
 */
export async function updateDraft(
  db: Database,
  place: OfferPlace,
  draft: OfferDraft,
  text: LocalText,
  doer: Doer,
): Promise<void> {
  const { partnerId, offerId } = place
  await changeOffer(
    db,
    place,
    db
      .prepare(
        `UPDATE offers SET draft = ?3, text = ?4, updated_at = ?5
         WHERE id = ?1 AND partner_id = ?2 AND state <> 'ended'`,
      )
      .bind(offerId, partnerId, JSON.stringify(draft), JSON.stringify(text), doer.at),
    [],
    { ...doer, action: 'offer.edit', detail: draft.title.ru },
  )
}

/**
 * A change of an offer with its record and what goes with it. Refuses with `not_found`, and
 * `not_now` when the offer is there and its state did not let the change happen.
 */
export async function changeOffer(
  db: Database,
  place: OfferPlace,
  change: Statement,
  alongside: readonly Statement[],
  record: Doer & { action: string; detail: string },
): Promise<void> {
  const { partnerId, offerId } = place
  const recorded = recordIfChanged(db, { ...record, partnerId, subject: offerId })
  const [changed] = await db.batch([change, recorded, ...alongside])
  if (changed?.meta.changes !== 0) return
  await findOffer(db, place)
  throw new Refusal('not_now')
}

/**
 * The newest published version of an offer with the offer's state; null before the first. A
 * suspended partner's offer counts as paused.
 */
export async function readLiveVersion(
  db: Database,
  offerId: string,
): Promise<{ state: OfferState; version: PublishedVersion } | null> {
  const row = await db
    .prepare(
      `SELECT content, CASE WHEN suspended_at IS NOT NULL AND offers.state = 'published'
         THEN 'paused' ELSE offers.state END AS state
       FROM offers JOIN partners ON partners.id = offers.partner_id
       JOIN offer_versions ON offer_id = offers.id AND offer_versions.version = offers.version
       WHERE offers.id = ?`,
    )
    .bind(offerId)
    .first<{ state: OfferState; content: string }>()
  return row && { state: row.state, version: JSON.parse(row.content) as PublishedVersion }
}
