import { printKz } from '#fiscal/print/kz'
import { qrPng } from '../../../sandbox/src/receipts/qr.ts'
import { wallMinuteIn } from '../../../worker/src/offers/wall.ts'
import { dialog, field, press, see, until } from '../acts.ts'
import { judge } from '../axe.ts'
import { enterDesk, enterShopper, newPhone } from '../people.ts'
import { atReviewDesk } from '../review-desk.ts'
import type { Journey, Visitor } from '../stage.ts'
import { WORDS } from '../words.ts'

const { shop, operator, desk } = WORDS
const ADMIN = 'admin@kopilka.example'
const RETAILER = 'Дүкен на углу'
/** A number of the country's form; its till is of nobody that the network knows. */
const TAX_NUMBER = '940140000385'
const TOTAL = '1 040,00'

/** A code whose operator answers no program: its paper is shown to a person, who decides. */
export const waitingCode: Journey = {
  name: 'waiting-code',
  async play(stage) {
    const shopper = await stage.open('shopper')
    const reviewer = await stage.open('reviewer', { screen: 'desktop' })
    await enterShopper(stage, shopper, newPhone('+7701'))
    await enterDesk(stage, reviewer, ADMIN)
    await stage.check('a code that nobody confirms waits, and says what may be done', () =>
      scan(shopper),
    )
    await stage.check('its paper is sent from the receipt’s own page', () => show(shopper))
    await stage.check('the reviewer has the code beside the picture, and approves', () =>
      atReviewDesk(reviewer, () => approve(reviewer)),
    )
    await stage.check('the receipt itself is decided', () => decided(shopper))
  },
}

async function scan(visitor: Visitor) {
  const { page } = visitor
  const time = wallMinuteIn(new Date().toISOString(), 'Asia/Almaty')
  const text = printKz({
    ...{ page: 'https://consumer.wofd.kz/', till: '010100000999', sign: String(Date.now()) },
    ...{ totalMinor: 104_000, time: `${time}:00` },
  })
  await page.goto('/scan')
  await press(page, shop.scan.paste)
  await field(dialog(page), shop.scan.pasteForm.label).fill(text)
  await press(dialog(page), shop.scan.pasteForm.send)
  await page.waitForURL(/\/receipt\?id=/)
  await see(page, shop.receipt.state.awaiting_authority)
  await see(page, shop.receipt.person.title)
  await judge(visitor, 'a receipt that a person may be shown')
}

async function show(visitor: Visitor) {
  const { page } = visitor
  const empty = Array.from({ length: 40 }, () => Array.from({ length: 40 }, () => false))
  await page.locator('input[type=file]').setInputFiles({
    name: 'receipt.png',
    mimeType: 'image/png',
    buffer: Buffer.from(await (await qrPng(empty)).arrayBuffer()),
  })
  await see(page, shop.receipt.person.asked)
  await judge(visitor, 'a receipt that a person is asked about')
}

async function approve(visitor: Visitor) {
  const { page } = visitor
  const open = page.locator('button[aria-current=true]')
  await open.waitFor()
  await until('the case with a code is open', async () => {
    if (await page.getByText(operator.review.codeWaits).isVisible()) return true
    await page.keyboard.press('j')
    return false
  })
  await until('what the code says stands in the form', async () => {
    const sum = field(page, operator.review.fields.total)
    return (await sum.count()) > 0 && (await sum.inputValue()).replace(/\s/g, ' ') === TOTAL
  })
  await judge(visitor, 'the review of a waiting code')
  await field(page, operator.review.fields.retailer).fill(RETAILER)
  await field(page, desk.taxNumber.name.kz).fill(TAX_NUMBER)
  await page.keyboard.press('Escape')
  await page.locator('h1').first().click()
  await page.keyboard.press('a')
  await see(page, operator.review.done.approve)
}

async function decided({ page }: Visitor) {
  await until('the receipt is judged', async () => {
    await page.reload()
    return page.getByText(shop.receipt.state.no_reward).first().isVisible()
  })
}
