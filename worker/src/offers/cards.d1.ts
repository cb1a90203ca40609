import { assertNever } from '#schema/assert-never'
import type { LocalText, MarketCode } from '#schema/market'
import { minor } from '#schema/money'
import type { OfferCard, OfferTarget } from '#schema/offer'
import type { Page } from '#schema/page'
import { foldWords } from '../catalogue/words.ts'
import { type PageStart, pageOfRows } from '../http/page.ts'
import { Refusal } from '../http/problem.ts'
import type { Database, Statement } from '../members/database.ts'
import type { OpenActivation } from '../partners/ports.ts'
import type { EvaluationNames } from './names.ts'
import type { PublishedVersion } from './offers.d1.ts'
import type { OfferText } from './text/describe.ts'
import { instantOfWall } from './wall.ts'

/** The shopper's cards: what is live, searched and paged. */

/** The statements that show a version to shoppers in place of the former one. */
export function showCard(
  db: Database,
  version: PublishedVersion,
  text: OfferText,
  names: EvaluationNames,
): Statement[] {
  const { offerId, partnerId, rule } = version
  const { startsAt, endsAt, timeZone, retailers } = rule
  return [
    hideCard(db, offerId),
    db
      .prepare(
        `INSERT INTO offer_cards (offer_id, partner_id, version, words, everywhere, starts_at,
           ends_at, published_at)
         SELECT id, ?2, version, ?4, ?5, ?6, ?7, ?8 FROM offers
         WHERE id = ?1 AND version = ?3 AND state = 'published' ON CONFLICT DO NOTHING`,
      )
      .bind(
        offerId,
        partnerId,
        version.version,
        wordsOf(version, text, names),
        retailers === 'all' ? 1 : 0,
        instantOfWall(startsAt, timeZone),
        instantOfWall(endsAt, timeZone),
        version.publishedAt,
      ),
    db
      .prepare(
        `INSERT INTO offer_card_retailers (retailer_id, offer_id)
         SELECT value, offer_id FROM json_each(?1), offer_cards WHERE offer_id = ?2
         ON CONFLICT DO NOTHING`,
      )
      .bind(JSON.stringify(retailers === 'all' ? [] : retailers), offerId),
    db
      .prepare(
        `INSERT INTO offer_card_targets (kind, key, offer_id)
         SELECT value ->> '$.kind', value ->> '$.key', offer_id
         FROM json_each(?1), offer_cards WHERE offer_id = ?2
         ON CONFLICT DO NOTHING`,
      )
      .bind(JSON.stringify(targetsOf(rule.target)), offerId),
  ]
}

/** What a shown offer can be found by. */
export type CardTarget = { readonly kind: 'product' | 'brand' | 'category'; readonly key: string }

function targetsOf(target: OfferTarget): CardTarget[] {
  switch (target.code) {
    case 'products':
      return target.args.productIds.map((key) => ({ kind: 'product', key }))
    case 'brand':
      return [{ kind: 'brand', key: foldWords(target.args.brand) }]
    case 'category':
      return [{ kind: 'category', key: target.args.category }]
    case 'receipt':
      return []
    default:
      return assertNever(target)
  }
}

/** Takes a card away unless it still shows what is published. */
export function hideCard(db: Database, offerId: string): Statement {
  return db
    .prepare(
      `DELETE FROM offer_cards WHERE offer_id = ?1 AND NOT EXISTS (
         SELECT 1 FROM offers
         WHERE id = ?1 AND state = 'published' AND offers.version = offer_cards.version
       )`,
    )
    .bind(offerId)
}

function wordsOf(version: PublishedVersion, text: OfferText, names: EvaluationNames): string {
  const { title, partnerName, rule } = version
  const said = [title, text.summary].flatMap((local: LocalText) => [local.ru, local.en])
  const brand = rule.target.code === 'brand' ? rule.target.args.brand : ''
  const known = [...names.products.values(), ...names.retailers.values()]
  return foldWords([...said, partnerName, brand, ...known].join(' '))
}

type CardRow = {
  offer_id: string
  content: string
  text: string
  live: number
  published_at: string
  reward_minor: number | null
  fee_minor: number | null
  reserved_minor: number | null
}

const COLUMNS = `content, offer_versions.text, reward_minor, fee_minor, reserved_minor`
const JOINS = `JOIN offers ON offers.id = offer_versions.offer_id
    AND offers.version = offer_versions.version
  JOIN partners ON partners.id = offers.partner_id
  LEFT JOIN offer_totals ON offer_totals.offer_id = offers.id`

type CardFilter = {
  market: MarketCode
  q: string
  retailerId: string | null
  partnerId: string | null
  /** Offers on any of these; null: on whatever. */
  targets: readonly CardTarget[] | null
}

/** Cards of offers that pay for purchases made now, the newest first. `now` is an ISO instant. */
export async function listCards(
  db: Database,
  filter: CardFilter,
  now: string,
  start: PageStart,
  activations: ReadonlyMap<string, OpenActivation>,
): Promise<Page<OfferCard>> {
  const [publishedAt, offerId] = start.after ?? ['9999', '']
  const { results } = await db
    .prepare(
      `SELECT card.offer_id, card.published_at, 1 AS live, ${COLUMNS}
       FROM offer_cards AS card JOIN offer_versions ON offer_versions.offer_id = card.offer_id
         AND offer_versions.version = card.version ${JOINS}
       WHERE (card.published_at, card.offer_id) < (?1, ?2) AND instr(card.words, ?3) > 0
         AND card.starts_at <= ?4 AND card.ends_at > ?4
         AND partners.state = 'active' AND partners.market = ?8
         AND (?5 IS NULL OR card.partner_id = ?5)
         AND (?6 IS NULL OR everywhere = 1 OR EXISTS (
           SELECT 1 FROM offer_card_retailers AS shop
           WHERE shop.offer_id = card.offer_id AND shop.retailer_id = ?6
         ))
         AND (?9 IS NULL OR card.offer_id IN (
           SELECT target.offer_id FROM json_each(?9) AS wanted JOIN offer_card_targets AS target
           ON target.kind = wanted.value ->> '$.kind' AND target.key = wanted.value ->> '$.key'
         ))
       ORDER BY card.published_at DESC, card.offer_id DESC LIMIT ?7`,
    )
    .bind(
      publishedAt,
      offerId,
      foldWords(filter.q),
      now,
      filter.partnerId,
      filter.retailerId,
      start.limit + 1,
      filter.market,
      filter.targets && JSON.stringify(filter.targets),
    )
    .all<CardRow>()
  const names = await retailerNames(db, results)
  return pageOfRows(
    results,
    start.limit,
    (row) => [row.published_at, row.offer_id],
    (row) => cardOf(row, names, activations),
  )
}

/**
 * The card of any offer that was ever published: a receipt's verdict leads to it long after the
 * end. What is not live has nothing left. Refuses with `not_found`.
 */
export async function findCard(
  db: Database,
  offerId: string,
  now: string,
  activations: ReadonlyMap<string, OpenActivation>,
): Promise<OfferCard> {
  const { results } = await db
    .prepare(
      `SELECT offers.id AS offer_id, offers.published_at, ${COLUMNS},
         partners.state = 'active' AND EXISTS (
           SELECT 1 FROM offer_cards AS card WHERE card.offer_id = offers.id AND ends_at > ?2
         ) AS live
       FROM offer_versions ${JOINS} WHERE offers.id = ?1`,
    )
    .bind(offerId, now)
    .all<CardRow>()
  const [row] = results
  if (row === undefined) throw new Refusal('not_found')
  return cardOf(row, await retailerNames(db, results), activations)
}

function contentOf(row: CardRow): PublishedVersion {
  return JSON.parse(row.content) as PublishedVersion
}

async function retailerNames(
  db: Database,
  rows: readonly CardRow[],
): Promise<ReadonlyMap<string, string>> {
  const ids = rows.flatMap((row) => {
    const { retailers } = contentOf(row).rule
    return retailers === 'all' ? [] : retailers
  })
  if (ids.length === 0) return new Map()
  const { results } = await db
    .prepare('SELECT id, name FROM partners WHERE id IN (SELECT value FROM json_each(?))')
    .bind(JSON.stringify([...new Set(ids)]))
    .all<{ id: string; name: string }>()
  return new Map(results.map(({ id, name }) => [id, name]))
}

function leftPercent(row: CardRow, budgetMinor: number): number {
  if (row.live === 0) return 0
  const gone = (row.reward_minor ?? 0) + (row.fee_minor ?? 0) + Math.max(0, row.reserved_minor ?? 0)
  const left = Math.max(0, budgetMinor - gone)
  // Only an empty budget reads 0.
  return Math.min(100, Math.ceil((100 * left) / budgetMinor))
}

function cardOf(
  row: CardRow,
  names: ReadonlyMap<string, string>,
  activations: ReadonlyMap<string, OpenActivation>,
): OfferCard {
  const { offerId, version, partnerId, partnerName, title, rule, legal, budgetMinor } =
    contentOf(row)
  const text = JSON.parse(row.text) as OfferText
  const activation = activations.get(offerId)
  return {
    id: offerId,
    version,
    partnerId,
    partnerName,
    title,
    ...text,
    retailers:
      rule.retailers === 'all'
        ? null
        : rule.retailers.map((id) => ({ id, name: names.get(id) ?? id })),
    rule,
    legal,
    leftPercent: leftPercent(row, budgetMinor),
    endsAt: rule.endsAt,
    activation: rule.activation,
    activated: activation
      ? { reservedMinor: minor(activation.reservedMinor), until: activation.until }
      : null,
  }
}
