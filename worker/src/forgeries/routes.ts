import { Suspicion } from '#schema/forgery'
import { PageQuery, pageOf } from '#schema/page'
import { answer } from '../http/contract.ts'
import { pageStart } from '../http/page.ts'
import { createRouter, defineRoute } from '../http/route.ts'
import type { Database } from '../members/database.ts'
import { listSuspicions } from './seen-receipts.d1.ts'

const listRoute = defineRoute({
  method: 'get',
  path: '/v1/operator/forgeries',
  access: { operator: ['admin', 'support', 'finance'] },
  summary: 'Receipts that look invented, with what speaks against them, the newest first',
  request: { query: PageQuery },
  responses: answer(200, pageOf(Suspicion)),
})

export function forgeryRoutes({ db }: { readonly db: Database }) {
  return createRouter().openapi(listRoute, async (c) => {
    const start = pageStart(c.req.valid('query'), 2)
    return c.json(await listSuspicions(db, start), 200)
  })
}
