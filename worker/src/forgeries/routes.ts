import { z } from '@hono/zod-openapi'
import { ForgeryRuleChange, MarketForgeryRules, Suspicion } from '#schema/forgery'
import { MarketCode } from '#schema/market'
import { PageQuery, pageOf } from '#schema/page'
import { answer, jsonBody } from '../http/contract.ts'
import { pageStart } from '../http/page.ts'
import { Refusal } from '../http/problem.ts'
import { createRouter, defineRoute } from '../http/route.ts'
import type { ControlPorts } from '../partners/ports.ts'
import { doerOf } from '../partners/staff-actions.d1.ts'
import { changeForgeryRule, listForgeryRules } from './forgery-rules.d1.ts'
import { listSuspicions } from './seen-receipts.d1.ts'

const STAFF = { operator: ['admin', 'support', 'finance'] } as const
const OfMarket = z.object({ market: MarketCode })
const RULES = '/v1/operator/markets/{market}/forgery-rules'

const listRoute = defineRoute({
  method: 'get',
  path: '/v1/operator/forgeries',
  access: STAFF,
  summary: 'Receipts that look invented, with what speaks against them, the newest first',
  request: { query: PageQuery },
  responses: answer(200, pageOf(Suspicion)),
})

const rulesRoute = defineRoute({
  method: 'get',
  path: RULES,
  access: STAFF,
  tags: ['Markets'],
  summary: 'Points of each sign of forgery in a market, and where it begins',
  request: { params: OfMarket },
  responses: answer(200, MarketForgeryRules),
})

const changeRoute = defineRoute({
  method: 'put',
  path: RULES,
  access: { operator: ['admin'] },
  tags: ['Markets'],
  summary: 'Change one sign of forgery; receipts that come from now on are looked at by it',
  request: { params: OfMarket, ...jsonBody(ForgeryRuleChange) },
  responses: answer(200, MarketForgeryRules),
})

/** `/v1/operator/forgeries`, `/v1/operator/markets/{market}/forgery-rules` */
export function forgeryRoutes({ db, markets }: Pick<ControlPorts, 'db' | 'markets'>) {
  const opened = (market: MarketCode) => {
    if (!markets.includes(market)) throw new Refusal('not_found')
    return market
  }
  return createRouter()
    .openapi(listRoute, async (c) => {
      const start = pageStart(c.req.valid('query'), 2)
      return c.json(await listSuspicions(db, start), 200)
    })
    .openapi(rulesRoute, async (c) => {
      return c.json(await listForgeryRules(db, opened(c.req.valid('param').market)), 200)
    })
    .openapi(changeRoute, async (c) => {
      const market = opened(c.req.valid('param').market)
      await changeForgeryRule(db, market, c.req.valid('json'), doerOf(c))
      return c.json(await listForgeryRules(db, market), 200)
    })
}
