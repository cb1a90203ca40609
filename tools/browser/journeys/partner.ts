import type { Locator, Page } from 'playwright-core'
import { dialog, field, follow, insist, press, see, until } from '../acts.ts'
import { gtin, taxNumber } from '../numbers.ts'
import { buy } from '../outside.ts'
import { enrolByScreen, enterDesk, enterShopper, newPhone, signInByMail } from '../people.ts'
import { earn } from '../purchase.ts'
import type { Journey, Screen, Stage, Visitor } from '../stage.ts'
import { sentence, WORDS } from '../words.ts'

const { common, desk, operator, partner } = WORDS
const { editor } = partner
const ADMIN = 'admin@kopilka.example'

/** A newcomer: no other run of the journeys has the same names and numbers. */
type Company = {
  readonly name: string
  readonly email: string
  readonly taxNumber: string
  /** The twelve digits of the first product; the next ones follow. */
  readonly firstGtin: string
  /** How a till of another company prints the cheese. */
  readonly printed: string
}

const SYLLABLES = ['лу', 'ма', 'ре', 'ко', 'ви', 'са', 'до', 'ни', 'пе', 'бу']

/** A company with an invented name of four syllables, made from a number of four digits. */
function company(number: number): Company {
  const digits = String(number % 10_000).padStart(4, '0')
  const word = [...digits].map((digit) => SYLLABLES[Number(digit)]).join('')
  const name = `${word.charAt(0).toUpperCase()}${word.slice(1)}в сыр`
  return {
    name,
    email: `owner@cheese-${digits}.example`,
    taxNumber: taxNumber(`78011${digits}`),
    firstGtin: `4607${digits}0010`,
    printed: `СЫР ${name.toUpperCase()} КОСТРОМСКОЙ 45% 200Г`,
  }
}

const RUN = Math.floor(Date.now() / 1_000)

/** From an application to a redemption that arrives live, on one screen. */
export function partnerJourney(screen: Screen): Journey {
  const newcomer = company(screen === 'desktop' ? RUN : RUN + 5_000)
  return {
    name: `partner-${screen}`,
    async play(stage) {
      const owner = await stage.open('owner', { screen })
      const admin = await stage.open('operator', { screen: 'desktop' })
      const { page } = owner
      await enterDesk(stage, admin, ADMIN)
      await stage.check('a newcomer signs in by mail, keeps the backup codes, applies', () =>
        apply(stage, owner, newcomer),
      )
      await stage.check('the operator approves the application with a fee', () =>
        approve(admin.page, newcomer),
      )
      await stage.check('a store and its till are added', () => addStore(page, newcomer))
      await stage.check('a CSV is checked, its wrong rows shown, the right ones loaded', () =>
        importProducts(page, newcomer),
      )
      await stage.check(
        'a file of sales is checked, its wrong receipts named, the rest loaded',
        () => feedSales(page, newcomer),
      )
      await stage.check('the editor previews the card and the cost, and says what is missing', () =>
        writeOffer(page, newcomer),
      )
      await stage.check('an invoice is asked for, and the operator confirms the payment', () =>
        fund(page, admin.page, newcomer),
      )
      await stage.check('the offer is published', () => publish(page, newcomer))
      await stage.check('a redemption arrives without a reload, with spend and chart', () =>
        redeem(stage, page, newcomer),
      )
      await stage.check('the offer is paused', () => pause(page))
    },
  }
}

async function apply(stage: Stage, owner: Visitor, company: Company) {
  const { page } = owner
  await page.goto('/partner')
  await see(page, desk.signIn.titlePartner)
  await signInByMail(stage, owner, company.email)
  await enrolByScreen(stage, owner, company.email)
  await see(page, partner.apply.title)
  await field(page, partner.apply.kind).selectOption('both')
  await field(page, partner.apply.name).fill(company.name)
  await field(page, partner.apply.legalName).fill(`ООО «${company.name}»`)
  await field(page, desk.taxNumber.name.ru).fill(company.taxNumber.replace(/.$/, wrongDigit))
  await field(page, partner.apply.contactName).fill('Мария Лугова')
  await field(page, partner.apply.contactPhone).fill('+74951234567')
  await press(page, partner.apply.send)
  await see(page, desk.taxNumber.wrong)
  await field(page, desk.taxNumber.name.ru).fill(company.taxNumber)
  await press(page, partner.apply.send)
  await see(page, partner.state.appliedWhy)
}

const wrongDigit = (digit: string) => String((Number(digit) + 1) % 10)

async function approve(page: Page, company: Company) {
  await page.goto('/operator/partners')
  await see(page, operator.partners.question)
  await page.getByRole('row').filter({ hasText: company.taxNumber }).click()
  await see(dialog(page), company.name)
  await press(dialog(page), operator.partners.approve)
  await field(dialog(page), operator.partners.feeLabel).fill('5')
  await press(dialog(page), operator.partners.approve)
  await see(page, operator.partners.approved)
}

/** The rail of a desk; on a phone it is a sheet behind the menu button. */
async function openSection(page: Page, name: string) {
  const menu = page.getByRole('button', { name: desk.frame.menu, exact: true })
  if (await menu.isVisible()) {
    await menu.click()
    await follow(dialog(page), name)
    await until(
      'the menu is closed',
      async () => (await page.locator('dialog[open]').count()) === 0,
    )
  } else await follow(page.getByRole('navigation'), name)
}

async function addStore(page: Page, company: Company) {
  await page.reload()
  await see(page, partner.overview.question)
  await openSection(page, partner.nav.stores)
  await press(page, partner.stores.add)
  const form = dialog(page)
  await field(form, partner.stores.name).fill(`Лавка «${company.name}»`)
  await field(form, partner.stores.city).fill('Кострома')
  await field(form, partner.stores.address).fill('ул. Советская, д. 3')
  await press(form, common.save)
  await see(page, partner.stores.saved)
  // The sheet stays open: the next thing to say is which tills stand in the store.
  await press(dialog(page), partner.tills.add)
  // The till's own form is the second one of the sheet.
  const saveTill = dialog(page).getByRole('button', { name: common.save }).last()
  await field(dialog(page), partner.tills.registration).fill('1234')
  await saveTill.click()
  await see(dialog(page), desk.form.sixteen)
  await field(dialog(page), partner.tills.registration).fill(`000${company.firstGtin}7`)
  await saveTill.click()
  await see(page, partner.tills.saved)
  await press(dialog(page), common.close)
}

/** Three rows that pass; a wrong check digit, an unknown category and a blocked one. */
function catalogue({ name, firstGtin }: Company): string {
  const code = (at: number) => gtin(String(Number(firstGtin) + at))
  return [
    'Штрихкод;Название;Бренд;Категория;Фасовка;Единица',
    `${code(0)};Сыр ${name} Костромской 45% 200 г;${name};dairy;200;g`,
    `${code(1)};Сыр ${name} Российский 50% 200 г;${name};dairy;200;g`,
    `${code(2)};Масло ${name} сливочное 82,5% 180 г;${name};dairy;180;g`,
    `${code(3).replace(/.$/, wrongDigit)};Творог ${name} 9% 200 г;${name};dairy;200;g`,
    `${code(4)};Санки ${name};${name};sledges;1;piece`,
    `${code(5)};;${name};dairy;200;g`,
  ].join('\n')
}

async function importProducts(page: Page, company: Company) {
  await openSection(page, partner.nav.products)
  await follow(page, partner.products.import)
  const file = {
    name: 'catalogue.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(catalogue(company)),
  }
  await page.locator('input[type=file]').setInputFiles(file)
  await see(page, partner.import.preview)
  await press(page, partner.import.check)
  await see(page, partner.import.checked)
  const errors = page.getByRole('table').filter({ hasText: partner.import.errorRow })
  await see(errors, partner.import.codes.gtin_invalid)
  await see(errors, partner.import.codes.category_unknown)
  await see(errors, partner.import.codes.required)
  await press(page, sentence(partner.import.load))
  await see(page, sentence(partner.import.done))
  await follow(page, partner.import.toProducts)
  await see(page, `Сыр ${company.name} Костромской 45% 200 г`)
}

/** A receipt of two lines, one that does not add up, and one of a till that nobody knows. */
function salesOf({ firstGtin }: Company): string {
  const till = `000${firstGtin}7`
  const time = new Date().toISOString().slice(0, 16)
  return [
    'Касса;Номер чека;Время;Итог;Товар;Количество;Сумма',
    `${till};1;${time};390,00;Сыр костромской;1;250,00`,
    `${till};1;${time};390,00;Масло сливочное;2;140,00`,
    `${till};2;${time};100,00;Творог;1;99,00`,
    `9999999999999999;3;${time};10,00;Пакет;1;10,00`,
  ].join('\n')
}

async function feedSales(page: Page, company: Company) {
  await openSection(page, partner.nav.sales)
  await see(page, partner.sales.question)
  const file = { name: 'sales.csv', mimeType: 'text/csv', buffer: Buffer.from(salesOf(company)) }
  await page.locator('input[type=file]').setInputFiles(file)
  await see(page, sentence(partner.sales.checked))
  await see(page, partner.sales.codes.lines_do_not_add_up)
  await see(page, partner.sales.codes.till_unknown)
  // The other button of these words takes another file.
  await press(page, /^Загрузить \d/)
  await see(page, sentence(partner.sales.loaded))
  await see(page.getByRole('table').filter({ hasText: partner.sales.feedAt }), 'sales.csv')
  await press(page, partner.sales.keyAdd)
  await field(dialog(page), partner.sales.keyName).fill('Касса')
  await press(dialog(page), partner.sales.keyAdd)
  await see(dialog(page), sentence('kpk_{key}'))
  await press(dialog(page), common.close)
  await see(page, partner.sales.keyWorks)
}

async function writeOffer(page: Page, company: Company) {
  await openSection(page, partner.nav.offers)
  await follow(page, partner.offers.add)
  await see(page, editor.question)
  await field(page, editor.s.rewardValue).fill('20')
  await field(page, editor.s.targetKind).selectOption('brand')
  await field(page, editor.s.brand).fill(company.name)
  await field(page, editor.s.from).fill(yesterday())
  await field(page, `${editor.s.notMore} ${editor.s.perReceipt}`).fill('100')
  await field(page, editor.s.budget).fill('10000')
  await field(page, editor.s.titleRu).fill(`Сыры «${company.name}»`)
  await field(page, editor.s.titleEn).fill('Cheese from the meadow')
  const card = page.getByRole('article')
  await see(card, `Сыры «${company.name}»`)
  await see(card, '20 %')
  await see(page, editor.cost.receiptMax)
  await see(page, sentence(editor.cost.receiptsCount))
  await press(page, editor.save)
  await see(page, editor.saved)
  await see(page, editor.problems.ad_token_missing)
  await see(page, editor.problems.rules_url_missing)
  await field(page, editor.s.rulesUrl).fill('https://cheese.example/rules')
  await field(page, editor.s.adToken).fill('2VtzqxCheese')
  await see(page, editor.ready)
}

/** A minute of yesterday, as a field of the browser takes it. */
function yesterday(): string {
  return `${new Date(Date.now() - 86_400_000).toISOString().slice(0, 10)}T00:00`
}

async function fund(page: Page, operatorPage: Page, company: Company) {
  await press(page, partner.offers.publish)
  await see(dialog(page), sentence(partner.offers.publishShort))
  await follow(dialog(page), partner.offers.publishFund)
  await press(page, partner.money.invoice)
  await field(dialog(page), partner.money.amount).fill('15000')
  await press(dialog(page), partner.money.invoice)
  await see(page, partner.invoice.purpose)
  await operatorPage.goto('/operator/invoices')
  await operatorPage.getByRole('row').filter({ hasText: company.name }).click()
  const sheet = dialog(operatorPage)
  await press(sheet, operator.invoices.confirm)
  await field(sheet, operator.invoices.confirmReference).fill(`ПП-${company.taxNumber}`)
  await field(sheet, operator.invoices.confirmAmount).fill('15000')
  await press(sheet, operator.invoices.confirm)
  await see(operatorPage, operator.invoices.confirmed)
  await page.reload()
  await see(page, sentence(partner.invoice.paid))
}

async function publish(page: Page, company: Company) {
  await openSection(page, partner.nav.offers)
  await page
    .getByRole('row')
    .filter({ hasText: `Сыры «${company.name}»` })
    .click()
  await press(page, partner.offers.publish)
  await see(dialog(page), partner.offers.publishLeft)
  await press(dialog(page), partner.offers.publish)
  await see(page, partner.offers.published)
  await see(page, sentence(partner.offers.until))
}

async function redeem(stage: Stage, page: Page, company: Company) {
  await see(page, partner.offers.liveEmpty)
  const shopper = await stage.open('shopper')
  await enterShopper(stage, shopper, newPhone())
  const lines = [{ name: company.printed, priceMinor: 25_000, quantity: 2 }]
  const receipt = await earn(shopper, await buy(stage.network.sandbox, { chain: 'ugol', lines }))
  insist(receipt.rewardMinor === 10_000, `20 % of 500 ₽ gave ${receipt.rewardMinor}`)
  const rows = redemptions(page)
  await see(rows, company.printed)
  await see(rows, '100,00')
  await see(rows, WORDS.verdict.chip.rewarded)
  await rows.getByRole('row').filter({ hasText: company.printed }).click()
  await see(dialog(page), WORDS.verdict.why.rewarded)
  await press(dialog(page), common.close)
  // 20 % of 500 ₽ and 5 % of that for the network.
  await until('the spend is there', async () => /105 ₽/.test(await figure(page, SPENT)))
  await page.getByText(common.chart.asTable).first().click()
  await see(page.getByRole('table').filter({ hasText: SPENT_SERIES }), '105,00')
}

const SPENT = partner.offers.spent
const SPENT_SERIES = partner.offers.chartSpent

const redemptions = (page: Page): Locator =>
  page.getByRole('table').filter({ hasText: partner.offers.line })

/** The text of the card that a figure's label stands in. */
async function figure(page: Page, label: string): Promise<string> {
  const text = await page.getByText(label, { exact: true }).first().locator('..').textContent()
  return (text ?? '').replace(/\s/g, ' ')
}

async function pause(page: Page) {
  await press(page, partner.offers.pause)
  await see(dialog(page), partner.offers.pauseWhy)
  await press(dialog(page), partner.offers.pause)
  await see(page, partner.offers.paused)
  await see(page, partner.offers.resume)
}
