import { z } from '@hono/zod-openapi'
import { FiscalKey, FiscalKeyDraft, FiscalKeyState } from '#schema/fiscal-key'
import { idOf, makeId } from '#schema/id'
import { MarketCode } from '#schema/market'
import { PageQuery, pageOf } from '#schema/page'
import { answer, jsonBody } from '../http/contract.ts'
import { pageStart } from '../http/page.ts'
import { createRouter, defineRoute } from '../http/route.ts'
import {
  askForKey,
  decideKey,
  enterAuthorityKey,
  type KeyDecision,
  listKeys,
} from './key-register.d1.ts'
import type { ControlPorts } from './ports.ts'
import { ANY_ROLE, OfPartner, Reason } from './route-parts.ts'
import { type Doer, doerOf } from './staff-actions.d1.ts'

const tags = ['Keys of tills']
const owners = { partner: ['owner'] } as const
const admin = { operator: ['admin'] } as const
const OfKey = z.object({ fiscalKeyId: idOf('fiscalKey') })
const OfPartnersKey = z.object({ partnerId: idOf('partner'), fiscalKeyId: idOf('fiscalKey') })
const Note = z.strictObject({ note: Reason })
const KEYS = '/v1/partners/{partnerId}/fiscal-keys'

const list = defineRoute({
  method: 'get',
  path: KEYS,
  access: ANY_ROLE,
  tags,
  summary: 'Keys that the partner’s tills sign with, the newest first',
  request: { params: OfPartner, query: PageQuery },
  responses: answer(200, pageOf(FiscalKey)),
})

const ask = defineRoute({
  method: 'post',
  path: KEYS,
  access: owners,
  tags,
  summary: 'Ask for a key to be registered; it counts when the operator has compared it',
  request: { params: OfPartner, ...jsonBody(FiscalKeyDraft) },
  responses: answer(201, FiscalKey),
})

const revokeOwn = defineRoute({
  method: 'post',
  path: '/v1/partners/{partnerId}/fiscal-keys/{fiscalKeyId}/revoke',
  access: owners,
  tags,
  summary: 'Revoke a key for good: nothing that it signed is believed any more',
  request: { params: OfPartnersKey, ...jsonBody(Note) },
  responses: answer(200, FiscalKey),
})

const queue = defineRoute({
  method: 'get',
  path: '/v1/operator/fiscal-keys',
  access: { operator: ['admin', 'support', 'finance'] },
  tags,
  summary: 'Keys of all partners and authorities, the newest first',
  request: {
    query: PageQuery.extend({ state: FiscalKeyState.optional(), market: MarketCode.optional() }),
  },
  responses: answer(200, pageOf(FiscalKey)),
})

const enter = defineRoute({
  method: 'post',
  path: '/v1/operator/fiscal-keys',
  access: admin,
  tags,
  summary: 'Enter the key of an authority, compared as the note says',
  request: jsonBody(FiscalKeyDraft.extend({ market: MarketCode, note: Reason })),
  responses: answer(201, FiscalKey),
})

const decisionOf = <Decision extends KeyDecision>(decision: Decision, summary: string) =>
  defineRoute({
    method: 'post',
    path: `/v1/operator/fiscal-keys/{fiscalKeyId}/${decision}`,
    access: admin,
    tags,
    summary,
    request: { params: OfKey, ...jsonBody(Note) },
    responses: answer(200, FiscalKey),
  })

const register = decisionOf('register', 'The key was compared as the note says: it counts')
const decline = decisionOf('decline', 'Decline a key that was asked for')
const revoke = decisionOf('revoke', 'Revoke a key for good')

/** `/v1/partners/{partnerId}/fiscal-keys…`, `/v1/operator/fiscal-keys…` */
export function keyRoutes({ db, random }: ControlPorts) {
  const decide = (fiscalKeyId: string, decision: KeyDecision, note: string, doer: Doer) =>
    decideKey(db, { fiscalKeyId, partnerId: null }, decision, note, doer)
  return createRouter()
    .openapi(list, async (c) => {
      const { partnerId } = c.req.valid('param')
      const filter = { partnerId, state: null, market: null }
      return c.json(await listKeys(db, filter, pageStart(c.req.valid('query'), 2)), 200)
    })
    .openapi(ask, async (c) => {
      const { partnerId } = c.req.valid('param')
      const id = makeId('fiscalKey', random(20))
      return c.json(await askForKey(db, partnerId, c.req.valid('json'), id, doerOf(c)), 201)
    })
    .openapi(revokeOwn, async (c) => {
      const { note } = c.req.valid('json')
      return c.json(await decideKey(db, c.req.valid('param'), 'revoke', note, doerOf(c)), 200)
    })
    .openapi(queue, async (c) => {
      const { state, market, ...page } = c.req.valid('query')
      const filter = { partnerId: null, state: state ?? null, market: market ?? null }
      return c.json(await listKeys(db, filter, pageStart(page, 2)), 200)
    })
    .openapi(enter, async (c) => {
      const { market, note, ...draft } = c.req.valid('json')
      const entry = { id: makeId('fiscalKey', random(20)), market, note }
      return c.json(await enterAuthorityKey(db, entry, draft, doerOf(c)), 201)
    })
    .openapi(register, async (c) => {
      const { fiscalKeyId } = c.req.valid('param')
      return c.json(await decide(fiscalKeyId, 'register', c.req.valid('json').note, doerOf(c)), 200)
    })
    .openapi(decline, async (c) => {
      const { fiscalKeyId } = c.req.valid('param')
      return c.json(await decide(fiscalKeyId, 'decline', c.req.valid('json').note, doerOf(c)), 200)
    })
    .openapi(revoke, async (c) => {
      const { fiscalKeyId } = c.req.valid('param')
      return c.json(await decide(fiscalKeyId, 'revoke', c.req.valid('json').note, doerOf(c)), 200)
    })
}
