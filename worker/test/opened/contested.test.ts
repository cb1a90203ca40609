import { beforeAll, expect, test } from 'vitest'
import { printPt } from '#fiscal/print/pt'
import { minor } from '#schema/money'
import type { Page } from '#schema/page'
import type { Photo } from '#schema/photo'
import type { Receipt } from '#schema/receipt'
import type { ReviewCase, ReviewSummary } from '#schema/review'
import { wallMinuteIn } from '../../src/offers/wall.ts'
import { type Caller, good, signInOperator } from '../actors.ts'
import { eventually, follow, submit } from '../journey-steps.ts'
import { newShopper, offerVersion, publish, world } from '../market-world.ts'
import { followPhoto, inMarket, pictureOfCodes, upload } from '../photo-steps.ts'

/**
 * A Portuguese code proves nothing, and whoever reads it over a shoulder may send it first: its
 * owner, paper in hand, is heard by a person.
 */

const SELLER = '503504564'
const TOTAL = 2_500
const REWARD = 100
let support: Caller
let documents = 0

beforeAll(async () => {
  const reward = { code: 'fixed', args: { amountMinor: minor(REWARD), per: 'receipt' } } as const
  const offer = { ...offerVersion('off_contested01', { reward }), market: 'pt' as const }
  await publish([{ offer, budgetMinor: 100_000 }], 'pt')
  support = await signInOperator(world, 'support')
}, 60_000)

/** A receipt of today under a number of its own. */
function printed(): string {
  documents += 1
  const day = wallMinuteIn(new Date().toISOString(), 'Europe/Lisbon').slice(0, 10)
  const paper = { document: `FS 1/${documents}`, atcud: `JFGB4T5X-${documents}`, day }
  return printPt({ taxNumber: SELLER, totalMinor: TOTAL, ...paper })
}

const portuguese = async () => inMarket(await newShopper(), 'pt')
const scan = async (by: Caller, text: string) => follow(by, await submit(by, text))
const read = async (by: Caller, id: string) =>
  good<Receipt>(await by.call('GET', `/v1/receipts/${id}`))

/** The case of a photo, taken by a reviewer. */
async function caseOf({ id }: Photo): Promise<ReviewCase> {
  const found = await eventually(async () => {
    const path = '/v1/operator/reviews?kind=photo'
    const { items } = await good<Page<ReviewSummary>>(await support.call('GET', path))
    const one = items.find((item) => item.id.slice(4) === id.slice(4))
    if (!one) throw new Error('not in the queue')
    return one
  })
  return good<ReviewCase>(await support.call('POST', `/v1/operator/reviews/${found.id}/claim`))
}

function approvalOf({ asked, version, scan: code }: ReviewCase) {
  const line = { name: 'CHÁ', quantityMicro: 1_000_000, sumMinor: minor(TOTAL), productId: null }
  const seller = { retailer: 'Na esquina', taxNumber: SELLER, storeId: null, retailerId: null }
  const time = asked?.time ?? code?.time
  const document = { ...seller, time, totalMinor: TOTAL, lines: [line] }
  return { outcome: 'approve', version, document, distinctFrom: [] }
}

test('a photo of a code that a stranger sent first ends with a person', async () => {
  const text = printed()
  const [stranger, owner] = [await portuguese(), await portuguese()]
  const ahead = await scan(stranger, text)
  expect(ahead.state).toBe('awaiting_authority')
  const photo = await followPhoto(owner, await upload(owner, await pictureOfCodes([text])))
  const review = await caseOf(photo)
  const own = await read(owner, review.receiptId ?? '')
  expect(own).toMatchObject({ state: 'duplicate', personAsked: 'asked' })
  expect(review.claims).toMatchObject([
    { receiptId: ahead.id, isOwn: false, state: 'awaiting_authority', numbering: null },
    { receiptId: own.id, isOwn: true, state: 'duplicate' },
  ])
  const path = `/v1/operator/reviews/${review.id}/decide`
  await good(await support.call('POST', path, approvalOf(review)))
  const paid = await eventually(async () => {
    const seen = await read(owner, own.id)
    if (seen.state !== 'credited') throw new Error(seen.state)
    return seen
  })
  expect(paid.rewardMinor).toBe(REWARD)
  const lost = await read(stranger, ahead.id)
  expect(lost).toMatchObject({ state: 'duplicate', personAsked: null, rewardMinor: 0 })
  // Whoever was first does not learn whose it is.
  expect(lost.reason).toEqual({ code: 'already_claimed', at: lost.reason?.at })
}, 60_000)

test('a scan of it says that a photo lets a person decide, and the photo does', async () => {
  const text = printed()
  const [stranger, owner] = [await portuguese(), await portuguese()]
  await scan(stranger, text)
  const own = await scan(owner, text)
  expect(own).toMatchObject({
    state: 'duplicate',
    personAsked: 'possible',
    reason: { code: 'already_claimed', unproved: true },
  })
  const picture = await pictureOfCodes([text])
  const photo = await followPhoto(owner, await upload(owner, picture, own.id))
  expect(photo).toMatchObject({ state: 'submitted', receiptId: own.id })
  expect(await read(owner, own.id)).toMatchObject({ personAsked: 'asked' })
  expect((await caseOf(photo)).claims).toHaveLength(2)
}, 60_000)
