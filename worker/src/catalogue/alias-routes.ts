import { z } from '@hono/zod-openapi'
import { idOf } from '#schema/id'
import { Alias, AliasDraft } from '#schema/operator'
import { PageQuery, pageOf } from '#schema/page'
import { answer, jsonBody, NO_CONTENT } from '../http/contract.ts'
import { pageStart } from '../http/page.ts'
import { createRouter, defineRoute } from '../http/route.ts'
import type { ControlPorts } from '../partners/ports.ts'
import { published } from '../partners/route-parts.ts'
import { doerOf } from '../partners/staff-actions.d1.ts'
import { addAlias, listAliases, removeAlias } from './aliases.d1.ts'

const tags = ['Operator']
const access = { operator: ['admin', 'support'] } as const

const list = defineRoute({
  method: 'get',
  path: '/v1/operator/aliases',
  access,
  tags,
  summary: 'Receipt lines matched by hand, the newest first',
  request: { query: PageQuery },
  responses: answer(200, pageOf(Alias)),
})

const add = defineRoute({
  method: 'post',
  path: '/v1/operator/aliases',
  access,
  tags,
  summary: 'Match a receipt line to a product, in one retailer or everywhere',
  request: jsonBody(AliasDraft),
  responses: answer(201, Alias),
})

const remove = defineRoute({
  method: 'delete',
  path: '/v1/operator/aliases/{aliasId}',
  access,
  tags,
  summary: 'Forget a match made by hand',
  request: { params: z.object({ aliasId: idOf('alias') }) },
  responses: NO_CONTENT,
})

/** `/v1/operator/aliases…` */
export function aliasRoutes(ports: ControlPorts) {
  const { db } = ports
  return createRouter()
    .openapi(list, async (c) => {
      return c.json(await listAliases(db, pageStart(c.req.valid('query'), 2)), 200)
    })
    .openapi(add, async (c) => {
      const doer = doerOf(c)
      const edit = addAlias(db, c.req.valid('json'), ports.random(20), doer)
      return c.json(await published(ports, doer, edit), 201)
    })
    .openapi(remove, async (c) => {
      const doer = doerOf(c)
      await published(ports, doer, removeAlias(db, c.req.valid('param').aliasId, doer))
      return c.body(null, 204)
    })
}
