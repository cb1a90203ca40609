import type { RuScan } from '#schema/receipt'
import type { ChainId } from '../../sandbox/src/catalogue.ts'
import { callerOf } from '../seed/caller.ts'

/** What the journeys do in the outside world: buy, read messages, look at the authenticator. */

export type Bought = {
  readonly qr: string
  readonly chain: ChainId
  readonly lines: readonly {
    readonly name: string
    readonly priceMinor: number
    readonly quantityMilli: number
    readonly sumMinor: number
  }[]
  readonly scan: RuScan
  readonly page: string
  readonly tillRegistration: string
  readonly deliveredAt: string
}

export type Purchase = {
  readonly chain?: ChainId
  readonly fiscalDrive?: string
  readonly lines?: readonly {
    gtin?: string
    name?: string
    priceMinor?: number
    quantity?: number
  }[]
  readonly totalMinor?: number
  readonly kind?: 1 | 2
  readonly time?: string
  readonly deliveredAfterMs?: number
}

/** Buys at a till of the sandbox. Unless said otherwise the tax service knows the receipt at once. */
export async function buy(sandbox: string, purchase: Purchase): Promise<Bought> {
  const till = callerOf(sandbox, null)
  const { items } = await till.call<{ items: Bought[] }>('POST', '/api/receipts', {
    deliveredAfterMs: 0,
    ...purchase,
  })
  const [receipt] = items
  if (!receipt) throw new Error('the till has issued nothing')
  return receipt
}

/** The till comes online: the tax service gets to know the receipt now. */
export async function deliver(sandbox: string, { scan }: Bought): Promise<void> {
  await callerOf(sandbox, null).call('POST', `/api/receipts/${scan.fn}/${scan.i}/deliver`, {})
}

/** The picture of the code that a newcomer downloads from the receipt's page. */
export async function picture(sandbox: string, bought: Bought): Promise<Buffer> {
  const response = await fetch(`${sandbox}${bought.page}/code.png`)
  if (!response.ok) throw new Error(`the picture of the code answered ${response.status}`)
  return Buffer.from(await response.arrayBuffer())
}

/** Puts an account into the sandbox's authenticator, and answers the code of now. */
export async function addAuthenticator(sandbox: string, text: string, label: string) {
  const body = { text, label }
  const phone = callerOf(sandbox, null)
  const { code } = await phone.call<{ code: string }>('POST', '/api/authenticator', body)
  return code
}

/** The code that the authenticator shows for an account now. */
export async function authenticatorCode(sandbox: string, account: string): Promise<string> {
  type Codes = { items: { label: string; code: string; secondsLeft: number }[] }
  const path = `/api/authenticator?account=${encodeURIComponent(account)}`
  const { items } = await callerOf(sandbox, null).call<Codes>('GET', path)
  const shown = items.find(({ label }) => label === account)
  if (!shown) throw new Error(`the authenticator does not know ${account}`)
  return shown.code
}

/** Turns a switch of the outside world, for everybody; null sets it back. */
export async function turn(sandbox: string, key: string, value: unknown): Promise<void> {
  await callerOf(sandbox, null).call('POST', '/api/switchboard', { key, value })
}
