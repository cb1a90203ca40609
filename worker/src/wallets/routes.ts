import type { MarketCode } from '#schema/market'
import { PageQuery, pageOf } from '#schema/page'
import { Posting, Wallet, Wallets } from '#schema/wallet'
import type { CellOfWallet } from '../cells/wallet-cell.ts'
import { answer } from '../http/contract.ts'
import { encodeCursor, pageStart } from '../http/page.ts'
import { createRouter, defineRoute } from '../http/route.ts'
import { shopperOf } from '../http/shopper.ts'

const walletRoute = defineRoute({
  method: 'get',
  path: '/v1/wallet',
  access: 'shopper',
  summary: 'What I have: available, held with dates, being paid out',
  responses: answer(200, Wallet),
})

const walletsRoute = defineRoute({
  method: 'get',
  path: '/v1/wallets',
  access: 'shopper',
  summary: 'What I have in every open market, each in its own currency',
  responses: answer(200, Wallets),
})

const historyRoute = defineRoute({
  method: 'get',
  path: '/v1/wallet/history',
  access: 'shopper',
  summary: 'Every change of my wallet with its reason, newest first',
  request: { query: PageQuery },
  responses: answer(200, pageOf(Posting)),
})

type WalletPorts = { readonly cellOf: CellOfWallet; readonly markets: readonly MarketCode[] }

export function walletRoutes(ports: WalletPorts) {
  return createRouter()
    .openapi(walletRoute, async (c) => {
      const { walletId } = shopperOf(c.var.actor)
      return c.json(await ports.cellOf(shopperOf(c.var.actor)).wallet(walletId), 200)
    })
    .openapi(walletsRoute, async (c) => {
      const { walletId } = shopperOf(c.var.actor)
      const items = await Promise.all(
        ports.markets.map(async (market) => ({
          market,
          ...(await ports.cellOf({ walletId, market }).wallet(walletId)),
        })),
      )
      return c.json({ items }, 200)
    })
    .openapi(historyRoute, async (c) => {
      const { walletId } = shopperOf(c.var.actor)
      const { after, limit } = pageStart(c.req.valid('query'), 1)
      const before = Number(after?.[0] ?? Number.MAX_SAFE_INTEGER)
      const { postings, last } = await ports
        .cellOf(shopperOf(c.var.actor))
        .postings(walletId, before, limit)
      const nextCursor = postings.length === limit ? encodeCursor([last]) : null
      return c.json({ items: postings, nextCursor }, 200)
    })
}
