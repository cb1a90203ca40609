import type { Page } from 'playwright-core'
import { maskPhone } from '#worker/members/phone'
import { dialog, field, follow, insist, press, see } from '../acts.ts'
import { type Bought, buy, picture } from '../outside.ts'
import { enterShopper, newPhone } from '../people.ts'
import type { Stage, Visitor } from '../stage.ts'
import { sentence, WORDS } from '../words.ts'

const { common, problem, shop } = WORDS
const MILK = [{ gtin: '4676744000017' }]
/** A receipt of Uzbekistan, where there is no market. */
const FOREIGN = 'https://ofd.soliq.uz/check?t=UZ210317218028&r=123&c=20261121184207&s=123456789012'
const STRANGE = 'https://example.com/menu'

/** The ways around the camera, and the codes that are no receipts of ours. */
export async function otherWays(stage: Stage, visitor: Visitor, phone: string): Promise<void> {
  const { page } = visitor
  const { sandbox } = stage.network
  let shared: Bought | null = null
  await stage.check('the torch is switched on and off where the camera has one', () =>
    torch(visitor),
  )
  await stage.check('a picture from the gallery is read', async () => {
    shared = await buy(sandbox, { chain: 'berezka', lines: MILK })
    await fromGallery(page, await picture(sandbox, shared))
    await see(page, shop.receipt.state.credited)
  })
  await stage.check(
    'numbers typed from the receipt are taken, wrong ones are explained',
    async () => typed(page, await buy(sandbox, { chain: 'korzina', lines: MILK })),
  )
  await stage.check('pasted text is taken, and the same receipt again opens the first', async () =>
    pasted(page, (await buy(sandbox, { chain: 'ugol', lines: MILK })).qr),
  )
  await stage.check('a sum without a dot is asked about', async () =>
    ambiguous(page, (await buy(sandbox, { chain: 'berezka', lines: MILK })).qr),
  )
  await stage.check('codes of other countries and of no till at all are told apart', () =>
    strangers(visitor),
  )
  await stage.check('a receipt of another country leads to its own market and money', async () =>
    abroad(page, (await buy(sandbox, { chain: 'dastarkhan' })).qr),
  )
  await stage.check('another shopper learns when and by whom the receipt was sent', async () => {
    insist(shared !== null, 'there is no receipt to share')
    await duplicate(stage, shared, phone)
  })
}

/** A camera without a lamp shows no button; one with a lamp is told what to do with it. */
async function torch({ page, context }: Visitor) {
  const button = (tab: Page) => tab.getByRole('button', { name: shop.scan.torch, exact: true })
  await page.goto('/scan')
  await see(page, shop.scan.aim)
  insist((await button(page).count()) === 0, 'a torch that is not there is offered')
  const tab = await context.newPage()
  await tab.addInitScript(addLamp)
  await tab.goto('/scan')
  for (const isLit of [true, false]) {
    await button(tab).click()
    await tab.locator(`button[aria-pressed=${isLit}]`).waitFor()
    const asked = await tab.evaluate(() => document.documentElement.dataset.torch)
    insist(asked === String(isLit), `the lamp was told ${asked} in place of ${isLit}`)
  }
  await tab.close()
}

/** In the page: gives the fake camera a lamp that writes down what it is told. */
function addLamp() {
  const { getCapabilities } = MediaStreamTrack.prototype
  MediaStreamTrack.prototype.getCapabilities = function withTorch() {
    return Object.assign(getCapabilities.call(this), { torch: true })
  }
  MediaStreamTrack.prototype.applyConstraints = async (constraints) => {
    const [first] = constraints?.advanced ?? []
    if (first && 'torch' in first) document.documentElement.dataset.torch = String(first.torch)
  }
}

async function fromGallery(page: Page, file: Buffer) {
  await page.goto('/scan')
  const upload = { name: 'receipt.png', mimeType: 'image/png', buffer: file }
  await page.locator('input[type=file]').setInputFiles(upload)
  await page.waitForURL(/\/receipt\?id=/)
}

async function typed(page: Page, { scan }: Bought) {
  await page.goto('/scan')
  await press(page, shop.scan.type)
  const form = dialog(page)
  const [date = '', time = ''] = scan.time.split('T')
  await field(form, shop.scan.form.date).fill(date)
  await field(form, shop.scan.form.time).fill(time)
  const sum = (scan.totalMinor / 100).toFixed(2).replace('.', ',')
  await field(form, shop.scan.form.sum.replace('{sign}', '₽')).fill(sum)
  await field(form, shop.scan.form.fn).fill(scan.fn.slice(1))
  await field(form, shop.scan.form.fd).fill(String(scan.i))
  await field(form, shop.scan.form.fp).fill(String(scan.fp))
  await press(form, shop.scan.form.send)
  await see(form, sentence(shop.scan.form.fnWrong))
  await field(form, shop.scan.form.fn).fill(scan.fn)
  await press(form, shop.scan.form.send)
  await page.waitForURL(/\/receipt\?id=/)
  await see(page, shop.receipt.state.credited)
}

async function paste(page: Page, text: string) {
  await press(page, shop.scan.paste)
  await field(dialog(page), shop.scan.pasteForm.label).fill(text)
  await press(dialog(page), shop.scan.pasteForm.send)
}

async function pasted(page: Page, text: string) {
  await page.goto('/scan')
  await paste(page, text)
  await page.waitForURL(/\/receipt\?id=/)
  const first = page.url()
  await see(page, shop.receipt.state.credited)
  await follow(page, shop.receipt.scanMore)
  await paste(page, text)
  await see(dialog(page), shop.scan.sameTitle)
  await follow(dialog(page), shop.scan.openReceipt)
  await page.waitForURL(first)
}

async function ambiguous(page: Page, text: string) {
  await page.goto('/scan')
  await paste(page, text.replace(/(s=\d+)\.(\d\d)/, '$1$2'))
  await see(dialog(page), shop.scan.sumQuestion)
  // 94.90 of the milk: the other choice would be 9,490 roubles.
  await press(dialog(page), /^94,90/)
  await page.waitForURL(/\/receipt\?id=/)
  await see(page, shop.receipt.state.credited)
}

/** The look-up of Kazakhstan answers for it; then the shopper goes home by the profile. */
async function abroad(page: Page, text: string) {
  await page.goto('/scan')
  await paste(page, text)
  await page.waitForURL(/\/receipt\?id=/)
  await see(page, sentence(shop.scan.switched))
  await see(page, '₸')
  await page.goto('/profile')
  insist((await field(page, common.market).inputValue()) === 'kz', 'the country has not changed')
  await field(page, common.market).selectOption('ru')
  await page.goto('/')
  await see(page, '₽')
}

async function strangers({ page, watch }: Visitor) {
  // Only the server knows which countries are open.
  watch.expect({ path: '/v1/receipts', status: 422 })
  await page.goto('/scan')
  await paste(page, MILK[0]?.gtin ?? '')
  await see(dialog(page), shop.scan.productOffers)
  await see(dialog(page), shop.scan.productWhy)
  await press(dialog(page), shop.scan.again)
  await paste(page, FOREIGN)
  await see(dialog(page), problem.foreign_receipt)
  await press(dialog(page), shop.scan.again)
  await paste(page, STRANGE)
  await see(dialog(page), shop.scan.notFiscal)
  await see(dialog(page), STRANGE)
  await press(dialog(page), shop.scan.again)
}

async function duplicate(stage: Stage, shared: Bought, phone: string) {
  const other = await stage.open('other-shopper')
  await enterShopper(stage, other, newPhone())
  await fromGallery(other.page, await picture(stage.network.sandbox, shared))
  await see(other.page, shop.receipt.state.duplicate)
  await see(other.page, sentence(shop.receipt.reason.already_claimed))
  await see(other.page, maskPhone(phone))
}
