import { z } from '@hono/zod-openapi'
import { idOf } from '#schema/id'
import { PageQuery, pageOf } from '#schema/page'
import { Store, StoreDraft, Till, TillDraft } from '#schema/partner'
import { answer, jsonBody, NO_CONTENT } from '../http/contract.ts'
import { pageStart } from '../http/page.ts'
import { createRouter, defineRoute } from '../http/route.ts'
import type { ControlPorts } from './ports.ts'
import { ANY_ROLE, EDITORS, OfPartner, published } from './route-parts.ts'
import { doerOf } from './staff-actions.d1.ts'
import {
  addStore,
  addTill,
  changeStore,
  changeTill,
  listStores,
  removeStore,
  removeTill,
} from './stores.d1.ts'

const tags = ['Stores']
const OfStore = z.object({ partnerId: idOf('partner'), storeId: idOf('store') })
const OfTill = OfStore.extend({ tillId: idOf('till') })
const STORES = '/v1/partners/{partnerId}/stores'
const STORE = '/v1/partners/{partnerId}/stores/{storeId}'
const TILL = '/v1/partners/{partnerId}/stores/{storeId}/tills/{tillId}'

const list = defineRoute({
  method: 'get',
  path: STORES,
  // The operator looks them up to say which store an unknown till stands in.
  access: [ANY_ROLE, { operator: ['admin', 'support'] }],
  tags,
  summary: 'Stores with their tills',
  request: { params: OfPartner, query: PageQuery },
  responses: answer(200, pageOf(Store)),
})

const add = defineRoute({
  method: 'post',
  path: STORES,
  access: EDITORS,
  tags,
  summary: 'Add a store',
  request: { params: OfPartner, ...jsonBody(StoreDraft) },
  responses: answer(201, Store),
})

const change = defineRoute({
  method: 'patch',
  path: STORE,
  access: EDITORS,
  tags,
  summary: 'Change a store',
  request: { params: OfStore, ...jsonBody(StoreDraft) },
  responses: answer(200, Store),
})

const remove = defineRoute({
  method: 'delete',
  path: STORE,
  access: EDITORS,
  tags,
  summary: 'Remove a store and its tills',
  request: { params: OfStore },
  responses: NO_CONTENT,
})

const tillAdd = defineRoute({
  method: 'post',
  path: '/v1/partners/{partnerId}/stores/{storeId}/tills',
  access: EDITORS,
  tags,
  summary: 'Add a till; its numbers are unique over the whole network',
  request: { params: OfStore, ...jsonBody(TillDraft) },
  responses: answer(201, Till),
})

const tillChange = defineRoute({
  method: 'patch',
  path: TILL,
  access: EDITORS,
  tags,
  summary: 'Change a till',
  request: { params: OfTill, ...jsonBody(TillDraft) },
  responses: answer(200, Till),
})

const tillRemove = defineRoute({
  method: 'delete',
  path: TILL,
  access: EDITORS,
  tags,
  summary: 'Remove a till',
  request: { params: OfTill },
  responses: NO_CONTENT,
})

/** `/v1/partners/{partnerId}/stores…` */
export function storeRoutes(ports: ControlPorts) {
  const { db } = ports
  return createRouter()
    .openapi(list, async (c) => {
      const start = pageStart(c.req.valid('query'), 2)
      return c.json(await listStores(db, c.req.valid('param').partnerId, start), 200)
    })
    .openapi(add, async (c) => {
      const { partnerId } = c.req.valid('param')
      const doer = doerOf(c)
      const edit = addStore(db, partnerId, c.req.valid('json'), ports.random(20), doer)
      return c.json(await published(ports, doer, edit), 201)
    })
    .openapi(change, async (c) => {
      const { partnerId, storeId } = c.req.valid('param')
      const doer = doerOf(c)
      const edit = changeStore(db, partnerId, storeId, c.req.valid('json'), doer)
      return c.json(await published(ports, doer, edit), 200)
    })
    .openapi(remove, async (c) => {
      const { partnerId, storeId } = c.req.valid('param')
      const doer = doerOf(c)
      await published(ports, doer, removeStore(db, partnerId, storeId, doer))
      return c.body(null, 204)
    })
    .openapi(tillAdd, async (c) => {
      const doer = doerOf(c)
      const place = c.req.valid('param')
      const edit = addTill(db, place, c.req.valid('json'), ports.random(20), doer)
      return c.json(await published(ports, doer, edit), 201)
    })
    .openapi(tillChange, async (c) => {
      const { tillId, ...place } = c.req.valid('param')
      const doer = doerOf(c)
      const edit = changeTill(db, place, tillId, c.req.valid('json'), doer)
      return c.json(await published(ports, doer, edit), 200)
    })
    .openapi(tillRemove, async (c) => {
      const { tillId, ...place } = c.req.valid('param')
      const doer = doerOf(c)
      await published(ports, doer, removeTill(db, place, tillId, doer))
      return c.body(null, 204)
    })
}
