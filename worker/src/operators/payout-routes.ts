import { z } from 'zod'
import { ClientId } from '#schema/id'
import { OperatorPayout } from '#schema/operator'
import { PageQuery, pageOf } from '#schema/page'
import { PayoutState } from '#schema/payout'
import { answer, jsonBody } from '../http/contract.ts'
import { pageStart } from '../http/page.ts'
import { Refusal } from '../http/problem.ts'
import { createRouter, defineRoute } from '../http/route.ts'
import { doerOf } from '../partners/staff-actions.d1.ts'
import { stuckBefore } from '../payouts/schedule.ts'
import { type DeskPorts, findIn } from './desk.ts'
import { beforeOf, mergedPage } from './merged-page.ts'
import { Reason } from './receipt-routes.ts'

const Params = z.object({ payoutId: ClientId })

const listRoute = defineRoute({
  method: 'get',
  path: '/v1/operator/payouts',
  access: { operator: ['admin', 'support', 'finance'] },
  summary: 'Payouts of all cells, newest first',
  request: {
    query: PageQuery.extend({
      state: PayoutState.optional(),
      /** Only what has been too long without an end: somebody should look. */
      stuck: z.literal('1').optional(),
    }),
  },
  responses: answer(200, pageOf(OperatorPayout)),
})

const readRoute = defineRoute({
  method: 'get',
  path: '/v1/operator/payouts/{payoutId}',
  access: { operator: ['admin', 'support', 'finance'] },
  summary: 'One payout with what the provider said',
  request: { params: Params },
  responses: answer(200, OperatorPayout),
})

const askAgainRoute = defineRoute({
  method: 'post',
  path: '/v1/operator/payouts/{payoutId}/ask-again',
  access: { operator: ['admin', 'finance'] },
  summary: 'Asks the provider about a payout now; never sends it under another id',
  request: { params: Params, ...jsonBody(Reason) },
  responses: answer(200, OperatorPayout),
})

export function operatorPayoutRoutes(ports: DeskPorts) {
  return createRouter()
    .openapi(listRoute, async (c) => {
      const query = c.req.valid('query')
      const start = pageStart(query, 2)
      const [before, limit] = [beforeOf(start), start.limit]
      const filter = {
        state: query.state ?? null,
        stuckBefore: query.stuck ? stuckBefore(c.var.nowMs) : null,
      }
      const rows = await Promise.all(
        ports.cells.map((name) => ports.cell(name).deskPayouts(filter, before, limit + 1)),
      )
      const page = mergedPage(rows, limit, (row) => [Date.parse(row.requestedAt), row.id])
      return c.json(page, 200)
    })
    .openapi(readRoute, async (c) => {
      return c.json(await readPayout(ports, c.req.valid('param').payoutId), 200)
    })
    .openapi(askAgainRoute, async (c) => {
      const { payoutId } = c.req.valid('param')
      const payout = await readPayout(ports, payoutId)
      await ports.record({
        ...doerOf(c),
        partnerId: null,
        action: 'payout.ask_again',
        subject: payoutId,
        detail: c.req.valid('json').reason,
      })
      const nudged = await ports.cell(payout.cell).nudgePayout(payoutId)
      if (!nudged) throw new Refusal('not_now', { state: payout.state })
      return c.json(await readPayout(ports, payoutId), 200)
    })
}

async function readPayout(ports: DeskPorts, payoutId: string): Promise<OperatorPayout> {
  const payout = await findIn(ports, (cell) => cell.deskPayout(payoutId))
  if (!payout) throw new Refusal('not_found')
  return payout
}
