import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { minor } from '#schema/money'
import type { CodeScan } from '#schema/receipt'
import type { DeclineReason } from '#schema/review-verdict'
import { proveCell } from '#worker/audit/cell-proof'
import type { AuthorityResult } from '#worker/cells/cell-receipts'
import { reviewFile } from '#worker/cells/cell-review-files'
import { compareScan, reviewedJob } from '#worker/cells/cell-reviewed-receipts'
import { readPhoto } from '#worker/cells/photo-row'
import { receiptView } from '#worker/cells/receipt-view'
import { reviewOfPhoto, reviewOfReceipt } from '#worker/cells/review-row'
import { offerOf } from '#worker/offers/sample.test-data'
import { Reviewing, taken } from './reviewing.ts'

/** A code that nobody has vouched for reaches an end by a person who sees its paper. */

const BOUGHT = '2026-11-21T18:42'
const DAY_MS = 86_400_000
const offer = offerOf('a')
let world: Reviewing
let codes: number

beforeEach(() => {
  codes = 0
  world = new Reviewing('uz')
  world.publish(offer)
  // The first one waits for the lease.
  const first = submission('wal_9', { time: '2026-11-19T10:00' })
  world.confirm(first, { time: '2026-11-19T10:00' })
  world.lease(offer.offerId, 1_000_000)
})

afterEach(() => {
  // Whatever happened: no promise of the book is broken.
  const wrong = proveCell(world.cell.ctx.sql, world.now).filter(
    ({ what }) => !what.endsWith('late'),
  )
  world.close()
  expect(wrong).toEqual([])
})

function submission(walletId: string, changed: Partial<CodeScan> = {}) {
  codes += 1
  const scan: CodeScan = {
    ...{ country: 'uz', text: `code ${codes}`, time: BOUGHT, totalMinor: minor(10_000) },
    ...{ operation: 'sale', issuer: null, till: null, trust: 'reference', signature: 'absent' },
    ...{ missing: [], officialPage: null },
    ...changed,
  }
  const fingerprint = `uz:${codes}`
  return { walletId, scan, fingerprint, contentKey: fingerprint }
}

const answer = (id: string, result: AuthorityResult) =>
  world.cell.authorityAnswered(id, result, world.now)

/** A code that was scanned and that nobody has vouched for. */
async function waiting(walletId = 'wal_1', changed: Partial<CodeScan> = {}): Promise<string> {
  const sent = submission(walletId, changed)
  world.cell.submitMany([sent], world.now)
  await world.run()
  const id = `${sent.fingerprint}/${walletId}/0`
  answer(id, { kind: 'unconfirmed' })
  expect(world.row(id).state).toBe('awaiting_authority')
  return id
}

const view = (id: string) => receiptView(world.cell.ctx, world.row(id))
const asked = (id: string) => view(id).personAsked

/** The case of a photo that was added to a waiting receipt. */
function shown(id: string, walletId = 'wal_1', photoId?: string) {
  const photo = world.photo(walletId, {}, id, photoId)
  const review = reviewOfPhoto(world.cell.ctx.sql, photo.id)
  if (!review) throw new Error('nobody is asked')
  return review
}

const photoOf = (photoId: string | null) => readPhoto(world.cell.ctx.sql, photoId ?? '')

describe('a photo that is added to a waiting code', () => {
  it('is a case with the code beside it, of that receipt', async () => {
    const id = await waiting()
    expect(asked(id)).toBe('possible')
    const review = shown(id)
    expect(review).toMatchObject({ state: 'open', kind: 'photo', receiptId: id })
    expect(photoOf(review.photoId)).toMatchObject({ state: 'submitted', receiptId: id })
    const file = reviewFile(world.cell.ctx, review.id, 'usr_a', world.now)
    expect(file?.receipt?.scan).toEqual(world.row(id).scan)
    expect(asked(id)).toBe('asked')
  })

  it('is refused for somebody else’s, for a decided one, and a second time', async () => {
    const id = await waiting()
    expect(() => world.photo('wal_2', {}, id)).toThrow('not_found')
    shown(id)
    expect(() => world.photo('wal_1', {}, id)).toThrow('not_now')
    const paid = world.confirm(submission('wal_1', { time: '2026-11-20T10:00' }), {
      time: '2026-11-20T10:00',
    })
    expect(() => world.photo('wal_1', {}, paid.id)).toThrow('not_now')
  })

  it('is refused where somebody has said that the code differs, and for a return', async () => {
    const id = await waiting()
    answer(id, { kind: 'differs', fields: ['total'] })
    expect(() => world.photo('wal_1', {}, id)).toThrow('not_now')
    const back = await waiting('wal_1', { operation: 'return' })
    expect(() => world.photo('wal_1', {}, back)).toThrow('not_now')
  })

  it('waits for a day of checks where the service knows no such receipt', async () => {
    const submittedAt = world.now
    const id = await waiting()
    answer(id, { kind: 'not_delivered' })
    // A service that is down meanwhile says nothing else.
    answer(id, { kind: 'unavailable', detail: '503' })
    const from = new Date(submittedAt + DAY_MS).toISOString()
    expect(view(id)).toMatchObject({ personAsked: 'later', personFrom: from })
    expect(() => world.photo('wal_1', {}, id)).toThrow('not_now')
    world.now = submittedAt + DAY_MS - 3_600_000
    answer(id, { kind: 'not_delivered' })
    expect(asked(id)).toBe('later')
    world.now = submittedAt + DAY_MS
    answer(id, { kind: 'not_delivered' })
    expect(view(id)).toMatchObject({ personAsked: 'possible', personFrom: null })
    const { receipt } = reviewFile(world.cell.ctx, shown(id).id, 'usr_a', world.now) ?? {}
    expect(receipt).toMatchObject({ reason: { code: 'not_delivered_yet' }, undelivered: 3 })
  })

  it('is an ordinary photo when its receipt is decided before it is read', async () => {
    const id = await waiting()
    const order = { id: 'pho_late', key: 'k', walletId: 'wal_1', userId: 'usr_1', shots: [1] }
    world.cell.openPhoto({ ...order, forReceiptId: id }, world.now)
    world.answer(id)
    world.cell.photoPart('wal_1', 'pho_late', 1)
    world.cell.completePhoto('wal_1', 'pho_late', world.now)
    for (let attempt = 0; attempt < 5; attempt += 1) {
      world.cell.beginReading('pho_late', world.now)
      world.cell.readingFailed('pho_late', world.now)
    }
    expect(photoOf('pho_late')).toMatchObject({ state: 'needs_fields', receiptId: null })
    expect(reviewOfReceipt(world.cell.ctx.sql, id)).toBeNull()
  })
})

describe('a person’s verdict', () => {
  it('credits the code itself, once, and says who vouched', async () => {
    const id = await waiting()
    taken(world.approve(shown(id), 'usr_a'))
    await world.run()
    const { state, timeline } = world.row(id)
    expect(state).toBe('credited')
    expect(timeline.filter(({ step }) => step === 'reviewed')).toHaveLength(1)
    expect(timeline.map(({ step }) => step)).not.toContain('authority_answered')
    // What looks the same is met by the paper that was seen.
    const other = await waiting('wal_2')
    world.answer(other)
    expect(world.row(other)).toMatchObject({
      state: 'duplicate',
      reason: { code: 'being_compared' },
    })
    const own = await waiting('wal_1')
    world.answer(own)
    expect(world.row(own).reason).toMatchObject({ code: 'already_claimed_by_you', receiptId: id })
    expect(world.credited()).toHaveLength(2)
  })

  it('says when and for how much it was where the code does not', async () => {
    const id = await waiting('wal_1', {
      missing: ['issued_at', 'total'],
      totalMinor: minor(0),
      time: '2026-11-21T20:40',
    })
    taken(world.approve(shown(id), 'usr_a'))
    await world.run()
    expect(world.row(id)).toMatchObject({
      state: 'credited',
      purchasedAt: BOUGHT,
      totalMinor: 10_000,
    })
    // Its paper is known by what was read on it. Kills the mark by the minute of the scan.
    const other = await waiting('wal_2')
    world.answer(other)
    expect(world.row(other).reason).toMatchObject({ code: 'being_compared' })
    expect(world.credited()).toHaveLength(2)
  })

  it('is not undone by an answer of those who were asked before', async () => {
    const id = await waiting()
    taken(world.approve(shown(id), 'usr_a'))
    answer(id, { kind: 'unconfirmed' })
    answer(id, { kind: 'unavailable', detail: '503' })
    await world.run()
    expect(world.row(id).state).toBe('credited')
  })

  it('gives way to a signature that was forged', async () => {
    const id = await waiting()
    taken(world.approve(shown(id), 'usr_a'))
    answer(id, { kind: 'forged', detail: 'signature' })
    await world.run()
    expect(world.row(id)).toMatchObject({ state: 'rejected', reason: { code: 'forged' } })
  })

  it('pays nothing beside the same paper of another wallet, and is declined', async () => {
    const before = world.ask(world.photo('wal_2'))
    taken(world.approve(before, 'usr_a'))
    await world.run()
    await world.run()
    const id = await waiting('wal_1')
    const review = shown(id)
    taken(world.approve(review, 'usr_b'))
    await world.run()
    expect(world.row(id)).toMatchObject({
      state: 'duplicate',
      reason: { code: 'already_claimed' },
    })
    expect(world.reviewRow(review.id)).toMatchObject({ state: 'declined', reason: 'already_used' })
    expect(world.credited()).toHaveLength(2)
  })

  it.each<DeclineReason>(['altered', 'fields_do_not_match', 'not_a_receipt'])(
    'that it is %s ends the receipt with the reason, and may be disputed',
    async (reason) => {
      const id = await waiting()
      const review = shown(id)
      taken(world.decline(review, 'usr_a', reason))
      await world.run()
      expect(world.row(id)).toMatchObject({
        state: 'rejected',
        claim: 'released',
        reason: { code: 'review_declined', seen: reason },
      })
      const photo = photoOf(review.photoId)
      expect(photo).toMatchObject({ state: 'needs_fields', receiptId: null })
      const again = taken(
        world.cell.disputeReview('wal_1', review.photoId ?? '', 'it is', world.now),
      )
      taken(world.approve(again, 'usr_b'))
      await world.run()
      await world.run()
      // The code is closed: the dispute decides about the paper.
      expect(world.receiptOf(review)).toMatchObject({ state: 'credited' })
      expect(world.receiptOf(review).id).not.toBe(id)
    },
  )

  it.each<DeclineReason>(['unreadable', 'incomplete'])(
    'that the picture is %s leaves the code waiting: another one may be taken',
    async (reason) => {
      const id = await waiting()
      taken(world.decline(shown(id), 'usr_a', reason))
      expect(world.row(id).state).toBe('awaiting_authority')
      expect(asked(id)).toBe('possible')
      taken(world.approve(shown(id), 'usr_a'))
      await world.run()
      expect(world.row(id).state).toBe('credited')
    },
  )

  it('is not needed when somebody has vouched meanwhile', async () => {
    const id = await waiting()
    const review = shown(id)
    world.answer(id)
    expect(world.row(id).state).toBe('credited')
    expect(world.reviewRow(review.id).state).toBe('withdrawn')
    expect(world.approve(world.reviewRow(review.id), 'usr_a')).toEqual({ problem: 'review_stale' })
    expect(world.credited()).toHaveLength(2)
  })

  it('is heard on the second photo, whatever the order of the cases', async () => {
    // Each photo has an id of its own: both orders of two cases occur.
    for (const [first, second] of [
      ['pho_a', 'pho_b'],
      ['pho_d', 'pho_c'],
    ]) {
      const at = { time: `2026-11-2${first === 'pho_a' ? 0 : 1}T12:00` }
      const id = await waiting('wal_1', at)
      const gone = shown(id, 'wal_1', first)
      world.cell.deletePhoto('wal_1', gone.photoId ?? '', world.now)
      expect(world.reviewRow(gone.id)).toMatchObject({ state: 'withdrawn', receiptId: null })
      // Cases that were withdrawn before they let go of their receipt still name it.
      const { sql } = world.cell.ctx
      sql.all('UPDATE reviews SET receipt_id = ? WHERE id = ?', id, gone.id)
      const review = shown(id, 'wal_1', second)
      expect(asked(id)).toBe('asked')
      taken(world.approve(review, 'usr_a', at))
      await world.run()
      expect(world.row(id).state).toBe('credited')
    }
  })

  it('on a case that has not ended for its receipt is nobody’s approval', async () => {
    const id = await waiting()
    const review = shown(id)
    taken(world.approve(review, 'usr_a'))
    world.cell.ctx.sql.all("UPDATE reviews SET state = 'withdrawn' WHERE id = ?", review.id)
    answer(id, { kind: 'unconfirmed' })
    expect(world.row(id)).toMatchObject({ state: 'awaiting_authority' })
  })

  it('on a comparison is heard beside a photo that was shown before, and stands', async () => {
    const paper = world.ask(world.photo('wal_2'))
    taken(world.approve(paper, 'usr_a'))
    await world.run()
    await world.run()
    for (const [walletId, photoId] of [
      ['wal_3', 'pho_1'],
      ['wal_4', 'pho_z'],
    ] as const) {
      const id = await waiting(walletId)
      shown(id, walletId, photoId)
      world.answer(id)
      expect(world.row(id).reason).toMatchObject({ code: 'being_compared' })
      const collision = reviewOfReceipt(world.cell.ctx.sql, id)
      if (collision?.kind !== 'collision') throw new Error('nobody compares')
      const decided = taken(world.approve(collision, 'usr_b'))
      await world.run()
      expect(world.row(id).state).toBe('credited')
      const { evidence } = collision
      if (!evidence) throw new Error('nothing to compare')
      compareScan(world.cell.ctx, world.row(id), evidence, world.now)
      expect(world.reviewRow(collision.id)).toMatchObject({
        state: 'approved',
        version: 'row' in decided ? decided.row.version : 0,
      })
    }
  })

  it('settles the identity of the code: who else vouches for it meets this receipt', async () => {
    const id = await waiting()
    taken(world.approve(shown(id), 'usr_a'))
    await world.run()
    const { fingerprint } = world.row(id)
    const other = { receiptId: 'other', ownerMasked: '' }
    expect(world.directory.settle(fingerprint, other, world.now).kind).toBe('taken')
  })

  it('comes after another receipt of that identity was vouched for: it pays nothing', async () => {
    const id = await waiting()
    const review = shown(id)
    const { fingerprint } = world.row(id)
    world.directory.settle(fingerprint, { receiptId: 'other', ownerMasked: '+7…' }, world.now)
    taken(world.approve(review, 'usr_a'))
    await world.run()
    expect(world.row(id)).toMatchObject({
      state: 'duplicate',
      reason: { code: 'already_claimed' },
    })
    expect(world.reviewRow(review.id)).toMatchObject({ state: 'declined', reason: 'already_used' })
    await world.run()
    expect(world.directory.holderOf(fingerprint)).not.toBeNull()
    expect(world.credited()).toHaveLength(1)
  })

  it('does not outvote a look-up that says another document, before it or under way', async () => {
    const before = await waiting()
    const open = shown(before)
    answer(before, { kind: 'differs', fields: ['total'] })
    expect(world.reviewRow(open.id).state).toBe('withdrawn')
    answer(before, { kind: 'unavailable', detail: '503' })
    expect(asked(before)).toBeNull()
    const id = await waiting()
    const review = shown(id)
    taken(world.approve(review, 'usr_a'))
    const job = reviewedJob(world.cell.ctx, id)
    if (!job) throw new Error('nothing was decided')
    answer(id, { kind: 'differs', fields: ['total'] })
    // The person's word was on its way already.
    const { evidence, till } = job
    answer(id, { kind: 'authentic', evidence, till, by: 'person' })
    expect(reviewedJob(world.cell.ctx, id)).toBeNull()
    expect(world.row(id)).toMatchObject({ state: 'verifying', reason: { code: 'answer_differs' } })
    expect(world.reviewRow(review.id)).toMatchObject({
      state: 'declined',
      reason: 'fields_do_not_match',
    })
    expect(world.credited()).toHaveLength(1)
  })

  it('is not asked any more of a receipt that is credited, whatever it waited for', async () => {
    const id = await waiting()
    const review = shown(id)
    world.cell.ctx.sql.all('UPDATE receipts SET reason = NULL WHERE id = ?', id)
    world.answer(id)
    expect(world.row(id).state).toBe('credited')
    expect(world.reviewRow(review.id).state).toBe('withdrawn')
  })

  it('is of the minute that the code tells, not of the one that was typed', async () => {
    const id = await waiting()
    taken(world.approve(shown(id), 'usr_a', { time: '2026-11-21T18:44' }))
    expect(world.row(id).purchasedAt).toBe(BOUGHT)
  })

  it('comes too late for the code after 30 days, and is one about the paper', async () => {
    const id = await waiting()
    const review = shown(id)
    world.now += 30 * DAY_MS
    answer(id, { kind: 'unconfirmed' })
    expect(world.row(id)).toMatchObject({ state: 'rejected', reason: { code: 'never_delivered' } })
    expect(world.reviewRow(review.id)).toMatchObject({ state: 'open', receiptId: null })
  })
})
