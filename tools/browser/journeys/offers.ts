import type { Page } from 'playwright-core'
import type { OfferCard } from '#schema/offer'
import { home as homeEn, offer as offerEn } from '../../../web/src/messages/en/shop-home.ts'
import { field, follow, insist, press, see, until } from '../acts.ts'
import { call, enterShopper, newPhone } from '../people.ts'
import type { Journey, Visitor } from '../stage.ts'
import { sentence, WORDS } from '../words.ts'

const { common, shop } = WORDS
/** Longer than a pattern of LIKE may be in D1. */
const LONG_SEARCH = 'самокат электрический складной чёрный'
const RUSSIAN = /[а-яё]/i

/** Looking for an offer, reserving it, reading its rules, in both languages and both themes. */
export const offers: Journey = {
  name: 'offers',
  async play(stage) {
    const visitor = await stage.open('shopper')
    const { page } = visitor
    await enterShopper(stage, visitor, newPhone())
    await stage.check('search and the filter by shop narrow the offers', () => search(page))
    await stage.check('activation reserves the reward, and the card says until when', () =>
      activate(page),
    )
    await stage.check('the offer shows rules made from the rule itself', () => rules(visitor))
    await stage.check('the language changes everything, rules too, and stays', () =>
      english(visitor),
    )
    await stage.check('the dark theme is chosen, seen and kept', () => dark(page))
    await stage.check('back and forward find the pages as they were', () => backAndForward(page))
  },
}

async function search(page: Page) {
  await page.goto('/')
  const cards = page.getByRole('article')
  await field(page, shop.home.search).fill('молоч')
  await until('one offer is left', async () => (await cards.count()) === 1)
  await see(page, 'Молочное от «Млечного бора»')
  await field(page, shop.home.search).fill(LONG_SEARCH)
  await see(page, shop.home.none)
  await press(page, shop.home.resetSearch)
  await see(page, 'Весь чек в «Берёзке»')
  await field(page, shop.home.retailer).selectOption({ label: 'Пятый угол' })
  await until('the other shop’s offer is gone', async () => {
    return (await page.getByText('Весь чек в «Берёзке»').count()) === 0
  })
  await see(page, 'Сладкое в «Пятом углу»')
}

async function activate(page: Page) {
  await page.goto('/')
  const card = page.getByRole('article').filter({ hasText: 'Хлеб: сначала включите' })
  await see(card, sentence(shop.offer.left))
  await press(card, /^Активировать/)
  await see(page, sentence(shop.offer.justActivated))
  await see(card, sentence(shop.offer.activated))
  await follow(card, 'Хлеб: сначала включите')
  await see(page, sentence(shop.offer.activatedMore))
}

async function offerOf(visitor: Visitor): Promise<OfferCard> {
  const id = new URL(visitor.page.url()).searchParams.get('id')
  return call<OfferCard>(visitor, 'GET', `/v1/offers/${id}`)
}

async function rules(visitor: Visitor) {
  const { page } = visitor
  const offer = await offerOf(visitor)
  insist(offer.terms.ru.length >= 3, 'the rules are shorter than three sentences')
  for (const term of offer.terms.ru) await see(page, term)
  await page.getByText(shop.offer.finePrint).click()
  await see(page, offer.legal.advertiserTaxNumber)
  await see(page, offer.legal.adToken)
}

async function english(visitor: Visitor) {
  const { page } = visitor
  const url = page.url()
  await page.goto('/profile')
  await field(page, common.language).selectOption('en')
  await page.goto(url)
  const offer = await offerOf(visitor)
  await see(page, offerEn.rules)
  for (const term of offer.terms.en) {
    insist(!RUSSIAN.test(term.replace(/“[^”]*”|«[^»]*»/g, '')), `not English: ${term}`)
    await see(page, term)
  }
  insist((await page.locator('html').getAttribute('lang')) === 'en', 'the page is not marked en')
  await page.goto('/')
  await see(page, homeEn.canWithdraw)
  await page.goto('/profile')
  await page.getByRole('combobox').first().selectOption('ru')
  await see(page, shop.profile.view)
}

const paperOf = (page: Page) =>
  page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor)

async function dark(page: Page) {
  const light = await paperOf(page)
  await field(page, common.theme.label).selectOption('dark')
  await until('the paper is dark', async () => (await paperOf(page)) !== light)
  await page.goto('/')
  insist((await paperOf(page)) !== light, 'the next page is light again')
  await page.goto('/profile')
  await field(page, common.theme.label).selectOption('system')
}

async function backAndForward(page: Page) {
  await page.goto('/')
  await follow(page, 'Техника для кухни')
  await see(page, shop.offer.rules)
  await follow(page, shop.nav.wallet)
  await see(page, shop.wallet.neverExpires)
  await page.goBack()
  await see(page, shop.offer.rules)
  await page.goBack()
  await see(page, shop.home.canWithdraw)
  await page.goForward()
  await see(page, shop.offer.rules)
  await press(page, common.back)
  await see(page, shop.home.canWithdraw)
}
