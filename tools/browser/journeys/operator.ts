import type { Page } from 'playwright-core'
import type { Page as ItemPage } from '#schema/page'
import type { Store } from '#schema/partner'
import type { Payout } from '#schema/payout'
import type { Receipt } from '#schema/receipt'
import { ownerOf } from '../../seed/people.ts'
import { dialog, field, insist, press, see, until } from '../acts.ts'
import { settle } from '../axe.ts'
import { authenticatorCode, type Bought, buy } from '../outside.ts'
import { call, enterDesk, enterShopper, newPhone, signInByMail } from '../people.ts'
import { earn } from '../purchase.ts'
import { type Journey, SCREENS, type Screen, type Stage, type Visitor } from '../stage.ts'
import { sentence, WORDS } from '../words.ts'

const { desk, operator } = WORDS
const SUPPORT = 'support@kopilka.example'
const ADMIN = 'admin@kopilka.example'
const SHOP = 'Янтарный дом'
/** Printed with its size by every chain: what a line leaves open pays nothing. */
const CREAM = [{ gtin: '4676744000048' }]
const RELEASE_REASON = 'Покупатель попросил отправить чек с телефона жены'

/**
 * A question arrives at support: one search finds everything, and every action leaves a trace. On
 * a phone an admin answers it away from the desk; tills and books are looked after at the desk.
 */
export const operatorJourney = (screen: Screen): Journey => ({
  name: `operator-${screen}`,
  needsShopper: true,
  async play(stage) {
    const isDesk = screen === 'desktop'
    const admin = await stage.open('admin', { screen })
    const staff = isDesk ? await stage.open('support', { screen }) : admin
    const shopper = await stage.open('shopper')
    const phone = newPhone()
    await enterShopper(stage, shopper, phone)
    await enterDesk(stage, admin, ADMIN)
    const seen = isDesk ? await unknownTill(stage, shopper) : await knownTill(stage, shopper)
    if (isDesk) {
      await stage.check('staff signs in by mail and the authenticator', () => enter(stage, staff))
    } else {
      await staff.page.goto('/operator')
      await settle(staff.page)
    }
    await stage.check(
      'one search finds the receipt by id, numbers and code, the phone, a payout',
      () => search(staff.page, admin, phone, seen),
    )
    await stage.check('the receipt shows its steps, verdicts and transfers', () =>
      journeyOf(staff.page, seen.receipt),
    )
    if (isDesk) {
      await stage.check('an unknown till is told which store it stands in', () =>
        assign(stage, staff.page, shopper, seen),
      )
    }
    await stage.check('a waiting receipt is released with a reason', () =>
      release(stage, staff.page, shopper),
    )
    if (isDesk) {
      await stage.check('payouts and books are read, and an audit proves them', () =>
        books(admin.page),
      )
    }
    await stage.check('the log shows who did what and why', () =>
      log(admin.page, isDesk ? SUPPORT : ADMIN),
    )
  },
})

const QUICK = { timeout: 1_000 }

type Seen = { readonly bought: Bought; readonly receipt: Receipt; readonly storeName: string }

/** A receipt of a till that its owner has just taken out of the books. */
async function unknownTill(stage: Stage, shopper: Visitor): Promise<Seen> {
  const owner = await stage.open('retailer', { screen: 'desktop' })
  await enterDesk(stage, owner, ownerOf(SHOP))
  const me = await call<{ partners: { partnerId: string }[] }>(owner, 'GET', '/v1/me')
  const path = `/v1/partners/${me.partners[0]?.partnerId}/stores`
  const { items } = await call<ItemPage<Store>>(owner, 'GET', path)
  const [store] = items
  const till = store?.tills.at(-1)
  if (!store || !till?.fiscalDrive) throw new Error(`${SHOP} has no till`)
  await call(owner, 'DELETE', `${path}/${store.id}/tills/${till.id}`)
  const bought = await buy(stage.network.sandbox, { fiscalDrive: till.fiscalDrive, lines: CREAM })
  return { bought, receipt: await earn(shopper, bought), storeName: store.name }
}

async function knownTill(stage: Stage, shopper: Visitor): Promise<Seen> {
  const bought = await buy(stage.network.sandbox, { lines: CREAM })
  const receipt = await earn(shopper, bought)
  return { bought, receipt, storeName: receipt.storeName ?? '' }
}

async function enter(stage: Stage, staff: Visitor) {
  const { page } = staff
  await page.goto('/operator')
  await see(page, desk.signIn.titleOperator)
  await signInByMail(stage, staff, SUPPORT)
  await see(page, desk.factor.verifyLead)
  // A code passes once, and this person may have used the present one.
  staff.watch.expect({ path: '/v1/auth/second-factor/verify', status: 400 })
  await until('the second factor is taken', async () => {
    if (await page.getByText(operator.today.question).isVisible()) return true
    const input = field(page, desk.signIn.code)
    const code = await authenticatorCode(stage.network.sandbox, SUPPORT)
    // The field goes away as soon as a code has passed.
    const typed = await input.inputValue(QUICK).catch(() => code)
    if (typed !== code) await input.fill(code, QUICK).catch(() => undefined)
    return false
  })
}

async function search(page: Page, admin: Visitor, phone: string, { bought, receipt }: Seen) {
  const { fn, i, fp } = bought.scan
  for (const asked of [receipt.id, `${fn}:${i}:${fp}`, bought.qr]) {
    await find(page, asked, operator.search.kinds.receipt)
    await page.waitForURL(new RegExp(receipt.id))
  }
  await find(page, phone, operator.search.kinds.shopper)
  const { items } = await call<ItemPage<Payout>>(admin, 'GET', '/v1/operator/payouts')
  const payout = items[0]
  insist(payout !== undefined, 'the seed has left no payout')
  await find(page, payout.id, operator.search.kinds.payout)
  await page.waitForURL(new RegExp(payout.id))
}

/** The keys of support: a slash, the words, Enter on the first hit. A phone has a thumb. */
async function find(page: Page, asked: string, kind: string) {
  const input = page.getByRole('combobox', { name: operator.search.label })
  const isPhone = page.viewportSize()?.width === SCREENS.phone.width
  if (isPhone) await input.tap()
  else {
    await page.getByRole('main').focus()
    await page.keyboard.press('/')
  }
  insist(await input.evaluate((element) => element === document.activeElement), 'not in the search')
  await input.fill(asked)
  const hit = page.getByRole('option').filter({ hasText: kind }).first()
  await hit.waitFor()
  if ((await hit.getAttribute('aria-selected')) === 'true') await page.keyboard.press('Enter')
  else await hit.click()
}

async function journeyOf(page: Page, receipt: Receipt) {
  await page.goto(`/operator/receipts/receipt?id=${receipt.id}`)
  const { step } = operator
  for (const words of [step.submitted, step.claimed, step.authority_answered, step.credited]) {
    await see(page, words)
  }
  await see(page, operator.transferCode.reward)
  await see(page, operator.transferCode.fee)
  await press(page, operator.receipt.explain)
  const explained = page.getByRole('table', { name: operator.receipt.explain })
  await see(explained, WORDS.verdict.chip.rewarded)
  await see(explained, WORDS.verdict.chip.other_product)
}

async function assign(stage: Stage, page: Page, shopper: Visitor, seen: Seen) {
  const { scan } = seen.bought
  await page.goto('/operator/stores')
  await page.getByRole('row').filter({ hasText: scan.fn }).click()
  const sheet = dialog(page)
  const retailers = sheet.getByRole('combobox', { name: operator.stores.partner })
  await until(
    'the retailer is offered',
    async () => (await retailers.locator('option').count()) > 1,
  )
  await retailers.selectOption({ index: 1 })
  const stores = sheet.getByRole('combobox', { name: operator.stores.store })
  await until('its stores are offered', async () => (await stores.locator('option').count()) > 1)
  await stores.selectOption({ index: 1 })
  await press(sheet, operator.stores.assign)
  await see(page, operator.stores.assigned)
  const next = await buy(stage.network.sandbox, { fiscalDrive: scan.fn, lines: CREAM })
  const receipt = await earn(shopper, next)
  const name = receipt.store?.name
  insist(name === seen.storeName, `the till is taken for ${name}`)
}

async function release(stage: Stage, page: Page, shopper: Visitor) {
  const { qr } = await buy(stage.network.sandbox, { chain: 'lavka', deliveredAfterMs: 86_400_000 })
  const source = { code: 'qr', text: qr }
  const receipt = await call<Receipt>(shopper, 'POST', '/v1/receipts', { source })
  await page.goto(`/operator/receipts/receipt?id=${receipt.id}`)
  await see(page, operator.receiptState.awaiting_authority)
  await press(page, operator.receipt.release)
  await field(dialog(page), desk.action.reason).fill(RELEASE_REASON)
  await press(dialog(page), operator.receipt.release)
  await see(page, operator.receipt.released)
  await see(page, operator.receiptState.released)
}

async function books(page: Page) {
  await page.goto('/operator/payouts')
  await page.getByRole('row').filter({ hasText: operator.payoutState.arrived }).first().click()
  await see(page, operator.payouts.transfers)
  await page.goto('/operator/books')
  await see(page, operator.books.kinds.liability)
  await page.goto('/operator/books?view=audits')
  await press(page, operator.audits.run)
  await see(page, operator.audits.done)
  await see(page, sentence(operator.audits.coherent))
}

async function log(page: Page, doer: string) {
  await page.goto('/operator/log')
  await see(page, RELEASE_REASON)
  await see(page, doer)
}
