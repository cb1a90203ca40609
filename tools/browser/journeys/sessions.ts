import { field, follow, press, see, until } from '../acts.ts'
import { call, codeAfter, enterShopper, newPhone } from '../people.ts'
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
