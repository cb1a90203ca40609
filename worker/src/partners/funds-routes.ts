import { MARKETS } from '#schema/market'
import { PageQuery, pageOf } from '#schema/page'
import { FundsEntry, Invoice, InvoiceDraft, PartnerFunds } from '#schema/partner'
import { answer, jsonBody } from '../http/contract.ts'
import { encodeCursor, pageStart } from '../http/page.ts'
import { Refusal } from '../http/problem.ts'
import { createRouter, defineRoute } from '../http/route.ts'
import type { Database } from '../members/database.ts'
import { partnerFunds } from '../reports/reports.d1.ts'
import { issueInvoice, listInvoices } from './invoices.d1.ts'
import { findPartner } from './partners.d1.ts'
import type { ControlPorts } from './ports.ts'
import { ANY_ROLE, OfPartner, TREASURERS } from './route-parts.ts'
import { doerOf } from './staff-actions.d1.ts'

const tags = ['Partner money']

const funds = defineRoute({
  method: 'get',
  path: '/v1/partners/{partnerId}/funds',
  access: ANY_ROLE,
  tags,
  summary: 'Free, committed and spent money',
  request: { params: OfPartner },
  responses: answer(200, PartnerFunds),
})

const entries = defineRoute({
  method: 'get',
  path: '/v1/partners/{partnerId}/funds/entries',
  access: TREASURERS,
  tags,
  summary: 'Movements of the free money, the newest first',
  request: { params: OfPartner, query: PageQuery },
  responses: answer(200, pageOf(FundsEntry)),
})

const invoices = defineRoute({
  method: 'get',
  path: '/v1/partners/{partnerId}/invoices',
  access: TREASURERS,
  tags,
  summary: 'Invoices, the newest first',
  request: { params: OfPartner, query: PageQuery },
  responses: answer(200, pageOf(Invoice)),
})

const issue = defineRoute({
  method: 'post',
  path: '/v1/partners/{partnerId}/invoices',
  access: TREASURERS,
  tags,
  summary: 'Issue an invoice, to pay money in',
  request: { params: OfPartner, ...jsonBody(InvoiceDraft) },
  responses: answer(201, Invoice),
})

/** `/v1/partners/{partnerId}/funds…`, `…/invoices` */
export function fundsRoutes(ports: ControlPorts) {
  const { db, money } = ports
  return createRouter()
    .openapi(funds, async (c) => {
      return c.json(await partnerFunds(ports, c.req.valid('param').partnerId), 200)
    })
    .openapi(entries, async (c) => {
      const { after, limit } = pageStart(c.req.valid('query'), 1)
      const before = after === null ? null : Number(after[0])
      const { partnerId } = c.req.valid('param')
      const { items, last } = await money.entries(partnerId, before, limit)
      const nextCursor = items.length < limit ? null : encodeCursor([last])
      return c.json({ items, nextCursor }, 200)
    })
    .openapi(invoices, async (c) => {
      const { partnerId } = c.req.valid('param')
      const start = pageStart(c.req.valid('query'), 1)
      return c.json(await listInvoices(db, { partnerId, state: null, q: '' }, start), 200)
    })
    .openapi(issue, async (c) => {
      const { partnerId } = c.req.valid('param')
      const { amountMinor } = c.req.valid('json')
      await refuseUnusual(db, partnerId, amountMinor)
      const id = ports.random(20)
      return c.json(await issueInvoice(db, partnerId, amountMinor, id, doerOf(c)), 201)
    })
}

/** What the partner's market has no invoices of: an unpaid one waits for somebody to look. */
async function refuseUnusual(db: Database, partnerId: string, amountMinor: number) {
  const { invoiceMinorMin, invoiceMinorMax } = MARKETS[(await findPartner(db, partnerId)).market]
  if (amountMinor >= invoiceMinorMin && amountMinor <= invoiceMinorMax) return
  const message = `from ${invoiceMinorMin} to ${invoiceMinorMax}`
  throw new Refusal('invalid_request', { errors: [{ path: 'amountMinor', message }] })
}
