import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { minor } from '#schema/money'
import type { PhotoReading } from '#schema/photo'
import type { ReviewRequest } from '#schema/review-request'
import type { Submission } from '#worker/cells/cell-receipts'
import type { DecisionOrder } from '#worker/cells/cell-reviews'
import type { PhotoIdentity } from '#worker/cells/photo-answers'
import { type PhotoRow, readPhoto } from '#worker/cells/photo-row'
import {
  type ReviewedEvidence,
  type ReviewRow,
  readReview,
  writeReview,
} from '#worker/cells/review-row'
import { SLOTS, slotOf } from '#worker/cells/slot'
import { documentOf } from '#worker/offers/sample.test-data'
import { NOT_READ } from '#worker/photos/read-photo'
import { JudgingCell } from './judging-cell.ts'

/** A photo, its receipt and its cases in one cell: what one of them does to the others. */

const WALLET = 'wal_1'
const PHOTO = 'pho_1'

let judging: JudgingCell

beforeEach(() => {
  judging = new JudgingCell()
})

afterEach(() => judging.close())

const READING: PhotoReading = {
  ...NOT_READ,
  shots: [{ width: 600, height: 800 }],
  scan: null,
  risk: [],
}

/** A photo that was read; without an identity its owner has to say what it shows. */
function photograph(identity: PhotoIdentity | null): void {
  const { cell, now } = judging
  const order = { id: PHOTO, key: 'key', walletId: WALLET, userId: 'usr_1', shots: [100] }
  cell.openPhoto({ ...order, forReceiptId: null }, now)
  cell.photoPart(WALLET, PHOTO, 1)
  cell.completePhoto(WALLET, PHOTO, now)
  cell.photoRead(PHOTO, { kind: 'read', reading: READING, reasons: [], identity }, now)
  if (identity === null) cell.saleAnswered(PHOTO, { submission: null, feeds: false }, now)
}

function photo(): PhotoRow {
  const row = readPhoto(judging.cell.ctx.sql, PHOTO)
  if (!row) throw new Error('the photo is gone')
  return row
}

function review(id: string): ReviewRow {
  const row = readReview(judging.cell.ctx.sql, id)
  if (!row) throw new Error(`no case ${id}`)
  return row
}

/** Numbers typed beside the photo. */
const type = (submission: Submission) =>
  judging.cell.submitMany([{ ...submission, photoId: PHOTO }], judging.now)

/** A receipt's id in this cell, at its first attempt. */
const idOf = ({ fingerprint, walletId }: Submission) => `${fingerprint}/${walletId}/0`

it('a spot check goes on, whatever its shopper types beside the photo', () => {
  const { spotCheckBps } = judging.cell.ctx.rules
  let read = judging.submission()
  while (slotOf(idOf(read)) * 10_000 >= spotCheckBps * SLOTS) read = judging.submission()
  photograph({ kind: 'here', submission: read })
  expect(review('rev_s1')).toMatchObject({ kind: 'spot_check', state: 'open' })
  type(judging.submission())
  expect(review('rev_s1')).toMatchObject({ state: 'open', receiptId: idOf(read) })
  expect(photo()).toMatchObject({ state: 'submitted', receiptId: idOf(read) })
})

describe('a spot check of a receipt of another market', () => {
  /** Ids of that market's cell: one that is looked at, and one that is not. */
  const ids = Array.from({ length: 1_000 }, (_, index) => `rcp_abroad${index}`)
  const isChosen = (id: string) => slotOf(id) * 10_000 < judging.cell.ctx.rules.spotCheckBps * SLOTS
  const abroad = (receiptId: string) => ({ kind: 'abroad', country: 'at', receiptId }) as const

  it('is a case where the photo is, which knows whose receipt it is about', () => {
    const receiptId = ids.find(isChosen) ?? ''
    photograph(abroad(receiptId))
    expect(photo()).toMatchObject({ state: 'submitted', country: 'at', receiptId })
    expect(review('rev_s1')).toMatchObject({
      kind: 'spot_check',
      state: 'open',
      country: 'at',
      receiptId,
    })
  })

  it('is a share: most receipts get none', () => {
    const receiptId = ids.find((id) => !isChosen(id)) ?? ''
    photograph(abroad(receiptId))
    expect(photo()).toMatchObject({ state: 'submitted', receiptId })
    expect(() => review('rev_s1')).toThrow()
  })

  it('ends with the photo', () => {
    photograph(abroad(ids.find(isChosen) ?? ''))
    judging.cell.deletePhoto(WALLET, PHOTO, judging.now)
    expect(review('rev_s1').state).toBe('withdrawn')
  })
})

const REQUEST: ReviewRequest = {
  retailer: 'Берёзка',
  taxNumber: null,
  time: '2026-11-21T18:42',
  totalMinor: minor(10_000),
  lines: [],
}
const ask = (request = REQUEST) => judging.cell.askReview(WALLET, PHOTO, request, judging.now)

/** Numbers of nobody's receipt: the authority knows of none, and the claim is given back. */
function typeInVain(): void {
  const typo = judging.submission()
  type(typo)
  expect(photo()).toMatchObject({ state: 'submitted', receiptId: idOf(typo) })
  judging.cell.claimAnswered(idOf(typo), { kind: 'yours' }, judging.now)
  judging.cell.authorityAnswered(idOf(typo), { kind: 'forged', detail: 'x' }, judging.now)
  expect(judging.row(idOf(typo)).state).toBe('rejected')
}

describe('numbers that come to nothing', () => {
  it('leave the photo to its owner, and its case to the person who was asked', () => {
    photograph(null)
    ask()
    typeInVain()
    expect(photo()).toMatchObject({ state: 'needs_fields', receiptId: null })
    expect(review('rev_1')).toMatchObject({ state: 'open', asked: REQUEST })
    const right = judging.submission()
    type(right)
    expect(photo()).toMatchObject({ state: 'submitted', receiptId: idOf(right) })
    expect(review('rev_1').state).toBe('withdrawn')
  })

  it('let a person be asked for the first time', () => {
    photograph(null)
    typeInVain()
    expect(ask()).toMatchObject({ state: 'open', asked: REQUEST })
  })

  it('let a person be asked again, where too many cases were open meanwhile', () => {
    photograph(null)
    ask()
    const { sql } = judging.cell.ctx
    const most = judging.cell.ctx.rules.reviewsOpenMax
    const copies = Array.from({ length: most }, (_, at) => ({ ...review('rev_1'), at }))
    for (const { at, ...row } of copies) {
      writeReview(sql, { ...row, id: `rev_x${at}`, photoId: `pho_x${at}` })
    }
    typeInVain()
    expect(review('rev_1').state).toBe('withdrawn')
    expect(ask()).toEqual({ problem: 'reviews_exhausted' })
    sql.all("UPDATE reviews SET state = 'withdrawn'")
    const better = { ...REQUEST, retailer: 'Пятёрочка' }
    expect(ask(better)).toMatchObject({ state: 'open', asked: better, askedBefore: [REQUEST] })
  })

  it('withdraw nothing when they are refused at once', () => {
    photograph(null)
    ask()
    type(judging.submission({ time: '2020-01-01T10:00' }))
    expect(photo()).toMatchObject({ state: 'needs_fields', receiptId: null })
    expect(review('rev_1').state).toBe('open')
  })
})

describe('a receipt of this market on a photo of a foreign code', () => {
  const CLEAN = { state: 'submitted', country: null, problem: null }

  beforeEach(() => {
    photograph({ kind: 'refused', code: 'foreign_receipt', country: 'uz' })
    expect(photo()).toMatchObject({ country: 'uz', problem: 'foreign_receipt' })
  })

  it('is here when a person has approved it', () => {
    const { cell, now } = judging
    ask()
    const reviewer = { id: 'usr_2', hasColleagues: false }
    const claimed = cell.claimReview('rev_1', reviewer, now)
    if ('problem' in claimed) throw new Error(claimed.problem)
    const document = { ...REQUEST, storeId: null, retailerId: 'prt_1', lines: [] }
    const outcome = 'approve' as const
    const decision = { outcome, version: claimed.version, document, distinctFrom: [] }
    const { time, totalMinor } = REQUEST
    const evidence: ReviewedEvidence = {
      document: { ...documentOf([]), time, totalMinor },
      store: null,
      matches: [],
      snapshotVersion: 0,
      till: null,
      distinctFrom: [],
    }
    judging.publish()
    const order: DecisionOrder = { id: 'rev_1', decision, evidence, reviewer }
    expect(cell.decideReview(order, now)).toMatchObject({ result: 'decided' })
    expect(photo()).toMatchObject({ ...CLEAN, receiptId: review('rev_1').receiptId })
  })

  it('is here when it was found among the sales of its shop', () => {
    const found = judging.submission()
    judging.cell.saleAnswered(PHOTO, { submission: found, feeds: true }, judging.now)
    expect(photo()).toMatchObject({ ...CLEAN, receiptId: idOf(found) })
  })
})
