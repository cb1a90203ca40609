import { z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import {
  AdultConfirmed,
  AdultRequest,
  ConsentAnswers,
  Consents,
  EraseRequest,
  Me,
  MePatch,
} from '#schema/member'
import { answer, jsonBody, NO_CONTENT } from '../http/contract.ts'
import type { AppEnv } from '../http/env.ts'
import { createRouter, defineRoute } from '../http/route.ts'
import { answerConsents, readConsents } from './consents.d1.ts'
import { eraseShopper, exportShopper } from './erasure.ts'
import type { MemberPorts } from './ports.ts'
import { confirmAdult, patchMe, readMe, requireReauthentication } from './profile.ts'
import { addCookies, addressOf, instantOf, sessionOf, shopperOf } from './visitor.ts'

const tags = ['Me']

const me = defineRoute({
  method: 'get',
  path: '/v1/me',
  access: 'public',
  tags,
  summary: 'Who am I; `anonymous` when signed out',
  responses: answer(200, Me),
})

const mePatch = defineRoute({
  method: 'patch',
  path: '/v1/me',
  access: 'signed-in',
  tags,
  summary: 'Change my name or language',
  request: jsonBody(MePatch),
  responses: answer(200, Me),
})

const meErase = defineRoute({
  method: 'delete',
  path: '/v1/me',
  access: 'shopper',
  tags,
  summary: 'Erase my account; money records stay without my name',
  request: jsonBody(EraseRequest),
  responses: NO_CONTENT,
})

const meExport = defineRoute({
  method: 'get',
  path: '/v1/me/export',
  access: 'shopper',
  tags,
  summary: 'Everything kept about me',
  responses: answer(200, z.record(z.string(), z.unknown())),
})

const consentsRead = defineRoute({
  method: 'get',
  path: '/v1/me/consents',
  access: 'shopper',
  tags,
  summary: 'Where each consent stands',
  responses: answer(200, Consents),
})

const consentsAnswer = defineRoute({
  method: 'put',
  path: '/v1/me/consents',
  access: 'shopper',
  tags,
  summary: 'Give or withdraw consents, each for itself',
  request: jsonBody(ConsentAnswers),
  responses: answer(200, Consents),
})

const adult = defineRoute({
  method: 'post',
  path: '/v1/me/adult',
  access: 'shopper',
  tags,
  summary: 'Confirm that I am 18; the date of birth is not kept',
  request: jsonBody(AdultRequest),
  responses: answer(200, AdultConfirmed),
})

/** `/v1/me…`: profile, consents, proof, erasure. */
export function meRoutes(ports: MemberPorts) {
  return createRouter()
    .openapi(me, async (c) => c.json(await readCurrent(c, ports), 200))
    .openapi(mePatch, async (c) => {
      const { userId } = await sessionOf(c)
      await patchMe(ports.db, userId, c.req.valid('json'), instantOf(c))
      return c.json(await readCurrent(c, ports), 200)
    })
    .openapi(consentsRead, async (c) =>
      c.json({ items: await readConsents(ports.db, shopperOf(c).userId) }, 200),
    )
    .openapi(consentsAnswer, async (c) => {
      const { items } = c.req.valid('json')
      const origin = { ip: addressOf(c), at: instantOf(c) }
      const { userId } = shopperOf(c)
      return c.json({ items: await answerConsents(ports.db, userId, items, origin) }, 200)
    })
    .openapi(adult, async (c) => {
      const { dateOfBirth } = c.req.valid('json')
      const at = await confirmAdult(ports.db, shopperOf(c), dateOfBirth, c.var.nowMs)
      return c.json({ adultConfirmedAt: at }, 200)
    })
    .openapi(meExport, async (c) => {
      c.header('content-disposition', 'attachment; filename="kopilka.json"')
      return c.json(await exportShopper(ports, shopperOf(c), instantOf(c)), 200)
    })
    .openapi(meErase, async (c) => {
      const shopper = shopperOf(c)
      requireReauthentication(shopper, c.var.nowMs)
      await eraseShopper(ports, shopper, c.req.valid('json').forfeit, instantOf(c))
      addCookies(c, await ports.auth.signOut(c.req.raw.headers))
      return c.body(null, 204)
    })
}

async function readCurrent(c: Context<AppEnv>, ports: MemberPorts): Promise<Me> {
  return readMe(ports.db, await c.var.identify(), c.req.header('x-partner-id') ?? null)
}
