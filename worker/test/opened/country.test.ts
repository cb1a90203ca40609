import { applyD1Migrations } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { beforeAll, describe, expect, test } from 'vitest'
import type { MarketCode } from '#schema/market'
import { minor } from '#schema/money'
import type { Offer, OfferCard, OfferDraft } from '#schema/offer'
import type { AuditReport } from '#schema/operator'
import type { Store } from '#schema/partner'
import type { Wallet } from '#schema/wallet'
import { runScheduled } from '../../src/composition/scheduled.ts'
import { NO_CAPS, RULE } from '../../src/offers/sample.test-data.ts'
import { wallMinuteIn } from '../../src/offers/wall.ts'
import { type Caller, good, signInOperator, signInShopper } from '../actors.ts'
import { fund, newOffer, newTenant, type Tenant } from '../control-world.ts'
import { follow, submit } from '../journey-steps.ts'
import { agree, issueOne, turn, world } from '../market-world.ts'

/**
 * A country opens with its cells in `CELL_MAP` (vitest.config.ts) and with nothing else: its phones
 * sign in, its companies apply, pay, publish, and its receipts are credited in its currency.
 */

let admin: Caller

beforeAll(async () => {
  await applyD1Migrations(env.DB, env.TEST_MIGRATIONS)
  await turn({ key: 'tax.processing_ms', value: 0 })
  admin = await signInOperator(world, 'admin')
})

type Country = { market: MarketCode; timeZone: string; taxNumber: string; phone: string }

/** A retailer of the country with ten percent on everything it sells, published over HTTP. */
async function openFor({
  market,
  timeZone,
  taxNumber,
}: Country): Promise<Tenant & { offer: Offer }> {
  const company = await newTenant(world, admin, { market, taxNumber })
  const day = (offset: number) =>
    new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10)
  const draft: OfferDraft = {
    title: { ru: 'Десять процентов', en: 'Ten percent' },
    rule: {
      ...RULE,
      timeZone,
      target: { code: 'receipt', args: {} },
      caps: { ...NO_CAPS, perReceiptMinor: minor(50_000) },
      startsAt: `${day(-2)}T00:00`,
      endsAt: `${day(30)}T00:00`,
    },
    legal: {
      organiser: 'Company',
      rulesUrl: 'https://company.example/rules',
      advertiserTaxNumber: taxNumber,
      adToken: '',
    },
    budgetMinor: minor(200_000),
  }
  await fund(company, admin, 300_000)
  const { id } = await newOffer(company, draft)
  const publish = `/v1/partners/${company.id}/offers/${id}/publish`
  const offer = await good<Offer>(await company.owner.call('POST', publish))
  await runScheduled('* * * * *', Date.now(), env)
  return { ...company, offer }
}

async function newcomer({ phone }: Country): Promise<Caller> {
  const shopper = await signInShopper(world, phone)
  await agree(shopper)
  return shopper
}

/** One paper of the sandbox, and the codes that tills of other countries print on it. */
async function printedAbroad({ timeZone }: Country) {
  const time = wallMinuteIn(new Date().toISOString(), timeZone)
  const { scan } = await issueOne({ lines: 2, time })
  const path = `http://sandbox.test/api/receipts/${scan.fn}/${scan.i}/codes`
  const codes = await (await env.SANDBOX.fetch(path)).json<Record<string, string>>()
  return { scan, codes }
}

/** What a shopper of the country sees without saying a market: its phone says it. */
async function expectEarned(shopper: Caller, currency: string, rewardMinor: number) {
  const wallet = await good<Wallet>(await shopper.call('GET', '/v1/wallet'))
  expect(wallet).toMatchObject({ currency, availableMinor: rewardMinor })
  const finance = await signInOperator(world, 'finance', `finance-${currency}@operator.test`)
  const report = await good<AuditReport>(await finance.call('POST', '/v1/operator/audits'))
  expect(report.findings).toEqual([])
}

async function offersOf(shopper: Caller): Promise<string[]> {
  const page = await good<{ items: OfferCard[] }>(await shopper.call('GET', '/v1/offers'))
  return page.items.map(({ id }) => id)
}

describe('Portugal, where only the shop’s sales can vouch', () => {
  const country: Country = {
    market: 'pt',
    timeZone: 'Europe/Lisbon',
    taxNumber: '500100144',
    phone: '+351912345678',
  }

  test('a document is credited in euros once its shop has fed the sale', async () => {
    const { id, owner, offer } = await openFor(country)
    const shopper = await newcomer(country)
    expect(await offersOf(shopper)).toEqual([offer.id])
    const time = wallMinuteIn(new Date().toISOString(), country.timeZone)
    const code = [
      `A:${country.taxNumber}*B:999999990*C:PT*D:FS*E:N`,
      `*F:${time.slice(0, 10).replaceAll('-', '')}*G:FS 1/7*H:JFT9X8WR-7`,
      '*I1:PT*I7:20.33*I8:4.67*N:4.67*O:25.00*Q:abcd*R:1234',
    ].join('')
    const sale = {
      till: 'pt:LOJA-1',
      number: 'FS 1/7',
      time,
      totalMinor: 2_500,
      fiscal: { code },
      lines: [{ name: 'Café', quantityMicro: 1_000_000, priceMinor: 2_500, sumMinor: 2_500 }],
    }
    const stores = `/v1/partners/${id}/stores`
    const place = { name: 'Loja', city: 'Lisboa', address: 'Rua Um, 1' }
    const store = await good<Store>(await owner.call('POST', stores, place))
    const till = { registration: sale.till, fiscalDrive: '' }
    await good(await owner.call('POST', `${stores}/${store.id}/tills`, till))
    const fed = `/v1/partners/${id}/sales`
    const kept = await good(await owner.call('POST', fed, { sales: [sale] }))
    expect(kept).toMatchObject({ accepted: 1, refused: [] })
    const receipt = await follow(shopper, await submit(shopper, code))
    expect(receipt).toMatchObject({ market: 'pt', state: 'credited', rewardMinor: 250 })
    await expectEarned(shopper, 'EUR', 250)
  })
})

describe('Serbia, whose tax service answers', () => {
  const country: Country = {
    market: 'rs',
    timeZone: 'Europe/Belgrade',
    taxNumber: '100000049',
    phone: '+381601234567',
  }

  test('a receipt that it vouches for is credited in dinars', async () => {
    const { offer } = await openFor(country)
    const shopper = await newcomer(country)
    expect(await offersOf(shopper)).toEqual([offer.id])
    const { scan, codes } = await printedAbroad(country)
    const receipt = await follow(shopper, await submit(shopper, codes.rs ?? ''))
    const rewardMinor = Math.floor(scan.totalMinor / 10)
    expect(receipt).toMatchObject({ market: 'rs', state: 'credited', rewardMinor })
    await expectEarned(shopper, 'RSD', rewardMinor)
  })
})

describe('Slovakia, whose till prints one code online and another one offline', () => {
  const country: Country = {
    market: 'sk',
    timeZone: 'Europe/Bratislava',
    taxNumber: '2020000017',
    phone: '+421912123456',
  }

  test('both codes of one paper are credited once, whoever brings the second', async () => {
    await openFor(country)
    const [first, second] = [
      await newcomer(country),
      await newcomer({ ...country, phone: '+421912123457' }),
    ]
    const { scan, codes } = await printedAbroad(country)
    const offline = await follow(first, await submit(first, codes.skOffline ?? ''))
    const rewardMinor = Math.floor(scan.totalMinor / 10)
    expect(offline).toMatchObject({ market: 'sk', state: 'credited', rewardMinor })
    const online = await follow(second, await submit(second, codes.sk ?? ''))
    expect(online).toMatchObject({ state: 'duplicate', rewardMinor: 0 })
  })
})
