import { z } from '@hono/zod-openapi'
import { OfferDay, Redemption } from '#schema/offer'
import { PageQuery, pageOf } from '#schema/page'
import { PartnerFunds } from '#schema/partner'
import { answer } from '../http/contract.ts'
import { pageStart } from '../http/page.ts'
import { createRouter, defineRoute } from '../http/route.ts'
import type { ControlPorts } from '../partners/ports.ts'
import { ANY_ROLE, OfOffer, OfPartner } from '../partners/route-parts.ts'
import { listOfferDays, listRedemptions, partnerOverview } from './reports.d1.ts'

const tags = ['Partner reports']

const DAYS_DEFAULT = 28
const DAYS_MAX = 366

const redemptions = defineRoute({
  method: 'get',
  path: '/v1/partners/{partnerId}/offers/{offerId}/redemptions',
  access: ANY_ROLE,
  tags,
  summary: 'Verdicts of the offer as they arrive, the newest first; no shoppers in them',
  request: { params: OfOffer, query: PageQuery },
  responses: answer(200, pageOf(Redemption)),
})

const days = defineRoute({
  method: 'get',
  path: '/v1/partners/{partnerId}/offers/{offerId}/days',
  access: ANY_ROLE,
  tags,
  summary: 'The last days of the offer, empty ones too; the last is today',
  request: {
    params: OfOffer,
    query: z.strictObject({
      days: z
        .string()
        .regex(/^\d{1,3}$/)
        .transform(Number)
        .pipe(z.number().int().min(1).max(DAYS_MAX))
        .optional(),
    }),
  },
  responses: answer(200, z.object({ items: z.array(OfferDay) })),
})

const overview = defineRoute({
  method: 'get',
  path: '/v1/partners/{partnerId}/overview',
  access: ANY_ROLE,
  tags,
  summary: 'What a partner looks at first: money, offers, today',
  request: { params: OfPartner },
  responses: answer(
    200,
    z.object({
      funds: PartnerFunds,
      offers: z.object({
        live: z.number().int(),
        drafts: z.number().int(),
        paused: z.number().int(),
      }),
      daysLeft: z.number().int().nullable(),
      today: OfferDay,
    }),
  ),
})

/** `/v1/partners/{partnerId}/overview`, `…/offers/{offerId}/redemptions`, `…/days` */
export function reportRoutes(ports: ControlPorts) {
  const { db } = ports
  return createRouter()
    .openapi(redemptions, async (c) => {
      const start = pageStart(c.req.valid('query'), 1)
      return c.json(await listRedemptions(db, c.req.valid('param'), start), 200)
    })
    .openapi(days, async (c) => {
      const count = c.req.valid('query').days ?? DAYS_DEFAULT
      const items = await listOfferDays(db, c.req.valid('param'), count, c.var.nowMs)
      return c.json({ items }, 200)
    })
    .openapi(overview, async (c) => {
      const { partnerId } = c.req.valid('param')
      return c.json(await partnerOverview(ports, partnerId, c.var.nowMs), 200)
    })
}
