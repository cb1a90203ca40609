import { z } from '@hono/zod-openapi'
import { idOf } from '#schema/id'
import {
  NewPartnerKey,
  PartnerKey,
  PartnerKeyDraft,
  SalesBatch,
  SalesOverview,
  SalesResult,
} from '#schema/sale'
import type { Actor } from '../http/actor.ts'
import { answer, jsonBody, NO_CONTENT } from '../http/contract.ts'
import { Refusal } from '../http/problem.ts'
import { createRouter, defineRoute } from '../http/route.ts'
import { requireActive } from '../partners/partners.d1.ts'
import type { ControlPorts } from '../partners/ports.ts'
import { ANY_ROLE, EDITORS, OfPartner } from '../partners/route-parts.ts'
import { doerOf } from '../partners/staff-actions.d1.ts'
import { type FeedSource, feedSales, salesOverview } from './feed.d1.ts'
import { addKey, listKeys, revokeKey } from './keys.d1.ts'

const tags = ['Sales']
const OWNERS = { partner: ['owner'] } as const
const KEYS = '/v1/partners/{partnerId}/keys'

/** 500 sales of a dozen lines each. */
const BATCH_BYTES_MAX = 1_000_000

const feed = defineRoute({
  method: 'post',
  path: '/v1/partners/{partnerId}/sales',
  access: [EDITORS, { key: 'sales' }],
  bodyBytesMax: BATCH_BYTES_MAX,
  tags,
  summary: 'Feed one batch of sales; a repeated one changes nothing',
  request: { params: OfPartner, ...jsonBody(SalesBatch) },
  responses: answer(200, SalesResult),
})

const overview = defineRoute({
  method: 'get',
  path: '/v1/partners/{partnerId}/sales',
  access: ANY_ROLE,
  tags,
  summary: 'The last feeds, what is kept of them, the latest sale of each store',
  request: { params: OfPartner },
  responses: answer(200, SalesOverview),
})

const keys = defineRoute({
  method: 'get',
  path: KEYS,
  access: EDITORS,
  tags,
  summary: 'Keys of the partner’s own systems',
  request: { params: OfPartner },
  responses: answer(200, z.object({ items: z.array(PartnerKey) })),
})

const addOne = defineRoute({
  method: 'post',
  path: KEYS,
  access: OWNERS,
  tags,
  summary: 'Make a key; this answer alone carries it',
  request: { params: OfPartner, ...jsonBody(PartnerKeyDraft) },
  responses: answer(201, NewPartnerKey),
})

const revoke = defineRoute({
  method: 'delete',
  path: '/v1/partners/{partnerId}/keys/{keyId}',
  access: OWNERS,
  tags,
  summary: 'Revoke a key, at once and for ever',
  request: { params: OfPartner.extend({ keyId: idOf('key') }) },
  responses: NO_CONTENT,
})

/** `/v1/partners/{partnerId}/sales`, `…/keys` */
export function salesRoutes(ports: ControlPorts) {
  const { db } = ports
  return createRouter()
    .openapi(feed, async (c) => {
      const { partnerId } = c.req.valid('param')
      const batch = c.req.valid('json')
      const { actor, nowMs } = c.var
      if (actor.kind === 'key') await admitKey(ports, actor.keyId, nowMs)
      await requireActive(db, partnerId)
      const source = sourceOf(actor, batch.feed, nowMs)
      const result = await feedSales(db, partnerId, batch, source, nowMs)
      if (!batch.dryRun) await tellNow(ports, partnerId)
      return c.json(result, 200)
    })
    .openapi(overview, async (c) =>
      c.json(await salesOverview(db, c.req.valid('param').partnerId), 200),
    )
    .openapi(keys, async (c) =>
      c.json({ items: await listKeys(db, c.req.valid('param').partnerId) }, 200),
    )
    .openapi(addOne, async (c) => {
      const { partnerId } = c.req.valid('param')
      const { name } = c.req.valid('json')
      return c.json(await addKey(db, partnerId, name, ports.random, doerOf(c)), 201)
    })
    .openapi(revoke, async (c) => {
      const { partnerId, keyId } = c.req.valid('param')
      await revokeKey(db, partnerId, keyId, doerOf(c))
      return c.body(null, 204)
    })
}

/** What is fed is kept: should telling fail, the clock tells. */
async function tellNow({ tellReturns }: ControlPorts, partnerId: string): Promise<void> {
  await tellReturns(partnerId).catch((cause: unknown) =>
    console.error(JSON.stringify({ level: 'error', returns: partnerId, failure: String(cause) })),
  )
}

async function admitKey(ports: ControlPorts, keyId: string, nowMs: number): Promise<void> {
  const verdict = await ports.limiter(`key:${keyId}`).admit('sales_batch', nowMs)
  if (verdict.allowed) return
  throw new Refusal(verdict.code, { retryAt: new Date(verdict.retryAt).toISOString() })
}

/** A file is what its person says; what a key sends is gathered by the day. */
function sourceOf(
  actor: Actor,
  file: z.output<typeof SalesBatch>['feed'],
  nowMs: number,
): FeedSource {
  const day = new Date(nowMs).toISOString().slice(0, 10)
  if (actor.kind === 'key') return { id: `${actor.keyId}:${day}`, name: actor.name, source: 'key' }
  return { id: file?.id ?? `${day}`, name: file?.name ?? '', source: 'file' }
}
