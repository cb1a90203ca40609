import { z } from 'zod'
import { idOf } from '#schema/id'
import { OperatorReceipt } from '#schema/operator'
import { PageQuery, pageOf } from '#schema/page'
import { ReceiptState, ReceiptSummary } from '#schema/receipt'
import { Verdict } from '#schema/verdict'
import { answer, jsonBody } from '../http/contract.ts'
import { pageStart } from '../http/page.ts'
import { Refusal } from '../http/problem.ts'
import { createRouter, defineRoute } from '../http/route.ts'
import { type Doer, doerOf } from '../partners/staff-actions.d1.ts'
import { type DeskCell, type DeskPorts, findIn } from './desk.ts'
import { beforeOf, mergedPage } from './merged-page.ts'

const ANY_OPERATOR = { operator: ['admin', 'support', 'finance'] } as const
const RECEIPT_DESK = { operator: ['admin', 'support'] } as const

const Params = z.object({ receiptId: z.string().regex(/^rcp_[0-9a-f]{32}$/) })
export const Reason = z.strictObject({ reason: z.string().trim().min(3).max(300) })

const listRoute = defineRoute({
  method: 'get',
  path: '/v1/operator/receipts',
  access: ANY_OPERATOR,
  summary: 'Receipts of all cells, newest first',
  request: {
    query: PageQuery.extend({
      state: ReceiptState.optional(),
      wallet: idOf('wallet').optional(),
    }),
  },
  responses: answer(200, pageOf(ReceiptSummary.extend({ walletId: z.string(), cell: z.string() }))),
})

const readRoute = defineRoute({
  method: 'get',
  path: '/v1/operator/receipts/{receiptId}',
  access: ANY_OPERATOR,
  summary: 'The whole journey of a receipt, its transfers, and what may be done now',
  request: { params: Params },
  responses: answer(200, OperatorReceipt),
})

const explainRoute = defineRoute({
  method: 'get',
  path: '/v1/operator/receipts/{receiptId}/explain',
  access: ANY_OPERATOR,
  summary: 'Judges the receipt again by its stored version: every line by every offer',
  request: {
    params: Params,
    query: z.strictObject({ offerId: z.string().max(60).optional() }),
  },
  responses: answer(200, z.object({ verdicts: z.array(Verdict) })),
})

const retryRoute = defineRoute({
  method: 'post',
  path: '/v1/operator/receipts/{receiptId}/retry',
  access: RECEIPT_DESK,
  summary: 'Asks the next step now instead of at its time',
  request: { params: Params, ...jsonBody(Reason) },
  responses: answer(200, OperatorReceipt),
})

const releaseRoute = defineRoute({
  method: 'post',
  path: '/v1/operator/receipts/{receiptId}/release',
  access: RECEIPT_DESK,
  summary: 'Closes the receipt and gives its claim back, so that it can be submitted anew',
  request: { params: Params, ...jsonBody(Reason) },
  responses: answer(200, OperatorReceipt),
})

export function operatorReceiptRoutes(ports: DeskPorts) {
  return createRouter()
    .openapi(listRoute, async (c) => {
      const query = c.req.valid('query')
      const start = pageStart(query, 2)
      const [before, limit] = [beforeOf(start), start.limit]
      const filter = { state: query.state ?? null, walletId: query.wallet ?? null }
      const rows = await Promise.all(
        ports.cells.map((name) => ports.cell(name).deskReceipts(filter, before, limit + 1)),
      )
      const page = mergedPage(rows, limit, (row) => [Date.parse(row.submittedAt), row.id])
      return c.json(page, 200)
    })
    .openapi(readRoute, async (c) => {
      return c.json(await readReceipt(ports, c.req.valid('param').receiptId), 200)
    })
    .openapi(explainRoute, async (c) => {
      const { receiptId } = c.req.valid('param')
      const offerId = c.req.valid('query').offerId ?? null
      const verdicts = await findIn(ports, (cell) => cell.explain(receiptId, offerId))
      if (!verdicts) throw new Refusal('not_found')
      return c.json({ verdicts }, 200)
    })
    .openapi(retryRoute, async (c) => {
      const { receiptId } = c.req.valid('param')
      const { reason } = c.req.valid('json')
      await act(ports, receiptId, 'retry', reason, doerOf(c))
      return c.json(await readReceipt(ports, receiptId), 200)
    })
    .openapi(releaseRoute, async (c) => {
      const { receiptId } = c.req.valid('param')
      const { reason } = c.req.valid('json')
      await act(ports, receiptId, 'release', reason, doerOf(c))
      return c.json(await readReceipt(ports, receiptId), 200)
    })
}

async function readReceipt(ports: DeskPorts, receiptId: string): Promise<OperatorReceipt> {
  const found = await findIn(ports, (cell) => cell.deskReceipt(receiptId))
  if (!found) throw new Refusal('not_found')
  return { ...found, shopperMasked: await ports.shopperMasked(found.walletId) }
}

/**
 * The log is written first: an action without a record would be worse than a record without one.
 */
async function act(
  ports: DeskPorts,
  receiptId: string,
  action: 'retry' | 'release',
  reason: string,
  doer: Doer,
): Promise<void> {
  const found = await findIn(ports, (cell) => cell.deskReceipt(receiptId))
  if (!found) throw new Refusal('not_found')
  if (!found.actions.includes(action)) throw new Refusal('not_now', { state: found.receipt.state })
  await ports.record({
    ...doer,
    partnerId: null,
    action: `receipt.${action}`,
    subject: receiptId,
    detail: reason,
  })
  const cell: DeskCell = ports.cell(found.cell)
  const note = `${action}: ${reason}`
  const done =
    action === 'retry'
      ? await cell.retryReceipt(receiptId, note)
      : await cell.releaseReceipt(receiptId, note)
  if (!done) throw new Refusal('not_now')
}
