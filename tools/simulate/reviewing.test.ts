import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { MARKETS } from '#schema/market'
import { minor } from '#schema/money'
import { DISPUTE_DAYS, PAPER_TRIES_MAX } from '#schema/photo'
import { proveCell } from '#worker/audit/cell-proof'
import { reviewedJob } from '#worker/cells/cell-reviewed-receipts'
import { photoSeen } from '#worker/cells/photo-keeping'
import { readPhoto } from '#worker/cells/photo-row'
import { reviewOfReceipt } from '#worker/cells/review-row'
import { offerOf } from '#worker/offers/sample.test-data'
import { ONE_SHOT, Reviewing, requestOf, taken } from './reviewing.ts'

/** What a person decides about photos, and that no purchase is paid twice for it. */

const MINUTE_MS = 60_000
/** More than anybody is told of at once. */
const MANY = 25
const offer = offerOf('a')
let world: Reviewing

beforeEach(() => {
  world = new Reviewing()
  world.publish(offer)
  world.judge({ walletId: 'wal_9', time: '2026-11-20T10:00' })
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

/** A photo of the wallet, sent to review and approved by one reviewer, as far as it gets. */
async function approved(walletId = 'wal_1', apart: readonly string[] = []) {
  const review = world.ask(world.photo(walletId))
  taken(world.approve(review, 'usr_a', {}, apart))
  await world.run()
  await world.run()
  return world.reviewRow(review.id)
}

const photoState = (photoId: string | null) => {
  const row = world.photoRow(photoId ?? '')
  return photoSeen(world.cell.ctx, row, world.now).state
}

describe('a photo that nobody but a person can read', () => {
  it('is credited by the ordinary judging once approved, and says so', async () => {
    const review = await approved()
    const receipt = world.receiptOf(review)
    expect(receipt).toMatchObject({
      state: 'credited',
      claim: 'held',
      rewardMinor: 1_000,
      fingerprint: 'reviewed:7700000009:2026-11-21T18:42:10000',
    })
    expect(receipt.timeline.map(({ step }) => step)).toContain('reviewed')
    expect(photoState(review.photoId)).toBe('submitted')
  })

  it('earns nothing while it waits and nothing when it is declined', async () => {
    const photo = world.photo()
    const review = world.ask(photo)
    expect(photoState(photo.id)).toBe('in_review')
    taken(world.decline(review, 'usr_a'))
    await world.run()
    expect(photoState(photo.id)).toBe('declined')
    expect(world.credited()).toHaveLength(1)
  })

  it('is one case however often it is sent, approved and verified', async () => {
    const photo = world.photo()
    const review = world.ask(photo)
    expect(world.ask(photo).id).toBe(review.id)
    taken(world.approve(review, 'usr_a'))
    await world.run()
    taken(world.approve(review, 'usr_a'))
    const { id } = world.receiptOf(review)
    await world.verify(id)
    await world.verify(id)
    await world.run()
    expect(world.credited()).toHaveLength(2)
  })

  it('sent twice as two photos is one receipt', async () => {
    const first = await approved()
    const second = await approved()
    expect(second.receiptId).toBe(first.receiptId)
    expect(world.credited()).toHaveLength(2)
  })

  it('of another wallet is refused by the directory, and its verdict says why', async () => {
    await approved('wal_1')
    const second = await approved('wal_2')
    expect(second).toMatchObject({ state: 'declined', reason: 'already_used', receiptId: null })
    expect(photoState(second.photoId)).toBe('declined')
    expect(world.credited()).toHaveLength(2)
  })
})

describe('the photo and the scan of one purchase', () => {
  it('pay once when the scan came first, in the same wallet and in another', async () => {
    expect(world.scan().state).toBe('credited')
    for (const walletId of ['wal_1', 'wal_2']) {
      const review = await approved(walletId)
      expect(review).toMatchObject({ state: 'declined', reason: 'already_used' })
    }
    await world.run()
    expect(world.credited()).toHaveLength(2)
  })

  it('pay once when the scan came second: the wallet is told that it has it already', async () => {
    const review = await approved()
    const scan = world.scan()
    expect(scan).toMatchObject({
      state: 'duplicate',
      claim: 'releasing',
      reason: { code: 'already_claimed_by_you', receiptId: review.receiptId },
    })
    await world.run()
    expect(world.credited()).toHaveLength(2)
  })

  it('pay once when the scan was under way while the photo was approved', async () => {
    const submission = world.submission()
    world.cell.submitMany([submission], world.now)
    const id = `${submission.fingerprint}/wal_1/0`
    world.cell.claimAnswered(id, { kind: 'yours' }, world.now)
    await approved()
    world.answer(id)
    expect(world.row(id).state).toBe('duplicate')
    expect(world.credited()).toHaveLength(2)
  })

  it('of other wallets are compared by a person; another purchase is credited then', async () => {
    await approved('wal_1')
    const scan = world.scan({ walletId: 'wal_2' })
    expect(scan).toMatchObject({
      state: 'duplicate',
      claim: 'held',
      reason: { code: 'being_compared' },
    })
    // Nobody gets past the comparison by trying again.
    world.now += 10 * MINUTE_MS
    const again = { walletId: 'wal_2', scan: scan.scan, contentKey: scan.contentKey }
    const [answer] = world.cell.submitMany([{ ...again, fingerprint: scan.fingerprint }], world.now)
    expect(answer).toMatchObject({ created: false })
    const review = reviewOfReceipt(world.cell.ctx.sql, scan.id)
    if (!review) throw new Error('nobody was asked')
    taken(world.approve(review, 'usr_a'))
    await world.run()
    // The idle money of the offer has gone back meanwhile.
    world.lease(offer.offerId, 100_000)
    expect(world.row(scan.id)).toMatchObject({ state: 'credited', rewardMinor: 1_000 })
  })

  it('of other wallets that are one purchase leave the scan unpaid, its claim free', async () => {
    await approved('wal_1')
    const scan = world.scan({ walletId: 'wal_2' })
    const review = reviewOfReceipt(world.cell.ctx.sql, scan.id)
    if (!review) throw new Error('nobody was asked')
    taken(world.decline(review, 'usr_a'))
    await world.run()
    expect(world.row(scan.id)).toMatchObject({ state: 'duplicate', claim: 'released' })
    expect(world.directory.holderOf(scan.fingerprint)).toBeNull()
    expect(world.credited()).toHaveLength(2)
    // Sent again and again it is the same receipt: nobody is asked anew.
    world.now += 10 * MINUTE_MS
    const { fingerprint, contentKey } = scan
    const again = { walletId: 'wal_2', scan: scan.scan, fingerprint, contentKey }
    expect(world.cell.submitMany([again], world.now)).toMatchObject([{ created: false }])
    // To whoever else has it that says nothing.
    const other = { ...again, walletId: 'wal_3' }
    expect(world.cell.submitMany([other], world.now)).toMatchObject([{ created: true }])
  })

  it('that a reviewer has told apart are both paid', async () => {
    const scan = world.scan({ walletId: 'wal_2' })
    const review = await approved('wal_1', [scan.id])
    expect(world.receiptOf(review).state).toBe('credited')
    expect(world.credited()).toHaveLength(3)
  })

  it('of one wallet cannot be told apart by anybody', async () => {
    const scan = world.scan()
    const review = await approved('wal_1', [scan.id])
    expect(review.state).toBe('declined')
    expect(world.credited()).toHaveLength(2)
  })

  it('are met however many purchases of that total lie between them', async () => {
    for (let other = 0; other < MANY; other += 1) {
      world.scan({ walletId: `wal_other${other}`, time: '2026-11-21T18:40' })
    }
    expect(world.scan({ walletId: 'wal_2' }).state).toBe('credited')
    const credited = world.credited()
    expect(await approved('wal_1')).toMatchObject({ state: 'declined', reason: 'already_used' })
    expect(world.credited()).toEqual(credited)
  })

  it('are met however many papers of other shops bear that minute and total', async () => {
    const { receiptId } = await approved('wal_1')
    for (let other = 0; other < MANY; other += 1) {
      const taxNumber = String(7_700_000_100 + other)
      const paper = { taxNumber, retailerId: '', storeId: '', walletId: `wal_other${other}` }
      const mark = {
        ...paper,
        receiptId: `a${other}`,
        time: '2026-11-21T18:42',
        totalMinor: 10_000,
      }
      world.cell.markPaper({ ...mark, distinctFrom: [] }, world.now)
    }
    expect(world.scan()).toMatchObject({
      state: 'duplicate',
      reason: { code: 'already_claimed_by_you', receiptId },
    })
  })

  it('are met when all that a person has told apart would fill the answer', async () => {
    const scans = Array.from({ length: MANY }, (_, other) => `wal_other${other}`)
    const ids = scans.map((walletId) => world.scan({ walletId }).id).sort()
    const credited = world.credited()
    // All but the one that comes last.
    expect(await approved('wal_1', ids.slice(0, -1))).toMatchObject({ state: 'declined' })
    expect(world.credited()).toEqual(credited)
  })

  it('do not stand in the way of each other when the paper was closed unpaid', async () => {
    const review = world.ask(world.photo())
    taken(world.approve(review, 'usr_a'))
    await world.run()
    const paper = world.receiptOf(review)
    const job = reviewedJob(world.cell.ctx, paper.id)
    if (!job?.mark) throw new Error('the paper is not to be marked')
    world.cell.markPaper(job.mark, world.now)
    world.cell.releaseReceipt(paper.id, 'взят по ошибке', world.now)
    await world.run()
    // A late copy of the message marks what is gone already.
    world.cell.markPaper(job.mark, world.now)
    expect(world.scan().state).toBe('credited')
  })
})

describe('a dispute', () => {
  it('is heard once, by another reviewer, and then it is final', async () => {
    const photo = world.photo()
    const review = world.ask(photo)
    taken(world.decline(review, 'usr_a'))
    const dispute = () => world.cell.disputeReview('wal_1', photo.id, 'Всё видно', world.now)
    const disputed = taken(dispute())
    expect(taken(dispute()).version).toBe(disputed.version)
    expect(world.cell.claimReview(review.id, reviewer('usr_a'), world.now)).toEqual({
      problem: 'other_reviewer_needed',
    })
    expect(world.approve(disputed, 'usr_a')).toEqual({ problem: 'other_reviewer_needed' })
    taken(world.decline(disputed, 'usr_b'))
    expect(dispute()).toEqual({ problem: 'not_now' })
    await world.run()
    expect(world.credited()).toHaveLength(1)
  })

  it('that was right is credited once', async () => {
    const photo = world.photo()
    taken(world.decline(world.ask(photo), 'usr_a'))
    const disputed = taken(world.cell.disputeReview('wal_1', photo.id, 'Всё видно', world.now))
    taken(world.approve(disputed, 'usr_b'))
    await world.run()
    await world.run()
    expect(photoState(photo.id)).toBe('submitted')
    expect(world.credited()).toHaveLength(2)
  })
})

describe('what the shopper corrects while the case is open', () => {
  it('stands beside what was asked, and a decision about the former request is stale', () => {
    const photo = world.photo()
    const review = world.ask(photo)
    const claimed = taken(world.cell.claimReview(review.id, reviewer('usr_a'), world.now))
    const corrected = world.ask(photo, { totalMinor: 12_000 })
    expect(corrected.id).toBe(review.id)
    expect(corrected.asked?.totalMinor).toBe(12_000)
    expect(corrected.askedBefore).toEqual([review.asked])
    expect(world.decline(claimed, 'usr_a')).toEqual({ problem: 'review_stale' })
    // The same again is no correction.
    expect(world.ask(photo, { totalMinor: 12_000 }).version).toBe(corrected.version)
  })

  it('is refused in words when it never ends, and nothing sent before is lost', () => {
    const photo = world.photo()
    const { id } = world.ask(photo)
    for (let more = 1; more <= PAPER_TRIES_MAX; more += 1) {
      world.ask(photo, { totalMinor: 10_000 + more })
    }
    const request = requestOf({ totalMinor: 1 })
    expect(world.cell.askReview('wal_1', photo.id, request, world.now)).toEqual({
      problem: 'corrections_exhausted',
    })
    expect(world.reviewRow(id).askedBefore).toHaveLength(PAPER_TRIES_MAX)
    taken(world.decline(world.reviewRow(id), 'usr_a'))
    expect(world.cell.askReview('wal_1', photo.id, requestOf({}), world.now)).toEqual({
      problem: 'not_now',
    })
  })

  it('to find the sale is beside the reading, whose boxes and doubts stay', () => {
    const photo = world.photo('wal_1', PRINTED)
    const review = world.ask(photo)
    const typed = { taxNumber: '', time: '2026-11-21T18:42', totalMinor: minor(10_000) }
    for (let count = 0; count < PAPER_TRIES_MAX; count += 1) {
      const row = world.cell.correctPhoto('wal_1', photo.id, typed, world.now)
      expect(row).toMatchObject({ state: 'reading' })
      world.cell.saleAnswered(photo.id, { submission: null, feeds: false }, world.now)
    }
    expect(world.cell.correctPhoto('wal_1', photo.id, typed, world.now)).toEqual({
      problem: 'corrections_exhausted',
    })
    const row = world.photoRow(photo.id)
    expect(row.reading?.totalMinor).toMatchObject({ value: 1, reason: 'items_sum' })
    expect(row.typed).toHaveLength(PAPER_TRIES_MAX)
    expect(world.decline(review, 'usr_a')).toEqual({ problem: 'review_stale' })
    expect(photoState(photo.id)).toBe('in_review')
  })

  it('finds no sale while the picture names no goods that could be told apart', () => {
    const items = PRINTED.items.map((one) => ({ ...one, name: 'СЫР' }))
    const photo = world.photo('wal_1', { ...PRINTED, items })
    const typed = { taxNumber: '', time: '2026-11-21T18:42', totalMinor: minor(10_000) }
    const refused = { problem: 'not_now' }
    expect(world.cell.correctPhoto('wal_1', photo.id, typed, world.now)).toEqual(refused)
  })

  it('is looked up no more once the case is approved', async () => {
    const photo = world.photo('wal_1', PRINTED)
    const review = world.ask(photo)
    const typed = { taxNumber: '', time: '2026-11-21T18:42', totalMinor: minor(10_000) }
    world.cell.correctPhoto('wal_1', photo.id, typed, world.now)
    taken(world.approve(world.reviewRow(review.id), 'usr_a'))
    expect(world.photoRow(photo.id).taskDueAt).toBeNull()
    const kinds = world.cell.dueOutside(world.now, 100).map(({ body }) => body.kind)
    expect(kinds).not.toContain('find_sale')
    // An answer that was under way makes no second receipt of it.
    const late = { submission: world.submission(), feeds: true }
    world.cell.saleAnswered(photo.id, late, world.now)
    await world.run()
    await world.run()
    expect(world.credited()).toHaveLength(2)
  })
})

describe('a photo is kept', () => {
  const DISPUTE_MS = DISPUTE_DAYS * 1_440 * MINUTE_MS
  const isKept = (id: string) => {
    while (world.cell.forgetOldPhotos(world.now) > 0);
    return readPhoto(world.cell.ctx.sql, id) !== null
  }

  it('as long as a verdict is due, and from the verdict on for as long as it is disputed', () => {
    const [asked, silent] = [world.photo(), world.photo()]
    const review = world.ask(asked)
    world.now += 2 * DISPUTE_MS
    expect(photoSeen(world.cell.ctx, asked, world.now).deletedAt).toBeNull()
    // Nobody was ever asked about the other one: it goes by the day on which it came.
    expect([isKept(asked.id), isKept(silent.id)]).toEqual([true, false])
    taken(world.decline(review, 'usr_a'))
    const until = new Date(world.now + DISPUTE_MS).toISOString()
    expect(photoSeen(world.cell.ctx, asked, world.now)).toMatchObject({
      deletedAt: until,
      review: { mayDispute: true, disputeUntil: until },
    })
    world.now += DISPUTE_MS
    expect(photoSeen(world.cell.ctx, asked, world.now).review).toMatchObject({
      mayDispute: false,
      disputeUntil: null,
    })
    expect(world.cell.disputeReview('wal_1', asked.id, 'Поздно', world.now)).toEqual({
      problem: 'not_now',
    })
    expect(isKept(asked.id)).toBe(true)
    world.now += 1
    expect(isKept(asked.id)).toBe(false)
  })

  it('as evidence while its receipt waits for the authority, and after that', () => {
    const photo = world.photo()
    world.cell.submitMany([{ ...world.submission(), photoId: photo.id }], world.now)
    world.now += 2 * DISPUTE_MS
    expect(isKept(photo.id)).toBe(true)
    const id = world.photoRow(photo.id).receiptId ?? ''
    world.cell.claimAnswered(id, { kind: 'yours' }, world.now)
    world.answer(id)
    expect(isKept(photo.id)).toBe(true)
    world.now += DISPUTE_MS + 1
    expect(isKept(photo.id)).toBe(false)
  })
})

describe('an erased person', () => {
  /** The simulator's receipts are named by their purchase. */
  const kept = (id: string) => JSON.stringify({ ...world.reviewRow(id), receiptId: '' })

  it('leaves nothing that was typed in a case, and its reward still counts', async () => {
    const review = await approved()
    world.cell.erasePhotosOf('wal_1', 'usr_1', world.now)
    expect(kept(review.id)).not.toMatch(/Заря|МОЛОКО|7700000009|10000|usr_1/)
    expect(world.reviewRow(review.id)).toMatchObject({
      state: 'approved',
      evidence: null,
      approvals: [{ by: 'usr_a', content: '' }],
      rewardMinor: 1_000,
    })
    const [event] = world.cell
      .dueOutside(world.now, 100)
      .flatMap(({ body }) => (body.kind === 'event' ? body.event : []))
      .filter(({ type }) => type === 'review_changed')
      .slice(-1)
    expect(event).toMatchObject({ retailer: '', totalMinor: null })
  })

  it('is still credited what was approved, and its evidence goes the night after', async () => {
    const review = world.ask(world.photo())
    taken(world.approve(review, 'usr_a'))
    world.cell.erasePhotosOf('wal_1', 'usr_1', world.now)
    expect(world.reviewRow(review.id).evidence).not.toBeNull()
    await world.run()
    await world.run()
    expect(world.receiptOf(review).state).toBe('credited')
    world.cell.forgetOldPhotos(world.now)
    expect(world.reviewRow(review.id).evidence).toBeNull()
  })
})

const reviewer = (id: string) => ({ id, hasColleagues: true })

describe('two reviewers', () => {
  it('do not decide the same case: one has it for ten minutes', () => {
    const review = world.ask(world.photo())
    const claimed = taken(world.cell.claimReview(review.id, reviewer('usr_a'), world.now))
    const claim = () => world.cell.claimReview(review.id, reviewer('usr_b'), world.now)
    expect(claim()).toEqual({ problem: 'review_claimed' })
    expect(world.decline(claimed, 'usr_b')).toEqual({ problem: 'review_claimed' })
    world.now += MARKETS.ru.reviewLeaseMinutes * MINUTE_MS
    taken(claim())
    // Whoever was too slow decides about a case that has changed hands.
    world.now += MARKETS.ru.reviewLeaseMinutes * MINUTE_MS
    expect(world.decline(claimed, 'usr_a')).toEqual({ problem: 'review_stale' })
  })

  it('are not the two screens of one of them: what stands at the first is not stale', () => {
    const review = world.ask(world.photo())
    const claim = () => taken(world.cell.claimReview(review.id, reviewer('usr_a'), world.now))
    const first = claim()
    world.now += MINUTE_MS
    expect(claim()).toEqual(first)
    // Late in its ten minutes the case is lent for ten more.
    world.now += (MARKETS.ru.reviewLeaseMinutes / 2) * MINUTE_MS
    expect(claim().version).toBeGreaterThan(first.version)
    expect(world.decline(first, 'usr_a')).toEqual({ problem: 'review_stale' })
    const second = claim()
    taken(world.decline(second, 'usr_a'))
  })

  it('have to agree on what one may not let pass alone', async () => {
    const dear = { totalMinor: 1_000_000 }
    const review = world.ask(world.photo(), dear)
    expect(world.approve(review, 'usr_a', dear)).toMatchObject({ result: 'second_needed' })
    expect(world.approve(review, 'usr_a', dear)).toMatchObject({ result: 'second_needed' })
    const once = world.reviewRow(review.id)
    // The second reads another total: that is a first approval of something else.
    const other = { totalMinor: 999_900 }
    expect(world.approve(once, 'usr_b', other)).toMatchObject({ result: 'second_needed' })
    const twice = world.reviewRow(review.id)
    expect(world.approve(twice, 'usr_a', other)).toMatchObject({ result: 'decided' })
    await world.run()
    expect(world.receiptOf(review).scan.totalMinor).toBe(999_900)
  })

  it('are needed too when the month of a wallet is used up by one', () => {
    const { reviewedReceiptMinorMax: each, reviewedMonthMinorMax: month } = MARKETS.ru
    const decided: string[] = []
    for (let count = 0; count <= month / each; count += 1) {
      const purchase = { totalMinor: each * 10, time: `2026-11-21T18:${10 + count}` }
      const answer = taken(world.approve(world.ask(world.photo(), purchase), 'usr_a', purchase))
      decided.push(answer.result)
    }
    expect(decided.pop()).toBe('second_needed')
    expect(new Set(decided)).toEqual(new Set(['decided']))
  })
})

describe('limits and ends', () => {
  it('a wallet has so many photos in review at once', () => {
    for (let count = 0; count < MARKETS.ru.reviewsOpenMax; count += 1) world.ask(world.photo())
    const photo = world.photo()
    const asked = world.cell.askReview('wal_1', photo.id, requestOf({}), world.now)
    expect(asked).toEqual({ problem: 'reviews_exhausted' })
  })

  it('a deleted photo takes its open case along, and a decision comes too late', () => {
    const photo = world.photo()
    const review = world.ask(photo)
    world.cell.deletePhoto('wal_1', photo.id, world.now)
    expect(world.reviewRow(review.id)).toMatchObject({ state: 'withdrawn', asked: null })
    expect(world.approve(review, 'usr_a')).toEqual({ problem: 'review_stale' })
  })

  it('a scan typed beside a photo in review is its receipt, and nobody has to look', () => {
    const photo = world.photo()
    const review = world.ask(photo)
    world.cell.submitMany([{ ...world.submission(), photoId: photo.id }], world.now)
    expect(world.reviewRow(review.id).state).toBe('withdrawn')
    expect(photoState(photo.id)).toBe('submitted')
  })

  it('spot checks hold nothing up, are asked of a share, and decide nothing', () => {
    let checked = 0
    for (let count = 0; count < 400; count += 1) {
      const { id } = world.photo(`wal_${count}`)
      world.cell.ctx.sql.all("UPDATE photos SET state = 'reading', reading = NULL WHERE id = ?", id)
      const submission = world.submission({ walletId: `wal_${count}` })
      const reading = { ...ONE_SHOT, ...EMPTY }
      const identity = { kind: 'here', submission } as const
      const result = { kind: 'read', reading, reasons: [], identity } as const
      world.cell.photoRead(id, result, world.now)
      const query = 'SELECT id FROM reviews WHERE photo_id = ?'
      const [found] = world.cell.ctx.sql.all<{ id: string }>(query, id)
      if (!found) continue
      checked += 1
      const review = world.reviewRow(found.id)
      const marks = { outcome: 'check', version: review.version, marks: { total: true } } as const
      expect(world.approve(review, 'usr_a')).toEqual({ problem: 'not_now' })
      taken(world.decide(review, marks, 'usr_a', null))
      expect(world.row(world.photoRow(id).receiptId ?? '').state).toBe('received')
    }
    expect(checked).toBeGreaterThan(0)
    expect(checked).toBeLessThan(30)
  })
})

/** A print with goods, without numbers. */
const PRINTED = {
  totalMinor: {
    value: minor(1),
    certainty: 'proved' as const,
    reason: 'items_sum',
    corners: [],
    shot: 0,
  },
  items: [{ name: 'МОЛОКО', sumMinor: 1, corners: [], shot: 0 }],
}

const EMPTY = {
  retailer: null,
  taxNumber: null,
  date: null,
  time: null,
  totalMinor: { value: minor(1), certainty: 'proved' as const, corners: [], shot: 0 },
  fn: null,
  fd: null,
  fp: null,
  items: [],
  scan: null,
}
