import { beforeAll, describe, expect, test } from 'vitest'
import type { MarketCode } from '#schema/market'
import { minor } from '#schema/money'
import type { Page } from '#schema/page'
import type { Photo } from '#schema/photo'
import type { Receipt } from '#schema/receipt'
import type { ReviewCase, ReviewOutcome, ReviewSummary } from '#schema/review'
import type { Wallet } from '#schema/wallet'
import { qrPng } from '../../sandbox/src/receipts/qr.ts'
import { wallMinuteIn } from '../src/offers/wall.ts'
import { type Caller, good, inMarket, signInOperator } from './actors.ts'
import { eventually, follow } from './journey-steps.ts'
import { newShopper, offerVersion, publish, world } from './market-world.ts'
import { followPhoto, upload } from './photo-steps.ts'

/** Photos of other countries' receipts: what a person reads on them is money of their market. */

const MARKETS = [
  {
    market: 'at',
    timeZone: 'Europe/Vienna',
    currency: 'EUR',
    taxNumber: 'ATU12345675',
    // Of Russia: no seller of Austria has such a number.
    foreign: '7707083893',
    totalMinor: 1_234,
    rewardMinor: 50,
  },
  {
    market: 'kz',
    timeZone: 'Asia/Almaty',
    currency: 'KZT',
    taxNumber: '940140000385',
    foreign: 'ATU12345675',
    totalMinor: 250_000,
    rewardMinor: 20_000,
  },
] as const satisfies readonly ({ market: MarketCode } & Record<string, unknown>)[]

let reviewer: Caller

beforeAll(async () => {
  for (const { market, rewardMinor } of MARKETS) {
    const reward = {
      code: 'fixed',
      args: { amountMinor: minor(rewardMinor), per: 'receipt' },
    } as const
    const offer = { ...offerVersion(`off_photo${market}0001`, { reward }), market }
    await publish([{ offer, budgetMinor: 10 * rewardMinor }], market)
  }
  reviewer = await signInOperator(world, 'support')
}, 60_000)

/** A picture on which nothing can be read by a machine. */
async function photograph(shopper: Caller): Promise<Photo> {
  const empty = Array.from({ length: 40 }, () => Array.from({ length: 40 }, () => false))
  const file = new Uint8Array(await (await qrPng(empty)).arrayBuffer())
  return followPhoto(shopper, await upload(shopper, file))
}

async function caseOf(shop: string): Promise<ReviewSummary> {
  return eventually(async () => {
    const path = '/v1/operator/reviews?kind=photo'
    const { items } = await good<Page<ReviewSummary>>(await reviewer.call('GET', path))
    const found = items.find(({ retailer }) => retailer === shop)
    if (!found) throw new Error('not in the queue')
    return found
  })
}

describe.each(MARKETS)('a photo in $market', ({ market, currency, ...place }) => {
  const { timeZone, taxNumber, foreign, totalMinor, rewardMinor } = place
  const retailer = `Shop ${market}`
  const requestOf = (time: string) => ({
    retailer,
    taxNumber,
    time,
    totalMinor,
    lines: [{ name: 'Vollmilch 1L', quantityMicro: 1_000_000, sumMinor: totalMinor }],
  })

  test('is asked about in its own terms, reviewed, and credited in its currency', async () => {
    const person = await newShopper()
    const shopper = inMarket(person, market)
    const photo = await photograph(shopper)
    expect(photo).toMatchObject({ state: 'needs_fields', market })
    const request = requestOf(wallMinuteIn(new Date().toISOString(), timeZone))
    const path = `/v1/photos/${photo.id}/review`
    const wrong = await shopper.call('POST', path, { ...request, taxNumber: foreign })
    expect(await wrong.json()).toMatchObject({
      code: 'invalid_request',
      errors: [{ path: 'taxNumber' }],
    })
    await good(await shopper.call('POST', path, request))

    const listed = await caseOf(retailer)
    expect(listed).toMatchObject({ market, totalMinor })
    const claim = `/v1/operator/reviews/${listed.id}/claim`
    const review = await good<ReviewCase>(await reviewer.call('POST', claim))
    const lines = request.lines.map((line) => ({ ...line, productId: null }))
    const document = { ...request, lines, storeId: null, retailerId: null }
    const decide = (decided: object) =>
      reviewer.call('POST', `/v1/operator/reviews/${listed.id}/decide`, {
        outcome: 'approve',
        version: review.version,
        document: decided,
        distinctFrom: [],
      })
    expect((await decide({ ...document, taxNumber: foreign })).status).toBe(400)
    expect(await good<ReviewOutcome>(await decide(document))).toMatchObject({ result: 'decided' })

    const { receiptId } = await good<Photo>(await shopper.call('GET', `/v1/photos/${photo.id}`))
    const receipt = await follow(shopper, { id: receiptId } as Receipt)
    expect(receipt).toMatchObject({ market, state: 'credited', totalMinor, rewardMinor })
    const wallet = await good<Wallet>(await shopper.call('GET', '/v1/wallet'))
    expect(wallet).toMatchObject({ currency, availableMinor: rewardMinor })
    const home = await good<Wallet>(await person.call('GET', '/v1/wallet'))
    expect(home).toMatchObject({ currency: 'RUB', availableMinor: 0 })
  }, 60_000)
})
