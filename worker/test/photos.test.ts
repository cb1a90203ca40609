import { abortAllDurableObjects } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { MARKETS } from '#schema/market'
import { minor } from '#schema/money'
import { PHOTO_BYTES_MAX, PHOTO_PART_BYTES, type Photo } from '#schema/photo'
import type { Receipt } from '#schema/receipt'
import { qrPng } from '../../sandbox/src/receipts/qr.ts'
import { cellNames, cellOf } from '../src/cells/route-of.ts'
import { runScheduled } from '../src/composition/scheduled.ts'
import { type Caller, good } from './actors.ts'
import {
  cellFor,
  eventually,
  follow,
  ringCells,
  rowsOf,
  scan,
  settings,
  travel,
} from './journey-steps.ts'
import { issueOne, newShopper, offerVersion, publish, turn } from './market-world.ts'
import {
  followPhoto,
  open,
  pictureOf,
  sendPart,
  upload,
  uploadShots,
  withText,
} from './photo-steps.ts'

/** A photo as good as a scan: what becomes of one, and of what is none. */

const DAY_MS = 86_400_000
let shopper: Caller

beforeAll(async () => {
  const reward = { code: 'fixed', args: { amountMinor: minor(1_000), per: 'receipt' } } as const
  await publish([{ offer: offerVersion('off_photo000001', { reward }), budgetMinor: 1_000_000 }])
  await turn({ key: 'tax.processing_ms', value: 0 })
  shopper = await newShopper()
}, 60_000)

afterEach(() => {
  vi.useRealTimers()
})

const receiptOf = async ({ receiptId }: Photo) =>
  good<Receipt>(await shopper.call('GET', `/v1/receipts/${receiptId}`))

const codeOf = async (answer: Response) => (await answer.json<{ code: string }>()).code

/** Keys of everything in the bucket. */
const kept = async () => (await env.PHOTOS.list()).objects.map(({ key }) => key)

/** A text of a camera, longer than a part. */
const NOTES = new Uint8Array(PHOTO_PART_BYTES + 1_000).fill(0x61)

describe('a photo with a code', () => {
  test('in parts that come late, twice and in any order is credited like its scan', async () => {
    const paper = await issueOne()
    const file = withText(await pictureOf(paper), NOTES)
    const { id } = await good<Photo>(await open(shopper, file.length))
    await good(await sendPart(shopper, id, 2, file))
    const early = await shopper.call('POST', `/v1/photos/${id}/complete`)
    expect(await codeOf(early)).toBe('photo_incomplete')
    // The phone was closed: what has arrived is asked, the rest is sent.
    const seen = await good<Photo>(await shopper.call('GET', `/v1/photos/${id}`))
    expect(seen).toMatchObject({ state: 'uploading', parts: [2] })
    await good(await sendPart(shopper, id, 2, file))
    await good(await sendPart(shopper, id, 1, file))
    await good(await shopper.call('POST', `/v1/photos/${id}/complete`))
    const photo = await followPhoto(shopper, seen)
    expect(photo).toMatchObject({ state: 'submitted', reading: { scan: paper.scan } })
    const receipt = await follow(shopper, await receiptOf(photo))
    expect(receipt).toMatchObject({ state: 'credited', scan: paper.scan, rewardMinor: 1_000 })
    expect(receipt.timeline[0]).toMatchObject({ step: 'submitted', detail: 'photo' })
    // Kills "two ways, two receipts".
    expect((await scan(shopper, paper.qr)).id).toBe(receipt.id)
  })

  test('is kept without what was written beside the picture, for its owner alone', async () => {
    const paper = await issueOne()
    const text = new TextEncoder().encode('GPS 55.75 37.61')
    const sent = withText(await pictureOf(paper), text)
    const photo = await followPhoto(shopper, await upload(shopper, sent))
    const answer = await shopper.call('GET', `/v1/photos/${photo.id}/image`)
    expect(answer.headers.get('content-type')).toBe('image/png')
    const bytes = new Uint8Array(await answer.arrayBuffer())
    expect(new TextDecoder('latin1').decode(bytes)).not.toContain('GPS')
    expect(bytes.length).toBeGreaterThan(100)
    const other = await newShopper()
    expect((await other.call('GET', `/v1/photos/${photo.id}/image`)).status).toBe(404)
  })
})

describe('several shots of one receipt', () => {
  test('are one photo: any code is its code, every shot is kept and deleted', async () => {
    const before = await kept()
    const paper = await issueOne()
    const files = [await blankPaper(), withText(await pictureOf(paper), NOTES), await blankPaper()]
    const photo = await followPhoto(shopper, await uploadShots(shopper, files))
    expect(photo).toMatchObject({ state: 'submitted', reading: { scan: paper.scan } })
    expect(photo.shots).toEqual(files.map(({ length }) => length))
    expect(photo.reading?.shots).toHaveLength(3)
    const image = (shot: number) => shopper.call('GET', `/v1/photos/${photo.id}/image?shot=${shot}`)
    const sizes = await Promise.all([0, 1, 2].map(async (shot) => (await image(shot)).headers))
    expect(sizes[0]?.get('content-length')).toBe(sizes[2]?.get('content-length'))
    expect(sizes[0]?.get('content-length')).not.toBe(sizes[1]?.get('content-length'))
    expect((await image(3)).status).toBe(404)
    expect((await kept()).length).toBe(before.length + 3)
    await cellFor(shopper.walletId).erasePhotosOf(shopper.walletId, shopper.userId)
    await eventually(async () => expect(await kept()).toEqual([]))
  })

  test('together may have the bytes of one photo, and be no more than five', async () => {
    const shot = { bytes: PHOTO_BYTES_MAX / 4, mediaType: 'image/jpeg' }
    const declare = (count: number) =>
      shopper.call('POST', '/v1/photos', { shots: Array.from({ length: count }, () => shot) })
    expect(await codeOf(await declare(5))).toBe('photo_too_large')
    expect(await codeOf(await declare(6))).toBe('invalid_request')
    const heic = { bytes: 100, mediaType: 'image/heic' }
    const mixed = await shopper.call('POST', '/v1/photos', { shots: [shot, heic] })
    expect(await codeOf(mixed)).toBe('photo_heic')
  })
})

describe('nearly the same picture', () => {
  const risksOf = async (owner: Caller, { id }: Photo) => {
    const query = "SELECT json_extract(reading, '$.risk') AS risk FROM photos WHERE id = ?"
    const [row] = await rowsOf(cellFor(owner.walletId), query, id)
    return JSON.parse(String(row?.risk))
  }

  test('of another wallet is a reason for the reviewer, of the same one it is none', async () => {
    const file = await pictureOf(await issueOne())
    const first = await followPhoto(shopper, await upload(shopper, file))
    const again = await followPhoto(shopper, await upload(shopper, file))
    expect(await risksOf(shopper, again)).toEqual([])
    const other = await newShopper()
    const copy = await followPhoto(other, await upload(other, withText(file, NOTES)))
    const near = { code: 'near_duplicate', score: 1, corners: [], shot: 0 }
    const known = [first.id, again.id].map((photoId) => ({ ...near, photoId }))
    const [risk] = await risksOf(other, copy)
    expect(known).toContainEqual(risk)
    // Its owner is not told, and nothing was refused.
    expect(copy).toMatchObject({ state: 'submitted', reading: { risk: [] } })
    for (const { id } of [first, again]) await shopper.call('DELETE', `/v1/photos/${id}`)
    await eventually(async () => {
      const rows = await env.DB.prepare('SELECT photo_id AS id FROM photo_hashes').all<Photo>()
      const kept = rows.results.map(({ id }) => id)
      expect(kept).toContain(copy.id)
      expect(kept).not.toContain(first.id)
    })
  })
})

describe('a photo without an identity', () => {
  test('ends with what was read, and becomes a receipt by corrected numbers', async () => {
    const paper = await issueOne()
    const photo = await followPhoto(shopper, await upload(shopper, await blankPaper()))
    expect(photo).toMatchObject({ state: 'needs_fields', problem: null, receiptId: null })
    expect(photo.reasons).toContain('no_code')
    const source = { code: 'fields', fields: paper.scan, photoId: photo.id }
    const receipt = await good<Receipt>(await shopper.call('POST', '/v1/receipts', { source }))
    expect(await follow(shopper, receipt)).toMatchObject({ state: 'credited' })
    const linked = await good<Photo>(await shopper.call('GET', `/v1/photos/${photo.id}`))
    expect(linked).toMatchObject({ state: 'submitted', receiptId: receipt.id })
  }, 60_000)

  test('of somebody else is not linked to my receipt', async () => {
    const photo = await followPhoto(shopper, await upload(shopper, await blankPaper()))
    const other = await newShopper()
    const { scan: fields } = await issueOne()
    const source = { code: 'fields', fields, photoId: photo.id }
    await good(await other.call('POST', '/v1/receipts', { source }))
    const seen = await good<Photo>(await shopper.call('GET', `/v1/photos/${photo.id}`))
    expect(seen).toMatchObject({ state: 'needs_fields', receiptId: null })
  }, 60_000)
})

/** Paper with nothing on it. */
async function blankPaper(): Promise<Uint8Array> {
  const empty = Array.from({ length: 40 }, () => Array.from({ length: 40 }, () => false))
  return new Uint8Array(await (await qrPng(empty)).arrayBuffer())
}

describe('a file that is no photo', () => {
  test.each([
    ['photo_too_large', PHOTO_BYTES_MAX + 1, 'image/jpeg'],
    ['photo_empty', 0, 'image/jpeg'],
    ['photo_heic', 1_000, 'image/heic'],
    ['photo_pdf', 1_000, 'application/pdf'],
    ['photo_svg', 1_000, 'image/svg+xml'],
    ['photo_animated', 1_000, 'image/gif'],
    ['photo_format_unknown', 1_000, 'application/zip'],
  ])('is refused as %s before a byte is sent', async (code, bytes, mediaType) => {
    expect(await codeOf(await open(shopper, bytes, mediaType))).toBe(code)
  })

  test('that calls itself one is found out by its first part', async () => {
    const pdf = new TextEncoder().encode('%PDF-1.7 and so on')
    const { id } = await good<Photo>(await open(shopper, pdf.length))
    expect(await codeOf(await sendPart(shopper, id, 1, pdf))).toBe('photo_pdf')
  })

  test('that hides behind one is refused when all of it is there, and not kept', async () => {
    const before = await kept()
    const picture = withText(await pictureOf(await issueOne()), NOTES)
    const hidden = new TextEncoder().encode('<script>alert(1)</script>')
    const file = new Uint8Array(picture.length + hidden.length)
    file.set(picture)
    file.set(hidden, picture.length)
    const photo = await followPhoto(shopper, await upload(shopper, file))
    expect(photo).toMatchObject({ state: 'refused', problem: 'photo_polyglot', receiptId: null })
    await eventually(async () => expect(await kept()).toEqual(before))
  })

  test('a part of another size than declared is not taken', async () => {
    const file = new Uint8Array(100)
    const { id } = await good<Photo>(await open(shopper, 99))
    expect(await codeOf(await sendPart(shopper, id, 1, file))).toBe('invalid_request')
    expect(await codeOf(await sendPart(shopper, id, 2, file))).toBe('not_found')
  })
})

describe('what breaks on the way', () => {
  test('messages repeated before and after the answer make one receipt', async () => {
    const file = await pictureOf(await issueOne())
    const { id } = await upload(shopper, file)
    const cell = cellNameFor(shopper)
    const jobs = Array.from({ length: 3 }, () => ({ body: { cell, photoId: id } }))
    await env.PHOTO_READS.sendBatch(jobs)
    const photo = await followPhoto(shopper, { id } as Photo)
    expect(photo.state).toBe('submitted')
    await env.PHOTO_READS.sendBatch(jobs)
    await new Promise((resolve) => setTimeout(resolve, 500))
    // How long it is kept follows its receipt, which goes on meanwhile.
    const { deletedAt: _, ...same } = photo
    expect(await good(await shopper.call('GET', `/v1/photos/${id}`))).toMatchObject(same)
  })

  test('an object that dies while the photo is read finds it again', async () => {
    const { id } = await upload(shopper, await pictureOf(await issueOne()))
    await abortAllDurableObjects()
    const photo = await eventually(async () => {
      const seen = await good<Photo>(await shopper.call('GET', `/v1/photos/${id}`))
      if (seen.state === 'reading') throw new Error('still reading')
      return seen
    })
    expect(photo.state).toBe('submitted')
  })

  test('a reader that breaks every time leaves the numbers to the shopper', async () => {
    const { id } = await good<Photo>(await open(shopper, 4))
    const cell = cellFor(shopper.walletId)
    // The part is gone from the bucket: the consumer fails on it each time.
    await cell.photoPart(shopper.walletId, id, 1)
    await cell.completePhoto(shopper.walletId, id)
    await eventually(async () => {
      travel(40_000)
      await ringCells()
      const seen = await cell.photo(shopper.walletId, id, null)
      expect(seen).toMatchObject({ state: 'needs_fields', problem: 'reader_failed' })
    })
  })
})

const cellNameFor = ({ walletId }: Caller) =>
  cellNames(settings).find((name) => cellOf(env, name).id.equals(cellFor(walletId).id)) ?? ''

describe('limits and ends', () => {
  test('photos of an hour are counted, deleted ones too', async () => {
    const busy = await newShopper()
    const most = MARKETS.ru.photosPerHourMax
    for (let count = 0; count < most; count += 1) {
      const { id } = await good<Photo>(await open(busy, 100))
      expect((await busy.call('DELETE', `/v1/photos/${id}`)).status).toBe(204)
      expect((await busy.call('GET', `/v1/photos/${id}`)).status).toBe(404)
    }
    const refused = await open(busy, 100)
    expect(refused.status).toBe(429)
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(3_000)
  })

  test('a deleted photo is gone from the bucket, its receipt stays', async () => {
    const before = await kept()
    const photo = await followPhoto(
      shopper,
      await upload(shopper, await pictureOf(await issueOne())),
    )
    expect((await kept()).length).toBe(before.length + 1)
    await shopper.call('DELETE', `/v1/photos/${photo.id}`)
    await eventually(async () => expect(await kept()).toEqual(before))
    expect((await receiptOf(photo)).id).toBe(photo.receiptId)
  })

  test('the night forgets photos when the dispute window is over', async () => {
    const owner = await newShopper()
    const photo = await followPhoto(owner, await upload(owner, await pictureOf(await issueOne())))
    const receipt = await follow(owner, { id: photo.receiptId } as Receipt)
    expect(receipt.state).toBe('credited')
    travel(31 * DAY_MS)
    await runScheduled('17 1 * * *', Date.now(), env)
    const rows = await rowsOf(
      cellFor(owner.walletId),
      'SELECT id FROM photos WHERE wallet_id = ?',
      owner.walletId,
    )
    expect(rows).toEqual([])
    await eventually(async () => expect(await kept()).toEqual([]))
  }, 60_000)

  test('erasure takes the photos along', async () => {
    const leaving = await newShopper()
    const file = await pictureOf(await issueOne())
    const photo = await followPhoto(leaving, await upload(leaving, file))
    expect(photo.state).toBe('submitted')
    await cellFor(leaving.walletId).erasePhotosOf(leaving.walletId, leaving.userId)
    await eventually(async () => expect(await kept()).toEqual([]))
    expect((await leaving.call('GET', `/v1/photos/${photo.id}`)).status).toBe(404)
  })
})
