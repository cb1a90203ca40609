import type { Locator } from 'playwright-core'
import type { Me } from '#schema/member'
import type { NewPartnerKey, SalesResult } from '#schema/sale'
import { CHAINS } from '../../../sandbox/src/catalogue.ts'
import { formatAmount } from '../../../web/src/format.ts'
import { callerOf } from '../../seed/caller.ts'
import { ownerOf } from '../../seed/people.ts'
import { dialog, field, follow, insist, press, see, seeAny, until } from '../acts.ts'
import { judge } from '../axe.ts'
import { hostileFiles } from '../hostile-files.ts'
import { type Bought, buy, picture } from '../outside.ts'
import { call, enterDesk, enterShopper, newPhone } from '../people.ts'
import { provable } from '../provable.ts'
import { strangePicture, tornPhoto } from '../receipt-photo.ts'
import type { Journey, Stage, Visitor } from '../stage.ts'
import { WORDS } from '../words.ts'

const { problem, shop } = WORDS
const MILK = [{ gtin: '4676744000017' }]
/** A sum that no other receipt of the shopper has. */
const MUCH_MILK = [{ gtin: '4676744000017', quantity: 4 }]
const LITTLE_MILK = [{ gtin: '4676744000017', quantity: 3 }]
const TAX_NUMBER = CHAINS.find(({ id }) => id === 'korzina')?.taxNumber ?? ''
const ADVERT = 'https://example.com/promo'

/** A picture in which the phone finds no code goes to the reader of photos. */
export const photo: Journey = {
  name: 'photo',
  async play(stage) {
    const visitor = await stage.open('shopper')
    await enterShopper(stage, visitor, newPhone())
    await stage.check('a photo that the phone cannot read is read by the server and credited', () =>
      strange(stage, visitor),
    )
    await stage.check('a photo without a code is proved by its printed numbers and credited', () =>
      codeless(stage, visitor),
    )
    await stage.check('an advert on the photo is said to be none, and the photo may be sent', () =>
      advert(stage, visitor),
    )
    await stage.check('a torn receipt is typed beside its photo, with what was read', () =>
      torn(stage, visitor),
    )
    await stage.check(
      'a paper without numbers is corrected by tapping, and its sale is found',
      () => sold(stage, visitor),
    )
    await stage.check('files that are no photo are refused, each in its own words', () =>
      hostile(stage, visitor),
    )
    await stage.check('two shots taken offline are sent after the page was closed', () =>
      later(stage, visitor),
    )
  },
}

/** Of two shots only the second shows the code; the page is closed before anything is sent. */
async function later(stage: Stage, visitor: Visitor) {
  const { page, context, watch } = visitor
  const bought = await buy(stage.network.sandbox, { chain: 'berezka', lines: MUCH_MILK })
  const shots = [
    await tornPhoto(bought),
    strangePicture(await picture(stage.network.sandbox, bought)),
  ]
  await page.goto('/scan')
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined))
  watch.offline = true
  await context.setOffline(true)
  await page.locator('input[type=file]').setInputFiles(shots.map(fileOf))
  await dialog(page).getByAltText(shop.scan.photo.shot.replace('{number}', '1')).waitFor()
  await judge(visitor, 'two shots to be sent')
  await dialog(page).getByRole('button').last().click()
  await see(dialog(page), shop.scan.photo.waiting)
  await follow(dialog(page), shop.scan.photo.toWaiting)
  await see(page, shop.receipts.photo)
  await page.close()
  await context.setOffline(false)
  const next = await context.newPage()
  await next.goto('/receipts')
  const sum = formatAmount(bought.scan.totalMinor, 'ru')
  const receipt = next.getByRole('listitem').filter({ hasText: sum }).getByRole('link')
  await until('the photo has become a receipt', () => receipt.isVisible())
  const kept = next.getByText(shop.receipts.photo, { exact: true })
  insist((await kept.count()) === 0, 'the photo still waits')
  await receipt.click()
  await see(next, shop.receipt.state.credited)
}

const fileOf = (buffer: Buffer, index = 0) => ({
  name: `receipt-${index}.jpg`,
  mimeType: 'image/jpeg',
  buffer,
})

const send = (visitor: Visitor, buffer: Buffer) => sendFile(visitor, fileOf(buffer))

async function sendFile({ page }: Visitor, file: ReturnType<typeof fileOf>) {
  await page.goto('/scan')
  await page.locator('input[type=file]').setInputFiles(file)
  await see(dialog(page), shop.scan.photo.offer)
  await press(dialog(page), shop.scan.photo.send)
}

async function strange(stage: Stage, visitor: Visitor) {
  const bought = await buy(stage.network.sandbox, { chain: 'berezka', lines: MILK })
  await send(visitor, strangePicture(await picture(stage.network.sandbox, bought)))
  await visitor.page.waitForURL(/\/receipt\?id=/)
  await see(visitor.page, shop.receipt.state.credited)
}

/** Nobody types anything: the numbers on the print prove each other, and the tax service knows. */
async function codeless(stage: Stage, visitor: Visitor) {
  const { page } = visitor
  const { bought, picture } = await provable(stage.network.sandbox)
  await send(visitor, picture)
  await page.waitForURL(/\/receipt\?id=/)
  await seeAny(page, [shop.receipt.state.credited, shop.receipt.state.no_reward])
  await see(page, formatAmount(bought.scan.totalMinor, 'ru'))
}

/** The receipt's own code is torn off; the advert that is left is no reason to give up. */
async function advert(stage: Stage, visitor: Visitor) {
  const { page } = visitor
  const bought = await buy(stage.network.sandbox, { chain: 'ugol', lines: MILK })
  await page.goto('/scan')
  const picture = await tornPhoto(bought, ADVERT)
  await page.locator('input[type=file]').setInputFiles(fileOf(picture))
  await see(dialog(page), shop.scan.notFiscal)
  await see(dialog(page), ADVERT)
  await judge(visitor, 'a code that is none of a till')
  await press(dialog(page), shop.scan.photo.send)
  await see(dialog(page), shop.scan.photo.offer)
  await press(dialog(page), shop.scan.photo.send)
  await see(dialog(page), shop.scan.photo.check)
  await type(visitor, bought)
}

async function torn(stage: Stage, visitor: Visitor) {
  const { page } = visitor
  const bought = await buy(stage.network.sandbox, { chain: 'korzina', lines: MILK })
  await send(visitor, await tornPhoto(bought))
  const form = dialog(page)
  await see(form, shop.scan.photo.check)
  await until('the picture is shown', () =>
    form.locator('img').evaluate((image: HTMLImageElement) => image.naturalWidth > 0),
  )
  insist((await form.locator('polygon').count()) > 0, 'nothing is outlined on the picture')
  await judge(visitor, 'the form beside the photo')
  // What is read of it differs with the minute that the till has printed.
  const read = [shop.scan.form.date, shop.scan.form.sum].map((name) => field(form, name))
  const values = await Promise.all(read.map((one) => one.inputValue()))
  insist(
    values.some((value) => value !== ''),
    'nothing that was read stands in the form',
  )
  await type(visitor, bought)
}

/** The shop's till software sends its sale; on the paper the shopper taps what is to be corrected. */
async function sold(stage: Stage, visitor: Visitor) {
  const { page } = visitor
  const bought = await buy(stage.network.sandbox, { chain: 'korzina', lines: LITTLE_MILK })
  await feed(stage, bought)
  await send(visitor, await tornPhoto(bought))
  const form = dialog(page)
  await see(form, shop.scan.photo.check)
  const paper = form.locator('details')
  await paper.getByText(shop.scan.paper.title).click()
  await tap(form, 'totalMinor')
  const sum = field(paper, shop.scan.form.sum)
  insist(await isFocused(sum), 'a tap on the total does not lead to its field')
  const [date = '', time = ''] = bought.scan.time.split('T')
  await field(paper, shop.scan.form.date).fill(date)
  await field(paper, shop.scan.form.time).fill(time)
  // Of the total alone it is known that it was read: what else is, differs with the minute.
  await sum.fill((bought.scan.totalMinor / 100).toFixed(2).replace('.', ','))
  const box = form.locator('polygon[data-active=true][data-read-box="totalMinor"]')
  await until('the field of the total shows its place', () => box.isVisible())
  await see(paper, shop.scan.doubts.unread)
  await field(paper, shop.scan.tax.label.ru).fill(TAX_NUMBER)
  await judge(visitor, 'the form of a paper without numbers')
  await press(paper, shop.scan.paper.find)
  await page.waitForURL(/\/receipt\?id=/)
  await see(page, shop.receipt.state.credited)
}

/** On the picture as a finger does; the box of that field is drawn over it. */
async function tap(form: Locator, name: string) {
  const box = form.locator(`polygon[data-read-box="${name}"]`)
  await box.click({ force: true })
}

const isFocused = (input: Locator) =>
  input.evaluate((element) => element === document.activeElement)

async function feed(stage: Stage, { scan, tillRegistration }: Bought) {
  const owner = await stage.open('till software', { screen: 'desktop' })
  await enterDesk(stage, owner, ownerOf('Полная корзина'))
  const { partners } = await call<Me>(owner, 'GET', '/v1/me')
  const path = `/v1/partners/${partners[0]?.partnerId}`
  const name = 'Касса у входа'
  const { secret } = await call<NewPartnerKey>(owner, 'POST', `${path}/keys`, { name })
  const { time, totalMinor, i } = scan
  const line = { name: 'МОЛОКО', quantityMicro: 1_000_000, priceMinor: totalMinor }
  const lines = [{ ...line, sumMinor: totalMinor }]
  const sale = { till: tillRegistration, number: `P-${i}`, time, totalMinor, lines }
  const system = callerOf(stage.network.origin, secret)
  const { refused } = await system.call<SalesResult>('POST', `${path}/sales`, { sales: [sale] })
  insist(refused.length === 0, `the sale was refused: ${JSON.stringify(refused)}`)
}

/** Corrects what was read, types the rest and sends it. */
async function type({ page }: Visitor, { scan }: Bought) {
  const form = dialog(page)
  const [date = '', time = ''] = scan.time.split('T')
  await field(form, shop.scan.form.date).fill(date)
  await field(form, shop.scan.form.time).fill(time)
  await field(form, shop.scan.form.sum).fill((scan.totalMinor / 100).toFixed(2).replace('.', ','))
  await field(form, shop.scan.form.fn).fill(scan.fn)
  await field(form, shop.scan.form.fd).fill(String(scan.i))
  await field(form, shop.scan.form.fp).fill(String(scan.fp))
  await press(form, shop.scan.form.send)
  await page.waitForURL(/\/receipt\?id=/)
  await see(page, shop.receipt.state.credited)
}

/** Whatever the phone makes of them and whenever the server sees it: each is refused in its words. */
async function hostile(stage: Stage, visitor: Visitor) {
  const bought = await buy(stage.network.sandbox, { chain: 'berezka', lines: MILK })
  visitor.watch.expect({ path: '/v1/photos', status: 422 })
  for (const { code, ...file } of hostileFiles(await tornPhoto(bought))) {
    await sendFile(visitor, file)
    await see(dialog(visitor.page), problem[code])
  }
}
