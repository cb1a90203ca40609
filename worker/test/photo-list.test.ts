import { beforeAll, expect, test } from 'vitest'
import type { Page } from '#schema/page'
import type { Photo, PhotoSummary } from '#schema/photo'
import { type Caller, good } from './actors.ts'
import { openAustria, printOne } from './austrian-till.ts'
import { follow } from './journey-steps.ts'
import { issueOne, newShopper, offerVersion, publish, turn } from './market-world.ts'
import { followPhoto, open, pictureOf, pictureOfCodes, sendPart, upload } from './photo-steps.ts'

/** Every photo that a shopper has sent is found again: among the receipts, or in this list. */

let shopper: Caller

beforeAll(async () => {
  await openAustria()
  await publish([{ offer: offerVersion('off_photolist01'), budgetMinor: 1_000_000 }])
  await turn({ key: 'tax.processing_ms', value: 0 })
  shopper = await newShopper()
}, 60_000)

const photograph = async (file: Uint8Array) => followPhoto(shopper, await upload(shopper, file))

const listed = async (query = '', by = shopper) =>
  good<Page<PhotoSummary>>(await by.call('GET', `/v1/photos${query}`))

test('photos without a receipt here are listed with their states, newest first', async () => {
  const begun = await good<Photo>(await open(shopper, 1_000))
  const advert = await pictureOfCodes(['https://shop.example/?promo=42'])
  const waiting = await photograph(advert)
  const pdf = new TextEncoder().encode('%PDF-1.7')
  const refused = await good<Photo>(await open(shopper, pdf.length))
  expect((await sendPart(shopper, refused.id, 1, pdf)).status).toBe(422)
  // Refused for good: it does not wait for the rest of itself.
  expect((await sendPart(shopper, refused.id, 1, pdf)).status).toBe(409)
  const abroad = await photograph(await pictureOfCodes([await printOne()]))
  const credited = await photograph(await pictureOf(await issueOne()))
  expect(credited).toMatchObject({ state: 'submitted', country: null })

  const { items } = await listed()
  expect(items).toMatchObject([
    { id: abroad.id, state: 'submitted', country: 'at' },
    { id: refused.id, state: 'refused', problem: 'photo_pdf' },
    { id: waiting.id, state: 'needs_fields', problem: null, review: null },
    { id: begun.id, state: 'uploading' },
  ])
  const first = await listed('?limit=2')
  const second = await listed(`?limit=2&cursor=${encodeURIComponent(first.nextCursor ?? '')}`)
  expect([...first.items, ...second.items]).toEqual(items)

  await shopper.call('DELETE', `/v1/photos/${refused.id}`)
  const left = (await listed()).items.map(({ id }) => id)
  expect(left).toEqual([abroad.id, waiting.id, begun.id])
  expect((await listed('', await newShopper())).items).toEqual([])
}, 60_000)

test('a photo whose numbers came to nothing is there again', async () => {
  const photo = await photograph(await pictureOfCodes(['WIFI:T:WPA;S:Cafe;P:secret;;']))
  const paper = await issueOne()
  // The authority knows the drive, and no document with such a sign.
  const fields = { ...paper.scan, fp: (paper.scan.fp + 1) % 4_294_967_295 }
  const source = { code: 'fields', fields, photoId: photo.id }
  const typed = await shopper.call('POST', '/v1/receipts', { source })
  const isListed = async () => (await listed()).items.some(({ id }) => id === photo.id)
  expect(await isListed()).toBe(false)
  expect(await follow(shopper, await good(typed))).toMatchObject({ state: 'rejected' })
  expect(await isListed()).toBe(true)
}, 60_000)
