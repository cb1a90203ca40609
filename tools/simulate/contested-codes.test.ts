import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { MarketCode } from '#schema/market'
import { minor } from '#schema/money'
import type { CodeScan } from '#schema/receipt'
import { proveCell } from '#worker/audit/cell-proof'
import type { Submission } from '#worker/cells/cell-receipts'
import { claimantsOf } from '#worker/cells/cell-rivals'
import { readPhoto } from '#worker/cells/photo-row'
import { receiptView } from '#worker/cells/receipt-view'
import { reviewOfReceipt } from '#worker/cells/review-row'
import { offerOf } from '#worker/offers/sample.test-data'
import { NOT_READ } from '#worker/photos/read-photo'
import { ONE_SHOT, Reviewing, taken } from './reviewing.ts'

/**
 * A stranger has claimed somebody's code ahead, and nobody vouches for it: whoever has the paper
 * goes to a person, and is paid once (decision 0023).
 */

const BOUGHT = '2026-11-21T18:42'
/** Clocks there are so far behind those of Moscow, at least. */
const HOURS_APART_MS = 3 * 3_600_000
const offer = offerOf('a')
let world: Reviewing
let photos = 0

function open(market: MarketCode): void {
  world = new Reviewing(market)
  if (market === 'hr') world.now += HOURS_APART_MS
  world.publish(offer)
  // The first one waits for the lease.
  const time = '2026-11-19T10:00'
  world.confirm(scanOf('wal_9', 'first', { time }), { time })
  world.lease(offer.offerId, 1_000_000)
}

beforeEach(() => open('gr'))

afterEach(() => {
  // Whatever happened: no promise of the book is broken.
  const wrong = proveCell(world.cell.ctx.sql, world.now).filter(
    ({ what }) => !what.endsWith('late'),
  )
  world.close()
  expect(wrong).toEqual([])
})

function scanOf(walletId: string, number: string, changed: Partial<CodeScan> = {}): Submission {
  const country = world.cell.ctx.rules.code
  const scan: CodeScan = {
    ...{ country, text: `code ${number}`, time: BOUGHT, totalMinor: minor(10_000) },
    ...{ operation: 'sale', issuer: null, till: null, trust: 'reference', signature: 'absent' },
    ...{ missing: [], officialPage: null },
    ...changed,
  }
  const fingerprint = `${country}:${number}`
  return { walletId, scan, fingerprint, contentKey: fingerprint }
}

/** A code that was scanned; whoever holds it has nobody who vouches for it. */
async function scanned(walletId: string, number = '1'): Promise<string> {
  return sent(scanOf(walletId, number))
}

async function sent(submission: Submission): Promise<string> {
  world.now += 1_000
  const [answer] = world.cell.submitMany([submission], world.now)
  if (!answer || !('receipt' in answer)) throw new Error('not taken')
  await world.run()
  const { id } = answer.receipt
  world.cell.authorityAnswered(id, { kind: 'unconfirmed' }, world.now)
  return id
}

/** A photo on which that code is read. */
function photographed(walletId: string, submission = scanOf(walletId, '1')): string {
  photos += 1
  world.now += 1_000
  const id = `pho_${photos}`
  const order = { id, key: id, walletId, userId: 'usr_1', shots: [1], forReceiptId: null }
  world.cell.openPhoto(order, world.now)
  world.cell.photoPart(walletId, id, 1)
  world.cell.completePhoto(walletId, id, world.now)
  world.cell.beginReading(id, world.now)
  const reading = { ...ONE_SHOT, ...NOT_READ }
  const identity = { kind: 'here', submission } as const
  world.cell.photoRead(id, { kind: 'read', reading, reasons: [], identity }, world.now)
  return id
}

const reviewOf = (receiptId: string) => {
  const review = reviewOfReceipt(world.cell.ctx.sql, receiptId)
  if (review === null) throw new Error('nobody is asked')
  return review
}
const asked = (id: string) => receiptView(world.cell.ctx, world.row(id)).personAsked
const holder = (number = '1') => world.directory.holderOf(`${world.cell.ctx.rules.code}:${number}`)

/** Whom its reviewer would be shown. */
function claimed(receiptId: string): string[] {
  const { fingerprint, purchasedAt, totalMinor, scan } = world.row(receiptId)
  const alsoPrinted = ('text' in scan && scan.alsoPrinted) || []
  const contested = { receiptId, fingerprint, purchasedAt, totalMinor, alsoPrinted }
  return claimantsOf(world.cell.ctx, contested).map((one) => one.receiptId)
}

/** As many reviewers approve as its reward needs. */
function approved(receiptId: string): void {
  for (const by of ['usr_a', 'usr_b']) {
    if (taken(world.approve(reviewOf(receiptId), by)).result === 'decided') return
  }
}

async function approve(receiptId: string): Promise<void> {
  approved(receiptId)
  await world.run()
}

describe('a code that a stranger was first with, unproved', () => {
  it('may be shown to a person by whoever scans it after', async () => {
    await scanned('wal_2')
    const own = await scanned('wal_1')
    expect(world.row(own)).toMatchObject({
      state: 'duplicate',
      claim: 'none',
      reason: { code: 'already_claimed', unproved: true },
    })
    expect(asked(own)).toBe('possible')
    const photo = world.photo('wal_1', {}, own)
    expect(photo).toMatchObject({ state: 'submitted', receiptId: own })
    expect(asked(own)).toBe('asked')
    expect(() => world.photo('wal_3', {}, own)).toThrow('not_found')
  })

  it.each([
    ['that was scanned before', true],
    ['that nobody has scanned', false],
  ])('goes to a person with a photo %s', async (_, isScanned) => {
    await scanned('wal_2')
    if (isScanned) await scanned('wal_1')
    const photo = photographed('wal_1')
    await world.run()
    const { receiptId } = readPhoto(world.cell.ctx.sql, photo) ?? {}
    expect(reviewOf(receiptId ?? '')).toMatchObject({ state: 'open', photoId: photo })
    // A second photo and a second scan change nothing while a person looks.
    world.now += 120_000
    photographed('wal_1')
    await world.run()
    expect(await scanned('wal_1')).toBe(receiptId)
    const open = world.cell.ctx.sql.all("SELECT id FROM reviews WHERE state = 'open'")
    expect(open).toHaveLength(1)
  })

  it('is credited to whose paper a person has seen, and closes the stranger’s, once', async () => {
    const stranger = await scanned('wal_2')
    const own = await scanned('wal_1')
    world.photo('wal_1', {}, own)
    await approve(own)
    expect(world.row(own)).toMatchObject({ state: 'credited', claim: 'held' })
    expect(holder()).toBe(own)
    const lost = world.row(stranger)
    expect(lost).toMatchObject({ state: 'duplicate', reason: { code: 'already_claimed' } })
    // Nobody learns by it whose it is.
    expect(Object.keys(lost.reason ?? {})).toEqual(['code', 'at'])
    // Late and repeated messages find nothing to do.
    world.cell.authorityAnswered(stranger, { kind: 'unconfirmed' }, world.now)
    world.answer(stranger)
    await world.verify(own)
    const document = { time: BOUGHT, totalMinor: minor(10_000), sellerTaxNumber: null }
    const vouched = { identities: ['gr:1'], receiptId: own, document }
    world.cell.closeRivals(vouched, world.now)
    await world.run()
    expect(world.row(stranger)).toMatchObject({ state: 'duplicate', claim: 'released' })
    expect(holder()).toBe(own)
    expect(world.credited()).toHaveLength(2)
    // Sent again it is a duplicate of a receipt that was vouched for: no more a person's question.
    world.now += 120_000
    const again = await scanned('wal_2')
    expect(again).not.toBe(stranger)
    expect(world.row(again).reason?.unproved).toBeUndefined()
    expect(asked(again)).toBeNull()
  })

  it('is taken from its holder again when the network dies in between', async () => {
    const stranger = await scanned('wal_2')
    const own = await scanned('wal_1')
    world.photo('wal_1', {}, own)
    approved(own)
    // The directory has settled it, and nobody heard.
    world.directory.settle('gr:1', { receiptId: own, ownerMasked: '' }, world.now)
    expect(world.row(stranger).state).toBe('awaiting_authority')
    await world.run()
    expect(world.row(own).state).toBe('credited')
    expect(world.row(stranger).state).toBe('duplicate')
  })

  it('stays with the stranger when somebody has vouched for that one meanwhile', async () => {
    const stranger = await scanned('wal_2')
    const own = await scanned('wal_1')
    const photo = world.photo('wal_1', {}, own)
    world.directory.settle('gr:1', { receiptId: stranger, ownerMasked: '' }, world.now)
    world.answer(stranger)
    await approve(own)
    expect(world.row(own)).toMatchObject({
      state: 'duplicate',
      reason: { code: 'already_claimed' },
    })
    expect(world.row(stranger).state).toBe('credited')
    expect(holder()).toBe(stranger)
    const review = world.reviewRow(`rev_${photo.id.slice(4)}`)
    expect(review).toMatchObject({ state: 'declined', reason: 'already_used' })
    // The owner of the photo may say so to somebody else.
    const disputed = world.cell.disputeReview('wal_1', photo.id, 'It is mine', world.now)
    expect(taken(disputed)).toMatchObject({ state: 'open', receiptId: own })
    // It is still about that code: what it says binds, and its claims are shown.
    expect(claimed(own)).toEqual([stranger, own])
    world.now += 120_000
    for (const by of ['usr_a', 'usr_b']) {
      const open = world.reviewRow(review.id)
      if (taken(world.approve(open, by, {}, [stranger])).result === 'decided') break
    }
    await world.run()
    await world.run()
    // The idle money of the offer has gone back meanwhile.
    world.lease(offer.offerId, 100_000)
    expect(world.receiptOf(review).scan).not.toHaveProperty('text')
    expect(world.receiptOf(review).state).toBe('credited')
    expect(world.row(own).state).toBe('duplicate')
  })

  it('is declined again in a dispute without another word', async () => {
    const stranger = await scanned('wal_2')
    const own = await scanned('wal_1')
    const photo = world.photo('wal_1', {}, own)
    world.directory.settle('gr:1', { receiptId: stranger, ownerMasked: '' }, world.now)
    world.answer(stranger)
    await approve(own)
    const disputed = taken(world.cell.disputeReview('wal_1', photo.id, 'It is mine', world.now))
    taken(world.decline(disputed, 'usr_b', 'already_used'))
    expect(world.reviewRow(disputed.id)).toMatchObject({ state: 'declined', receiptId: null })
    expect(world.row(own).state).toBe('duplicate')
    expect(world.photoRow(photo.id)).toMatchObject({ state: 'needs_fields', receiptId: null })
  })

  it('is decided once where two wallets show papers of it', async () => {
    const stranger = await scanned('wal_2')
    world.photo('wal_2', {}, stranger)
    const own = await scanned('wal_1')
    world.photo('wal_1', {}, own)
    approved(stranger)
    approved(own)
    await world.verify(own)
    await world.run()
    expect(world.credited().filter((id) => [own, stranger].includes(id))).toHaveLength(1)
    expect(holder()).toBe(own)
    expect(reviewOf(stranger)).toMatchObject({ state: 'declined', reason: 'already_used' })
  })

  it('leaves its holder, who shows a paper too, a dispute', async () => {
    const stranger = await scanned('wal_2')
    const own = await scanned('wal_1')
    const photo = world.photo('wal_1', {}, own)
    const other = world.photo('wal_2', {}, stranger)
    const review = `rev_${other.id.slice(4)}`
    await approve(own)
    expect(world.row(stranger)).toMatchObject({ state: 'duplicate' })
    expect(world.reviewRow(review)).toMatchObject({ state: 'declined', reason: 'already_used' })
    expect(world.photoRow(other.id)).toMatchObject({ state: 'needs_fields', receiptId: null })
    const disputed = world.cell.disputeReview('wal_2', other.id, 'It is mine', world.now)
    expect(taken(disputed)).toMatchObject({ state: 'open' })
    // Whoever won has nothing to dispute.
    expect(world.reviewRow(`rev_${photo.id.slice(4)}`).state).toBe('approved')
  })

  it('closes nobody whose code says another purchase', async () => {
    const changed = { totalMinor: minor(55_500) }
    const stranger = await sent(scanOf('wal_2', '1', changed))
    const own = await scanned('wal_1')
    world.photo('wal_1', {}, own)
    await approve(own)
    expect(world.row(own).state).toBe('credited')
    // It holds nothing any more, and a person may still look at its paper.
    expect(holder()).toBe(own)
    expect(world.row(stranger).state).toBe('awaiting_authority')
    expect(asked(stranger)).toBe('possible')
  })

  it('shows each of those who contest it all the others, one claim of each', async () => {
    const stranger = await scanned('wal_2')
    const first = await scanned('wal_1')
    world.now += 120_000
    const second = await scanned('wal_3')
    expect(claimed(first)).toEqual([stranger, first, second])
    expect(claimed(second)).toEqual([stranger, first, second])
    world.now += 120_000
    const again = await scanned('wal_3')
    expect(again).not.toBe(second)
    expect(claimed(first)).toEqual([stranger, first, again])
    world.cell.authorityAnswered(stranger, { kind: 'forged', detail: '' }, world.now)
    await world.run()
    expect(claimed(first)).toEqual([first, again])
  })

  it.each([
    ['taken for nothing else', false],
    ['that a person was asked about before', true],
  ])('goes to a person with a photo %s that is linked to it', async (_, isAsked) => {
    await scanned('wal_2')
    const photo = world.photo('wal_1')
    if (isAsked) world.ask(photo)
    const own = await scanned('wal_1')
    expect(asked(own)).toBe('possible')
    world.cell.linkPhoto('wal_1', photo.id, { receiptId: own, country: null }, world.now)
    expect(asked(own)).toBe('asked')
    expect(reviewOf(own)).toMatchObject({ state: 'open', photoId: photo.id })
    await approve(own)
    expect(world.row(own).state).toBe('credited')
  })

  it('that a person refuses leaves the stranger’s where it was', async () => {
    const stranger = await scanned('wal_2')
    const own = await scanned('wal_1')
    world.photo('wal_1', {}, own)
    taken(world.decline(reviewOf(own), 'usr_a', 'unreadable'))
    expect(asked(own)).toBe('possible')
    world.photo('wal_1', {}, own)
    taken(world.decline(reviewOf(own), 'usr_a', 'altered'))
    await world.run()
    expect(world.row(own)).toMatchObject({ state: 'rejected', claim: 'released' })
    expect(world.row(stranger)).toMatchObject({ state: 'awaiting_authority', claim: 'held' })
    expect(holder()).toBe(stranger)
  })

  it('is nobody’s question any more when the photo is deleted', async () => {
    await scanned('wal_2')
    const own = await scanned('wal_1')
    const { id } = world.photo('wal_1', {}, own)
    world.cell.deletePhoto('wal_1', id, world.now)
    expect(asked(own)).toBe('possible')
    expect(world.row(own).state).toBe('duplicate')
  })
})

it('a Russian code has no rivals: its tax service answers for all of them', async () => {
  world.close()
  open('ru')
  const submission = world.submission({ walletId: 'wal_2' })
  const other = { ...submission, walletId: 'wal_1' }
  for (const one of [submission, other]) {
    world.cell.submitMany([one], world.now)
    await world.run()
  }
  const row = world.row(`${other.fingerprint}/wal_1/0`)
  expect(row.reason).toMatchObject({ code: 'already_claimed' })
  expect(row.reason?.unproved).toBeUndefined()
})

describe('a Croatian paper that shows both numbers', () => {
  const ZKI = '985f2b1dc08438b3331fc9b2b22e2dab'
  const JIR = '0d0c1a5e-9f3a-4f6e-8c2b-5a1c9e7d2b44'

  it.each([
    ['before its code is scanned', false],
    ['after', true],
  ])('and is shown %s makes both its receipt’s, by a person’s word', async (_, isScanned) => {
    world.close()
    open('hr')
    const stranger = await scanned('wal_2', JIR)
    if (isScanned) await scanned('wal_1', ZKI)
    const own = `hr:${ZKI}/wal_1/0`
    const shown = scanOf('wal_1', ZKI, { alsoPrinted: [`hr:${JIR}`] })
    photographed('wal_1', shown)
    await world.run()
    world.cell.authorityAnswered(own, { kind: 'unconfirmed' }, world.now)
    expect(asked(own)).toBe('possible')
    world.photo('wal_1', {}, own)
    await approve(own)
    expect(world.row(own).state).toBe('credited')
    // A print proves nothing against whoever was first with a number.
    expect([holder(ZKI), holder(JIR)]).toEqual([own, stranger])
    expect(world.row(stranger).state).toBe('awaiting_authority')
    // Once somebody vouches for that one, it meets the paper that was seen.
    world.answer(stranger)
    expect(world.row(stranger).reason).toMatchObject({ code: 'being_compared' })
    expect(world.credited()).toHaveLength(2)
  })

  it('claims a number that nobody holds, until somebody proves whose it is', async () => {
    world.close()
    open('hr')
    photographed('wal_1', scanOf('wal_1', ZKI, { alsoPrinted: [`hr:${JIR}`] }))
    await world.run()
    const own = `hr:${ZKI}/wal_1/0`
    world.cell.authorityAnswered(own, { kind: 'unconfirmed' }, world.now)
    world.photo('wal_1', {}, own)
    await approve(own)
    expect([holder(ZKI), holder(JIR)]).toEqual([own, own])
    const other = await scanned('wal_3', JIR)
    expect(world.row(other).reason).toMatchObject({ code: 'already_claimed', unproved: true })
    expect(claimed(other)).toEqual([own, other])
    world.directory.settle(`hr:${JIR}`, { receiptId: other, ownerMasked: '' }, world.now)
    expect(holder(JIR)).toBe(other)
  })

  it('takes and closes no other purchase, whatever a later picture shows', async () => {
    world.close()
    open('hr')
    const bought = { time: '2026-11-20T09:15', totalMinor: minor(77_700) }
    const victim = await sent(scanOf('wal_3', JIR, bought))
    const own = await scanned('wal_1', ZKI)
    world.photo('wal_1', {}, own)
    expect(asked(own)).toBe('asked')
    const doctored = scanOf('wal_1', ZKI, { alsoPrinted: [`hr:${JIR}`] })
    photographed('wal_1', doctored)
    await world.run()
    expect(world.row(own).scan).not.toHaveProperty('alsoPrinted')
    await approve(own)
    expect(world.row(own).state).toBe('credited')
    expect(world.row(victim)).toMatchObject({ state: 'awaiting_authority', claim: 'held' })
    expect(holder(JIR)).toBe(victim)
  })

  it('shows its reviewer who holds the number on a picture that came before', async () => {
    world.close()
    open('hr')
    const bought = { time: '2026-11-20T09:15', totalMinor: minor(77_700) }
    const victim = await sent(scanOf('wal_3', JIR, bought))
    photographed('wal_1', scanOf('wal_1', ZKI, { alsoPrinted: [`hr:${JIR}`] }))
    await world.run()
    const own = `hr:${ZKI}/wal_1/0`
    world.cell.authorityAnswered(own, { kind: 'unconfirmed' }, world.now)
    expect(claimed(own)).toEqual([victim, own])
    world.photo('wal_1', {}, own)
    await approve(own)
    expect(world.row(own).state).toBe('credited')
    expect(world.row(victim)).toMatchObject({ state: 'awaiting_authority', claim: 'held' })
    expect(holder(JIR)).toBe(victim)
  })
})
