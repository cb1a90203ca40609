import { makeId } from '#schema/id'
import { MARKETS, type MarketCode } from '#schema/market'
import { minor } from '#schema/money'
import type { Offer, OfferDraft } from '#schema/offer'
import type { Partner } from '#schema/partner'
import { Refusal } from '../http/problem.ts'
import type { Database } from '../members/database.ts'
import { marketOfPartner } from '../partners/market.d1.ts'
import { findPartner } from '../partners/partners.d1.ts'
import type { ControlPorts } from '../partners/ports.ts'
import type { Doer } from '../partners/staff-actions.d1.ts'
import { hideCard, showCard } from './cards.d1.ts'
import { commitBudget, committedTo } from './commit-budget.ts'
import { type RuleFacts, ruleFacts } from './draft-facts.d1.ts'
import {
  changeOffer,
  findOffer,
  insertDraft,
  type OfferPlace,
  type PublishedVersion,
  updateDraft,
} from './offers.d1.ts'
import { type PublishProblem, publishProblems } from './publish-check.ts'
import { publishSnapshot } from './publish-snapshot.ts'
import { describeOffer } from './text/describe.ts'

/**
 * draft → published ⇄ paused → ended. What is published never changes; an edit becomes the next
 * version.
 */

/** What shoppers read of a rule, its sums in the currency of the market. */
const textOf = (rule: OfferDraft['rule'], names: RuleFacts['names'], market: MarketCode) =>
  describeOffer(rule, names, MARKETS[market])

/** Writes a new draft; it may be incomplete in everything that publishing checks. */
export async function createOffer(
  ports: ControlPorts,
  partnerId: string,
  draft: OfferDraft,
  doer: Doer,
): Promise<Offer> {
  const place = { partnerId, offerId: makeId('offer', ports.random(20)) }
  const { names } = await ruleFacts(ports.db, draft.rule)
  const market = await marketOfPartner(ports.db, partnerId)
  await insertDraft(ports.db, place, draft, textOf(draft.rule, names, market).summary, doer)
  return (await findOffer(ports.db, place)).offer
}

/** Replaces the draft. Refuses with `not_found`, and `not_now` after the end. */
export async function editOffer(
  ports: ControlPorts,
  place: OfferPlace,
  draft: OfferDraft,
  doer: Doer,
): Promise<Offer> {
  const { names } = await ruleFacts(ports.db, draft.rule)
  const market = await marketOfPartner(ports.db, place.partnerId)
  await updateDraft(ports.db, place, draft, textOf(draft.rule, names, market).summary, doer)
  return (await findOffer(ports.db, place)).offer
}

/**
 * Publishes the draft as the next version: checks it, puts the money behind it, writes the version
 * with its texts, and compiles the market's snapshot. Publishing what is published already changes
 * nothing. Refuses with `not_found`,
 * `not_now`, `partner_not_active`, `offer_incomplete` (every problem in `errors`) and
 * `funds_short`.
 */
export async function publishOffer(
  ports: ControlPorts,
  place: OfferPlace,
  doer: Doer,
): Promise<Offer> {
  const { db } = ports
  const partner = await activePartner(db, place.partnerId)
  const stored = await findOffer(db, place)
  const { offer, published, updatedAt } = stored
  if (offer.state === 'ended') throw new Refusal('not_now')
  if (offer.state !== 'published' || !published || !sameTerms(published, offer.draft, partner)) {
    const facts = await ruleFacts(db, offer.draft.rule)
    const committedMinor = await committedTo(db, offer.id)
    const { feeBps, market } = partner
    const { partnerId } = place
    const rules = MARKETS[market]
    const known = { ...facts.checks, rules, partnerId, committedMinor, feeBps, now: doer.at }
    refuseIncomplete(publishProblems(offer.draft, known))
    await commitBudget(ports, place, offer.draft.budgetMinor, doer.at)
    const version = versionOf(offer, partner, doer.at)
    await writeVersion(db, place, version, facts, updatedAt, doer)
  }
  await publishSnapshot(ports, partner.market, doer.at)
  return (await findOffer(db, place)).offer
}

async function activePartner(db: Database, partnerId: string): Promise<Partner> {
  const partner = await findPartner(db, partnerId)
  if (partner.state !== 'active') throw new Refusal('partner_not_active')
  return partner
}

function refuseIncomplete(problems: readonly PublishProblem[]): void {
  if (problems.length === 0) return
  const errors = problems.map(({ path, code }) => ({ path, message: code }))
  throw new Refusal('offer_incomplete', { errors })
}

function sameTerms(published: PublishedVersion, draft: OfferDraft, partner: Partner): boolean {
  const { title, rule, legal, budgetMinor, feeBps } = published
  const terms = [title, rule, legal, budgetMinor, feeBps]
  const wanted = [draft.title, draft.rule, draft.legal, draft.budgetMinor, partner.feeBps]
  return JSON.stringify(terms) === JSON.stringify(wanted)
}

function versionOf(offer: Offer, partner: Partner, at: string): PublishedVersion {
  const { title, rule, legal, budgetMinor } = offer.draft
  return {
    offerId: offer.id,
    version: offer.version + 1,
    partnerId: partner.id,
    partnerName: partner.name,
    market: partner.market,
    title,
    rule,
    legal,
    budgetMinor: minor(budgetMinor),
    feeBps: partner.feeBps,
    publishedAt: at,
  }
}

/** An offer goes on after so many pauses at most: each is looked at with every receipt. */
const STOPS_MAX = 200

/** Ends a pause, if there is one, and keeps from when to when it was. `at` is a parameter. */
const endStop = (at: string) => `stopped_at = NULL, stops = CASE WHEN stopped_at IS NULL THEN stops
  ELSE json_insert(stops, '$[#]', json_array(stopped_at, ${at})) END`

/** All or nothing, and nothing when the draft was edited or published meanwhile. */
async function writeVersion(
  db: Database,
  place: OfferPlace,
  version: PublishedVersion,
  { names }: RuleFacts,
  updatedAt: string,
  doer: Doer,
): Promise<void> {
  const { partnerId, offerId } = place
  const text = textOf(version.rule, names, version.market)
  const change = db
    .prepare(
      `UPDATE offers SET version = ?3, state = 'published', ${endStop('?4')},
         published_at = coalesce(published_at, ?4)
       WHERE id = ?1 AND partner_id = ?2 AND version = ?3 - 1 AND updated_at = ?5
         AND state <> 'ended' AND json_array_length(stops) < ${STOPS_MAX}`,
    )
    .bind(offerId, partnerId, version.version, version.publishedAt, updatedAt)
  const insert = db
    .prepare(
      `INSERT INTO offer_versions (offer_id, version, content, text, published_at, published_by)
       SELECT id, version, ?3, ?4, ?5, ?6 FROM offers WHERE id = ?1 AND version = ?2
       ON CONFLICT DO NOTHING`,
    )
    .bind(
      offerId,
      version.version,
      JSON.stringify(version),
      JSON.stringify(text),
      version.publishedAt,
      doer.actorId,
    )
  await changeOffer(db, place, change, [insert, ...showCard(db, version, text, names)], {
    ...doer,
    action: 'offer.publish',
    detail: `version ${version.version}`,
  })
}

/** Purchases from now on earn nothing until it is resumed. Refuses with `not_found`, `not_now`. */
export async function pauseOffer(
  ports: ControlPorts,
  place: OfferPlace,
  doer: Doer,
): Promise<Offer> {
  return stop(ports, place, { state: 'paused', from: `'published'`, action: 'offer.pause' }, doer)
}

/**
 * Ends an offer for good. What was bought before may still be submitted; when that time is over,
 * the rest of the money goes back. Refuses with `not_found`, `not_now`.
 */
export async function endOffer(ports: ControlPorts, place: OfferPlace, doer: Doer): Promise<Offer> {
  const way = { state: 'ended', from: `'published', 'paused'`, action: 'offer.end' } as const
  return stop(ports, place, way, doer)
}

async function stop(
  ports: ControlPorts,
  place: OfferPlace,
  way: { state: 'paused' | 'ended'; from: string; action: string },
  doer: Doer,
): Promise<Offer> {
  const { db } = ports
  const change = db
    .prepare(
      `UPDATE offers SET state = ?3, stopped_at = coalesce(stopped_at, ?4)
       WHERE id = ?1 AND partner_id = ?2 AND state IN (${way.from})`,
    )
    .bind(place.offerId, place.partnerId, way.state, doer.at)
  const record = { ...doer, action: way.action, detail: '' }
  await changeOffer(db, place, change, [hideCard(db, place.offerId)], record)
  await publishSnapshot(ports, await marketOfPartner(db, place.partnerId), doer.at)
  return (await findOffer(db, place)).offer
}

/**
 * Goes on where it was paused, under the same version. Refuses with `not_found`, `not_now`,
 * `partner_not_active`.
 */
export async function resumeOffer(
  ports: ControlPorts,
  place: OfferPlace,
  doer: Doer,
): Promise<Offer> {
  const { db } = ports
  const { market } = await activePartner(db, place.partnerId)
  const { published } = await findOffer(db, place)
  if (!published) throw new Refusal('not_now')
  const change = db
    .prepare(
      `UPDATE offers SET state = 'published', ${endStop('?3')}
       WHERE id = ?1 AND partner_id = ?2 AND state = 'paused'
         AND json_array_length(stops) < ${STOPS_MAX}`,
    )
    .bind(place.offerId, place.partnerId, doer.at)
  const { names } = await ruleFacts(db, published.rule)
  const text = textOf(published.rule, names, market)
  const record = { ...doer, action: 'offer.resume', detail: '' }
  await changeOffer(db, place, change, showCard(db, published, text, names), record)
  await publishSnapshot(ports, market, doer.at)
  return (await findOffer(db, place)).offer
}
