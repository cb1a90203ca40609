import { TOTP, URI } from 'otpauth'
import type { MarketCode } from '#schema/market'
import type { CodeSent, Me, SignedIn } from '#schema/member'
import type { OperatorRole, PartnerRole } from '#schema/partner'

/** People for tests: each signs in over HTTP, by the codes that really left. */

/** The application under test, and what its ports let out. */
export interface World {
  fetch(request: Request): Promise<Response>
  /** The latest code sent to a phone (E.164) or an e-mail address. */
  lastCode(to: string): Promise<string>
  db: D1Database
}

const ORIGIN = 'https://kopilka.test'

/** Somebody with a session (or without one), who can call the API. */
export interface Caller {
  /** Empty for a stranger. */
  token: string
  userId: string
  walletId: string
  /** Calls the API as this person; `body` is sent as JSON, a text and bytes as they are. */
  call(method: string, path: string, body?: unknown, headers?: HeadersInit): Promise<Response>
}

/** Calls the API with the given bearer token; an empty one calls as a stranger. */
export function callerOf(world: World, token: string, me?: Me): Caller {
  return {
    token,
    userId: me?.userId ?? '',
    walletId: me?.walletId ?? '',
    call(method, path, body, headers) {
      const sent = new Headers(headers)
      if (token !== '') sent.set('authorization', `Bearer ${token}`)
      const init: RequestInit = { method, headers: sent, redirect: 'manual' }
      if (body !== undefined) {
        if (!sent.has('content-type')) sent.set('content-type', 'application/json')
        const isSentAsIs = typeof body === 'string' || body instanceof Uint8Array
        init.body = isSentAsIs ? (body as BodyInit) : JSON.stringify(body)
      }
      return world.fetch(new Request(new URL(path, ORIGIN), init))
    },
  }
}

/** The same person in another market than the phone's. */
export function inMarket(caller: Caller, market: MarketCode): Caller {
  return {
    ...caller,
    call(method, path, body, headers) {
      const sent = new Headers(headers)
      sent.set('x-market', market)
      return caller.call(method, path, body, sent)
    },
  }
}

export function stranger(world: World): Caller {
  return callerOf(world, '')
}

/** A shopper with this phone: signed up at the first call, signed in at the next ones. */
export async function signInShopper(
  world: World,
  phone: string,
  headers?: HeadersInit,
): Promise<Caller> {
  const nobody = stranger(world)
  await good<CodeSent>(await nobody.call('POST', '/v1/auth/phone/send', { phone }, headers))
  const code = await world.lastCode(phone)
  const verify = { phone, code }
  const answer = await nobody.call('POST', '/v1/auth/phone/verify', verify, headers)
  const signedIn = await good<SignedIn>(answer)
  return callerOf(world, signedIn.token, signedIn.me)
}

/** Signs in by e-mail and stops before the second factor. */
export async function signInByMailOnly(world: World, email: string): Promise<Caller> {
  const nobody = stranger(world)
  await good<CodeSent>(await nobody.call('POST', '/v1/auth/mail/send', { email }))
  const code = await world.lastCode(email)
  const answer = await nobody.call('POST', '/v1/auth/mail/verify', { email, code })
  const signedIn = await good<SignedIn>(answer)
  return callerOf(world, signedIn.token, signedIn.me)
}

/** An e-mail account with a proven second factor and no role yet. */
export async function signInNewcomer(world: World, email: string): Promise<Caller> {
  const unproven = await signInByMailOnly(world, email)
  const enrolled = await unproven.call('POST', '/v1/auth/second-factor/enrol')
  const { uri } = await good<{ uri: string }>(enrolled)
  const code = authenticatorCode(uri)
  const proven = await unproven.call('POST', '/v1/auth/second-factor/verify', { code })
  await good(proven.clone())
  const token = proven.headers.get('set-auth-token') ?? unproven.token
  const me = await good<Me>(await callerOf(world, token).call('GET', '/v1/me'))
  return callerOf(world, token, me)
}

/** Staff of a partner in a role, past the second factor. */
export async function signInPartner(
  world: World,
  partnerId: string,
  role: PartnerRole,
  email = `${role}@${partnerId.replace('_', '-')}.test`,
): Promise<Caller> {
  const caller = await signInNewcomer(world, email)
  await world.db
    .prepare(
      `INSERT INTO partner_staff (partner_id, user_id, role, invited_at, joined_at)
       VALUES (?1, ?2, ?3, ?4, ?4)`,
    )
    .bind(partnerId, caller.userId, role, new Date().toISOString())
    .run()
  return caller
}

/** Operator staff in a role, past the second factor. */
export async function signInOperator(
  world: World,
  role: OperatorRole,
  email = `${role}@operator.test`,
): Promise<Caller> {
  const caller = await signInNewcomer(world, email)
  await world.db
    .prepare('INSERT INTO operator_staff (user_id, role, granted_at) VALUES (?, ?, ?)')
    .bind(caller.userId, role, new Date().toISOString())
    .run()
  return caller
}

/** The code that an authenticator app shows now for an `otpauth://` link. */
export function authenticatorCode(uri: string): string {
  const otp = URI.parse(uri)
  if (!(otp instanceof TOTP)) throw new Error(`not a time-based link: ${uri}`)
  return otp.generate()
}

/** The JSON of a good answer; throws with the whole answer otherwise. */
export async function good<Body>(response: Response): Promise<Body> {
  const text = await response.text()
  if (!response.ok) throw new Error(`${response.status} ${text}`)
  return (text === '' ? {} : JSON.parse(text)) as Body
}
