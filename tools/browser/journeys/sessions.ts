import type { Page } from 'playwright-core'
import type { Receipt } from '#schema/receipt'
import { dialog, field, follow, insist, press, see, until } from '../acts.ts'
import { buy } from '../outside.ts'
import { call, codeAfter, enterShopper, newPhone, signInByPhone } from '../people.ts'
import type { Journey, Stage, Visitor } from '../stage.ts'
import { WORDS } from '../words.ts'

const { shop } = WORDS

/** Sessions that end: by themselves, and from another device. */
export const sessions: Journey = {
  name: 'sessions',
  async play(stage) {
    // Two people: a phone gets one code a minute, and each of them needs two.
    const [phone, otherPhone] = [newPhone(), newPhone()]
    const visitor = await stage.open('shopper')
    const owner = await stage.open('owner-of-two-devices')
    await enterShopper(stage, visitor, phone)
    await enterShopper(stage, owner, otherPhone)
    await stage.check('an expired session leads to the sign-in and back to where one was', () =>
      expired(stage, visitor, phone),
    )
    await stage.check('another device is shown, and its session ended from here', () =>
      otherDevice(stage, owner, otherPhone),
    )
    const device = await stage.open('shared-device')
    await stage.check(
      'a scan that waits is credited to who scanned it, not to the next one here',
      () => sharedDevice(stage, device),
    )
  },
}

async function expired(stage: Stage, visitor: Visitor, phone: string) {
  const { page } = visitor
  // The session ends on the server while the page is open: what it asks next is refused.
  visitor.watch.expect({ path: '/v1/', status: 401 })
  await page.goto('/wallet')
  await see(page, shop.wallet.neverExpires)
  await call(visitor, 'DELETE', '/v1/me/sessions')
  await page.reload()
  await see(page, shop.nav.signInNeeded)
  await follow(page.getByRole('main'), shop.nav.signIn)
  await field(page, shop.signIn.phone).fill(phone.slice(2))
  const code = await codeAfter(stage, phone, () => press(page, shop.signIn.getCode))
  await field(page, shop.signIn.code).fill(code)
  await page.waitForURL('**/wallet')
  await see(page, shop.wallet.neverExpires)
}

async function otherDevice(stage: Stage, { page }: Visitor, phone: string) {
  const other = await stage.open('second-device', { screen: 'desktop' })
  other.watch.expect({ path: '/v1/', status: 401 })
  await enterShopper(stage, other, phone)
  await page.goto('/profile')
  await press(page, shop.profile.sessionEnd)
  await until('one device is left', async () => {
    return (await page.getByRole('button', { name: shop.profile.sessionEnd }).count()) === 0
  })
  await other.page.goto('/wallet')
  await see(other.page, shop.nav.signInNeeded)
}

/** A scans in a basement, the session ends, B signs in on the same phone. */
async function sharedDevice(stage: Stage, visitor: Visitor) {
  const { page, context, watch } = visitor
  watch.expect({ path: '/v1/', status: 401 })
  await enterShopper(stage, visitor, newPhone())
  await page.goto('/receipts')
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined))
  const bought = await buy(stage.network.sandbox, { chain: 'lavka' })
  await follow(page, shop.nav.scan)
  await setOnline(visitor, false)
  await press(page, shop.scan.paste)
  await field(dialog(page), shop.scan.pasteForm.label).fill(bought.qr)
  await press(dialog(page), shop.scan.pasteForm.send)
  await see(dialog(page), shop.scan.queuedWhy)
  await context.clearCookies()
  // The phone is put away: a page that left in the middle of sending would count as a failure.
  await page.goto('about:blank')
  await setOnline(visitor, true)
  const next = newPhone()
  await page.goto('/sign-in?next=/receipts')
  await signInByPhone(stage, visitor, next)
  await giveConsents(page)
  await page.waitForURL('**/receipts')
  await see(page, shop.receipts.none)
  const { items } = await call<{ items: Receipt[] }>(visitor, 'GET', '/v1/receipts')
  insist(items.length === 0, 'the receipt of another person was sent')
}

async function setOnline({ context, watch }: Visitor, isOnline: boolean) {
  // What is asked before the connection is back fails with right.
  if (!isOnline) watch.offline = true
  await context.setOffline(!isOnline)
  watch.offline = !isOnline
}

async function giveConsents(page: Page) {
  await page.getByLabel(shop.consent.purpose.terms).check()
  await page.getByLabel(shop.consent.purpose.personal_data).check()
  await press(page, shop.consent.agree)
}
