import { env } from 'cloudflare:workers'
import { minor } from '#schema/money'
import { type Payout, type PayoutDestination, PayoutRequest } from '#schema/payout'
import type { PayoutOrder } from '../src/cells/cell-payouts.ts'
import { maskDestination } from '../src/payouts/mask.ts'
import { payoutContentTag, SEAL_NONCE_BYTES, sealDestination } from '../src/payouts/seal.ts'
import { payoutBody } from '../src/payouts/yookassa-wire.ts'
import { type Caller, good } from './actors.ts'
import { cellFor, claim, eventually, settings, vouched } from './journey-steps.ts'
import { issueOne, newShopper, offerVersion, publish, turn } from './market-world.ts'

/** Money in a wallet, and its way out through the sandbox's payout provider. */

export const SBP: PayoutDestination = { code: 'sbp', phone: '+79990001122', bankId: '100000000111' }
export const CARD = '4242424242424242'
export const BANK_CARD: PayoutDestination = { code: 'bank_card', cardNumber: CARD }

let snapshotVersion = 0

/** The snapshot that `publishGenerousMarket` made. */
export const marketVersion = () => snapshotVersion

export const GENEROUS = 'off_generous001'

/** A market whose one offer gives the whole receipt back, vouched for by hand. */
export async function publishGenerousMarket(): Promise<void> {
  const reward = { code: 'percent', args: { rateBps: 10_000 } } as const
  const offer = offerVersion(GENEROUS, { reward })
  snapshotVersion = await publish([{ offer, budgetMinor: 100_000_000 }])
  await turn({ key: 'tax.fault', value: 'daily_limit' })
  await turn({ key: 'payouts.pending_ms', value: 0 })
}

/** Earns that much for a wallet by one receipt. */
export async function earn(walletId: string, amountMinor: number): Promise<void> {
  const paper = await issueOne({ lines: [{ name: 'Товар', priceMinor: amountMinor }] })
  const id = await claim(walletId, paper)
  const cell = cellFor(walletId)
  await cell.authorityAnswered(id, vouched(paper, snapshotVersion))
  await eventually(async () => {
    const receipt = await cell.receipt(walletId, id, null)
    if (receipt?.state !== 'credited') throw new Error(`still ${receipt?.state}`)
  })
}

/** As if the person had signed in long before, and proven again that they are who they are. */
export async function provenAgo(shopper: Caller, ms: number): Promise<void> {
  const [provenAt, signedInAt] = [ms, ms + 86_400_000].map((ago) =>
    new Date(Date.now() - ago).toISOString(),
  )
  await env.DB.prepare(
    'UPDATE sessions SET reauthenticated_at = ?, created_at = ? WHERE user_id = ?',
  )
    .bind(provenAt, signedInAt, shopper.userId)
    .run()
}

/** An adult with that much to withdraw, who has just proven that it is still them. */
export async function payee(amountMinor: number): Promise<Caller> {
  const shopper = await newShopper()
  await good(await shopper.call('POST', '/v1/me/adult', { dateOfBirth: '1990-05-05' }))
  await provenAgo(shopper, 0)
  await earn(shopper.walletId, amountMinor)
  return shopper
}

export type Asked = { id: string; amountMinor: number; destination: PayoutDestination }

export const order = (changes: Partial<Asked> = {}): Asked => ({
  id: crypto.randomUUID(),
  amountMinor: minor(10_000),
  destination: SBP,
  ...changes,
})

export const request = (shopper: Caller, asked: Asked) => shopper.call('POST', '/v1/payouts', asked)

export async function withdraw(shopper: Caller, asked = order()): Promise<Payout> {
  return good<Payout>(await request(shopper, asked))
}

/** An order as the route hands it to the cell. */
export async function orderFor(shopper: Caller, asked: Asked): Promise<PayoutOrder> {
  const seal = { key: settings.SEAL_KEY, payoutId: asked.id }
  const nonce = crypto.getRandomValues(new Uint8Array(SEAL_NONCE_BYTES))
  const request = PayoutRequest.parse(asked)
  return {
    walletId: shopper.walletId,
    request,
    person: {
      adultConfirmedAt: Date.now(),
      reauthenticatedAt: Date.now(),
      phoneChangedAt: null,
      bankKnown: true,
      contentTag: await payoutContentTag(request, seal),
    },
    destinationSealed: await sealDestination(asked.destination, { ...seal, nonce }),
    destinationMasked: maskDestination(asked.destination),
    bankName: null,
  }
}

/** The code of a refusal. */
export async function codeOf(response: Response): Promise<string> {
  return (await response.json<{ code?: string }>()).code ?? ''
}

export async function readPayout(shopper: Caller, id: string): Promise<Payout> {
  return good<Payout>(await shopper.call('GET', `/v1/payouts/${id}`))
}

/** Follows a payout by its long poll until `done`. */
export async function followPayout(
  shopper: Caller,
  { id }: { id: string },
  done = (seen: Payout) => seen.state === 'arrived' || seen.state === 'came_back',
): Promise<Payout> {
  let seen = await readPayout(shopper, id)
  while (!done(seen)) {
    const path = `/v1/payouts/${id}?after=${seen.version}`
    seen = await good<Payout>(await shopper.call('GET', path))
  }
  return seen
}

export type ProviderPayout = {
  id: string
  status: string
  amount: { value: string }
  metadata: Record<string, string>
}

/** Basic authorization of our gateway at the provider. */
const gateway = () => `Basic ${btoa(`${settings.YOOKASSA_AGENT_ID}:${settings.YOOKASSA_SECRET}`)}`

/** The provider pays by our id behind our back: as if a lost try had been accepted late. */
export async function paidLate(shopper: Caller, payout: Payout): Promise<ProviderPayout> {
  const { id, amountMinor } = payout
  const sent = { id, amountMinor, walletId: shopper.walletId, destination: SBP, description: 'x' }
  const answer = await env.SANDBOX.fetch('http://sandbox.test/v3/payouts', {
    method: 'POST',
    headers: {
      authorization: gateway(),
      'content-type': 'application/json',
      'idempotence-key': `late-${id}`,
    },
    body: payoutBody(sent),
  })
  return good<ProviderPayout>(answer)
}

/** What the provider has made under our id: more than one would be money paid twice. */
export async function madeByProvider(payoutId: string): Promise<ProviderPayout[]> {
  const query = new URLSearchParams({ 'metadata[payout_id]': payoutId })
  const answer = await env.SANDBOX.fetch(`http://sandbox.test/v3/payouts/search?${query}`, {
    headers: { authorization: gateway() },
  })
  return (await answer.json<{ items: ProviderPayout[] }>()).items
}

/** The notification that the provider sends about a payout. */
export function notification(payout: ProviderPayout, event: string): Record<string, unknown> {
  return { type: 'notification', event, object: payout }
}
