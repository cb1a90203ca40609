import { z } from '@hono/zod-openapi'
import { RateBps } from '#schema/money'
import { pageOf } from '#schema/page'
import { Partner, PartnerState } from '#schema/partner'
import { answer, jsonBody } from '../http/contract.ts'
import { pageStart } from '../http/page.ts'
import { createRouter, defineRoute } from '../http/route.ts'
import { decidePartner, listPartners, type PartnerDecision } from './partners.d1.ts'
import type { ControlPorts } from './ports.ts'
import { OfPartner, published, Reason, SearchPageQuery } from './route-parts.ts'
import { type Doer, doerOf } from './staff-actions.d1.ts'

const tags = ['Operator']
const admin = { operator: ['admin'] } as const
const WithReason = z.strictObject({ reason: Reason })

const list = defineRoute({
  method: 'get',
  path: '/v1/operator/partners',
  access: { operator: ['admin', 'support', 'finance'] },
  tags,
  summary: 'Partners, the newest first',
  request: { query: SearchPageQuery.extend({ state: PartnerState.optional() }) },
  responses: answer(200, pageOf(Partner)),
})

const approve = defineRoute({
  method: 'post',
  path: '/v1/operator/partners/{partnerId}/approve',
  access: admin,
  tags,
  summary: 'The contract is signed: the partner becomes active, with its fee',
  request: { params: OfPartner, ...jsonBody(z.strictObject({ feeBps: RateBps })) },
  responses: answer(200, Partner),
})

const decline = defineRoute({
  method: 'post',
  path: '/v1/operator/partners/{partnerId}/decline',
  access: admin,
  tags,
  summary: 'Decline an application',
  request: { params: OfPartner, ...jsonBody(WithReason) },
  responses: answer(200, Partner),
})

const suspend = defineRoute({
  method: 'post',
  path: '/v1/operator/partners/{partnerId}/suspend',
  access: admin,
  tags,
  summary: 'Suspend a partner: purchases from now on earn nothing',
  request: { params: OfPartner, ...jsonBody(WithReason) },
  responses: answer(200, Partner),
})

const resume = defineRoute({
  method: 'post',
  path: '/v1/operator/partners/{partnerId}/resume',
  access: admin,
  tags,
  summary: 'Let a suspended partner go on',
  request: { params: OfPartner },
  responses: answer(200, Partner),
})

/** `/v1/operator/partners…` */
export function operatorPartnerRoutes(ports: ControlPorts) {
  const { db } = ports
  const decide = (partnerId: string, decision: PartnerDecision, doer: Doer) =>
    published(ports, doer, decidePartner(db, partnerId, decision, doer))
  return createRouter()
    .openapi(list, async (c) => {
      const { state, q, ...page } = c.req.valid('query')
      const filter = { state: state ?? null, q }
      return c.json(await listPartners(db, filter, pageStart(page, 2)), 200)
    })
    .openapi(approve, async (c) => {
      const { partnerId } = c.req.valid('param')
      const { feeBps } = c.req.valid('json')
      return c.json(await decide(partnerId, { code: 'approve', feeBps }, doerOf(c)), 200)
    })
    .openapi(decline, async (c) => {
      const { partnerId } = c.req.valid('param')
      const { reason } = c.req.valid('json')
      return c.json(await decide(partnerId, { code: 'decline', reason }, doerOf(c)), 200)
    })
    .openapi(suspend, async (c) => {
      const { partnerId } = c.req.valid('param')
      const { reason } = c.req.valid('json')
      return c.json(await decide(partnerId, { code: 'suspend', reason }, doerOf(c)), 200)
    })
    .openapi(resume, async (c) => {
      const { partnerId } = c.req.valid('param')
      return c.json(await decide(partnerId, { code: 'resume' }, doerOf(c)), 200)
    })
}
