import { z } from '@hono/zod-openapi'
import { idOf } from '#schema/id'
import { Offer, OfferDraft, OfferPreview, OfferState } from '#schema/offer'
import { PageQuery, pageOf } from '#schema/page'
import { answer, jsonBody } from '../http/contract.ts'
import { pageStart } from '../http/page.ts'
import { createRouter, defineRoute } from '../http/route.ts'
import type { ControlPorts } from '../partners/ports.ts'
import { ANY_ROLE, EDITORS, OfOffer, OfPartner } from '../partners/route-parts.ts'
import { doerOf } from '../partners/staff-actions.d1.ts'
import {
  createOffer,
  editOffer,
  endOffer,
  pauseOffer,
  publishOffer,
  resumeOffer,
} from './lifecycle.ts'
import { findOffer, listOffers } from './offers.d1.ts'
import { previewOffer } from './preview.ts'

const tags = ['Partner offers']
const OFFERS = '/v1/partners/{partnerId}/offers'
const OFFER = '/v1/partners/{partnerId}/offers/{offerId}'

const list = defineRoute({
  method: 'get',
  path: OFFERS,
  access: ANY_ROLE,
  tags,
  summary: "The partner's offers, the newest first",
  request: { params: OfPartner, query: PageQuery.extend({ state: OfferState.optional() }) },
  responses: answer(200, pageOf(Offer)),
})

const create = defineRoute({
  method: 'post',
  path: OFFERS,
  access: EDITORS,
  tags,
  summary: 'Write a draft',
  request: { params: OfPartner, ...jsonBody(OfferDraft) },
  responses: answer(201, Offer),
})

/** The offer whose draft it is; without it, one that is still to be made. */
const PreviewQuery = z.strictObject({ offerId: idOf('offer').optional() })

const preview = defineRoute({
  method: 'post',
  path: '/v1/partners/{partnerId}/offers/preview',
  access: EDITORS,
  tags,
  summary: "The shopper's texts, the cost, and what stands in the way of publishing",
  request: { params: OfPartner, query: PreviewQuery, ...jsonBody(OfferDraft) },
  responses: answer(200, OfferPreview),
})

const read = defineRoute({
  method: 'get',
  path: OFFER,
  access: ANY_ROLE,
  tags,
  summary: 'An offer',
  request: { params: OfOffer },
  responses: answer(200, Offer),
})

const edit = defineRoute({
  method: 'put',
  path: OFFER,
  access: EDITORS,
  tags,
  summary: 'Replace the draft; what is published stays',
  request: { params: OfOffer, ...jsonBody(OfferDraft) },
  responses: answer(200, Offer),
})

const publish = defineRoute({
  method: 'post',
  path: '/v1/partners/{partnerId}/offers/{offerId}/publish',
  access: EDITORS,
  tags,
  summary: 'Publish the draft as the next version, with its money behind it',
  request: { params: OfOffer },
  responses: answer(200, Offer),
})

const pause = defineRoute({
  method: 'post',
  path: '/v1/partners/{partnerId}/offers/{offerId}/pause',
  access: EDITORS,
  tags,
  summary: 'Pause: purchases from now on earn nothing',
  request: { params: OfOffer },
  responses: answer(200, Offer),
})

const resume = defineRoute({
  method: 'post',
  path: '/v1/partners/{partnerId}/offers/{offerId}/resume',
  access: EDITORS,
  tags,
  summary: 'Go on after a pause',
  request: { params: OfOffer },
  responses: answer(200, Offer),
})

const end = defineRoute({
  method: 'post',
  path: '/v1/partners/{partnerId}/offers/{offerId}/end',
  access: EDITORS,
  tags,
  summary: 'End for good; the rest of the money comes back when no receipt can reach it',
  request: { params: OfOffer },
  responses: answer(200, Offer),
})

/** `/v1/partners/{partnerId}/offers…` */
export function offerRoutes(ports: ControlPorts) {
  const { db } = ports
  return createRouter()
    .openapi(list, async (c) => {
      const { state, ...page } = c.req.valid('query')
      const { partnerId } = c.req.valid('param')
      return c.json(await listOffers(db, partnerId, state ?? null, pageStart(page, 2)), 200)
    })
    .openapi(create, async (c) => {
      const { partnerId } = c.req.valid('param')
      return c.json(await createOffer(ports, partnerId, c.req.valid('json'), doerOf(c)), 201)
    })
    .openapi(preview, async (c) => {
      const { partnerId } = c.req.valid('param')
      const place = { partnerId, offerId: c.req.valid('query').offerId ?? null }
      return c.json(await previewOffer(db, place, c.req.valid('json'), doerOf(c).at), 200)
    })
    .openapi(read, async (c) => {
      return c.json((await findOffer(db, c.req.valid('param'))).offer, 200)
    })
    .openapi(edit, async (c) => {
      const place = c.req.valid('param')
      return c.json(await editOffer(ports, place, c.req.valid('json'), doerOf(c)), 200)
    })
    .openapi(publish, async (c) => {
      return c.json(await publishOffer(ports, c.req.valid('param'), doerOf(c)), 200)
    })
    .openapi(pause, async (c) => {
      return c.json(await pauseOffer(ports, c.req.valid('param'), doerOf(c)), 200)
    })
    .openapi(resume, async (c) => {
      return c.json(await resumeOffer(ports, c.req.valid('param'), doerOf(c)), 200)
    })
    .openapi(end, async (c) => {
      return c.json(await endOffer(ports, c.req.valid('param'), doerOf(c)), 200)
    })
}
