import { beforeAll, describe, expect, test } from 'vitest'
import type { Photo } from '#schema/photo'
import type { Receipt } from '#schema/receipt'
import type { Wallet } from '#schema/wallet'
import { type Caller, good } from './actors.ts'
import { AUSTRIAN_OFFER, openAustria, printOne, SERIAL } from './austrian-till.ts'
import { follow, submit } from './journey-steps.ts'
import { issueOne, newShopper, offerVersion, publish, turn } from './market-world.ts'
import { followPhoto, inMarket, pictureOfCodes, upload } from './photo-steps.ts'

/** A code on a photo, of whatever country, is worth what its scan would be. */

const ADVERT = 'https://shop.example/?promo=42'
const WIFI = 'WIFI:T:WPA;S:Cafe;P:secret;;'
/** A receipt of Uzbekistan, where there is no market. */
const UZBEK = 'https://ofd.soliq.uz/check?t=UZ210317218028&r=123&c=20261121184207&s=123456789012'

let shopper: Caller
let austrian: Caller

beforeAll(async () => {
  await openAustria()
  await publish([{ offer: offerVersion('off_photocode001'), budgetMinor: 1_000_000 }])
  await turn({ key: 'tax.processing_ms', value: 0 })
  shopper = await newShopper()
  austrian = inMarket(shopper, 'at')
}, 60_000)

const photograph = async (by: Caller, ...texts: string[]) =>
  followPhoto(by, await upload(by, await pictureOfCodes(texts)))

const receiptOf = async (by: Caller, { receiptId }: Photo) =>
  follow(by, await good<Receipt>(await by.call('GET', `/v1/receipts/${receiptId}`)))

describe('an Austrian code on a photo', () => {
  test('is credited in euros, wherever the photo was sent', async () => {
    const text = await printOne()
    const photo = await photograph(shopper, text)
    expect(photo).toMatchObject({ state: 'submitted', problem: null, country: 'at' })
    const receipt = await receiptOf(austrian, photo)
    expect(receipt).toMatchObject({
      market: 'at',
      state: 'credited',
      totalMinor: 1_234,
      scan: { text, trust: 'signed', signature: 'valid', till: `at:${SERIAL}:KASSE-1` },
    })
    expect(receipt.timeline[0]).toMatchObject({ step: 'submitted', detail: 'photo' })
    expect(receipt.verdicts?.[0]).toMatchObject({ offerId: AUSTRIAN_OFFER })
    const wallet = await good<Wallet>(await austrian.call('GET', '/v1/wallet'))
    expect(wallet).toMatchObject({ currency: 'EUR', availableMinor: receipt.rewardMinor })
    const home = await good<Wallet>(await inMarket(shopper, 'ru').call('GET', '/v1/wallet'))
    expect(home).toMatchObject({ currency: 'RUB', availableMinor: 0 })
    expect((await submit(shopper, text)).id).toBe(receipt.id)
  })

  test('that was sent in Austria leads nowhere else', async () => {
    const photo = await photograph(austrian, await printOne())
    expect(photo).toMatchObject({ state: 'submitted', country: null })
    expect(await receiptOf(austrian, photo)).toMatchObject({ market: 'at', state: 'credited' })
  })

  test('edited under its signature is refused in the words of its scan, and stays', async () => {
    const text = (await printOne()).replace('_10,00_', '_90,00_')
    const photo = await photograph(austrian, text)
    expect(photo).toMatchObject({
      state: 'needs_fields',
      problem: 'signature_invalid',
      country: 'at',
      receiptId: null,
    })
    const image = await austrian.call('GET', `/v1/photos/${photo.id}/image`)
    expect(image.headers.get('content-type')).toBe('image/png')
  })
})

test('a Russian code on a photo sent in Austria is a receipt at home', async () => {
  const paper = await issueOne()
  const photo = await photograph(austrian, paper.qr)
  expect(photo).toMatchObject({ state: 'submitted', country: 'ru', reading: { scan: paper.scan } })
  const home = inMarket(shopper, 'ru')
  expect(await receiptOf(home, photo)).toMatchObject({ market: 'ru', state: 'credited' })
})

test('a code of a country without a market is told, and its photo is not lost', async () => {
  const photo = await photograph(shopper, UZBEK)
  const told = { problem: 'foreign_receipt', country: 'uz', receiptId: null }
  expect(photo).toMatchObject({ state: 'needs_fields', ...told })
  expect(photo.reasons).toContain('fiscal_code_read')
})

describe('among several codes', () => {
  test.each([0, 1, 2])('the receipt’s wins in place %i', async (place) => {
    const { qr, scan } = await issueOne()
    const texts = [ADVERT, WIFI]
    texts.splice(place, 0, qr)
    const photo = await photograph(shopper, ...texts)
    expect(photo).toMatchObject({ state: 'submitted', country: null, reading: { scan } })
  })

  test('two receipts are nobody’s choice', async () => {
    const [paper, text] = [await issueOne(), await printOne()]
    const photo = await photograph(shopper, paper.qr, text)
    expect(photo).toMatchObject({ state: 'needs_fields', problem: null, receiptId: null })
    expect(photo.reasons).toContain('several_receipts')
    expect((await follow(shopper, await submit(shopper, paper.qr))).state).toBe('credited')
  })
})

test('numbers typed beside a photo of another market lead from it to the receipt', async () => {
  const paper = await issueOne()
  const { id } = await photograph(austrian, ADVERT)
  const source = { code: 'fields', fields: paper.scan, photoId: id }
  const receipt = await good<Receipt>(await austrian.call('POST', '/v1/receipts', { source }))
  expect(receipt.market).toBe('ru')
  const linked = await good<Photo>(await austrian.call('GET', `/v1/photos/${id}`))
  expect(linked).toMatchObject({ state: 'submitted', country: 'ru', receiptId: receipt.id })
})
