import { MARKETS, type MarketCode } from '#schema/market'
import type { Me, MePatch } from '#schema/member'
import { actorOf, type Identity, marketAsked, type ShopperActor } from '../http/actor.ts'
import { Refusal } from '../http/problem.ts'
import { wallMinuteIn } from '../offers/wall.ts'
import { readConsents } from './consents.d1.ts'
import type { Database } from './database.ts'
import { findPerson, logged } from './people.d1.ts'
import { maskPhone } from './phone.ts'

const NOBODY: Me = {
  kind: 'anonymous',
  userId: null,
  name: null,
  locale: null,
  phoneMasked: null,
  email: null,
  walletId: null,
  market: null,
  adultConfirmedAt: null,
  phoneChangedAt: null,
  reauthenticatedAt: null,
  consents: [],
  partners: [],
  operatorRole: null,
  secondFactor: { required: false, enrolled: false, verifiedAt: null },
}

/** Who am I. `partnerId` is the partner that the screen works for, when it has chosen one. */
export async function readMe(
  db: Database,
  identity: Identity | null,
  partnerId: string | null,
): Promise<Me> {
  const person = identity && (await findPerson(db, identity.userId))
  if (identity === null || person === null) return NOBODY
  const actor = actorOf(identity, { partnerId, operator: true })
  const shopper = person.kind === 'shopper'
  return {
    kind: actor.kind,
    userId: person.id,
    name: person.name === '' ? null : person.name,
    locale: person.locale,
    phoneMasked: person.phone === null ? null : maskPhone(person.phone),
    email: shopper ? null : person.email,
    walletId: identity.walletId,
    market: actor.kind === 'shopper' ? marketAsked(null, actor.phone) : null,
    adultConfirmedAt: person.adultConfirmedAt,
    phoneChangedAt: person.phoneChangedAt,
    reauthenticatedAt: identity.reauthenticatedAt,
    consents: shopper ? await readConsents(db, person.id) : [],
    partners: [...identity.partners],
    operatorRole: identity.operatorRole,
    secondFactor: {
      required: !shopper,
      enrolled: person.twoFactorEnabled,
      verifiedAt: identity.secondFactorAt,
    },
  }
}

/** Changes what the patch names. */
export async function patchMe(
  db: Database,
  userId: string,
  patch: MePatch,
  at: string,
): Promise<void> {
  await db
    .prepare(
      `UPDATE users SET name = COALESCE(?2, name), locale = COALESCE(?3, locale),
       updated_at = ?4 WHERE id = ?1 AND erased_at IS NULL`,
    )
    .bind(userId, patch.name ?? null, patch.locale ?? null, at)
    .run()
}

/**
 * Years of age from which cash is paid (product rule: 18+ by default). The date of birth is not
 * kept, and one person may withdraw in several markets: the answer has to hold in all of them.
 */
const ADULT_YEARS = Math.max(...Object.values(MARKETS).map(({ adultAge }) => adultAge))

/**
 * Whether somebody born on that date is 18 on that day. Born on 29 February: from 1 March.
 * Both are `YYYY-MM-DD` in the market's zone, which compare as texts.
 */
export function isAdult(dateOfBirth: string, today: string): boolean {
  const year = String(Number(today.slice(0, 4)) - ADULT_YEARS).padStart(4, '0')
  return dateOfBirth <= `${year}${today.slice(4)}`
}

const OLDEST_BIRTH = '1900-01-01'

/** The day by the clocks of a market. */
export function dayIn(market: MarketCode, nowMs: number): string {
  const instant = new Date(nowMs).toISOString()
  return wallMinuteIn(instant, MARKETS[market].timeZone).slice(0, 'YYYY-MM-DD'.length)
}

/**
 * Confirms the age once, by the day in the person's market; the date of birth itself is not kept.
 * Refuses with `under_age`.
 */
export async function confirmAdult(
  db: Database,
  { userId, market }: Pick<ShopperActor, 'userId' | 'market'>,
  dateOfBirth: string,
  nowMs: number,
): Promise<string> {
  const today = dayIn(market, nowMs)
  if (dateOfBirth < OLDEST_BIRTH || dateOfBirth > today) {
    const errors = [{ path: 'dateOfBirth', message: 'not a date of birth' }]
    throw new Refusal('invalid_request', { errors })
  }
  if (!isAdult(dateOfBirth, today)) throw new Refusal('under_age')
  const known = (await findPerson(db, userId))?.adultConfirmedAt
  if (known) return known
  const at = new Date(nowMs).toISOString()
  await db.batch([
    db
      .prepare('UPDATE users SET adult_confirmed_at = ?, updated_at = ? WHERE id = ?')
      .bind(at, at, userId),
    logged(db, userId, 'adult_confirmed', at),
  ])
  return at
}

/** How long a repeated proof of the phone opens what needs one, ms. */
const REAUTHENTICATION_MS_MAX = 10 * 60 * 1000

/** Refuses with `reauthentication_needed` unless the phone was proven again just now. */
export function requireReauthentication(actor: ShopperActor, nowMs: number): void {
  const { reauthenticatedAt } = actor
  const fresh =
    reauthenticatedAt !== null && nowMs - Date.parse(reauthenticatedAt) < REAUTHENTICATION_MS_MAX
  if (!fresh) throw new Refusal('reauthentication_needed')
}
