import { CHAINS, PRODUCTS } from '../../../sandbox/src/catalogue.ts'
import { qrPng } from '../../../sandbox/src/receipts/qr.ts'
import { dialog, field, insist, press, see, until } from '../acts.ts'
import { judge } from '../axe.ts'
import { type Bought, buy } from '../outside.ts'
import { enterDesk, enterShopper, newPhone } from '../people.ts'
import { tornPhoto } from '../receipt-photo.ts'
import { atReviewDesk } from '../review-desk.ts'
import type { Journey, Stage, Visitor } from '../stage.ts'
import { sentence, WORDS } from '../words.ts'

const { shop, operator, problem } = WORDS
const ADMIN = 'admin@kopilka.example'
const GTIN = '4676744000017'
/** A sum that no other journey pays at this chain: two papers alike are a reviewer's question. */
const BASKET = { gtin: GTIN, quantity: 7 }
const MILK = PRODUCTS.find(({ gtin }) => gtin === GTIN)?.name ?? ''
const TAX_NUMBER = CHAINS.find(({ id }) => id === 'berezka')?.taxNumber ?? ''
const { scan, receipts } = shop

/** A receipt without numbers or code: corrected by the shopper, decided by a person's keyboard. */
export const review: Journey = {
  name: 'review',
  async play(stage) {
    const shopper = await stage.open('shopper')
    const reviewer = await stage.open('reviewer', { screen: 'desktop' })
    await enterShopper(stage, shopper, newPhone())
    await enterDesk(stage, reviewer, ADMIN)
    await stage.check('a photo without numbers is corrected and sent to review', () =>
      ask(stage, shopper, 'Берёзка на углу', tornPhoto),
    )
    await stage.check('the reviewer approves it by the keys alone', () =>
      atReviewDesk(reviewer, () => approve(reviewer, 'Берёзка на углу')),
    )
    await stage.check('it is credited like any other receipt', () => credited(shopper))
    await stage.check(
      'another one is declined by two keys, and its shopper reads why',
      async () => {
        await ask(stage, shopper, 'Берёзка у реки', blankPhoto)
        await atReviewDesk(reviewer, () => decline(reviewer, 'Берёзка у реки'))
        await declined(shopper)
      },
    )
    await stage.check('it is disputed once, and the first reviewer may not decide again', () =>
      dispute(shopper, reviewer),
    )
  },
}

async function ask(
  stage: Stage,
  visitor: Visitor,
  retailer: string,
  photograph: (bought: Bought) => Promise<Buffer>,
) {
  const { page } = visitor
  const bought = await buy(stage.network.sandbox, { chain: 'berezka', lines: [BASKET] })
  await page.goto('/scan')
  await page.locator('input[type=file]').setInputFiles({
    name: 'receipt.jpg',
    mimeType: 'image/jpeg',
    buffer: await photograph(bought),
  })
  await press(dialog(page), scan.photo.send)
  await press(dialog(page), scan.review.ask)
  await correct(visitor, bought, retailer)
  await press(dialog(page), scan.review.send)
  await see(page, scan.review.sentTitle)
}

/** Paper on which nothing can be read: nothing is slower to wait for than a second reading. */
async function blankPhoto(): Promise<Buffer> {
  const empty = Array.from({ length: 40 }, () => Array.from({ length: 40 }, () => false))
  return Buffer.from(await (await qrPng(empty)).arrayBuffer())
}

async function correct(visitor: Visitor, { scan: printed }: Bought, retailer: string) {
  const form = dialog(visitor.page)
  await see(form, scan.review.how)
  await judge(visitor, 'the form that asks a person')
  const [date = '', time = ''] = printed.time.split('T')
  const sum = (printed.totalMinor / 100).toFixed(2).replace('.', ',')
  await field(form, scan.review.retailer).fill(retailer)
  await field(form, scan.tax.label.ru).fill(TAX_NUMBER)
  await field(form, scan.form.date).fill(date)
  await field(form, scan.form.time).fill(time)
  await field(form, scan.form.sum.replace('{sign}', '₽')).fill(sum)
  const name = scan.review.lineName.replace('{number}', '1')
  if ((await form.getByLabel(name, { exact: true }).count()) === 0) {
    await press(form, scan.review.addLine)
  }
  await field(form, name).fill(MILK)
  await field(form, scan.review.lineSum.replace('{number}', '1')).fill(sum)
}

/** Goes down the queue by its key until the case is open. */
async function openCase({ page }: Visitor, retailer: string) {
  const open = page.locator('button[aria-current=true]')
  await open.waitFor()
  await until(`the case of ${retailer} is open`, async () => {
    if ((await open.textContent())?.includes(retailer)) return true
    await page.keyboard.press('j')
    return false
  })
  await until('its fields are there', async () => {
    const input = field(page, operator.review.fields.retailer)
    return (await input.count()) > 0 && (await input.inputValue()) === retailer
  })
}

async function approve(visitor: Visitor, retailer: string) {
  const { page } = visitor
  await openCase(visitor, retailer)
  await until('the picture is shown', () =>
    page.locator('figure img').evaluate((image: HTMLImageElement) => image.naturalWidth > 0),
  )
  insist((await page.locator('figure polygon').count()) > 0, 'nothing is outlined')
  await judge(visitor, 'the review of a photo')
  await page.keyboard.press('e')
  await page.keyboard.press('End')
  await page.keyboard.type(', 1')
  await page.keyboard.press('Escape')
  await page.keyboard.press('a')
  await see(page, operator.review.done.approve)
}

async function credited({ page }: Visitor) {
  await until('the receipt is credited', async () => {
    await page.goto('/receipts')
    return page.getByText(shop.receipt.state.credited).first().isVisible()
  })
}

async function decline(visitor: Visitor, retailer: string) {
  const { page } = visitor
  await openCase(visitor, retailer)
  await page.keyboard.press('d')
  await page.keyboard.press('2')
  await see(page, operator.review.noteHint)
  await page.keyboard.type('Снимите ближе')
  await page.keyboard.press('Enter')
  await see(page, operator.review.done.decline)
}

async function declined({ page }: Visitor) {
  await page.goto('/receipts')
  await see(page, receipts.photos.reasons.unreadable)
  await see(page, /Снимите ближе/)
}

async function dispute(shopper: Visitor, reviewer: Visitor) {
  const { page } = shopper
  await press(page, receipts.photos.dispute)
  await judge(shopper, 'the dispute')
  await field(dialog(page), receipts.photos.note).fill('Всё хорошо видно')
  await press(dialog(page), receipts.photos.disputeSend)
  await see(page, receipts.photos.state.in_review)
  await see(page, sentence(receipts.photos.due))
  reviewer.watch.expect({ path: '/v1/operator/reviews', status: 409 })
  await atReviewDesk(reviewer, async () => {
    await see(reviewer.page, operator.review.dispute)
    await see(reviewer.page, problem.other_reviewer_needed)
  })
}
