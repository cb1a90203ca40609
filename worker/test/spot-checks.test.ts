import { env } from 'cloudflare:workers'
import { beforeAll, expect, test } from 'vitest'
import { MARKETS } from '#schema/market'
import type { Page } from '#schema/page'
import type { Photo } from '#schema/photo'
import type {
  ReviewCase,
  ReviewDecision,
  ReviewOutcome,
  ReviewPrecision,
  ReviewSummary,
} from '#schema/review'
import { SLOTS, slotOf } from '../src/cells/slot.ts'
import { keyRing } from '../src/partners/fiscal-keys.d1.ts'
import { receiptIdOf } from '../src/receipts/receipt-id.ts'
import { readSubmission } from '../src/receipts/submission.ts'
import { type Caller, good, signInOperator } from './actors.ts'
import { openAustria, printOne } from './austrian-till.ts'
import { eventually, settings } from './journey-steps.ts'
import { newShopper, world } from './market-world.ts'
import { followPhoto, pictureOfCodes, upload } from './photo-steps.ts'

/** What was decided without a person is looked at by one, also when it is another market's. */

const BPS = 10_000

let shopper: Caller
let support: Caller

beforeAll(async () => {
  await openAustria()
  shopper = await newShopper()
  support = await signInOperator(world, 'support')
}, 60_000)

/** An Austrian receipt that falls into the share which a person looks at. */
async function chosenOne(): Promise<string> {
  const ports = { keys: keyRing(env.DB), isOpen: () => true }
  for (let printed = 0; printed < 2_000; printed += 1) {
    const text = await printOne()
    const source = { code: 'qr', text } as const
    const read = await readSubmission(shopper.walletId, { source }, ports, Date.now())
    if (!read.ok) throw new Error(read.code)
    const { fingerprint } = read.submission
    const id = receiptIdOf(settings.RECEIPT_KEY, fingerprint, shopper.walletId, 0)
    if (slotOf(id) * BPS < MARKETS.ru.spotCheckBps * SLOTS) return text
  }
  throw new Error('no receipt of the share')
}

async function openCheck(): Promise<ReviewSummary> {
  return eventually(async () => {
    const path = '/v1/operator/reviews?kind=spot_check'
    const { items } = await good<Page<ReviewSummary>>(await support.call('GET', path))
    const [found] = items
    if (!found) throw new Error('not in the queue')
    return found
  })
}

test('a photo of another market’s receipt is checked by all that its code said', async () => {
  const picture = await pictureOfCodes([await chosenOne()])
  const photo = await followPhoto(shopper, await upload(shopper, picture))
  expect(photo).toMatchObject<Partial<Photo>>({ state: 'submitted', country: 'at' })

  const listed = await openCheck()
  expect(listed).toMatchObject({ kind: 'spot_check', market: 'at' })
  const path = `/v1/operator/reviews/${listed.id}`
  const review = await good<ReviewCase>(await support.call('POST', `${path}/claim`))
  expect(review).toMatchObject({
    market: 'at',
    receiptId: photo.receiptId,
    hasPicture: true,
    checked: { total: 1_234, numbers: null },
  })
  expect(review.checked?.date).toMatch(/^\d{4}-\d\d-\d\d$/)

  const decide = (marks: Extract<ReviewDecision, { outcome: 'check' }>['marks']) =>
    support.call('POST', `${path}/decide`, { outcome: 'check', version: review.version, marks })
  const half = await decide({ total: true })
  expect(half.status).toBe(422)
  expect(await half.json()).toMatchObject({ code: 'review_marks', unmarked: ['date', 'time'] })
  const whole = { total: true, date: true, time: false }
  // Kills "counts what nobody has read": goods stand in no signed code.
  expect((await decide({ ...whole, items: true })).status).toBe(422)
  for (let time = 0; time < 2; time += 1) {
    const outcome = await good<ReviewOutcome>(await decide(whole))
    expect(outcome).toMatchObject({ result: 'decided', case: { state: 'checked' } })
  }
  const { checks, fields } = await good<ReviewPrecision>(
    await support.call('GET', '/v1/operator/reviews/precision'),
  )
  expect(checks).toBe(1)
  expect(fields[0]).toMatchObject({ field: 'all', right: 2, marked: 3 })
}, 60_000)
