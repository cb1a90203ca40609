import { z } from 'zod'
import { AccountRow, AuditReport, AuthorityHealth, TransferRow } from '#schema/operator'
import { PageQuery, pageOf } from '#schema/page'
import { askEach } from '../cells/ask-each.ts'
import { answer, jsonBody } from '../http/contract.ts'
import { pageStart } from '../http/page.ts'
import { Refusal } from '../http/problem.ts'
import { createRouter, defineRoute } from '../http/route.ts'
import { doerOf } from '../partners/staff-actions.d1.ts'
import type { DeskPorts } from './desk.ts'
import { mergedPage } from './merged-page.ts'
import { Reason } from './receipt-routes.ts'

const BOOK_DESK = { operator: ['admin', 'finance'] } as const

const booksRoute = defineRoute({
  method: 'get',
  path: '/v1/operator/books',
  access: BOOK_DESK,
  summary: 'Balances by class of account and object',
  responses: answer(200, z.object({ items: z.array(AccountRow) })),
})

const transfersRoute = defineRoute({
  method: 'get',
  path: '/v1/operator/books/transfers',
  access: BOOK_DESK,
  summary: 'Transfers of all books, newest first',
  request: {
    query: PageQuery.extend({
      account: z.string().max(120).optional(),
      reference: z.string().max(160).optional(),
    }),
  },
  responses: answer(200, pageOf(TransferRow)),
})

const auditRoute = defineRoute({
  method: 'post',
  path: '/v1/operator/audits',
  access: BOOK_DESK,
  summary: 'Proves the books now; a cell that fails has its payouts frozen',
  responses: answer(200, AuditReport),
})

const auditsRoute = defineRoute({
  method: 'get',
  path: '/v1/operator/audits',
  access: { operator: ['admin', 'support', 'finance'] },
  summary: 'Audits, newest first',
  request: { query: PageQuery },
  responses: answer(200, pageOf(AuditReport)),
})

const unfreezeRoute = defineRoute({
  method: 'post',
  path: '/v1/operator/cells/{cell}/unfreeze',
  access: { operator: ['admin'] },
  summary: 'Lets the payouts of a cell go again',
  request: {
    params: z.object({ cell: z.string().regex(/^([a-z]{2}\.)?[a-z0-9-]{1,40}$/) }),
    ...jsonBody(Reason),
  },
  responses: { 204: { description: 'Payouts go again' } },
})

const authorityRoute = defineRoute({
  method: 'get',
  path: '/v1/operator/authority',
  access: { operator: ['admin', 'support', 'finance'] },
  summary: 'How those who vouch for receipts are doing, and what they cost today',
  responses: answer(200, AuthorityHealth),
})

export function operatorBookRoutes(ports: DeskPorts) {
  return createRouter()
    .openapi(booksRoute, async (c) => {
      const books = await ports.books()
      const rows = await askEach(books, (book) => book.accounts())
      return c.json({ items: rows.flat() }, 200)
    })
    .openapi(transfersRoute, async (c) => {
      const query = c.req.valid('query')
      const { after, limit } = pageStart(query, 3)
      const filter = {
        account: query.account ?? null,
        reference: query.reference ?? null,
        before: after && {
          at: Number(after[0]),
          cell: String(after[1]),
          sequence: Number(after[2]),
        },
      }
      const books = await ports.books()
      const rows = await askEach(books, (book) => book.transfers(filter, limit + 1))
      const page = mergedPage(rows, limit, (row) => [Date.parse(row.at), row.cell, row.sequence])
      return c.json(page, 200)
    })
    .openapi(auditRoute, async (c) => {
      await ports.record({
        ...doerOf(c),
        partnerId: null,
        action: 'books.audit',
        subject: 'network',
        detail: '',
      })
      return c.json(await ports.audit(c.var.nowMs), 200)
    })
    .openapi(auditsRoute, async (c) => {
      const { after, limit } = pageStart(c.req.valid('query'), 1)
      const before = after === null ? null : String(after[0])
      return c.json(await ports.audits(before, limit), 200)
    })
    .openapi(unfreezeRoute, async (c) => {
      const { cell } = c.req.valid('param')
      if (!ports.cells.includes(cell)) throw new Refusal('not_found')
      const { reason } = c.req.valid('json')
      await ports.record({
        ...doerOf(c),
        partnerId: null,
        action: 'cell.unfreeze',
        subject: cell,
        detail: reason,
      })
      await ports.cell(cell).freezePayouts(null)
      return c.body(null, 204)
    })
    .openapi(authorityRoute, async (c) => {
      return c.json(await ports.authority(c.var.nowMs), 200)
    })
}
