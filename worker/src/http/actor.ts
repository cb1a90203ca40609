import type { MiddlewareHandler } from 'hono'
import { HOME_MARKET, MarketCode, marketOfPhone } from '#schema/market'
import type { OperatorRole, PartnerRole } from '#schema/partner'
import type { AppEnv } from './env.ts'
import { SessionMemory } from './session-memory.ts'

/** How long a proven second factor opens staff routes, ms. */
export const SECOND_FACTOR_MS_MAX = 12 * 60 * 60 * 1000

/** Who is asking, in the role that they are asking in. Instants are ISO, UTC. */
export type Actor =
  | { kind: 'anonymous' }
  | ShopperActor
  /** An e-mail account without a role yet: about to apply as a partner. */
  | { kind: 'newcomer'; userId: string; secondFactorAt: string | null }
  | PartnerActor
  | OperatorActor
  | KeyActor

export interface ShopperActor {
  kind: 'shopper'
  userId: string
  walletId: string
  /** Which of the wallet's markets is asked about: as the request says, else the phone's own. */
  market: MarketCode
  /** E.164 */
  phone: string
  deviceId: string | null
  sessionCreatedAt: string
  reauthenticatedAt: string | null
}

interface PartnerActor {
  kind: 'partner'
  userId: string
  partnerId: string
  role: PartnerRole
  secondFactorAt: string | null
}

interface OperatorActor {
  kind: 'operator'
  userId: string
  role: OperatorRole
  secondFactorAt: string | null
}

/** A partner's own system, by one of the partner's keys. */
export interface KeyActor {
  kind: 'key'
  keyId: string
  partnerId: string
  /** What the partner calls the key. */
  name: string
  scope: KeyScope
}
export type KeyScope = 'sales'

/** Everything a session proves about its owner, before a role is chosen. */
export interface Identity {
  sessionId: string
  sessionToken: string
  sessionCreatedAt: string
  reauthenticatedAt: string | null
  secondFactorAt: string | null
  secondFactorEnrolled: boolean
  userId: string
  kind: 'shopper' | 'staff'
  phone: string | null
  deviceId: string | null
  walletId: string | null
  partners: readonly { partnerId: string; role: PartnerRole }[]
  operatorRole: OperatorRole | null
}

/**
 * Reads the session of the request; null when there is none. `ageMsMax` allows an answer that was
 * read so long ago; without it the answer is fresh.
 */
export type Identify = (ageMsMax?: number) => Promise<Identity | null>

/** Which of the person's roles the request is about. */
export interface RoleWanted {
  /** Named by the URL or by the `X-Partner-Id` header. */
  partnerId: string | null
  /** Whether the route is open to operators at all. */
  operator: boolean
  /** Named by the `X-Market` header. */
  market?: string | null
}

/** Whoever a session may stand for. */
export type Person = Exclude<Actor, KeyActor>

const ANONYMOUS: Person = { kind: 'anonymous' }

/**
 * Chooses the role in which a person asks. A named partner wins when the person serves it; then
 * the operator's role; then the only partner there is.
 */
export function actorOf(identity: Identity | null, wanted: RoleWanted): Person {
  if (identity === null) return ANONYMOUS
  if (identity.kind === 'shopper') return shopperOf(identity, wanted.market ?? null)
  const { userId, secondFactorAt, operatorRole, partners } = identity
  const named = partners.find((staff) => staff.partnerId === wanted.partnerId)
  const chosen = named ?? (wanted.partnerId === null && partners.length === 1 ? partners[0] : null)
  const operator: OperatorActor | null =
    operatorRole === null ? null : { kind: 'operator', userId, role: operatorRole, secondFactorAt }
  if (operator && wanted.operator && !named) return operator
  if (chosen) return { kind: 'partner', userId, ...chosen, secondFactorAt }
  if (operator) return operator
  return { kind: 'newcomer', userId, secondFactorAt }
}

/** The market that is asked about, else the one that the phone belongs to. */
export function marketAsked(asked: string | null, phone: string): MarketCode {
  const named = MarketCode.safeParse(asked)
  return named.success ? named.data : (marketOfPhone(phone) ?? HOME_MARKET)
}

function shopperOf(identity: Identity, asked: string | null): ShopperActor {
  const { userId, walletId, phone, deviceId, sessionCreatedAt, reauthenticatedAt } = identity
  if (walletId === null || phone === null) {
    throw new Error(`shopper ${userId} has no wallet or phone`)
  }
  return {
    kind: 'shopper',
    userId,
    walletId,
    market: marketAsked(asked, phone),
    phone,
    deviceId,
    sessionCreatedAt,
    reauthenticatedAt,
  }
}

/** Whether a second factor proven at that instant still opens staff routes. */
export function secondFactorFresh(secondFactorAt: string | null, nowMs: number): boolean {
  return secondFactorAt !== null && nowMs - Date.parse(secondFactorAt) < SECOND_FACTOR_MS_MAX
}

/** What reading a session answers: who, and cookies to hand on (a prolonged session). */
export interface SessionRead {
  identity: Identity | null
  cookies: readonly string[]
}

/**
 * Gives every request `identify()`: the session is read when first asked for, and only once.
 * A request without a cookie or an Authorization header never touches the database.
 */
export function identified(
  resolve: (headers: Headers) => Promise<SessionRead>,
  readKey: (headers: Headers, nowMs: number) => Promise<KeyActor | null> = async () => null,
): MiddlewareHandler<AppEnv> {
  const memory = new SessionMemory()
  return async function readSessionOnce(c, next) {
    const { headers } = c.req.raw
    const key = sentBy(headers)
    let reading: Promise<Identity | null> | null = null
    // Set at once, so that a cookie which the handler sets afterwards is the one that stays.
    const read = async (sent: string) => {
      const { identity, cookies } = await resolve(headers)
      for (const cookie of cookies) c.header('set-cookie', cookie, { append: true })
      if (identity) memory.keep(sent, identity, c.var.nowMs)
      else memory.forget(sent)
      return identity
    }
    c.set('actor', ANONYMOUS)
    c.set('keyHolder', () => readKey(headers, c.var.nowMs))
    c.set('identify', async (ageMsMax = 0) => {
      if (key === null) return null
      const recalled = ageMsMax > 0 ? memory.recall(key, ageMsMax, c.var.nowMs) : null
      if (recalled) return recalled
      reading ??= read(key)
      return reading
    })
    await next()
    // Whatever the person changes about their account, no session of theirs is believed unread.
    if (key !== null && c.req.method !== 'GET') forgetAfter(memory, c.req.path, key)
  }
}

/**
 * What a session is remembered by: both headers, because a proxy may give every request the same
 * Authorization while the cookie says who asks. Null when neither was sent.
 */
function sentBy(headers: Headers): string | null {
  const [authorization, cookie] = [headers.get('authorization'), headers.get('cookie')]
  return authorization === null && cookie === null ? null : JSON.stringify([authorization, cookie])
}

const ACCOUNT_PATHS = /^\/v1\/(auth|me)\b/

function forgetAfter(memory: SessionMemory, path: string, key: string): void {
  if (ACCOUNT_PATHS.test(path)) memory.forget(key)
}
