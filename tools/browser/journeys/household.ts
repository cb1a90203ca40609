import type { Page } from 'playwright-core'
import type { Payout } from '#schema/payout'
import type { Wallet } from '#schema/wallet'
import { common as english } from '../../../web/src/messages/en/common.ts'
import { field, insist, press, seeAny, until } from '../acts.ts'
import { buy } from '../outside.ts'
import { call, codeAfter, enterShopper, newPhone } from '../people.ts'
import { earn } from '../purchase.ts'
import type { Journey, Stage, Visitor } from '../stage.ts'
import { sentence, WORDS } from '../words.ts'
import { chooseBank } from './shopper.ts'

const { common, problem, shop } = WORDS
const MILK = [{ gtin: '4676744000017', quantity: 4 }]

/** The app on a home screen, and one wallet open in two tabs. */
export const household: Journey = {
  name: 'household',
  async play(stage) {
    const phone = newPhone()
    const visitor = await stage.open('shopper')
    await enterShopper(stage, visitor, phone)
    await stage.check('the app can be installed', () => installable(visitor))
    await stage.check('in English it is installed under its English name', () => inEnglish(visitor))
    await stage.check('two tabs that withdraw everything at once send it once', () =>
      twoTabs(stage, visitor, phone),
    )
  },
}

type Manifest = { name: string; start_url: string; display: string; icons: { src: string }[] }

async function installable({ page, context }: Visitor) {
  await page.goto('/')
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined))
  const href = await page.locator('link[rel=manifest]').getAttribute('href')
  const manifest = (await (await context.request.get(href ?? '')).json()) as Manifest
  insist(manifest.display === 'standalone', `display: ${manifest.display}`)
  for (const { src } of manifest.icons) {
    insist((await context.request.get(src)).ok(), `the icon ${src} is missing`)
  }
  const devtools = await context.newCDPSession(page)
  const { errors } = await devtools.send('Page.getAppManifest')
  insist(errors.length === 0, errors.map(({ message }) => message).join('; '))
  const { installabilityErrors } = await devtools.send('Page.getInstallabilityErrors')
  // A profile that is thrown away cannot install anything; every other reason counts.
  const reasons = installabilityErrors.filter(({ errorId }) => errorId !== 'in-incognito')
  insist(reasons.length === 0, JSON.stringify(reasons))
}

/** The manifest follows the language that is chosen in the profile. */
async function inEnglish({ page, context }: Visitor) {
  await page.goto('/profile')
  await page.getByLabel(common.language, { exact: true }).selectOption('en')
  const link = page.locator('link[rel=manifest]')
  await until('the manifest is English', async () => {
    const manifest = await context.request.get((await link.getAttribute('href')) ?? '')
    return ((await manifest.json()) as Manifest).name.startsWith('Kopilka')
  })
  await page.getByLabel(english.language, { exact: true }).selectOption('ru')
}

async function twoTabs(stage: Stage, visitor: Visitor, phone: string) {
  await earn(visitor, await buy(stage.network.sandbox, { chain: 'berezka', lines: MILK }))
  await call(visitor, 'POST', '/v1/me/adult', { dateOfBirth: '1985-02-03' })
  const code = await codeAfter(stage, phone, () =>
    call(visitor, 'POST', '/v1/me/reauthenticate/send', {}),
  )
  await call(visitor, 'POST', '/v1/me/reauthenticate/verify', { code })
  const before = await call<Wallet>(visitor, 'GET', '/v1/wallet')
  // Whoever comes second may be told that the wallet is empty.
  visitor.watch.expect({ path: '/v1/payouts', status: 409 })
  const tabs = [visitor.page, await visitor.context.newPage()]
  for (const tab of tabs) await fillWithdrawal(tab, phone)
  await Promise.all(tabs.map((tab) => press(tab, sentence(shop.withdraw.submit))))
  await Promise.all(tabs.map(seeOutcome))
  const after = await call<Wallet>(visitor, 'GET', '/v1/wallet')
  insist(after.availableMinor === 0, `${after.availableMinor} is left`)
  const { items } = await call<{ items: Payout[] }>(visitor, 'GET', '/v1/payouts')
  const sent = items.reduce((sum, { amountMinor }) => sum + amountMinor, 0)
  insist(sent === before.availableMinor, `${sent} sent of ${before.availableMinor}`)
}

/** The same money cannot leave twice: a tab shows the withdrawal, or that nothing is left. */
function seeOutcome(tab: Page) {
  return seeAny(tab, [shop.withdraw.stateWhy.arrived, problem.wallet_short, shop.withdraw.noMoney])
}

async function fillWithdrawal(tab: Page, phone: string) {
  await tab.goto('/withdraw')
  await field(tab, shop.withdraw.sbpPhone).fill(phone.slice(2))
  await chooseBank(tab)
}
