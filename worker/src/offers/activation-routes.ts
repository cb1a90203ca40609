import { z } from 'zod'
import { idOf } from '#schema/id'
import { minor } from '#schema/money'
import { Activation, type OfferVersion } from '#schema/offer'
import type { CellOfWallet } from '../cells/wallet-cell.ts'
import { answer } from '../http/contract.ts'
import { Refusal } from '../http/problem.ts'
import { createRouter, defineRoute } from '../http/route.ts'
import { shopperOf } from '../http/shopper.ts'
import type { Database } from '../members/database.ts'
import { maxCostPerReceipt } from './cost.ts'
import { readLiveVersion } from './offers.d1.ts'
import { addDays, dayOf, instantOfWall } from './wall.ts'

const activateRoute = defineRoute({
  method: 'post',
  path: '/v1/offers/{offerId}/activation',
  access: 'shopper',
  tags: ['Offers'],
  summary:
    'Reserves the reward until a receipt can no longer be submitted; repeating it is harmless',
  request: { params: z.object({ offerId: idOf('offer') }) },
  responses: answer(200, Activation),
})

export type ActivationPorts = { readonly db: Database; readonly cellOf: CellOfWallet }

export function activationRoutes({ db, cellOf }: ActivationPorts) {
  return createRouter().openapi(activateRoute, async (c) => {
    const { walletId } = shopperOf(c.var.actor)
    const { offerId } = c.req.valid('param')
    const live = await readLiveVersion(db, offerId)
    if (!live) throw new Refusal('not_found')
    const offer: OfferVersion = { ...live.version, stoppedAt: null }
    const { endsAt, timeZone } = offer.rule
    const now = new Date(c.var.nowMs).toISOString()
    if (live.state !== 'published' || instantOfWall(endsAt, timeZone) <= now) {
      throw new Refusal('offer_not_live')
    }
    const costMinor = maxCostPerReceipt(offer.rule, offer.feeBps)
    if (costMinor === null) throw new Refusal('activation_cap_needed')
    const expiresAt = Date.parse(reservedUntil(offer))
    const result = await cellOf({ walletId, market: offer.market }).activate({
      walletId,
      offer,
      costMinor,
      expiresAt,
    })
    if ('problem' in result) throw new Refusal(result.problem)
    const until = new Date(result.expiresAt).toISOString()
    return c.json({ offerId, reservedMinor: minor(result.reservedMinor), until }, 200)
  })
}

/**
 * The end of the last day on which a receipt bought in the offer's last minute may be submitted.
 */
function reservedUntil(offer: OfferVersion): string {
  const { endsAt, submissionDays, timeZone } = offer.rule
  return instantOfWall(`${addDays(dayOf(endsAt), submissionDays + 1)}T00:00`, timeZone)
}
