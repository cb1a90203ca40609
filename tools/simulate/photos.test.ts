import { afterEach, beforeEach, expect, it } from 'vitest'
import type { PhotoReading } from '#schema/photo'
import type { PhotoIdentity } from '#worker/cells/cell-photos'
import type { Submission } from '#worker/cells/cell-receipts'
import { type PhotoRow, readPhoto } from '#worker/cells/photo-row'
import { type ReviewRow, readReview } from '#worker/cells/review-row'
import { SLOTS, slotOf } from '#worker/cells/slot'
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
  shots: [{ width: 600, height: 800 }],
  retailer: null,
  taxNumber: null,
  date: null,
  time: null,
  totalMinor: null,
  fn: null,
  fd: null,
  fp: null,
  items: [],
  scan: null,
  risk: [],
}

/** A photo that was read; without an identity its owner has to say what it shows. */
function photograph(identity: PhotoIdentity | null): void {
  const { cell, now } = judging
  cell.openPhoto({ id: PHOTO, key: 'key', walletId: WALLET, userId: 'usr_1', shots: [100] }, now)
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
