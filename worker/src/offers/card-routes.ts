import { z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { idOf } from '#schema/id'
import { OfferCard } from '#schema/offer'
import { pageOf } from '#schema/page'
import { marketAsked } from '../http/actor.ts'
import { answer } from '../http/contract.ts'
import type { AppEnv } from '../http/env.ts'
import { pageStart } from '../http/page.ts'
import { createRouter, defineRoute } from '../http/route.ts'
import type { ControlPorts, OpenActivation } from '../partners/ports.ts'
import { SearchPageQuery } from '../partners/route-parts.ts'
import { findCard, listCards } from './cards.d1.ts'

const tags = ['Offers']

const list = defineRoute({
  method: 'get',
  path: '/v1/offers',
  access: 'public',
  tags,
  summary: 'Live offers, the newest first; activations are filled in for a signed-in shopper',
  request: {
    query: SearchPageQuery.extend({
      retailerId: idOf('partner').optional(),
      partnerId: idOf('partner').optional(),
    }),
  },
  responses: answer(200, pageOf(OfferCard)),
})

const read = defineRoute({
  method: 'get',
  path: '/v1/offers/{offerId}',
  access: 'public',
  tags,
  summary: 'An offer that is or was live',
  request: { params: z.object({ offerId: idOf('offer') }) },
  responses: answer(200, OfferCard),
})

const NO_ACTIVATIONS: ReadonlyMap<string, OpenActivation> = new Map()

/** `/v1/offers…` for shoppers. */
export function cardRoutes(ports: ControlPorts) {
  /** The open market that is asked about; visitors without a phone see the home one. */
  const marketOf = (c: Context<AppEnv>, phone: string | null) => {
    const asked = marketAsked(c.req.header('x-market') ?? null, phone ?? '')
    return ports.markets.includes(asked) ? asked : marketAsked(null, phone ?? '')
  }
  const activationsOf = async (c: Context<AppEnv>) => {
    const identity = await c.var.identify()
    if (!identity?.walletId) return NO_ACTIVATIONS
    return ports.activations({ walletId: identity.walletId, market: marketOf(c, identity.phone) })
  }
  return createRouter()
    .openapi(list, async (c) => {
      const { q, retailerId, partnerId, ...page } = c.req.valid('query')
      const market = marketOf(c, (await c.var.identify())?.phone ?? null)
      const filter = { market, q, retailerId: retailerId ?? null, partnerId: partnerId ?? null }
      const now = new Date(c.var.nowMs).toISOString()
      const start = pageStart(page, 2)
      return c.json(await listCards(ports.db, filter, now, start, await activationsOf(c)), 200)
    })
    .openapi(read, async (c) => {
      const { offerId } = c.req.valid('param')
      const now = new Date(c.var.nowMs).toISOString()
      return c.json(await findCard(ports.db, offerId, now, await activationsOf(c)), 200)
    })
}
