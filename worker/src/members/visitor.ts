import type { Context } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import { makeId } from '#schema/id'
import type { ShopperActor } from '../http/actor.ts'
import type { AppEnv } from '../http/env.ts'

/** What the request itself tells about its sender. */

const DEVICE_COOKIE = 'kopilka_device'
const DEVICE_ID = /^dev_[0-9a-z]{20}$/
/** The longest that browsers keep a cookie. */
const DEVICE_SECONDS = 400 * 24 * 60 * 60

/** The device's own id, given at first contact; it counts accounts and says nothing else. */
export function deviceOf(
  c: Context<AppEnv>,
  ports: { baseUrl: string; random: (bytes: number) => Uint8Array },
): string {
  const known = getCookie(c, DEVICE_COOKIE)
  const deviceId = known && DEVICE_ID.test(known) ? known : makeId('device', ports.random(20))
  setCookie(c, DEVICE_COOKIE, deviceId, {
    path: '/',
    httpOnly: true,
    sameSite: 'Lax',
    secure: ports.baseUrl.startsWith('https:'),
    maxAge: DEVICE_SECONDS,
  })
  return deviceId
}

/** The network address, as the platform saw it; null where there is no platform in front. */
export function addressOf(c: Context<AppEnv>): string | null {
  return c.req.header('cf-connecting-ip') ?? null
}

export function addCookies(c: Context<AppEnv>, cookies: readonly string[]): void {
  for (const cookie of cookies) c.header('set-cookie', cookie, { append: true })
}

/** The actor of a route whose access rule admits shoppers only. */
export function shopperOf(c: Context<AppEnv>): ShopperActor {
  const { actor } = c.var
  if (actor.kind !== 'shopper') throw new Error(`a shopper's route was given to ${actor.kind}`)
  return actor
}

/** The session of a route that needs one. */
export async function sessionOf(c: Context<AppEnv>) {
  const identity = await c.var.identify()
  if (identity === null) throw new Error('a route for the signed-in was given to nobody')
  return identity
}

export function instantOf(c: Context<AppEnv>): string {
  return new Date(c.var.nowMs).toISOString()
}
