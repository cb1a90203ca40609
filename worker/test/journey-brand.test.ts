import { applyD1Migrations } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { beforeAll, describe, expect, test } from 'vitest'
import { minor } from '#schema/money'
import type { Activation, Offer, OfferCard, OfferDay, OfferDraft, Redemption } from '#schema/offer'
import type { AuditReport } from '#schema/operator'
import type { PartnerFunds, Product } from '#schema/partner'
import { PRODUCTS } from '../../sandbox/src/catalogue.ts'
import { runScheduled } from '../src/composition/scheduled.ts'
import { NO_CAPS, RULE } from '../src/offers/sample.test-data.ts'
import { type Caller, good, signInOperator } from './actors.ts'
import { addProduct, fund, newOffer, newTenant, type Tenant } from './control-world.ts'
import { eventually, missingMinor, moneyOf, scan, walletOf } from './journey-steps.ts'
import { costOf, issueOne, newShopper, turn, world } from './market-world.ts'

/**
 * The whole circle over HTTP, with nothing put in by hand: a brand applies, is approved, pays an
 * invoice, publishes an offer; shoppers activate, scan and earn; the brand watches and ends it.
 */

const MILK = PRODUCTS[0]
const BUDGET = 100_000
const LINE_CAP = 2_000

let admin: Caller
let brand: Tenant
let offer: Offer

const at = () => `/v1/partners/${brand.id}`
const read = async <Body>(path: string) =>
  good<Body>(await brand.owner.call('GET', `${at()}${path}`))

beforeAll(async () => {
  await applyD1Migrations(env.DB, env.TEST_MIGRATIONS)
  await turn({ key: 'tax.processing_ms', value: 0 })
  admin = await signInOperator(world, 'admin')
  brand = await newTenant(world, admin)
  if (!MILK) throw new Error('the sandbox sells nothing')
  const { gtin, name, brand: brandName, category, size, unit } = MILK
  const product: Product = await addProduct(brand, {
    gtin,
    name,
    brand: brandName,
    category,
    size,
    unit,
  })
  offer = await newOffer(brand, draftOn(product.id))
})

function draftOn(productId: string): OfferDraft {
  const day = (offset: number) =>
    new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10)
  return {
    title: { ru: 'Молоко с кешбэком', en: 'Cashback on milk' },
    rule: {
      ...RULE,
      reward: { code: 'percent', args: { rateBps: 1_000 } },
      target: { code: 'products', args: { productIds: [productId] } },
      caps: { ...NO_CAPS, perReceiptMinor: minor(LINE_CAP) },
      startsAt: `${day(-2)}T00:00`,
      endsAt: `${day(30)}T00:00`,
    },
    legal: {
      organiser: 'ООО «Млечный бор»',
      rulesUrl: 'https://milk.example/rules',
      advertiserTaxNumber: '7707083893',
      adToken: 'erid-milk-1',
    },
    budgetMinor: minor(BUDGET),
  }
}

const milk = () => issueOne({ chain: 'berezka', lines: [{ gtin: MILK?.gtin }] })
const cardOf = async (by: Caller) => good<OfferCard>(await by.call('GET', `/v1/offers/${offer.id}`))

describe('a brand', () => {
  test('cannot publish before its money has arrived', async () => {
    const refused = await brand.owner.call('POST', `${at()}/offers/${offer.id}/publish`)
    expect([refused.status, (await refused.json<{ code: string }>()).code]).toEqual([
      409,
      'funds_short',
    ])
    expect((await read<Offer>(`/offers/${offer.id}`)).state).toBe('draft')
  })

  test('pays an invoice, publishes, and shoppers find the offer', async () => {
    await fund(brand, admin, 3 * BUDGET)
    const published = await good<Offer>(
      await brand.owner.call('POST', `${at()}/offers/${offer.id}/publish`),
    )
    expect(published).toMatchObject({ state: 'published', version: 1 })
    expect(await read<PartnerFunds>('/funds')).toMatchObject({
      fundsMinor: 2 * BUDGET,
      committedMinor: BUDGET,
    })
    const shopper = await newShopper()
    const page = await good<{ items: OfferCard[] }>(
      await shopper.call('GET', '/v1/offers?q=молоко'),
    )
    expect(page.items.map(({ id }) => id)).toEqual([offer.id])
    expect(await cardOf(shopper)).toMatchObject({ leftPercent: 100, activated: null })
  })
})

describe('a shopper', () => {
  test('activates, scans, is paid from the reservation, and the brand sees it', async () => {
    const shopper = await newShopper()
    const path = `/v1/offers/${offer.id}/activation`
    const activation = await good<Activation>(await shopper.call('POST', path))
    expect(activation.reservedMinor).toBe(costOf(LINE_CAP))
    expect(await good(await shopper.call('POST', path))).toEqual(activation)
    expect((await cardOf(shopper)).activated).toEqual({
      reservedMinor: activation.reservedMinor,
      until: activation.until,
    })
    const receipt = await scan(shopper, (await milk()).qr)
    const reward = Math.floor((MILK?.priceMinor ?? 0) / 10)
    expect(receipt).toMatchObject({ state: 'credited', rewardMinor: reward })
    expect(receipt.lines[0]?.product?.name).toBe(MILK?.name)
    expect((await walletOf(shopper)).availableMinor).toBe(reward)
    expect((await cardOf(shopper)).activated).toBeNull()
    const money = await moneyOf(offer.id)
    expect(money).toMatchObject({ reservedMinor: 0, rewardsMinor: reward })
    expect(missingMinor(money)).toBe(0)
    const [seen] = await eventually(async () => {
      const page = await read<{ items: Redemption[] }>(`/offers/${offer.id}/redemptions`)
      expect(page.items).not.toEqual([])
      return page.items
    })
    expect(seen).toMatchObject({ rewardMinor: reward, feeMinor: costOf(reward) - reward })
    expect(JSON.stringify(seen)).not.toContain(shopper.walletId)
  })

  test('without an activation is paid from the open budget; other goods say why not', async () => {
    const shopper = await newShopper()
    expect((await scan(shopper, (await milk()).qr)).state).toBe('credited')
    const other = await issueOne({ chain: 'berezka', lines: [{ name: 'Гвозди 100 мм' }] })
    const receipt = await scan(shopper, other.qr)
    expect(receipt).toMatchObject({ state: 'no_reward', rewardMinor: 0 })
    expect(receipt.lines[0]?.verdicts[0]).toMatchObject({ rule: 'product_unknown' })
    const days = await eventually(async () => {
      const { items } = await read<{ items: OfferDay[] }>(`/offers/${offer.id}/days?days=28`)
      expect(items.reduce((sum, day) => sum + day.redemptions, 0)).toBe(2)
      return items
    })
    const spent = days.reduce((sum, day) => sum + day.rewardMinor + day.feeMinor, 0)
    const { rewardsMinor, feesMinor } = await moneyOf(offer.id)
    expect(spent).toBe(rewardsMinor + feesMinor)
  })
})

describe('the end', () => {
  test('stops new promises and keeps those of purchases made before', async () => {
    const shopper = await newShopper()
    const bought = await milk()
    await good(await brand.owner.call('POST', `${at()}/offers/${offer.id}/pause`))
    const paused = await scan(shopper, bought.qr)
    // Bought before the pause: the version in force at the purchase decides.
    expect(paused.state).toBe('credited')
    await good(await brand.owner.call('POST', `${at()}/offers/${offer.id}/resume`))
    await good(await brand.owner.call('POST', `${at()}/offers/${offer.id}/end`))
    const path = `/v1/offers/${offer.id}/activation`
    const refused = await shopper.call('POST', path)
    expect((await refused.json<{ code: string }>()).code).toBe('offer_not_live')
  })

  test('leaves books that the auditor finds coherent', async () => {
    await runScheduled('*/5 * * * *', Date.now(), env)
    const report = await eventually(async () => {
      const seen = await good<AuditReport>(await admin.call('POST', '/v1/operator/audits'))
      expect(seen.findings).toEqual([])
      return seen
    })
    expect(report.coherent).toBe(true)
    expect(report.checked.receipts).toBe(3)
    expect(missingMinor(await moneyOf(offer.id))).toBe(0)
  })
})
