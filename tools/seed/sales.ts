import type { NewPartnerKey, SaleDraft, SalesOverview, SalesResult } from '#schema/sale'
import { CHAINS } from '../../sandbox/src/catalogue.ts'
import { callerOf } from './caller.ts'
import type { Seeded } from './partners.ts'
import type { World } from './sign-in.ts'

/** The retailer whose till software feeds its sales by a key. */
const FEEDER = 'Полная корзина'
const KEY_NAME = 'Кассовая программа'
const SALES = 12

type Issued = {
  scan: { time: string; totalMinor: number; i: number }
  tillRegistration: string
  lines: { name: string; priceMinor: number; quantityMilli: number; sumMinor: number }[]
}

/** Sells at the sandbox's tills and feeds the sales as the retailer's own system would. */
export async function seedSales(world: World, partners: readonly Seeded[]): Promise<void> {
  const feeder = partners.find(({ demo }) => demo.application.name === FEEDER)
  const chain = CHAINS.find(({ name }) => name === FEEDER)
  if (!feeder || !chain) throw new Error(`the seed has no retailer ${FEEDER}`)
  const path = `/v1/partners/${feeder.id}`
  const { kept } = await feeder.owner.call<SalesOverview>('GET', `${path}/sales`)
  if (kept > 0) return
  const till = callerOf(world.sandbox, null)
  const order = { chain: chain.id, lines: 3, count: SALES, deliveredAfterMs: 0 }
  const { items } = await till.call<{ items: Issued[] }>('POST', '/api/receipts', order)
  const { secret } = await feeder.owner.call<NewPartnerKey>('POST', `${path}/keys`, {
    name: KEY_NAME,
  })
  const system = callerOf(world.origin, secret)
  const { refused } = await system.call<SalesResult>('POST', `${path}/sales`, {
    sales: items.map(saleOf),
  })
  const [first] = refused
  if (first) throw new Error(`sale ${first.number} of ${FEEDER}: ${first.code}`)
}

function saleOf({
  scan,
  tillRegistration,
  lines,
}: Issued): Partial<Record<keyof SaleDraft, unknown>> {
  return {
    till: tillRegistration,
    number: `S-${scan.i}`,
    time: scan.time,
    totalMinor: scan.totalMinor,
    lines: lines.map(({ name, priceMinor, quantityMilli, sumMinor }) => ({
      name,
      quantityMicro: quantityMilli * 1_000,
      priceMinor,
      sumMinor,
    })),
  }
}
