import { z } from '@hono/zod-openapi'
import { Partner, PartnerApplication } from '#schema/partner'
import { marketAsked } from '../http/actor.ts'
import { answer, jsonBody } from '../http/contract.ts'
import { createRouter, defineRoute } from '../http/route.ts'
import { applyAsPartner, changePartner, findPartner, listRetailers } from './partners.d1.ts'
import type { ControlPorts } from './ports.ts'
import { ANY_ROLE, OfPartner, published } from './route-parts.ts'
import { doerOf } from './staff-actions.d1.ts'

const tags = ['Partners']

const apply = defineRoute({
  method: 'post',
  path: '/v1/partners',
  access: 'staff-unproven',
  tags,
  summary: 'Apply as a partner; the caller becomes its owner',
  request: jsonBody(PartnerApplication),
  responses: answer(201, Partner),
})

const read = defineRoute({
  method: 'get',
  path: '/v1/partners/{partnerId}',
  access: ANY_ROLE,
  tags,
  summary: 'The partner',
  request: { params: OfPartner },
  responses: answer(200, Partner),
})

const change = defineRoute({
  method: 'patch',
  path: '/v1/partners/{partnerId}',
  access: { partner: ['owner'] },
  tags,
  summary: 'Change the partner; under contract its legal identity stays',
  request: { params: OfPartner, ...jsonBody(PartnerApplication) },
  responses: answer(200, Partner),
})

const retailers = defineRoute({
  method: 'get',
  path: '/v1/retailers',
  access: 'public',
  tags: ['Offers'],
  summary: 'Active retailers of the network',
  responses: answer(
    200,
    z.object({ items: z.array(z.object({ id: z.string(), name: z.string() })) }),
  ),
})

/** `/v1/partners`, `/v1/retailers`. */
export function partnerRoutes(ports: ControlPorts) {
  const { db, markets } = ports
  return createRouter()
    .openapi(apply, async (c) => {
      const application = c.req.valid('json')
      return c.json(
        await applyAsPartner(db, application, markets, ports.random(20), doerOf(c)),
        201,
      )
    })
    .openapi(read, async (c) => {
      return c.json(await findPartner(db, c.req.valid('param').partnerId), 200)
    })
    .openapi(change, async (c) => {
      const { partnerId } = c.req.valid('param')
      const doer = doerOf(c)
      const edit = changePartner(db, partnerId, c.req.valid('json'), doer)
      return c.json(await published(ports, doer, edit), 200)
    })
    .openapi(retailers, async (c) => {
      const phone = (await c.var.identify())?.phone ?? ''
      const market = marketAsked(c.req.header('x-market') ?? null, phone)
      return c.json({ items: await listRetailers(db, market) }, 200)
    })
}
