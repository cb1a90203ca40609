import { z } from 'zod'
import { ClientId } from '#schema/id'
import type { MarketCode } from '#schema/market'
import { PageQuery, pageOf } from '#schema/page'
import { Payout, type PayoutDestination, PayoutRequest, SbpBank } from '#schema/payout'
import { ReceiptQuery } from '#schema/receipt'
import type { CellOfWallet } from '../cells/wallet-cell.ts'
import type { ShopperActor } from '../http/actor.ts'
import { answer, jsonBody } from '../http/contract.ts'
import { encodeCursor, pageStart } from '../http/page.ts'
import { Refusal } from '../http/problem.ts'
import { createRouter, defineRoute } from '../http/route.ts'
import { shopperOf } from '../http/shopper.ts'
import { maskDestination } from './mask.ts'
import { payoutContentTag, SEAL_NONCE_BYTES, sealDestination } from './seal.ts'
import { parseYookassaNotification } from './yookassa-notification.ts'

const NOTIFICATION_BYTES_MAX = 64 * 1024

const banksRoute = defineRoute({
  method: 'get',
  path: '/v1/payouts/banks',
  access: 'shopper',
  summary: 'Banks that take a payout by phone number',
  responses: answer(200, z.object({ items: z.array(SbpBank) })),
})

const requestRoute = defineRoute({
  method: 'post',
  path: '/v1/payouts',
  access: 'shopper',
  summary: 'Withdraw; the id is made by the client, and the same id is the same payout for ever',
  request: jsonBody(PayoutRequest),
  responses: { ...answer(202, Payout), ...answer(200, Payout) },
})

const listRoute = defineRoute({
  method: 'get',
  path: '/v1/payouts',
  access: 'shopper',
  summary: 'My payouts, newest first',
  request: { query: PageQuery },
  responses: answer(200, pageOf(Payout)),
})

const readRoute = defineRoute({
  method: 'get',
  path: '/v1/payouts/{payoutId}',
  access: 'shopper',
  summary: 'One payout; `after` waits up to 25 s for a newer version',
  request: { params: z.object({ payoutId: ClientId }), query: ReceiptQuery },
  responses: answer(200, Payout),
})

const webhookRoute = defineRoute({
  method: 'post',
  path: '/v1/hooks/yookassa',
  access: 'public',
  anyMediaType: true,
  bodyBytesMax: NOTIFICATION_BYTES_MAX,
  summary: 'The provider has news of a payout; the body is not believed, the provider is asked',
  responses: { 200: { description: 'Heard' } },
})

/** What is known of the person besides the session. Instants, ms. */
type PayoutPerson = { adultConfirmedAt: number | null; phoneChangedAt: number | null }

export type PayoutPorts = {
  readonly cellOf: CellOfWallet
  readonly person: (userId: string) => Promise<PayoutPerson>
  readonly banks: (market: MarketCode) => Promise<SbpBank[]>
  readonly sealKey: string
  readonly random: (bytes: number) => Uint8Array<ArrayBuffer>
}

export function payoutRoutes(ports: PayoutPorts) {
  return createRouter()
    .openapi(banksRoute, async (c) => {
      const items = await banks(ports, shopperOf(c.var.actor).market)
      return c.json({ items }, 200)
    })
    .openapi(requestRoute, async (c) => {
      const shopper = shopperOf(c.var.actor)
      const { walletId, userId } = shopper
      const request = c.req.valid('json')
      const seal = { key: ports.sealKey, payoutId: request.id }
      const nonce = ports.random(SEAL_NONCE_BYTES)
      const [person, contentTag, destinationSealed, bank] = await Promise.all([
        ports.person(userId),
        payoutContentTag(request, seal),
        sealDestination(request.destination, { ...seal, nonce }),
        bankOf(ports, shopper.market, request.destination),
      ])
      const result = await ports.cellOf(shopperOf(c.var.actor)).requestPayout({
        walletId,
        request,
        person: {
          ...person,
          contentTag,
          bankKnown: bank.isKnown,
          reauthenticatedAt: provenAt(shopper),
        },
        destinationSealed,
        destinationMasked: maskDestination(request.destination),
        bankName: bank.name,
      })
      if ('problem' in result) throw new Refusal(result.problem)
      return c.json(result.payout, result.created ? 202 : 200)
    })
    .openapi(listRoute, async (c) => {
      const { walletId } = shopperOf(c.var.actor)
      const { after, limit } = pageStart(c.req.valid('query'), 2)
      const [requestedAt, id] = [Number(after?.[0] ?? Number.MAX_SAFE_INTEGER), String(after?.[1])]
      const page = await ports
        .cellOf(shopperOf(c.var.actor))
        .payouts(walletId, { requestedAt, id }, limit)
      const { items, last } = page
      const nextCursor = last && encodeCursor([last.requestedAt, last.id])
      return c.json({ items, nextCursor }, 200)
    })
    .openapi(readRoute, async (c) => {
      const { walletId } = shopperOf(c.var.actor)
      const after = c.req.valid('query').after ?? null
      const { payoutId } = c.req.valid('param')
      const payout = await ports.cellOf(shopperOf(c.var.actor)).payout(walletId, payoutId, after)
      if (!payout) throw new Refusal('not_found')
      return c.json(payout, 200)
    })
    .openapi(webhookRoute, async (c) => {
      const notification = parseYookassaNotification(await c.req.text())
      if (notification?.walletId) {
        await ports
          .cellOf({ walletId: notification.walletId, market: 'ru' })
          .nudgePayout(notification.payoutId)
      }
      return c.body(null, 200)
    })
}

/**
 * When this session last proved a code to the phone, ms. Signing in was such a proof: asking for
 * another code at once would only wait out the limit on sending them.
 */
function provenAt({ reauthenticatedAt, sessionCreatedAt }: ShopperActor): number {
  return Math.max(Date.parse(sessionCreatedAt), Date.parse(reauthenticatedAt ?? sessionCreatedAt))
}

async function banks(ports: PayoutPorts, market: MarketCode): Promise<SbpBank[]> {
  try {
    return await ports.banks(market)
  } catch (cause) {
    throw new Refusal('upstream_unavailable', {}, cause)
  }
}

/**
 * The bank's name for people, and whether the provider has it in its list. A provider that does not
 * answer costs the name and not the payout.
 */
async function bankOf(
  ports: PayoutPorts,
  market: MarketCode,
  destination: PayoutDestination,
): Promise<{ name: string | null; isKnown: boolean }> {
  if (destination.code !== 'sbp') return { name: null, isKnown: true }
  const known = await ports.banks(market).catch((): SbpBank[] => [])
  const found = known.find((bank) => bank.id === destination.bankId)
  return { name: found?.name ?? null, isKnown: known.length === 0 || found !== undefined }
}
