import { z } from '@hono/zod-openapi'
import { MarketCode, MarketView, marketView } from '#schema/market'
import { MarketTrust, TrustChange } from '#schema/trust'
import { answer, jsonBody } from '../http/contract.ts'
import { Refusal } from '../http/problem.ts'
import { createRouter, defineRoute } from '../http/route.ts'
import { changeTrust, readTrust } from '../verification/trust-policy.d1.ts'
import type { ControlPorts } from './ports.ts'
import { doerOf } from './staff-actions.d1.ts'

const OfMarket = z.object({ market: MarketCode })
const TRUST = '/v1/operator/markets/{market}/trust'

const list = defineRoute({
  method: 'get',
  path: '/v1/markets',
  access: 'public',
  tags: ['Markets'],
  summary: 'The open markets with their money, time and rules',
  responses: answer(200, z.object({ items: z.array(MarketView) })),
})

const read = defineRoute({
  method: 'get',
  path: TRUST,
  access: { operator: ['admin', 'support', 'finance'] },
  tags: ['Markets'],
  summary: 'What each class of trust may earn at once in a market',
  request: { params: OfMarket },
  responses: answer(200, MarketTrust),
})

const change = defineRoute({
  method: 'put',
  path: TRUST,
  access: { operator: ['admin'] },
  tags: ['Markets'],
  summary: 'Change the rule of one class; receipts that wait are judged by it when asked again',
  request: { params: OfMarket, ...jsonBody(TrustChange) },
  responses: answer(200, MarketTrust),
})

/** `/v1/markets`, `/v1/operator/markets/{market}/trust` */
export function marketRoutes({ db, markets }: ControlPorts) {
  const opened = (market: MarketCode) => {
    if (!markets.includes(market)) throw new Refusal('not_found')
    return market
  }
  return createRouter()
    .openapi(list, (c) => c.json({ items: markets.map(marketView) }, 200))
    .openapi(read, async (c) => {
      return c.json(await readTrust(db, opened(c.req.valid('param').market)), 200)
    })
    .openapi(change, async (c) => {
      const market = opened(c.req.valid('param').market)
      await changeTrust(db, market, c.req.valid('json'), doerOf(c))
      return c.json(await readTrust(db, market), 200)
    })
}
