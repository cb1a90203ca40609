import { z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import {
  CodeOnly,
  CodeSent,
  PhoneChange,
  PhoneChanged,
  PhoneChangeVerify,
  Reauthenticated,
  Sessions,
} from '#schema/member'
import { answer, jsonBody, NO_CONTENT } from '../http/contract.ts'
import type { AppEnv } from '../http/env.ts'
import { createRouter, defineRoute } from '../http/route.ts'
import { sendCode } from './codes.ts'
import type { CodePurpose } from './limits.ts'
import { findPerson } from './people.d1.ts'
import { maskPhone } from './phone.ts'
import type { MemberPorts } from './ports.ts'
import { requireReauthentication } from './profile.ts'
import { changePhone, endSession, endSessions, listSessions, reauthenticate } from './security.ts'
import { phoneOrRefuse } from './sign-in.ts'
import { addCookies, addressOf, instantOf, sessionOf, shopperOf } from './visitor.ts'

const tags = ['Me']

const reauthenticateSend = defineRoute({
  method: 'post',
  path: '/v1/me/reauthenticate/send',
  access: 'shopper',
  tags,
  summary: 'Send a code to my phone, to prove that it is still me',
  responses: answer(200, CodeSent),
})

const reauthenticateVerify = defineRoute({
  method: 'post',
  path: '/v1/me/reauthenticate/verify',
  access: 'shopper',
  tags,
  summary: 'Prove that it is still me; holds for ten minutes',
  request: jsonBody(CodeOnly),
  responses: answer(200, Reauthenticated),
})

const phoneSend = defineRoute({
  method: 'post',
  path: '/v1/me/phone/send',
  access: 'shopper',
  tags,
  summary: 'Send a code to the new phone',
  request: jsonBody(PhoneChange),
  responses: answer(200, CodeSent),
})

const phoneVerify = defineRoute({
  method: 'post',
  path: '/v1/me/phone/verify',
  access: 'shopper',
  tags,
  summary: 'Move the account to the new phone; other sessions end',
  request: jsonBody(PhoneChangeVerify),
  responses: answer(200, PhoneChanged),
})

const sessionList = defineRoute({
  method: 'get',
  path: '/v1/me/sessions',
  access: 'signed-in',
  tags,
  summary: 'Where I am signed in',
  responses: answer(200, Sessions),
})

const sessionEnd = defineRoute({
  method: 'delete',
  path: '/v1/me/sessions/{sessionId}',
  access: 'signed-in',
  tags,
  summary: 'End one of my sessions',
  request: { params: z.object({ sessionId: z.string().max(64) }) },
  responses: NO_CONTENT,
})

const sessionEndAll = defineRoute({
  method: 'delete',
  path: '/v1/me/sessions',
  access: 'signed-in',
  tags,
  summary: 'Sign out everywhere, here too',
  responses: NO_CONTENT,
})

/** `/v1/me/…`: proof that it is me, my phone, my sessions. */
export function securityRoutes(ports: MemberPorts) {
  return createRouter()
    .openapi(reauthenticateSend, async (c) =>
      c.json(await sendTo(c, ports, shopperOf(c).phone, 'reauthenticate'), 200),
    )
    .openapi(reauthenticateVerify, async (c) => {
      const { code } = c.req.valid('json')
      const { phone } = shopperOf(c)
      const { sessionId } = await sessionOf(c)
      const { nowMs } = c.var
      const at = await reauthenticate(ports, { phone, sessionId, code, nowMs })
      return c.json({ reauthenticatedAt: at }, 200)
    })
    .openapi(phoneSend, async (c) => {
      requireReauthentication(shopperOf(c), c.var.nowMs)
      const phone = phoneOrRefuse(ports.markets, c.req.valid('json').phone)
      return c.json(await sendTo(c, ports, phone, 'phone_change'), 200)
    })
    .openapi(phoneVerify, async (c) => {
      const shopper = shopperOf(c)
      requireReauthentication(shopper, c.var.nowMs)
      const { phone: text, code } = c.req.valid('json')
      const phone = phoneOrRefuse(ports.markets, text)
      const { sessionId } = await sessionOf(c)
      const locale = await localeOf(c, ports)
      const request = { phone, code, sessionId, locale, nowMs: c.var.nowMs }
      const phoneChangedAt = await changePhone(ports, shopper, request)
      return c.json({ phoneMasked: maskPhone(phone), phoneChangedAt }, 200)
    })
    .openapi(sessionList, async (c) => {
      const { userId, sessionId } = await sessionOf(c)
      return c.json({ items: await listSessions(ports.db, userId, sessionId, instantOf(c)) }, 200)
    })
    .openapi(sessionEnd, async (c) => {
      const { userId } = await sessionOf(c)
      await endSession(ports.db, userId, c.req.valid('param').sessionId)
      return c.body(null, 204)
    })
    .openapi(sessionEndAll, async (c) => {
      await endSessions(ports.db, (await sessionOf(c)).userId, instantOf(c))
      addCookies(c, await ports.auth.signOut(c.req.raw.headers))
      return c.body(null, 204)
    })
}

async function localeOf(c: Context<AppEnv>, ports: MemberPorts) {
  return (await findPerson(ports.db, (await sessionOf(c)).userId))?.locale ?? 'ru'
}

async function sendTo(c: Context<AppEnv>, ports: MemberPorts, phone: string, purpose: CodePurpose) {
  return sendCode(ports, {
    destination: { channel: 'phone', to: phone },
    purpose,
    locale: await localeOf(c, ports),
    ip: addressOf(c),
    nowMs: c.var.nowMs,
  })
}
