import { applyD1Migrations } from 'cloudflare:test'
import { env, exports } from 'cloudflare:workers'
import type { MarketCode } from '#schema/market'
import { minor } from '#schema/money'
import type { OfferRule, OfferVersion } from '#schema/offer'
import type { RuScan } from '#schema/receipt'
import { CHAINS, PRODUCTS } from '../../sandbox/src/catalogue.ts'
import { authorityOf, bookOf, budgetOf } from '../src/cells/route-of.ts'
import { feeOf } from '../src/offers/fee.ts'
import { NO_CAPS, RULE } from '../src/offers/sample.test-data.ts'
import { createSnapshotStore } from '../src/offers/snapshot.r2.ts'
import type { MarketSnapshot } from '../src/offers/snapshot.ts'
import { type Caller, good, signInShopper, type World } from './actors.ts'
import { sandboxCodes } from './outbox.ts'

/**
 * The whole Worker with the sandbox as its outside world, and a market put straight into the
 * snapshot store: for tests of the money side that need no partner's screens.
 */
export type Issued = {
  qr: string
  scan: RuScan
  chain: string
  store: string
  tillRegistration: string
  lines: { name: string; priceMinor: number; quantityMilli: number; sumMinor: number }[]
}

export const world: World = {
  fetch: (request) => exports.default.fetch(request),
  lastCode: sandboxCodes(env.SANDBOX),
  db: env.DB,
}

export const BRAND_PARTNER = 'prt_brand00000001'

/** The partner id under which a chain of the sandbox stands in the market. */
export const retailer = (chainId: string) => `prt_${chainId.padEnd(12, '0')}`

let phones = 0

/** A fresh shopper who has agreed to the terms. Each test takes its own: storage is shared. */
export async function newShopper({ agrees = true } = {}): Promise<Caller> {
  phones += 1
  const run = Math.floor(performance.timeOrigin + performance.now()) % 10_000
  const number = String(run).padStart(4, '0') + String(phones).padStart(5, '0')
  const shopper = await signInShopper(world, `+79${number}`)
  if (agrees) await agree(shopper)
  return shopper
}

/** Gives the consents without which nothing is scanned. */
export async function agree(shopper: Caller): Promise<void> {
  const me = await good<{ consents: { purpose: string; currentVersion: string }[] }>(
    await shopper.call('GET', '/v1/me'),
  )
  const items = me.consents
    .filter(({ purpose }) => purpose === 'terms' || purpose === 'personal_data')
    .map(({ purpose, currentVersion }) => ({ purpose, granted: true, textVersion: currentVersion }))
  await good(await shopper.call('PUT', '/v1/me/consents', { items }))
}

/** An offer of the test's own, live around now. */
export function offerVersion(
  offerId: string,
  rule: Partial<OfferRule> = {},
  feeBps = 1_500,
): OfferVersion {
  const day = (offset: number) =>
    new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 16)
  return {
    offerId,
    version: 1,
    partnerId: BRAND_PARTNER,
    partnerName: 'Бренд',
    market: 'ru',
    title: { ru: offerId, en: offerId },
    rule: {
      ...RULE,
      caps: NO_CAPS,
      target: { code: 'receipt', args: {} },
      startsAt: day(-40),
      endsAt: day(40),
      ...rule,
    },
    legal: { organiser: 'x', rulesUrl: '', advertiserTaxNumber: '', adToken: '' },
    budgetMinor: minor(1_000_000),
    feeBps,
    publishedAt: new Date(Date.now() - 41 * 86_400_000).toISOString(),
    stoppedAt: null,
  }
}

/** Publishes a market with these offers and the sandbox's shops and products; funds each offer. */
export async function publish(
  offers: readonly { offer: OfferVersion; budgetMinor: number }[],
  market: MarketCode = 'ru',
): Promise<number> {
  await applyD1Migrations(env.DB, env.TEST_MIGRATIONS)
  const store = createSnapshotStore(env.SNAPSHOTS, env.DB, market)
  const current = await store.current()
  const version = current.version + 1
  const productsVersion = current.productsVersion + 1
  const snapshot: MarketSnapshot = {
    market,
    version,
    productsVersion,
    offers: offers.map(({ offer }) => offer),
    targetProducts: [],
    retailers: CHAINS.map(({ id, name }) => ({ id: retailer(id), name })),
    stores: CHAINS.flatMap((chain) =>
      chain.stores.map((shop, index) => ({
        id: `sto_${chain.id.padEnd(10, '0')}${index}`,
        partnerId: retailer(chain.id),
        name: shop.name,
        address: shop.address,
        tills: shop.tills.map((till) => ({ ...till })),
      })),
    ),
    taxNumbers: [],
  }
  await store.put(snapshot)
  const products = PRODUCTS.map(({ gtin, name, brand, category, size, unit }, index) => ({
    id: `prd_${String(index).padStart(8, '0')}`,
    gtin,
    name,
    brand,
    category,
    size,
    unit,
  }))
  await store.putProducts(productsVersion, { aliases: [], changes: 0, pages: [products] })
  await env.DB.prepare('UPDATE markets SET version = ?, products_version = ? WHERE code = ?')
    .bind(version, productsVersion, market)
    .run()
  for (const { offer, budgetMinor } of offers) await fund(market, offer.offerId, budgetMinor)
  return version
}

/** Enters the offers and their partner in the control plane, where an audit looks for them. */
export async function registerOffers(
  offerIds: readonly string[],
  market: MarketCode = 'ru',
): Promise<void> {
  const at = new Date().toISOString()
  await env.DB.batch([
    env.DB.prepare(
      `INSERT INTO partners (id, name, legal_name, tax_number, kind, contact_name, contact_phone,
         website, words, state, fee_bps, created_at, market)
       VALUES (?, 'Бренд', 'ООО «Бренд»', '7700000009', 'brand', 'x', 'x', '', 'бренд', 'active',
         1500, ?, ?)`,
    ).bind(BRAND_PARTNER, at, market),
    ...offerIds.map((offerId) =>
      env.DB.prepare(
        `INSERT INTO offers (id, partner_id, state, version, draft, text, published_at,
           created_at, updated_at) VALUES (?1, ?2, 'published', 1, '{}', '{}', ?3, ?3, ?3)`,
      ).bind(offerId, BRAND_PARTNER, at),
    ),
  ])
}

/** Puts a partner's money behind an offer, through the books as the control plane does. */
async function fund(market: MarketCode, offerId: string, amountMinor: number): Promise<void> {
  const book = bookOf(env, market, BRAND_PARTNER)
  await book.deposit(`inv_${offerId}_${amountMinor}`, amountMinor)
  const outcome = await book.commit(`${offerId}:1`, offerId, amountMinor)
  if (outcome !== 'ok') throw new Error(outcome)
  const money = await budgetOf(env, market, offerId).money()
  if (money.fundedMinor !== amountMinor) throw new Error('the budget was not funded')
}

/** Receipts out of the sandbox's tills. */
export async function issue(draft: Record<string, unknown>): Promise<Issued[]> {
  const answer = await env.SANDBOX.fetch('http://sandbox.test/api/receipts', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(draft),
  })
  if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`)
  return (await answer.json<{ items: Issued[] }>()).items
}

/** One receipt out of a till. */
export async function issueOne(draft: Record<string, unknown> = {}): Promise<Issued> {
  const [paper] = await issue({ chain: 'berezka', lines: 2, ...draft })
  if (!paper) throw new Error('the till printed nothing')
  return paper
}

/** The till comes online: the tax service knows the receipt from now on. */
export async function deliver({ scan }: Issued): Promise<void> {
  const path = `http://sandbox.test/api/receipts/${scan.fn}/${scan.i}/deliver`
  await env.SANDBOX.fetch(path, { method: 'POST' })
}

/** How many uses a switch has left. */
export async function usesLeft(key: string): Promise<number> {
  const answer = await env.SANDBOX.fetch('http://sandbox.test/api/switchboard')
  const { items } = await answer.json<{ items: { key: string; remaining: number | null }[] }>()
  return items.find((item) => item.key === key)?.remaining ?? 0
}

/** All switches off, and what they left behind: a used-up quota is over. */
export async function turnOff(): Promise<void> {
  await env.SANDBOX.fetch('http://sandbox.test/api/switchboard', { method: 'DELETE' })
  await authorityOf(env).noteChannel('fns', { kind: 'ok' })
}

/** Turns a switch of the sandbox. */
export async function turn(switches: Record<string, unknown>): Promise<void> {
  const answer = await env.SANDBOX.fetch('http://sandbox.test/api/switchboard', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(switches),
  })
  if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`)
}

/** What a reward of this size costs the budget. */
export const costOf = (rewardMinor: number, feeBps = 1_500) =>
  rewardMinor + feeOf(minor(rewardMinor), feeBps)
