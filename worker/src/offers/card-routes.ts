import { z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { idOf } from '#schema/id'
import { OfferCard, ProductOffers } from '#schema/offer'
import { PageQuery, pageOf } from '#schema/page'
import { marketAsked } from '../http/actor.ts'
import { answer } from '../http/contract.ts'
import type { AppEnv } from '../http/env.ts'
import { pageStart } from '../http/page.ts'
import { createRouter, defineRoute } from '../http/route.ts'
import type { ControlPorts, OpenActivation } from '../partners/ports.ts'
import { SearchPageQuery } from '../partners/route-parts.ts'
import { findCard, listCards } from './cards.d1.ts'
import { findGoods } from './goods.d1.ts'

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

const ofProduct = defineRoute({
  method: 'get',
  path: '/v1/products/{gtin}/offers',
  access: 'public',
  tags,
  summary: 'The product that a barcode names, and the live offers that pay for it, newest first',
  request: {
    params: z.object({ gtin: z.string().regex(/^(\d{8}|\d{12,14})$/) }),
    query: PageQuery,
  },
  responses: answer(200, ProductOffers),
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
      const shop = { retailerId: retailerId ?? null, partnerId: partnerId ?? null }
      const filter = { market, q, ...shop, targets: null }
      const now = new Date(c.var.nowMs).toISOString()
      const start = pageStart(page, 2)
      return c.json(await listCards(ports.db, filter, now, start, await activationsOf(c)), 200)
    })
    .openapi(ofProduct, async (c) => {
      const market = marketOf(c, (await c.var.identify())?.phone ?? null)
      const goods = await findGoods(ports.db, market, c.req.valid('param').gtin)
      const { product = null, targets = [] } = goods ?? {}
      const filter = { market, q: '', retailerId: null, partnerId: null, targets }
      const now = new Date(c.var.nowMs).toISOString()
      const start = pageStart(c.req.valid('query'), 2)
      const page = await listCards(ports.db, filter, now, start, await activationsOf(c))
      return c.json({ ...page, product }, 200)
    })
    .openapi(read, async (c) => {
      const { offerId } = c.req.valid('param')
      const now = new Date(c.var.nowMs).toISOString()
      return c.json(await findCard(ports.db, offerId, now, await activationsOf(c)), 200)
    })
}
