import type { Offer } from '#schema/offer'
import { CHAINS } from '../../sandbox/src/catalogue.ts'
import { type Caller, callerOf, several } from '../seed/caller.ts'
import { OPERATORS, ownerOf } from '../seed/people.ts'
import { consent, signInShopper, signInStaff, type World } from '../seed/sign-in.ts'
import type { Shot } from './load.ts'

/** What a load needs: one offer that pays on every receipt, shoppers, and receipts to submit. */

const DAY_MS = 86_400_000
/** A wallet takes 20 receipts a purchase day, 5 of them from one till. */
const PER_DAY = 20
const PER_TILL = 5
const DAYS = 25
const REWARD_MINOR = 1_000

const TILLS = CHAINS.flatMap((chain) =>
  chain.stores.flatMap((store) =>
    store.tills.map(({ fiscalDrive }) => ({ chain: chain.id, fiscalDrive })),
  ),
)

const wallDay = (offset: number) =>
  new Date(Date.now() + offset * DAY_MS).toISOString().slice(0, 10)

/** The offer under load, asked about by its owner. */
export type BenchOffer = { readonly path: string; readonly owner: Caller }

/**
 * Publishes an offer of 10 ₽ on every receipt with a budget that lasts, as a brand's owner does.
 */
export async function openOffer(world: World, partnerName: string): Promise<BenchOffer> {
  const owner = await signInStaff(world, ownerOf(partnerName))
  const partnerId = owner.me.partners[0]?.partnerId
  if (!partnerId) throw new Error(`${partnerName} is not seeded`)
  const finance = await signInStaff(
    world,
    OPERATORS.find(({ role }) => role === 'finance')?.email ?? '',
  )
  const budgetMinor = 50_000_000
  const base = `/v1/partners/${partnerId}`
  const invoice = await owner.call<{ id: string }>('POST', `${base}/invoices`, {
    amountMinor: budgetMinor,
  })
  await finance.call('POST', `/v1/operator/invoices/${invoice.id}/confirm`, {
    bankReference: `bench-${Date.now()}`,
    amountMinor: budgetMinor,
  })
  const offer = await owner.call<{ id: string }>('POST', `${base}/offers`, draft(budgetMinor))
  const path = `${base}/offers/${offer.id}`
  await owner.call('POST', `${path}/publish`)
  return { path, owner }
}

function draft(budgetMinor: number) {
  return {
    title: { ru: 'Десять рублей за чек', en: 'Ten roubles a receipt' },
    rule: {
      reward: { code: 'fixed', args: { amountMinor: REWARD_MINOR, per: 'receipt' } },
      target: { code: 'receipt', args: {} },
      retailers: 'all',
      minimum: { spendMinor: null, quantity: null },
      caps: {
        perLineMinor: null,
        perReceiptMinor: null,
        perShopperMinor: null,
        perShopperReceipts: null,
        perPeriod: null,
      },
      activation: 'optional',
      startsAt: `${wallDay(-40)}T00:00`,
      endsAt: `${wallDay(30)}T00:00`,
      timeZone: 'Europe/Moscow',
      submissionDays: 30,
      holdDays: 0,
    },
    legal: {
      organiser: 'Бенчмарк',
      rulesUrl: 'https://rules.example/bench',
      advertiserTaxNumber: '7707083893',
      adToken: 'bench-token',
    },
    budgetMinor,
  }
}

export type Shopper = { readonly token: string; readonly phone: string }

/** Signs shoppers up, a few at a time; each from a device of its own. */
export async function signUp(world: World, count: number): Promise<Shopper[]> {
  const phones = Array.from(
    { length: count },
    (_, index) => `+7901${String(index).padStart(7, '0')}`,
  )
  return several(phones, 4, async (phone) => {
    const shopper = await signInShopper(world, phone)
    await consent(shopper)
    return { token: shopper.token, phone }
  })
}

/**
 * Receipts for so many submissions, spread so that no wallet meets a daily limit: up to 500 for
 * each shopper. Issued by the sandbox's tills.
 */
export async function issueShots(
  world: World,
  shoppers: readonly Shopper[],
  count: number,
): Promise<Shot[]> {
  const perDay = shoppers.length * PER_DAY
  const shots: Shot[] = []
  for (let day = 1; day <= DAYS && shots.length < count; day += 1) {
    const wanted = Math.min(perDay, count - shots.length)
    const papers: string[] = []
    for (let till = 0; papers.length < wanted; till += 1) {
      const from = TILLS[till % TILLS.length]
      if (!from) throw new Error('the sandbox has no tills')
      const issued = await callerOf(world.sandbox, null).call<{ items: { qr: string }[] }>(
        'POST',
        '/api/receipts',
        {
          chain: from.chain,
          fiscalDrive: from.fiscalDrive,
          time: `${wallDay(-day)}T12:00`,
          lines: 3,
          count: Math.min(500, shoppers.length * PER_TILL, wanted - papers.length),
        },
      )
      papers.push(...issued.items.map(({ qr }) => qr))
    }
    papers.forEach((text, index) => {
      const shopper = shoppers[index % shoppers.length]
      if (!shopper) return
      const body = JSON.stringify({ source: { code: 'qr', text } })
      shots.push({ token: shopper.token, body })
    })
  }
  return shots
}

/** Receipts that the offer has paid on so far, as its partner's report counts them. */
export async function settled({ owner, path }: BenchOffer): Promise<number> {
  const { redemptions } = await owner.call<Offer>('GET', path)
  return redemptions
}
