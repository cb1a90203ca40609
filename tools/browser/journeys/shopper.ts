import type { Page } from 'playwright-core'
import type { Receipt } from '#schema/receipt'
import type { Wallet } from '#schema/wallet'
import { formatAmount } from '../../../web/src/format.ts'
import { dialog, field, follow, insist, press, see, until } from '../acts.ts'
import { film } from '../camera.ts'
import { buy, turn } from '../outside.ts'
import { call, newPhone, signInByPhone } from '../people.ts'
import { handIn } from '../purchase.ts'
import type { Journey, Screen, Stage, Visitor } from '../stage.ts'
import { sentence, WORDS } from '../words.ts'
import { offlineWays } from './offline.ts'
import { otherWays } from './other-ways.ts'

const { common, shop } = WORDS
const ADULT_BIRTHDAY = '1991-04-12'
const ANSWER_MS = 2_500
const PAYOUT_MS = 3_000
const BANK = 'Сбербанк'

/** Milk and kefir earn by the brand's offer, everything by the shop's, the bag by no product offer. */
const BASKET = [
  { gtin: '4676744000017', quantity: 2 },
  { gtin: '4676744000031' },
  { name: 'Пакет-майка БЕРЁЗКА', priceMinor: 990 },
]

/**
 * The main job: sign up, scan from the camera, see why, withdraw. The ways around the camera and
 * the basement without a connection are a phone's. So are the switches of the outside world, which
 * are everybody's: what passes in between is watched there only.
 */
export const shopperJourney = (screen: Screen): Journey => ({
  name: `shopper-${screen}`,
  async play(stage) {
    const phone = newPhone()
    const visitor = await stage.open('shopper', { screen })
    await stage.check('a newcomer signs up by phone and gives the consents', () =>
      signUp(stage, visitor, phone),
    )
    await stage.check('home shows nothing to withdraw yet, and offers', () => home(visitor.page))
    await stage.check('the camera reads the receipt, the page follows it to its verdicts', () =>
      scan(stage, visitor),
    )
    await stage.check('the wallet shows the money', () => wallet(visitor))
    if (screen === 'phone') {
      await otherWays(stage, visitor, phone)
      await offlineWays(stage, visitor)
    }
    await stage.check('a withdrawal asks for the age, for no second code, and arrives', () =>
      withdraw(stage, visitor, phone),
    )
    await stage.check('the history opens the reason of the reward', () => reason(visitor.page))
    if (screen === 'desktop') {
      await stage.check('a return takes the reward back, and says what is owed', () =>
        giveBack(stage, visitor),
      )
    }
  },
})

async function signUp(stage: Stage, visitor: Visitor, phone: string) {
  const { page } = visitor
  await page.goto('/')
  await see(page, shop.home.welcome)
  await follow(page.getByRole('main'), shop.nav.signIn)
  await press(page, shop.signIn.getCode)
  await see(page, shop.signIn.phoneWrong)
  await signInByPhone(stage, visitor, phone)
  await see(page, shop.consent.why)
  await press(page, shop.consent.agree)
  await see(page, shop.consent.requiredError)
  await page.getByLabel(shop.consent.purpose.terms).check()
  await page.getByLabel(shop.consent.purpose.personal_data).check()
  await press(page, shop.consent.agree)
  await see(page, shop.home.canWithdraw)
}

async function home(page: Page) {
  await see(page, formatAmount(0, 'ru'))
  await see(page, 'Молочное от «Млечного бора»')
}

async function scan(stage: Stage, visitor: Visitor) {
  const { page } = visitor
  const { sandbox } = stage.network
  const isSlow = visitor.screen === 'phone'
  if (isSlow) await turn(sandbox, 'tax.processing_ms', ANSWER_MS)
  const bought = await buy(sandbox, { chain: 'berezka', lines: BASKET })
  await film(stage.cameraFile, bought.qr)
  await follow(page, shop.nav.scan)
  await page.waitForURL(/\/receipt\?id=/)
  await film(stage.cameraFile, null)
  if (isSlow) {
    await see(page, shop.receipt.checking)
    await turn(sandbox, 'tax.processing_ms', null)
  }
  await see(page, shop.receipt.state.credited)
  await showsVerdicts(visitor)
}

/** Every line of the receipt stands on the page, and each has a verdict in words. */
async function showsVerdicts(visitor: Visitor) {
  const { page } = visitor
  const id = new URL(page.url()).searchParams.get('id')
  const receipt = await call<Receipt>(visitor, 'GET', `/v1/receipts/${id}`)
  insist(receipt.rewardMinor > 0, 'the receipt has earned nothing')
  await see(page, formatAmount(receipt.rewardMinor, 'ru', true))
  for (const line of receipt.lines) {
    await see(page, line.name)
    insist(line.verdicts.length > 0, `the line ${line.name} has no verdict`)
  }
  const rewarded = receipt.lines.flatMap((line) =>
    line.verdicts.filter(({ rule }) => rule === 'rewarded'),
  )
  insist(rewarded.length > 0, 'no line was rewarded')
  for (const { rewardMinor } of rewarded) await see(page, formatAmount(rewardMinor, 'ru', true))
  const why = page.getByText(shop.receipt.why)
  await why.first().click()
  await see(page, WORDS.verdict.why.rewarded)
  // The bag, on which no product offer is, opens the whole record as well.
  await why.nth(receipt.lines.length - 1).click()
  await see(page, WORDS.verdict.why.other_product)
}

async function wallet(visitor: Visitor) {
  const { page } = visitor
  await page.goto('/wallet')
  const { availableMinor } = await call<Wallet>(visitor, 'GET', '/v1/wallet')
  insist(availableMinor > 0, 'nothing is available')
  await see(page, formatAmount(availableMinor, 'ru'))
  await see(page, shop.wallet.neverExpires)
}

async function withdraw(stage: Stage, visitor: Visitor, phone: string) {
  const { page } = visitor
  // The server asks for the age: a refusal that the page turns into a question. Signing in a moment
  // ago was the proof that it is still the same person.
  visitor.watch.expect({ path: '/v1/payouts', status: 403 })
  const { sandbox } = stage.network
  const isSlow = visitor.screen === 'phone'
  if (isSlow) await turn(sandbox, 'payouts.pending_ms', PAYOUT_MS)
  await page.goto('/wallet')
  await follow(page, shop.wallet.withdraw)
  await field(page, shop.withdraw.sbpPhone).fill(phone.slice(2))
  await chooseBank(page)
  await field(page, shop.withdraw.amount.replace('{sign}', '₽')).fill('1')
  await press(page, sentence(shop.withdraw.submit))
  await see(dialog(page), shop.withdraw.adultTitle)
  await field(dialog(page), shop.withdraw.birth).fill(ADULT_BIRTHDAY)
  await press(dialog(page), common.confirm)
  await page.waitForURL(/\/payout\?id=/)
  if (isSlow) {
    await see(page, shop.withdraw.state.on_its_way)
    await see(page, shop.withdraw.stateWhy.on_its_way)
    await turn(sandbox, 'payouts.pending_ms', null)
  }
  await see(page, shop.withdraw.stateWhy.arrived)
  await see(page, formatAmount(100, 'ru'))
}

export async function chooseBank(page: Page) {
  await page.getByText(shop.withdraw.bankChoose).click()
  await field(dialog(page), shop.withdraw.bankSearch).fill(BANK.slice(0, 3))
  await press(dialog(page), BANK)
  await until('the bank is chosen', async () => (await page.locator('dialog[open]').count()) === 0)
}

async function reason(page: Page) {
  await follow(page, shop.withdraw.toWallet)
  await see(page, shop.wallet.kind.payout_asked)
  await page
    .getByRole('button', { name: /Молочное от «Млечного бора».*Берёзка/ })
    .last()
    .click()
  await see(dialog(page), shop.wallet.kindWhy.accrual)
  await see(dialog(page), 'Берёзка на Лесной')
  await follow(dialog(page), shop.wallet.toReceipt)
  await see(page, shop.receipt.state.credited)
}

/** The page shows the receipt of the goods; one rouble of its reward has been withdrawn. */
async function giveBack(stage: Stage, visitor: Visitor) {
  const { page } = visitor
  const goods = { chain: 'berezka', lines: BASKET, kind: 2 } as const
  const back = await handIn(visitor, await buy(stage.network.sandbox, goods))
  const taken = formatAmount(back.reason?.amountMinor ?? 0, 'ru')
  await page.goto(`/receipt?id=${back.id}`)
  await see(page, shop.receipt.reason.return_applied)
  await follow(page, shop.receipt.toOther)
  await see(page, shop.receipt.takenBack.replace('{amount}', taken))
  await see(page, shop.receipt.returnedCount.replace('{count}', '2'))
  await page.goto('/wallet')
  await see(page, shop.wallet.owed)
  await see(page, shop.wallet.kind.claim_opened)
}
