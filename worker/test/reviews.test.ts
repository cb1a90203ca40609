import { env } from 'cloudflare:workers'
import { beforeAll, expect, test } from 'vitest'
import { minor } from '#schema/money'
import type { AuditLogEntry } from '#schema/operator'
import type { Page } from '#schema/page'
import type { Photo } from '#schema/photo'
import type { Receipt } from '#schema/receipt'
import type {
  ReviewCase,
  ReviewDecision,
  ReviewOutcome,
  ReviewPhotoLink,
  ReviewPrecision,
  ReviewSummary,
} from '#schema/review'
import { CHAINS } from '../../sandbox/src/catalogue.ts'
import { qrPng } from '../../sandbox/src/receipts/qr.ts'
import type { ReviewChanged } from '../src/cells/review-event.ts'
import { cellNameOf } from '../src/cells/route-of.ts'
import { noteReview } from '../src/reviews/review-queue.d1.ts'
import { type Caller, good, signInOperator } from './actors.ts'
import { cellFor, eventually, follow, scan, settings } from './journey-steps.ts'
import {
  type Issued,
  issueOne,
  newShopper,
  offerVersion,
  publish,
  retailer,
  turn,
  world,
} from './market-world.ts'
import { followPhoto, upload } from './photo-steps.ts'

/** A photo that only a person can read, from the shopper to the reviewer and back, over HTTP. */

let shopper: Caller
let support: Caller
let admin: Caller

beforeAll(async () => {
  const reward = { code: 'fixed', args: { amountMinor: minor(1_000), per: 'receipt' } } as const
  await publish([{ offer: offerVersion('off_review00001', { reward }), budgetMinor: 1_000_000 }])
  await turn({ key: 'tax.processing_ms', value: 0 })
  shopper = await newShopper()
  support = await signInOperator(world, 'support')
  admin = await signInOperator(world, 'admin')
}, 60_000)

const codeOf = async (answer: Response) => (await answer.json<{ code: string }>()).code

async function photoOf(owner = shopper): Promise<Photo> {
  const empty = Array.from({ length: 40 }, () => Array.from({ length: 40 }, () => false))
  const file = new Uint8Array(await (await qrPng(empty)).arrayBuffer())
  return followPhoto(owner, await upload(owner, file))
}

const REQUEST = { retailer: 'Берёзка', taxNumber: null }

/** Sends a photo of a purchase to review; answers the case as the queue lists it. */
async function ask(
  photo: Photo,
  { scan: { time, totalMinor } }: Issued,
  owner = shopper,
): Promise<ReviewSummary> {
  const line = { name: 'МОЛОКО', quantityMicro: 1_000_000, sumMinor: totalMinor }
  const body = { ...REQUEST, time, totalMinor, lines: [line] }
  const asked = await good<Photo>(await owner.call('POST', `/v1/photos/${photo.id}/review`, body))
  expect(asked).toMatchObject({ state: 'in_review', review: { state: 'open', mayDispute: false } })
  return eventually(async () => {
    const { items } = await good<Page<ReviewSummary>>(
      await support.call('GET', '/v1/operator/reviews'),
    )
    // The photo's id without its prefix is the case's.
    const found = items.find(({ id }) => id.slice(4) === photo.id.slice(4))
    if (!found) throw new Error('not in the queue')
    return found
  })
}

/** The store that the paper comes from, as a reviewer picks it. */
function storeIdOf({ store }: Issued): string {
  for (const { id, stores } of CHAINS) {
    const index = stores.findIndex(({ name }) => name === store)
    if (index >= 0) return `sto_${id.padEnd(10, '0')}${index}`
  }
  throw new Error(`no store ${store}`)
}

function approvalOf({ asked, version }: ReviewCase, storeId: string): ReviewDecision {
  if (!asked) throw new Error('nothing was asked')
  const lines = asked.lines.map((line) => ({ ...line, productId: null }))
  const document = { ...asked, storeId, retailerId: null, lines }
  return { outcome: 'approve', version, document, distinctFrom: [] }
}

test('is claimed once, approved beside its picture, credited, and then no scan of it', async () => {
  const paper = await issueOne()
  const photo = await photoOf()
  const { id } = await ask(photo, paper)
  const path = `/v1/operator/reviews/${id}`
  const review = await good<ReviewCase>(await support.call('POST', `${path}/claim`))
  expect(review).toMatchObject({ isMine: true, hasPicture: true, collisions: [] })
  expect(await codeOf(await admin.call('POST', `${path}/claim`))).toBe('review_claimed')

  const { url } = await good<ReviewPhotoLink>(await support.call('POST', `${path}/photo-link`))
  const picture = await support.call('GET', url)
  expect(picture.status).toBe(200)
  expect(picture.headers.get('cache-control')).toBe('no-store')
  await picture.arrayBuffer()
  expect((await admin.call('GET', url)).status).toBe(404)

  const decision = approvalOf(review, storeIdOf(paper))
  for (let time = 0; time < 2; time += 1) {
    const outcome = await good<ReviewOutcome>(
      await support.call('POST', `${path}/decide`, decision),
    )
    expect(outcome).toMatchObject({ result: 'decided', case: { state: 'approved' } })
  }
  const linked = await good<Photo>(await shopper.call('GET', `/v1/photos/${photo.id}`))
  const receipt = await follow(shopper, { id: linked.receiptId } as Receipt)
  expect(receipt).toMatchObject({ state: 'credited', rewardMinor: 1_000 })
  // Kills "marks nothing": the authority's document names the same store and its tax number.
  expect(await scan(shopper, paper.qr)).toMatchObject({
    state: 'duplicate',
    reason: { code: 'already_claimed_by_you', receiptId: receipt.id },
  })
  const log = await good<Page<AuditLogEntry>>(await admin.call('GET', '/v1/operator/audit-log'))
  const actions = log.items.filter(({ subject }) => subject === id).map(({ action }) => action)
  expect(actions).toEqual(['review.approve', 'review.approve', 'review.photo'])
}, 60_000)

test('that looks like a scan is not approved unseen; declined, it is disputed', async () => {
  const paper = await issueOne({ chain: 'korzina' })
  expect((await scan(shopper, paper.qr)).state).toBe('credited')
  const photo = await photoOf()
  const { id } = await ask(photo, paper)
  const path = `/v1/operator/reviews/${id}`
  const review = await good<ReviewCase>(await support.call('POST', `${path}/claim`))
  const approve = approvalOf(review, storeIdOf(paper))
  const refused = await support.call('POST', `${path}/decide`, approve)
  expect(await codeOf(refused)).toBe('review_collides')
  const decline = { outcome: 'decline', version: review.version, reason: 'already_used', note: 'x' }
  await good(await support.call('POST', `${path}/decide`, decline))
  const { items } = await good<{ items: Photo[] }>(await shopper.call('GET', '/v1/photos'))
  expect(items).toMatchObject([
    { state: 'declined', review: { reason: 'already_used', note: 'x', mayDispute: true } },
  ])
  const dispute = () => shopper.call('POST', `/v1/photos/${photo.id}/dispute`, { note: 'Нет!' })
  expect(await good(await dispute())).toMatchObject({ state: 'in_review' })
  expect(await codeOf(await support.call('POST', `${path}/claim`))).toBe('other_reviewer_needed')
  await good(await admin.call('POST', `${path}/claim`))
}, 60_000)

test('is corrected while it is open; erased, nothing of what was typed is left', async () => {
  const leaving = await newShopper()
  const paper = await issueOne({ chain: 'berezka' })
  const photo = await photoOf(leaving)
  const { id } = await ask(photo, paper, leaving)
  const path = `/v1/operator/reviews/${id}`
  const review = await good<ReviewCase>(await support.call('POST', `${path}/claim`))
  const { time, totalMinor } = paper.scan
  const corrected = { retailer: 'Березка', taxNumber: null, time, totalMinor, lines: [] }
  const answer = leaving.call('POST', `/v1/photos/${photo.id}/review`, corrected)
  expect(await good<Photo>(await answer)).toMatchObject({
    state: 'in_review',
    review: { asked: corrected },
  })
  const decision = approvalOf(review, storeIdOf(paper))
  const stale = await support.call('POST', `${path}/decide`, decision)
  expect(await codeOf(stale)).toBe('review_stale')
  const seen = await good<ReviewCase>(await support.call('GET', path))
  expect(seen.requests).toEqual([review.asked, corrected])
  expect(seen.asked).toEqual(corrected)
  const decline = { outcome: 'decline', reason: 'unreadable', note: 'Куплено у дома' }
  await good(await support.call('POST', `${path}/decide`, { ...decline, version: seen.version }))

  await cellFor(leaving.walletId).erasePhotosOf(leaving.walletId, leaving.userId)
  const file = await eventually(async () => {
    const { results } = await env.DB.prepare('SELECT * FROM review_cases WHERE id = ?')
      .bind(id)
      .all()
    expect(results).toMatchObject([{ retailer: '', total_minor: null }])
    return good<ReviewCase>(await support.call('GET', path))
  })
  expect(file).toMatchObject({ asked: null, requests: [], typed: [], reading: null, shots: 0 })
  expect(JSON.stringify(file)).not.toMatch(/Бер[её]зка|у дома/)
  const log = await good<Page<AuditLogEntry>>(await admin.call('GET', '/v1/operator/audit-log'))
  const details = log.items.filter(({ subject }) => subject === id).map(({ detail }) => detail)
  expect(details).toContain('unreadable')
  expect(details.join()).not.toMatch(/у дома|\d{4}-\d\d/)
}, 60_000)

test('is listed as its newest event says, and marks of spot checks are counted once', async () => {
  const at = new Date().toISOString()
  const event: ReviewChanged = {
    type: 'review_changed',
    id: 'review:rev_spot00000001:2',
    at,
    cell: cellNameOf(settings.CELL_MAP, 'ru', shopper.walletId),
    reviewId: 'rev_spot00000001',
    kind: 'spot_check',
    state: 'checked',
    version: 2,
    isDispute: false,
    approvals: 0,
    retailer: '',
    totalMinor: null,
    askedAt: at,
    dueAt: at,
    claimedBy: null,
    claimedUntil: null,
    decidedAt: at,
    marks: { total: true, date: false },
    country: null,
  }
  await noteReview(env.DB, event)
  await noteReview(env.DB, event)
  await noteReview(env.DB, { ...event, version: 1, state: 'open', marks: null })
  const listed = await good<Page<ReviewSummary>>(
    await support.call('GET', '/v1/operator/reviews?kind=spot_check'),
  )
  expect(listed.items).toEqual([])
  const { checks, fields, service } = await good<ReviewPrecision>(
    await support.call('GET', '/v1/operator/reviews/precision'),
  )
  expect(checks).toBe(1)
  expect(fields[0]).toMatchObject({ field: 'all', right: 1, marked: 2 })
  // Two of them were decided above in time; a disputed one waits, and a spot check is none of them.
  expect(service).toEqual({ decided: 2, inTime: 2, waiting: 1, late: 0 })
})

/** The snapshot's first product, and whose shops these are, as the control plane knows them. */
async function registerCatalogue(): Promise<{ productId: string; retailerId: string }> {
  const [productId, retailerId] = ['prd_00000000', retailer('berezka')]
  const at = new Date().toISOString()
  await env.DB.batch([
    env.DB.prepare(
      `INSERT OR IGNORE INTO partners (id, name, legal_name, tax_number, kind, contact_name,
         contact_phone, website, words, state, fee_bps, created_at)
       VALUES (?, 'Берёзка', 'ООО', '7700000009', 'both', 'x', 'x', '', '', 'active', 0, ?)`,
    ).bind(retailerId, at),
    env.DB.prepare(
      `INSERT OR IGNORE INTO products (id, partner_id, gtin, gtin_canonical, name, brand,
         brand_key, name_key, category, size, unit, created_at)
       VALUES (?, ?, '', '', 'Молоко', '', '', 'молоко', 'dairy', 1, 'piece', ?)`,
    ).bind(productId, retailerId, at),
  ])
  return { productId, retailerId }
}

/** Approves the paper with a product picked, and again with other words; answers what it taught. */
async function learned(paper: Issued, seller: { taxNumber?: string; storeId?: string }) {
  const { productId, retailerId } = await registerCatalogue()
  const owner = await newShopper()
  const path = `/v1/operator/reviews/${(await ask(await photoOf(owner), paper, owner)).id}`
  const review = await good<ReviewCase>(await support.call('POST', `${path}/claim`))
  const decide = async (name: string) => {
    const line = { name, quantityMicro: 1_000_000, sumMinor: paper.scan.totalMinor, productId }
    const shop = { taxNumber: null, storeId: null, retailerId: null, ...seller }
    const document = { ...review.asked, ...shop, lines: [line] }
    const decision = { outcome: 'approve', version: review.version, document, distinctFrom: [] }
    const outcome = await support.call('POST', `${path}/decide`, decision)
    expect(await good<ReviewOutcome>(outcome)).toMatchObject({ result: 'decided' })
  }
  await decide('СЛОВА РЕШЕНИЯ')
  await decide('СЛОВА ПОВТОРА')
  const { results } = await env.DB.prepare('SELECT retailer_id, line FROM product_aliases').all()
  return { retailerId, results }
}

test('teaches no word of a shop that nobody knows', async () => {
  const paper = await issueOne({ chain: 'berezka' })
  expect((await learned(paper, { taxNumber: '500100732259' })).results).toEqual([])
}, 60_000)

test('teaches its retailer what was approved, and a repeat teaches nothing else', async () => {
  const paper = await issueOne({ chain: 'berezka' })
  const { retailerId, results } = await learned(paper, { storeId: storeIdOf(paper) })
  expect(results).toEqual([{ retailer_id: retailerId, line: 'СЛОВА РЕШЕНИЯ' }])
}, 60_000)
