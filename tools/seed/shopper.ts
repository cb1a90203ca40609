import { randomUUID } from 'node:crypto'
import type { OfferCard } from '#schema/offer'
import type { Page } from '#schema/page'
import type { Payout, SbpBank } from '#schema/payout'
import { FINAL_RECEIPT_STATES, type Receipt, type ReceiptSummary } from '#schema/receipt'
import type { Wallet } from '#schema/wallet'
import { CHAINS, type ChainId } from '../../sandbox/src/catalogue.ts'
import { callerOf } from './caller.ts'
import { SHOPPER } from './people.ts'
import { consent, type Person, type World } from './sign-in.ts'

/** What the shopper bought: lines by product code, and how long ago. */
type Purchase = {
  readonly chain: ChainId
  readonly hoursAgo: number
  readonly lines: readonly { gtin: string; quantity?: number }[]
}

const HOUR_MS = 3_600_000
const ENDED_MS_MAX = 60_000
const PAYOUT_SHARE = 0.5
/** Only shoppers who switch it on first earn with it. */
const ACTIVATED_OFFER = 'Хлеб: сначала включите'

const PURCHASES: readonly Purchase[] = [
  {
    chain: 'berezka',
    hoursAgo: 50,
    lines: [
      { gtin: '4676744000017', quantity: 2 },
      { gtin: '4676744000031' },
      { gtin: '4607229150019' },
      { gtin: '4619844590026' },
    ],
  },
  {
    chain: 'ugol',
    hoursAgo: 27,
    lines: [{ gtin: '4646893280011', quantity: 2 }, { gtin: '4662383040019' }],
  },
  { chain: 'lad', hoursAgo: 22, lines: [{ gtin: '4699001000025' }, { gtin: '4685096110015' }] },
  {
    chain: 'korzina',
    hoursAgo: 3,
    lines: [{ gtin: '4689836570015', quantity: 2 }, { gtin: '4689836570022' }],
  },
]

/** The profile, an activated offer, receipts with money on them, and a withdrawal that arrived. */
export async function seedShopper(world: World, shopper: Person, now: number): Promise<void> {
  if (shopper.me.name === null) await shopper.call('PATCH', '/v1/me', { name: SHOPPER.name })
  await consent(shopper)
  if (shopper.me.adultConfirmedAt === null) {
    await shopper.call('POST', '/v1/me/adult', { dateOfBirth: SHOPPER.dateOfBirth })
  }
  await activate(shopper)
  const { items } = await shopper.call<Page<ReceiptSummary>>('GET', '/v1/receipts?limit=100')
  for (const purchase of PURCHASES.slice(items.length)) await submit(world, shopper, purchase, now)
}

async function activate(shopper: Person): Promise<void> {
  const { items } = await shopper.call<Page<OfferCard>>('GET', '/v1/offers?limit=100')
  const offer = items.find((card) => card.title.ru === ACTIVATED_OFFER)
  if (!offer) throw new Error(`the shopper does not see the offer “${ACTIVATED_OFFER}”`)
  if (!offer.activated) await shopper.call('POST', `/v1/offers/${offer.id}/activation`, {})
}

/** Buys at a till of the sandbox, scans, and waits for the verdicts. */
async function submit(world: World, shopper: Person, purchase: Purchase, now: number) {
  const { chain, hoursAgo, lines } = purchase
  const hours = (CHAINS.find((one) => one.id === chain)?.utcOffsetHours ?? 0) - hoursAgo
  const time = new Date(now + hours * HOUR_MS).toISOString().slice(0, 16)
  const till = callerOf(world.sandbox, null)
  const issued = await till.call<{ items: { qr: string }[] }>('POST', '/api/receipts', {
    chain,
    lines,
    time,
    deliveredAfterMs: 0,
  })
  const text = issued.items[0]?.qr
  const source = { code: 'qr', text }
  let receipt = await shopper.call<Receipt>('POST', '/v1/receipts', { source })
  const deadline = Date.now() + ENDED_MS_MAX
  while (!FINAL_RECEIPT_STATES.includes(receipt.state) && Date.now() < deadline) {
    const path = `/v1/receipts/${receipt.id}?after=${receipt.version}`
    receipt = await shopper.call<Receipt>('GET', path)
  }
  if (receipt.state === 'credited') return
  throw new Error(`a receipt of ${chain} ended as ${receipt.state} instead of earning`)
}

/** Withdraws half of what is there to the first bank of the list, and waits until it arrives. */
export async function seedPayout(shopper: Person): Promise<void> {
  const { items } = await shopper.call<Page<Payout>>('GET', '/v1/payouts')
  if (items.length > 0) return
  const wallet = await shopper.call<Wallet>('GET', '/v1/wallet')
  const banks = await shopper.call<{ items: SbpBank[] }>('GET', '/v1/payouts/banks')
  const bankId = banks.items[0]?.id ?? ''
  let payout = await shopper.call<Payout>('POST', '/v1/payouts', {
    id: randomUUID(),
    amountMinor: Math.floor((wallet.availableMinor * PAYOUT_SHARE) / 100) * 100,
    destination: { code: 'sbp', phone: SHOPPER.phone, bankId },
  })
  const deadline = Date.now() + ENDED_MS_MAX
  while (payout.state !== 'arrived' && Date.now() < deadline) {
    const path = `/v1/payouts/${payout.id}?after=${payout.version}`
    payout = await shopper.call<Payout>('GET', path)
  }
  if (payout.state !== 'arrived') throw new Error(`the payout stays ${payout.state}`)
}
