import type { Page } from 'playwright-core'
import { insist, see, until } from '../acts.ts'
import { settle } from '../axe.ts'
import { buy } from '../outside.ts'
import { codeAfter, enterDesk, newPhone } from '../people.ts'
import type { Journey, Stage } from '../stage.ts'
import { WORDS } from '../words.ts'

const { operator, shop } = WORDS
const ADMIN = 'admin@kopilka.example'
const STOPS_MAX = 80
const OFFER = 'Молочное от «Млечного бора»'

/** The app without a mouse, and without motion for those who asked for none. */
export const keyboard: Journey = {
  name: 'keyboard',
  needsShopper: true,
  async play(stage) {
    const visitor = await stage.open('shopper', { screen: 'desktop', reducedMotion: true })
    const staff = await stage.open('operator', { screen: 'desktop' })
    const { page } = visitor
    await stage.check('keys alone sign in and give the consents', () => signUp(stage, page))
    await stage.check('keys alone open an offer and reserve its reward', () => offer(page))
    await stage.check('keys alone hand a receipt in and open its reasons', () =>
      receipt(stage, page),
    )
    await stage.check('nothing moves when less motion is asked for', () => still(page))
    await stage.check(
      'keys alone find a receipt from the operator’s search and its tables',
      async () => {
        await enterDesk(stage, staff, ADMIN)
        await desk(staff.page)
      },
    )
  },
}

/** Walks by Tab to what has this name; every stop on the way must show that it has the focus. */
async function tabTo(page: Page, name: string | RegExp): Promise<void> {
  for (let stop = 0; stop < STOPS_MAX; stop += 1) {
    await page.keyboard.press('Tab')
    const focused = await page.evaluate(focusedElement)
    if (focused === null) continue
    insist(focused.isSeen, `the focus is not seen on “${focused.name}”`)
    if (typeof name === 'string' ? focused.name.includes(name) : name.test(focused.name)) return
  }
  throw new Error(`Tab does not reach “${name}”`)
}

/** Runs in the page: what has the focus, its words, and whether an outline shows it. */
function focusedElement(): { name: string; isSeen: boolean } | null {
  const element = document.activeElement
  if (!(element instanceof HTMLElement) || element === document.body) return null
  const labels = 'labels' in element ? [...((element.labels as NodeList | null) ?? [])] : []
  const around = [element, element.closest('label'), element.parentElement, ...labels]
  const isSeen = around.some((one) => {
    if (!(one instanceof HTMLElement)) return false
    const { outlineStyle, outlineWidth } = getComputedStyle(one)
    return outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2
  })
  const words = [
    element.getAttribute('aria-label'),
    ...labels.map((label) => label.textContent),
    element.textContent,
  ]
  return { name: words.filter(Boolean).join(' ').trim(), isSeen }
}

async function signUp(stage: Stage, page: Page) {
  await page.goto('/')
  await settle(page)
  await page.keyboard.press('Tab')
  const first = await page.evaluate(focusedElement)
  insist(first?.name === WORDS.common.skip, `the first stop is “${first?.name}”`)
  await tabTo(page, new RegExp(`^${shop.nav.signIn}$`))
  await page.keyboard.press('Enter')
  await see(page, shop.signIn.why)
  const phone = newPhone()
  await page.keyboard.type(phone.slice(2))
  const code = await codeAfter(stage, phone, () => page.keyboard.press('Enter'))
  await see(page, shop.signIn.code)
  await page.keyboard.type(code)
  await see(page, shop.consent.why)
  for (const purpose of [shop.consent.purpose.terms, shop.consent.purpose.personal_data]) {
    await tabTo(page, purpose)
    await page.keyboard.press('Space')
  }
  await tabTo(page, shop.consent.agree)
  await page.keyboard.press('Enter')
  await see(page, shop.home.canWithdraw)
}

async function offer(page: Page) {
  await settle(page)
  await tabTo(page, new RegExp(`^${OFFER}$`))
  await page.keyboard.press('Enter')
  await see(page, shop.offer.rules)
  await tabTo(page, shop.offer.activateFor)
  await page.keyboard.press('Enter')
  await see(page, /закреплена за вами/)
}

async function receipt(stage: Stage, page: Page) {
  const lines = [{ gtin: '4676744000017' }]
  const { qr } = await buy(stage.network.sandbox, { chain: 'berezka', lines })
  await tabTo(page, new RegExp(`^${shop.nav.scan}$`))
  await page.keyboard.press('Enter')
  await page.waitForURL('**/scan')
  await tabTo(page, shop.scan.paste)
  await page.keyboard.press('Enter')
  await tabTo(page, shop.scan.pasteForm.label)
  await page.keyboard.insertText(qr)
  await tabTo(page, shop.scan.pasteForm.send)
  await page.keyboard.press('Enter')
  await see(page, shop.receipt.state.credited)
  await tabTo(page, shop.receipt.why)
  await page.keyboard.press('Enter')
  await see(page, WORDS.verdict.why.rewarded)
}

async function still(page: Page) {
  for (const path of ['/', '/scan', '/wallet']) {
    await page.goto(path)
    const moving = await page.evaluate(() =>
      document
        .getAnimations()
        .map((animation) => Number(animation.effect?.getComputedTiming().duration ?? 0))
        .filter((duration) => duration > 1),
    )
    insist(moving.length === 0, `${path} moves for ${moving} ms`)
  }
}

async function desk(page: Page) {
  await page.goto('/operator')
  await see(page, operator.today.question)
  await page.keyboard.press('/')
  await page.keyboard.insertText('Млечный бор')
  await page.getByRole('option').first().waitFor()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowUp')
  await page.keyboard.press('Enter')
  await page.waitForURL(/\/operator\/.+/)
  await page.goto('/operator/receipts')
  await settle(page)
  const rows = page.locator('tbody tr')
  await until('there are rows', async () => (await rows.count()) > 1)
  await tabTo(page, (await rows.first().textContent()) ?? '')
  await page.keyboard.press('ArrowDown')
  const isSecond = await rows.nth(1).evaluate((row) => row === document.activeElement)
  insist(isSecond, 'the arrow does not go to the next row')
  await page.keyboard.press('Enter')
  await see(page, operator.receipt.timeline)
}
