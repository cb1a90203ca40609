import type { Context } from 'hono'
import type { Locale } from '#schema/market'
import {
  BackupCode,
  CodeOnly,
  CodeSent,
  MailSend,
  MailVerify,
  PhoneSend,
  PhoneVerify,
  SecondFactorEnrolment,
  SecondFactorPassed,
  SignedIn,
} from '#schema/member'
import { answer, jsonBody, NO_CONTENT } from '../http/contract.ts'
import type { AppEnv } from '../http/env.ts'
import { createRouter, defineRoute } from '../http/route.ts'
import { doerOf } from '../partners/staff-actions.d1.ts'
import { type Destination, sendCode } from './codes.ts'
import { readIdentity } from './people.d1.ts'
import type { MemberPorts } from './ports.ts'
import { readMe } from './profile.ts'
import { enrolFactor, proveFactor, resetFactor } from './second-factor.ts'
import { phoneOrRefuse, type SignInResult, signInByMail, signInByPhone } from './sign-in.ts'
import { addCookies, addressOf, deviceOf, sessionOf } from './visitor.ts'

const tags = ['Sign-in']

const phoneSend = defineRoute({
  method: 'post',
  path: '/v1/auth/phone/send',
  access: 'public',
  tags,
  summary: 'Send a sign-in code by SMS',
  request: jsonBody(PhoneSend),
  responses: answer(200, CodeSent),
})

const phoneVerify = defineRoute({
  method: 'post',
  path: '/v1/auth/phone/verify',
  access: 'public',
  tags,
  summary: 'Sign a shopper in, or up, by the code',
  request: jsonBody(PhoneVerify),
  responses: answer(200, SignedIn),
})

const mailSend = defineRoute({
  method: 'post',
  path: '/v1/auth/mail/send',
  access: 'public',
  tags,
  summary: 'Send a sign-in code by e-mail',
  request: jsonBody(MailSend),
  responses: answer(200, CodeSent),
})

const mailVerify = defineRoute({
  method: 'post',
  path: '/v1/auth/mail/verify',
  access: 'public',
  tags,
  summary: 'Sign staff in by the code; the second factor follows',
  request: jsonBody(MailVerify),
  responses: answer(200, SignedIn),
})

const signOut = defineRoute({
  method: 'post',
  path: '/v1/auth/sign-out',
  access: 'signed-in',
  tags,
  summary: 'End this session',
  responses: NO_CONTENT,
})

const factorEnrol = defineRoute({
  method: 'post',
  path: '/v1/auth/second-factor/enrol',
  access: 'staff-unproven',
  tags,
  summary: 'Set up an authenticator app',
  responses: answer(200, SecondFactorEnrolment),
})

const factorVerify = defineRoute({
  method: 'post',
  path: '/v1/auth/second-factor/verify',
  access: 'staff-unproven',
  tags,
  summary: "Prove the second factor by the authenticator's code",
  request: jsonBody(CodeOnly),
  responses: answer(200, SecondFactorPassed),
})

const factorBackup = defineRoute({
  method: 'post',
  path: '/v1/auth/second-factor/backup',
  access: 'staff-unproven',
  tags,
  summary: 'Prove the second factor by a backup code',
  request: jsonBody(BackupCode),
  responses: answer(200, SecondFactorPassed),
})

const factorReset = defineRoute({
  method: 'post',
  path: '/v1/auth/second-factor/reset',
  access: 'staff',
  tags,
  summary: 'Forget the authenticator, to set up another',
  responses: NO_CONTENT,
})

/** `/v1/auth/…`: codes, sessions, the second factor. */
export function signInRoutes(ports: MemberPorts) {
  return createRouter()
    .openapi(phoneSend, async (c) => {
      const { phone, locale } = c.req.valid('json')
      const to = phoneOrRefuse(ports.markets, phone)
      return c.json(await send(c, ports, { channel: 'phone', to }, locale ?? 'ru'), 200)
    })
    .openapi(phoneVerify, async (c) => {
      const { phone, code, locale } = c.req.valid('json')
      const request = { phone: phoneOrRefuse(ports.markets, phone), code, locale: locale ?? 'ru' }
      const result = await signInByPhone(ports, request, originOf(c, ports))
      return c.json(await signedIn(c, ports, result), 200)
    })
    .openapi(mailSend, async (c) => {
      const { email, locale } = c.req.valid('json')
      return c.json(await send(c, ports, { channel: 'mail', to: email }, locale ?? 'ru'), 200)
    })
    .openapi(mailVerify, async (c) => {
      const { email, code, locale } = c.req.valid('json')
      const request = { email, code, locale: locale ?? 'ru' }
      const result = await signInByMail(ports, request, originOf(c, ports))
      return c.json(await signedIn(c, ports, result), 200)
    })
    .openapi(signOut, async (c) => {
      addCookies(c, await ports.auth.signOut(c.req.raw.headers))
      return c.body(null, 204)
    })
    .openapi(factorEnrol, async (c) => c.json(await enrolFactor(ports, c.req.raw.headers), 200))
    .openapi(factorVerify, async (c) =>
      c.json(await prove(c, ports, 'totp', c.req.valid('json').code), 200),
    )
    .openapi(factorBackup, async (c) =>
      c.json(await prove(c, ports, 'backup', c.req.valid('json').code), 200),
    )
    .openapi(factorReset, async (c) => {
      await resetFactor(ports, doerOf(c))
      return c.body(null, 204)
    })
}

function send(
  c: Context<AppEnv>,
  ports: MemberPorts,
  destination: Destination,
  locale: Locale,
): Promise<CodeSent> {
  deviceOf(c, ports)
  const { nowMs } = c.var
  return sendCode(ports, { destination, purpose: 'sign_in', locale, ip: addressOf(c), nowMs })
}

function originOf(c: Context<AppEnv>, ports: MemberPorts) {
  return { headers: c.req.raw.headers, deviceId: deviceOf(c, ports), nowMs: c.var.nowMs }
}

async function signedIn(
  c: Context<AppEnv>,
  ports: MemberPorts,
  result: SignInResult,
): Promise<SignedIn> {
  addCookies(c, result.cookies)
  const headers = new Headers({ authorization: `Bearer ${result.token}` })
  const session = await ports.auth.readSession(headers)
  const identity = session && (await readIdentity(ports.db, session))
  if (identity === null) throw new Error('the session just opened cannot be read')
  const me = await readMe(ports.db, identity, null)
  return { token: result.token, created: result.created, me }
}

async function prove(
  c: Context<AppEnv>,
  ports: MemberPorts,
  method: 'totp' | 'backup',
  code: string,
): Promise<{ secondFactorAt: string }> {
  const request = { headers: c.req.raw.headers, nowMs: c.var.nowMs }
  const proof = await proveFactor(ports, await sessionOf(c), { method, code }, request)
  addCookies(c, proof.cookies)
  if (proof.token !== null) c.header('set-auth-token', proof.token)
  return { secondFactorAt: proof.secondFactorAt }
}
