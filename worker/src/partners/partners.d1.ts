import { makeId } from '#schema/id'
import type { MarketCode } from '#schema/market'
import type { Page } from '#schema/page'
import type { Partner, PartnerApplication, PartnerKind, PartnerState } from '#schema/partner'
import { taxNumberHolds } from '#schema/tax-number'
import { foldWords } from '../catalogue/words.ts'
import { type PageStart, pageOfRows } from '../http/page.ts'
import { Refusal } from '../http/problem.ts'
import type { Database } from '../members/database.ts'
import { founderStatement } from '../members/staff.d1.ts'
import { invalidField, refusingTaken } from './refusals.ts'
import { type Doer, recordAction, recordIfChanged } from './staff-actions.d1.ts'

/** Partners: application, approval, suspension. */

/** The network's fee until the contract says another. */
const FEE_BPS_DEFAULT = 1_000

/** Applications one person may have under way. */
const APPLICATIONS_MAX = 5

type PartnerRow = {
  id: string
  name: string
  legal_name: string
  tax_number: string
  kind: PartnerKind
  market: MarketCode
  contact_name: string
  contact_phone: string
  website: string
  state: PartnerState
  state_reason: string | null
  fee_bps: number
  version: number
  created_at: string
}

const SELECT = `SELECT id, name, legal_name, tax_number, kind, market, contact_name,
  contact_phone, website, state, state_reason, fee_bps, version, created_at FROM partners`

function partnerOf(row: PartnerRow): Partner {
  return {
    id: row.id,
    name: row.name,
    legalName: row.legal_name,
    taxNumber: row.tax_number,
    kind: row.kind,
    market: row.market,
    contactName: row.contact_name,
    contactPhone: row.contact_phone,
    website: row.website,
    state: row.state,
    stateReason: row.state_reason,
    feeBps: row.fee_bps,
    createdAt: row.created_at,
    version: row.version,
  }
}

/** Refuses with `not_found`. */
export async function findPartner(db: Database, partnerId: string): Promise<Partner> {
  const row = await db.prepare(`${SELECT} WHERE id = ?`).bind(partnerId).first<PartnerRow>()
  if (row === null) throw new Refusal('not_found')
  return partnerOf(row)
}

/** The public name, for mails to staff; null when there is no such partner. */
export async function partnerName(db: Database, partnerId: string): Promise<string | null> {
  const row = await db
    .prepare('SELECT name FROM partners WHERE id = ?')
    .bind(partnerId)
    .first<{ name: string }>()
  return row?.name ?? null
}

function wordsOf(id: string, { name, legalName, taxNumber }: PartnerApplication): string {
  return foldWords(`${name} ${legalName} ${taxNumber} ${id}`)
}

function checkApplication(market: MarketCode, { taxNumber }: PartnerApplication): void {
  if (!taxNumberHolds(market, taxNumber)) throw invalidField('taxNumber', 'tax_number_invalid')
}

/**
 * An application: whoever sends it becomes the owner. Refuses with `invalid_request`, `not_now`.
 */
export async function applyAsPartner(
  db: Database,
  application: PartnerApplication,
  markets: readonly MarketCode[],
  random: Uint8Array,
  doer: Doer,
): Promise<Partner> {
  if (!markets.includes(application.market)) throw invalidField('market', 'market_not_open')
  checkApplication(application.market, application)
  const id = makeId('partner', random)
  const open = await db
    .prepare(
      `SELECT count(*) AS count FROM partner_staff JOIN partners ON partners.id = partner_id
       WHERE user_id = ? AND role = 'owner' AND state = 'applied'`,
    )
    .bind(doer.actorId)
    .first<{ count: number }>()
  if ((open?.count ?? 0) >= APPLICATIONS_MAX) throw new Refusal('not_now')
  const { name, legalName, taxNumber, kind, contactName, contactPhone, website } = application
  await db.batch([
    db
      .prepare(
        `INSERT INTO partners (id, name, legal_name, tax_number, kind, market, contact_name,
           contact_phone, website, words, state, fee_bps, created_at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'applied', ?, ?)`,
      )
      .bind(
        id,
        name,
        legalName,
        taxNumber,
        kind,
        application.market,
        contactName,
        contactPhone,
        website,
        wordsOf(id, application),
        FEE_BPS_DEFAULT,
        doer.at,
      ),
    founderStatement(db, id, doer.actorId, doer.at),
    recordAction(db, {
      ...doer,
      partnerId: id,
      action: 'partner.apply',
      subject: id,
      detail: name,
    }),
  ])
  return findPartner(db, id)
}

/**
 * Changes what the owner may change. Under contract the legal identity stays: a tax number leads
 * receipts to a retailer, so that a new one needs a new application. A declined partner applies
 * again by it.
 */
export async function changePartner(
  db: Database,
  partnerId: string,
  application: PartnerApplication,
  doer: Doer,
): Promise<Partner> {
  checkApplication((await findPartner(db, partnerId)).market, application)
  const { name, legalName, taxNumber, kind, contactName, contactPhone, website } = application
  const [updated] = await db.batch([
    db
      .prepare(
        `UPDATE partners SET name = ?2, legal_name = ?3, tax_number = ?4, kind = ?5,
           contact_name = ?6, contact_phone = ?7, website = ?8, words = ?9, version = version + 1,
           state = CASE state WHEN 'declined' THEN 'applied' ELSE state END,
           state_reason = CASE state WHEN 'declined' THEN NULL ELSE state_reason END
         WHERE id = ?1 AND (
           state IN ('applied', 'declined')
           OR (legal_name = ?3 AND tax_number = ?4 AND kind = ?5)
         )`,
      )
      .bind(
        partnerId,
        name,
        legalName,
        taxNumber,
        kind,
        contactName,
        contactPhone,
        website,
        wordsOf(partnerId, application),
      ),
    recordIfChanged(db, {
      ...doer,
      partnerId,
      action: 'partner.change',
      subject: partnerId,
      detail: name,
    }),
  ])
  const partner = await findPartner(db, partnerId)
  if (updated?.meta.changes === 0) throw new Refusal('not_now')
  return partner
}

/** What the operator decides about a partner. */
export type PartnerDecision =
  | { code: 'approve'; feeBps: number }
  | { code: 'decline' | 'suspend'; reason: string }
  | { code: 'resume' }

/** From which states a decision may be taken, and where it leads. */
const DECISIONS = {
  approve: { from: `'applied', 'declined'`, to: 'active' },
  decline: { from: `'applied'`, to: 'declined' },
  suspend: { from: `'active'`, to: 'suspended' },
  resume: { from: `'suspended'`, to: 'active' },
} as const

/**
 * Takes a decision. Refuses with `not_found`, `not_now`, and `taken` when the tax number is under
 * contract.
 */
export async function decidePartner(
  db: Database,
  partnerId: string,
  decision: PartnerDecision,
  doer: Doer,
): Promise<Partner> {
  const { from, to } = DECISIONS[decision.code]
  const reason = 'reason' in decision ? decision.reason : null
  const feeBps = 'feeBps' in decision ? decision.feeBps : null
  const work = db.batch([
    db
      .prepare(
        `UPDATE partners SET state = ?2, state_reason = ?3, fee_bps = coalesce(?4, fee_bps),
           suspended_at = CASE ?2 WHEN 'suspended' THEN ?5 END,
           stops = CASE WHEN suspended_at IS NULL THEN stops
             ELSE json_insert(stops, '$[#]', json_array(suspended_at, ?5)) END,
           version = version + 1
         WHERE id = ?1 AND state IN (${from})`,
      )
      .bind(partnerId, to, reason, feeBps, doer.at),
    recordIfChanged(db, {
      ...doer,
      partnerId: null,
      action: `partner.${decision.code}`,
      subject: partnerId,
      detail: reason ?? (feeBps === null ? '' : `fee ${feeBps} bps`),
    }),
  ])
  const [updated] = await refusingTaken(work)
  const partner = await findPartner(db, partnerId)
  if (updated?.meta.changes === 0) throw new Refusal('not_now')
  return partner
}

/** For the operator: the newest first, by state and words. */
export async function listPartners(
  db: Database,
  filter: { state: PartnerState | null; q: string },
  start: PageStart,
): Promise<Page<Partner>> {
  const [createdAt, id] = start.after ?? ['9999', '']
  const { results } = await db
    .prepare(
      `${SELECT} WHERE (created_at, id) < (?1, ?2) AND (?3 IS NULL OR state = ?3)
         AND instr(words, ?4) > 0 ORDER BY created_at DESC, id DESC LIMIT ?5`,
    )
    .bind(createdAt, id, filter.state, foldWords(filter.q), start.limit + 1)
    .all<PartnerRow>()
  return pageOfRows(results, start.limit, (row) => [row.created_at, row.id], partnerOf)
}

/** Active retailers, by name: where shoppers may filter offers by. */
export async function listRetailers(
  db: Database,
  market: MarketCode,
): Promise<{ id: string; name: string }[]> {
  const { results } = await db
    .prepare(
      `SELECT id, name FROM partners WHERE state = 'active' AND kind IN ('retailer', 'both')
         AND market = ?
       ORDER BY name, id LIMIT 1000`,
    )
    .bind(market)
    .all<{ id: string; name: string }>()
  return results
}

/** Refuses with `partner_not_active` whoever has no contract, or a suspended one. */
export async function requireActive(db: Database, partnerId: string): Promise<void> {
  const row = await db
    .prepare(`SELECT id FROM partners WHERE id = ? AND state = 'active'`)
    .bind(partnerId)
    .first()
  if (row === null) throw new Refusal('partner_not_active')
}
