import { beforeAll, describe, expect, test } from 'vitest'
import { printKz } from '#fiscal/print/kz'
import { minor } from '#schema/money'
import type { Page } from '#schema/page'
import type { Photo } from '#schema/photo'
import type { Receipt } from '#schema/receipt'
import type { ReviewCase, ReviewDecision, ReviewOutcome, ReviewSummary } from '#schema/review'
import { qrPng } from '../../sandbox/src/receipts/qr.ts'
import { wallMinuteIn } from '../src/offers/wall.ts'
import { type Caller, good, signInOperator } from './actors.ts'
import { eventually, follow, submit } from './journey-steps.ts'
import { newShopper, offerVersion, publish, world } from './market-world.ts'
import { followPhoto, inMarket, upload } from './photo-steps.ts'

/** A code that nobody answers for, from its receipt's page to a person and back, over HTTP. */

const TOTAL = 250_000
const SELLER = '990140001233'
let shopper: Caller
let support: Caller
let signs = 5_000_000_000

beforeAll(async () => {
  const reward = { code: 'fixed', args: { amountMinor: minor(1_000), per: 'receipt' } } as const
  const offer = { ...offerVersion('off_waiting0001', { reward }), market: 'kz' as const }
  await publish([{ offer, budgetMinor: 10_000_000 }], 'kz')
  shopper = inMarket(await newShopper(), 'kz')
  support = await signInOperator(world, 'support')
}, 60_000)

/** A receipt of an operator of fiscal data that answers no program, scanned. */
async function scanned(): Promise<Receipt> {
  signs += 1
  // Each in a minute of its own: two of one shop and minute would look the same.
  const at = new Date(Date.now() - (signs % 60) * 60_000).toISOString()
  const time = wallMinuteIn(at, 'Asia/Almaty')
  const text = printKz({
    ...{ page: 'https://consumer.wofd.kz/', till: '010100000999', sign: String(signs) },
    ...{ totalMinor: TOTAL, time: `${time}:00` },
  })
  const receipt = await follow(shopper, await submit(shopper, text))
  expect(receipt).toMatchObject({ state: 'awaiting_authority', personAsked: 'possible' })
  return receipt
}

/** A photo on which the machine reads nothing. */
async function shown({ id }: Receipt): Promise<ReviewCase> {
  const empty = Array.from({ length: 40 }, () => Array.from({ length: 40 }, () => false))
  const file = new Uint8Array(await (await qrPng(empty)).arrayBuffer())
  const photo = await followPhoto(shopper, await upload(shopper, file, id))
  expect(photo).toMatchObject({ state: 'submitted', receiptId: id })
  const found = await eventually(async () => {
    const { items } = await good<Page<ReviewSummary>>(
      await support.call('GET', '/v1/operator/reviews'),
    )
    const one = items.find((item) => item.id.slice(4) === photo.id.slice(4))
    if (!one) throw new Error('not in the queue')
    return one
  })
  return good<ReviewCase>(await support.call('POST', `/v1/operator/reviews/${found.id}/claim`))
}

const readAgain = async ({ id }: Pick<Receipt, 'id'>) =>
  good<Receipt>(await shopper.call('GET', `/v1/receipts/${id}`))

const decide = ({ id }: ReviewCase, decision: object) =>
  support.call('POST', `/v1/operator/reviews/${id}/decide`, decision)

/** What the reviewer reads on the paper: what the code says, and who has sold what. */
function approvalOf({ asked, version }: ReviewCase, changes: object = {}): ReviewDecision {
  if (!asked) throw new Error('nothing stands to be decided')
  const line = { name: 'ЧАЙ', quantityMicro: 1_000_000, sumMinor: minor(TOTAL), productId: null }
  const seller = { retailer: 'На углу', taxNumber: SELLER, storeId: null, retailerId: null }
  const document = { ...asked, ...seller, lines: [line], ...changes }
  return { outcome: 'approve', version, document, distinctFrom: [] }
}

describe('a code that nobody has vouched for', () => {
  test('is credited by a person who has its paper and its code side by side', async () => {
    const receipt = await scanned()
    const review = await shown(receipt)
    expect(review).toMatchObject({
      kind: 'photo',
      receiptId: receipt.id,
      scan: receipt.scan,
      waiting: { reason: 'not_confirmed_yet', undelivered: 0 },
      asked: { time: receipt.purchasedAt, totalMinor: TOTAL },
    })
    expect(await readAgain(receipt)).toMatchObject({ personAsked: 'asked' })
    const second = { shots: [{ bytes: 10, mediaType: 'image/png' }], receiptId: receipt.id }
    expect((await shopper.call('POST', '/v1/photos', second)).status).toBe(409)
    const outcome = await good<ReviewOutcome>(await decide(review, approvalOf(review)))
    expect(outcome).toMatchObject({ result: 'decided', case: { state: 'approved' } })
    expect(await follow(shopper, receipt)).toMatchObject({
      state: 'credited',
      rewardMinor: 1_000,
      personAsked: null,
    })
  }, 60_000)

  test.each([
    ['total', { totalMinor: minor(TOTAL + 100) }, 'totalMinor'],
    ['time', { time: '2026-11-01T10:00' }, 'time'],
  ])(
    'is not approved at another %s than its code says',
    async (_, changes, path) => {
      const review = await shown(await scanned())
      const refused = await decide(review, approvalOf(review, changes))
      expect(refused.status).toBe(400)
      expect(await refused.json()).toMatchObject({ errors: [{ path }] })
    },
    60_000,
  )

  test('is refused with the reason that a person gives', async () => {
    const receipt = await scanned()
    const review = await shown(receipt)
    const { version } = review
    await good(await decide(review, { outcome: 'decline', version, reason: 'altered', note: 'x' }))
    expect(await follow(shopper, receipt)).toMatchObject({
      state: 'rejected',
      reason: { code: 'review_declined', seen: 'altered' },
    })
    const { items } = await good<{ items: Photo[] }>(await shopper.call('GET', '/v1/photos'))
    expect(items).toMatchObject([{ state: 'declined', review: { reason: 'altered', note: 'x' } }])
  }, 60_000)

  test('of somebody else is shown to nobody', async () => {
    const receipt = await scanned()
    const stranger = inMarket(await newShopper(), 'kz')
    const body = { shots: [{ bytes: 10, mediaType: 'image/png' }], receiptId: receipt.id }
    expect((await stranger.call('POST', '/v1/photos', body)).status).toBe(404)
  })
})
