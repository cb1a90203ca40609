import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { type CurrencyCode, currencySign } from '#schema/currency'
import type { Offer } from '#schema/offer'
import type { Page as ItemPage } from '#schema/page'
import type { Receipt } from '#schema/receipt'
import { formatAmount, formatDecimal } from '../../../web/src/format.ts'
import { ownerOf } from '../../seed/people.ts'
import { dialog, field, follow, insist, press, see, until } from '../acts.ts'
import { fits } from '../axe.ts'
import { film } from '../camera.ts'
import { buy, type Purchase, turn } from '../outside.ts'
import { call, enterDesk, enterShopper, newPhone } from '../people.ts'
import { type Journey, SCREENS, type Screen, type Stage, type Visitor } from '../stage.ts'
import { WORDS } from '../words.ts'

const { common, operator, partner, shop } = WORDS
const ADMIN = 'admin@kopilka.example'
const FINANCE = 'finance@kopilka.example'
const ADULT_BIRTHDAY = '1991-04-12'
const BOTH = Object.keys(SCREENS) as Screen[]
const SIGNS = (['RUB', 'EUR', 'KZT'] as const).map(currencySign)

/** What is bought in a country, and what the seed's offer makes of it. */
type Country = {
  readonly name: string
  /** As the screens call it. */
  readonly words: string
  readonly currency: CurrencyCode
  /** Phones there begin so. */
  readonly prefix: string
  readonly basket: Purchase
  readonly totalMinor: number
  readonly rewardMinor: number
  readonly partner: string
  readonly offer: string
  /** What the partner's list calls that which was rewarded. */
  readonly rewarded: string
  /** The way of the money out, and what is promised of it. */
  readonly leaves: string
  readonly leave: (stage: Stage, visitor: Visitor) => Promise<void>
}

/** A signed code carries sums alone: 3 % of the whole, because the chain counts such receipts. */
const AUSTRIA: Country = {
  name: 'austria',
  words: 'Австрия',
  currency: 'EUR',
  prefix: '+43664',
  basket: {
    chain: 'almkraemer',
    fiscalDrive: '9999430000000018',
    lines: [{ gtin: '9006555000046', quantity: 5 }, { gtin: '9006555000015' }],
  },
  totalMinor: 49_84,
  rewardMinor: 1_49,
  partner: 'Almkrämer',
  offer: 'Весь чек в «Almkrämer»',
  rewarded: partner.offers.wholeReceipt,
  leaves: 'euros leave for an account, and the operator sees them go',
  leave: withdrawToAccount,
}

/** The operator of fiscal data names the goods: 10 % of twelve bottles of milk. */
const KAZAKHSTAN: Country = {
  name: 'kazakhstan',
  words: 'Казахстан',
  currency: 'KZT',
  prefix: '+7701',
  basket: { chain: 'dastarkhan', lines: [{ gtin: '4870111000017', quantity: 12 }] },
  totalMinor: 6_240_00,
  rewardMinor: 624_00,
  partner: 'Ақбулақ',
  offer: 'Молочное «Ақбулақ»',
  rewarded: 'Сүт/Молоко АҚБУЛАҚ 2,5% 1л',
  leaves: 'tenges leave by the file of the operator’s bank, and arrive by its word',
  leave: withdrawByBankFile,
}

/** The main job in another country: everybody sees its money under its own sign, on both screens. */
const marketJourney = (country: Country): Journey => ({
  name: country.name,
  async play(stage) {
    const { currency, totalMinor, rewardMinor } = country
    const amount = (minor: number, signed = false) => formatAmount(minor, 'ru', signed, currency)
    const phone = newPhone(country.prefix)
    const shoppers = await atBothScreens(stage, 'shopper', async (visitor) => {
      await enterShopper(stage, visitor, phone)
    })
    await stage.check('a phone of the country opens its market', () =>
      seeOnBoth(shoppers, '/', currency, [country.words, country.offer, amount(0)]),
    )
    let id = ''
    await stage.check(
      'the camera reads the paper of its till, and the reward follows',
      async () => {
        id = await scan(stage, shoppers.phone, country)
        const paid = amount(rewardMinor, true)
        await seeOnBoth(shoppers, `/receipt?id=${id}`, currency, [paid, amount(totalMinor)])
      },
    )
    await stage.check('receipts and wallet are in its money', async () => {
      await seeOnBoth(shoppers, '/receipts', currency, [amount(totalMinor)])
      await seeOnBoth(shoppers, '/wallet', currency, [amount(rewardMinor)])
    })
    await stage.check('the partner sees the redemption, its budget and its invoices', () =>
      partnerSees(stage, country),
    )
    await stage.check('the operator sees it among other markets, each in its own money', () =>
      operatorSees(stage, country, id),
    )
    await stage.check(country.leaves, () => country.leave(stage, shoppers.phone))
  },
})

export const austria = marketJourney(AUSTRIA)
export const kazakhstan = marketJourney(KAZAKHSTAN)

type Screens = Readonly<Record<Screen, Visitor>>

/** One person at two devices. */
async function atBothScreens(
  stage: Stage,
  name: string,
  enter: (visitor: Visitor) => Promise<void>,
): Promise<Screens> {
  const phone = await stage.open(`${name}-phone`, { screen: 'phone' })
  const desktop = await stage.open(`${name}-desktop`, { screen: 'desktop' })
  await enter(phone)
  await desktop.context.addCookies(await phone.context.cookies())
  return { phone, desktop }
}

/** The page says all of it, fits both screens, and shows no other country's money. */
async function seeOnBoth(
  screens: Screens,
  path: string,
  currency: CurrencyCode,
  words: readonly string[],
) {
  for (const screen of BOTH) {
    const visitor = screens[screen]
    await visitor.page.goto(path)
    for (const said of words) await see(visitor.page, said)
    await fits(visitor.page, `${screen} ${path}`)
    const shown = (await visitor.page.locator('main').textContent()) ?? ''
    const strange = SIGNS.filter((sign) => sign !== currencySign(currency) && shown.includes(sign))
    insist(strange.length === 0, `${screen} ${path} shows ${strange.join(' and ')}`)
  }
}

async function scan(stage: Stage, { page, ...rest }: Visitor, country: Country): Promise<string> {
  const bought = await buy(stage.network.sandbox, country.basket)
  await film(stage.cameraFile, bought.qr)
  await page.goto('/')
  await follow(page, shop.nav.scan)
  await page.waitForURL(/\/receipt\?id=/)
  await film(stage.cameraFile, null)
  await see(page, shop.receipt.state.credited)
  const id = new URL(page.url()).searchParams.get('id') ?? ''
  const receipt = await call<Receipt>({ page, ...rest }, 'GET', `/v1/receipts/${id}`)
  const { totalMinor, rewardMinor } = receipt
  insist(totalMinor === country.totalMinor, `the total is ${totalMinor}`)
  insist(rewardMinor === country.rewardMinor, `the reward is ${rewardMinor}`)
  return id
}

async function partnerSees(stage: Stage, country: Country) {
  const { currency, totalMinor, rewardMinor } = country
  const owners = await atBothScreens(stage, 'owner', (visitor) =>
    enterDesk(stage, visitor, ownerOf(country.partner)),
  )
  type Mine = { partners: { partnerId: string }[] }
  const me = await call<Mine>(owners.phone, 'GET', '/v1/me')
  const path = `/v1/partners/${me.partners[0]?.partnerId}/offers`
  const { items } = await call<ItemPage<Offer>>(owners.phone, 'GET', path)
  const offer = items.find(({ draft }) => draft.title.ru === country.offer)
  insist(offer !== undefined, `there is no offer ${country.offer}`)
  const row = [country.rewarded, formatDecimal(totalMinor, 'ru', currency)]
  const paid = formatDecimal(rewardMinor, 'ru', currency)
  await seeOnBoth(owners, `/partner/offers/offer?id=${offer.id}`, currency, [...row, paid])
  const budget = formatAmount(offer.draft.budgetMinor, 'ru', false, currency).replace(',00', '')
  await seeOnBoth(owners, '/partner/offers', currency, [country.offer, budget])
  await seeOnBoth(owners, '/partner/offers/edit', currency, [currencySign(currency)])
  await seeOnBoth(owners, '/partner', currency, [country.offer])
  await seeOnBoth(owners, '/partner/money', currency, [currencySign(currency)])
}

async function operatorSees(stage: Stage, country: Country, id: string) {
  const { currency, totalMinor, rewardMinor } = country
  const amount = (minor: number) => formatAmount(minor, 'ru', false, currency)
  const desks = await atBothScreens(stage, 'operator', (visitor) =>
    enterDesk(stage, visitor, ADMIN),
  )
  const { page } = desks.desktop
  await page.goto('/operator/receipts')
  const row = page.getByRole('row').filter({ hasText: amount(totalMinor) })
  await see(row, country.words)
  await see(row, amount(rewardMinor))
  const here = [amount(totalMinor), amount(rewardMinor)]
  await seeOnBoth(desks, `/operator/receipts/receipt?id=${id}`, currency, here)
  await page.goto('/operator/books')
  await field(page, common.market).selectOption({ label: country.words })
  await until('the books are in its money', async () =>
    ((await page.locator('main').textContent()) ?? '').includes(currencySign(currency)),
  )
  const shown = (await page.locator('main').textContent()) ?? ''
  insist(!shown.includes(currencySign('RUB')), 'the books of the market show roubles')
}

async function withdrawToAccount(stage: Stage, visitor: Visitor) {
  const { page } = visitor
  visitor.watch.expect({ path: '/v1/payouts', status: 403 })
  await turn(stage.network.sandbox, 'transfers.pending_ms', 0)
  await page.goto('/withdraw')
  await field(page, shop.withdraw.ibanNumber).fill('AT611904300234573201')
  await field(page, shop.withdraw.holder).fill('Anna Muster')
  await field(page, shop.withdraw.amount.replace('{sign}', '€')).fill('1,05')
  await press(page, shop.withdraw.submit.replace('{amount}', formatAmount(105, 'ru', false, 'EUR')))
  await see(dialog(page), shop.withdraw.adultTitle)
  await field(dialog(page), shop.withdraw.birth).fill(ADULT_BIRTHDAY)
  await press(dialog(page), common.confirm)
  await page.waitForURL(/\/payout\?id=/)
  await see(page, shop.withdraw.stateWhy.arrived)
  await see(page, formatAmount(105, 'ru', false, 'EUR'))
  const desks = await atBothScreens(stage, 'finance', (desk) => enterDesk(stage, desk, ADMIN))
  const desk = desks.desktop.page
  await desk.goto('/operator/payouts')
  const row = desk.getByRole('row').filter({ hasText: 'AT•• … 3201' })
  await see(row, formatAmount(105, 'ru', false, 'EUR'))
  await see(row, AUSTRIA.words)
  const id = new URL(page.url()).searchParams.get('id')
  const path = `/operator/payouts/payout?id=${id}`
  await seeOnBoth(desks, path, 'EUR', [operator.payoutState.arrived])
}

const KAZAKH_ACCOUNT = {
  iban: 'KZ86125KZT5004100100',
  masked: 'KZ•• … 0100',
  holder: 'Әлия Қасымова',
  personalNumber: '900505300003',
}

/** Two members of staff and the bank: one makes the file, the bank executes it, another answers. */
async function withdrawByBankFile(stage: Stage, visitor: Visitor) {
  const { page } = visitor
  const { currency, rewardMinor } = KAZAKHSTAN
  const amount = formatAmount(rewardMinor, 'ru', false, currency)
  visitor.watch.expect({ path: '/v1/payouts', status: 403 })
  await askForTenge(visitor, amount)
  await see(page, shop.withdraw.stateWhyAccount.on_its_way)
  const id = new URL(page.url()).searchParams.get('id')
  const maker = await stage.open('maker', { screen: 'desktop' })
  await enterDesk(stage, maker, FINANCE)
  const file = await makeBankFile(maker, amount)
  const desks = await atBothScreens(stage, 'treasurer', (desk) => enterDesk(stage, desk, ADMIN))
  const at = new URL(maker.page.url())
  await desks.desktop.page.goto(at.pathname + at.search)
  const report = await executeAtBank(stage, maker, file)
  await field(desks.desktop.page, operator.bank.upload).setInputFiles(report)
  await see(desks.desktop.page.getByRole('row'), operator.bank.standings.settled)
  await seeOnBoth(desks, at.pathname + at.search, currency, [amount, KAZAKH_ACCOUNT.masked])
  await see(page, shop.withdraw.stateWhy.arrived)
  await see(page, amount)
  const payout = `/operator/payouts/payout?id=${id}`
  await seeOnBoth(desks, payout, currency, [operator.payoutState.arrived])
}

async function askForTenge({ page }: Visitor, amount: string) {
  const { iban, holder, personalNumber } = KAZAKH_ACCOUNT
  await page.goto('/withdraw')
  await field(page, shop.withdraw.ibanNumber).fill('AT611904300234573201')
  await field(page, shop.withdraw.holder).fill(holder)
  await field(page, shop.withdraw.personalNumber).fill('900505300004')
  await press(page, shop.withdraw.submit.replace('{amount}', amount))
  await see(page, shop.withdraw.ibanCountry.replace('{country}', 'KZ'))
  await see(page, shop.withdraw.personalNumberWrong)
  await field(page, shop.withdraw.ibanNumber).fill(iban)
  await field(page, shop.withdraw.personalNumber).fill(personalNumber)
  await press(page, shop.withdraw.submit.replace('{amount}', amount))
  await see(dialog(page), shop.withdraw.adultTitle)
  await field(dialog(page), shop.withdraw.birth).fill(ADULT_BIRTHDAY)
  await press(dialog(page), common.confirm)
  await page.waitForURL(/\/payout\?id=/)
}

type Handed = { name: string; mimeType: string; buffer: Buffer }

/** Makes the file of what waits and downloads it. */
async function makeBankFile({ page }: Visitor, amount: string): Promise<Handed> {
  await page.goto('/operator/payouts?view=bank')
  await see(page, `${KAZAKHSTAN.words}: ${amount}`)
  await press(page, operator.bank.make)
  await press(dialog(page), operator.bank.make)
  await page.waitForURL(/\/bank-file\?id=/)
  await see(page, operator.bank.uploadNot)
  return downloaded(page, () => press(page, operator.bank.download))
}

/** The operator's bank takes the file on its own page, executes it and gives its report. */
async function executeAtBank(stage: Stage, { context }: Visitor, file: Handed): Promise<Handed> {
  // A profile that nobody watches: the bank is another origin.
  const clerk = await context.browser()?.newContext({ locale: 'ru-RU' })
  insist(clerk !== undefined, 'the browser has gone')
  const page = await clerk.newPage()
  await page.goto(`${stage.network.sandbox}/bank`)
  await page.locator('input[type=file]').setInputFiles(file)
  await press(page, 'Передать в банк')
  await see(page, `${KAZAKH_ACCOUNT.holder}`)
  await press(page, 'Исполнить и ответить')
  const report = await downloaded(page, () => follow(page, 'Отчёт 1'))
  await clerk.close()
  return report
}

/** The file that the browser is given. */
async function downloaded(page: Page, work: () => Promise<void>): Promise<Handed> {
  const [download] = await Promise.all([page.waitForEvent('download'), work()])
  const buffer = await readFile(await download.path())
  return { name: download.suggestedFilename(), mimeType: 'application/xml', buffer }
}
