import { z } from '@hono/zod-openapi'
import { idOf, makeId } from '#schema/id'
import { Amount } from '#schema/money'
import { AuditLogEntry, StoreAssignment, UnknownStore } from '#schema/operator'
import { PageQuery, pageOf } from '#schema/page'
import { Invoice } from '#schema/partner'
import { answer, jsonBody, NO_CONTENT } from '../http/contract.ts'
import { pageStart } from '../http/page.ts'
import { createRouter, defineRoute } from '../http/route.ts'
import { cancelInvoice, confirmInvoice, listInvoices } from './invoices.d1.ts'
import type { ControlPorts } from './ports.ts'
import { published, SearchPageQuery } from './route-parts.ts'
import { doerOf, listActions } from './staff-actions.d1.ts'
import { assignUnknownStore, listUnknownStores } from './unknown-stores.d1.ts'

const tags = ['Operator']
const everyone = { operator: ['admin', 'support', 'finance'] } as const
const treasurers = { operator: ['finance', 'admin'] } as const
const OfInvoice = z.object({ invoiceId: idOf('invoice') })

const invoices = defineRoute({
  method: 'get',
  path: '/v1/operator/invoices',
  access: everyone,
  tags,
  summary: 'Invoices of all partners, the newest first',
  request: { query: SearchPageQuery.extend({ state: Invoice.shape.state.optional() }) },
  responses: answer(200, pageOf(Invoice)),
})

const confirm = defineRoute({
  method: 'post',
  path: '/v1/operator/invoices/{invoiceId}/confirm',
  access: treasurers,
  tags,
  summary: 'The payment has come in: the whole amount, under this bank reference',
  request: {
    params: OfInvoice,
    ...jsonBody(
      z.strictObject({ bankReference: z.string().trim().min(3).max(80), amountMinor: Amount }),
    ),
  },
  responses: answer(200, Invoice),
})

const cancel = defineRoute({
  method: 'post',
  path: '/v1/operator/invoices/{invoiceId}/cancel',
  access: treasurers,
  tags,
  summary: 'Cancel an invoice that nobody has paid',
  request: { params: OfInvoice },
  responses: answer(200, Invoice),
})

const unknownStores = defineRoute({
  method: 'get',
  path: '/v1/operator/unknown-stores',
  access: everyone,
  tags,
  summary: 'Shops that receipts came from and nobody has registered',
  request: { query: PageQuery },
  responses: answer(200, pageOf(UnknownStore)),
})

const assign = defineRoute({
  method: 'post',
  path: '/v1/operator/unknown-stores/assign',
  access: { operator: ['admin', 'support'] },
  tags,
  summary: 'Say which store a fiscal drive stands in',
  request: jsonBody(StoreAssignment),
  responses: NO_CONTENT,
})

const auditLog = defineRoute({
  method: 'get',
  path: '/v1/operator/audit-log',
  access: everyone,
  tags,
  summary: 'What staff did, the newest first',
  request: { query: PageQuery },
  responses: answer(200, pageOf(AuditLogEntry)),
})

/** `/v1/operator/invoices…`, `…/unknown-stores…`, `…/audit-log` */
export function operatorRoutes(ports: ControlPorts) {
  const { db } = ports
  return createRouter()
    .openapi(invoices, async (c) => {
      const { state, q, ...page } = c.req.valid('query')
      const filter = { partnerId: null, state: state ?? null, q }
      return c.json(await listInvoices(db, filter, pageStart(page, 1)), 200)
    })
    .openapi(confirm, async (c) => {
      const { invoiceId } = c.req.valid('param')
      const payment = c.req.valid('json')
      return c.json(await confirmInvoice(ports, invoiceId, payment, doerOf(c)), 200)
    })
    .openapi(cancel, async (c) => {
      return c.json(await cancelInvoice(db, c.req.valid('param').invoiceId, doerOf(c)), 200)
    })
    .openapi(unknownStores, async (c) => {
      return c.json(await listUnknownStores(db, pageStart(c.req.valid('query'), 2)), 200)
    })
    .openapi(assign, async (c) => {
      const { fiscalDrive, storeId } = c.req.valid('json')
      const doer = doerOf(c)
      const tillId = makeId('till', ports.random(20))
      await published(ports, doer, assignUnknownStore(db, fiscalDrive, storeId, tillId, doer))
      return c.body(null, 204)
    })
    .openapi(auditLog, async (c) => {
      return c.json(await listActions(db, pageStart(c.req.valid('query'), 1)), 200)
    })
}
