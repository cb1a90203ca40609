import { z } from 'zod'
import { idOf } from '#schema/id'
import { MARKETS, type MarketRules } from '#schema/market'
import { PageQuery, pageOf } from '#schema/page'
import { Photo, PhotoSummary } from '#schema/photo'
import { ReviewDispute } from '#schema/review'
import { ReviewRequest } from '#schema/review-request'
import { answer, jsonBody } from '../http/contract.ts'
import { encodeCursor, pageStart } from '../http/page.ts'
import { Refusal } from '../http/problem.ts'
import { createRouter, defineRoute } from '../http/route.ts'
import { shopperOf } from '../http/shopper.ts'
import { refusedTime } from '../receipts/journey.ts'
import { type PhotoPorts, refuseTaxNumber } from './routes.ts'

const access = 'shopper'
const Params = z.object({ photoId: idOf('photo') })

const listRoute = defineRoute({
  method: 'get',
  path: '/v1/photos',
  access,
  summary: 'My photos that are not among my receipts, with what each waits for; newest first',
  request: { query: PageQuery },
  responses: answer(200, pageOf(PhotoSummary)),
})

const reviewRoute = defineRoute({
  method: 'post',
  path: '/v1/photos/{photoId}/review',
  access,
  summary: 'Ask a person: for a receipt whose fiscal numbers cannot be had',
  request: { params: Params, ...jsonBody(ReviewRequest) },
  responses: answer(202, Photo),
})

const disputeRoute = defineRoute({
  method: 'post',
  path: '/v1/photos/{photoId}/dispute',
  access,
  summary: 'Dispute a verdict, once: another person decides, for good',
  request: { params: Params, ...jsonBody(ReviewDispute) },
  responses: answer(202, Photo),
})

/** What the owner sees of all photos, and asks of the people who review them. */
export function photoReviewRoutes(ports: Pick<PhotoPorts, 'cellOf' | 'hasRequiredConsents'>) {
  return createRouter()
    .openapi(listRoute, async (c) => {
      const shopper = shopperOf(c.var.actor)
      const { walletId } = shopper
      const { after, limit } = pageStart(c.req.valid('query'), 2)
      const [createdAt, id] = [Number(after?.[0] ?? Number.MAX_SAFE_INTEGER), String(after?.[1])]
      const { items, last } = await ports.cellOf(shopper).photos(walletId, { createdAt, id }, limit)
      const nextCursor = last && encodeCursor([last.createdAt, last.id])
      return c.json({ items, nextCursor }, 200)
    })
    .openapi(reviewRoute, async (c) => {
      const shopper = shopperOf(c.var.actor)
      const { userId, walletId } = shopper
      const request = c.req.valid('json')
      refuseUntimely(request.time, MARKETS[shopper.market], c.var.nowMs)
      refuseTaxNumber(shopper.market, request.taxNumber)
      if (!(await ports.hasRequiredConsents(userId))) throw new Refusal('consent_needed')
      const { photoId } = c.req.valid('param')
      const asked = await ports.cellOf(shopper).askReview(walletId, photoId, request)
      if ('problem' in asked) throw new Refusal(asked.problem)
      return c.json(asked.photo, 202)
    })
    .openapi(disputeRoute, async (c) => {
      const shopper = shopperOf(c.var.actor)
      const { walletId } = shopper
      const { photoId } = c.req.valid('param')
      const { note } = c.req.valid('json')
      const asked = await ports.cellOf(shopper).disputeReview(walletId, photoId, note)
      if ('problem' in asked) throw new Refusal(asked.problem)
      return c.json(asked.photo, 202)
    })
}

/** A receipt that is too old, or not printed yet, needs nobody's eyes. */
function refuseUntimely(time: string, rules: MarketRules, nowMs: number): void {
  const untimely = refusedTime(time, rules, nowMs)
  if (untimely === null) return
  throw new Refusal('invalid_request', { errors: [{ path: 'time', message: untimely.code }] })
}
