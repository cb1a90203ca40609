import type { OfferCard } from '#schema/offer'
import type { Page as ItemPage } from '#schema/page'
import type { Payout } from '#schema/payout'
import type { ReceiptSummary } from '#schema/receipt'
import { ownerOf, SHOPPER } from '../../seed/people.ts'
import { dialog, field, press } from '../acts.ts'
import { judge } from '../axe.ts'
import { call, enterDesk, enterShopper } from '../people.ts'
import { type Journey, SCREENS, type Screen, type Stage, type Visitor } from '../stage.ts'
import { WORDS } from '../words.ts'

const { operator, partner, shop } = WORDS
/** Receipts opened: one that is held, one of several lines. */
const RECEIPTS = 2
const ADMIN = 'admin@kopilka.example'

/** A page of the app, and what is opened on it before it is judged. */
type Place = { readonly path: string; readonly open?: (visitor: Visitor) => Promise<void> }

type Receipts = ItemPage<ReceiptSummary>

const BOTH: readonly Screen[] = Object.keys(SCREENS) as Screen[]

/** Every page of one part of the app, on both screens. `enter` signs the first visitor in. */
function pagesJourney(
  name: string,
  enter: (stage: Stage, visitor: Visitor) => Promise<void>,
  places: (visitor: Visitor) => Promise<readonly Place[]>,
): Journey {
  return {
    name: `pages-${name}`,
    needsShopper: true,
    async play(stage) {
      const visitors: Visitor[] = []
      for (const screen of BOTH) visitors.push(await stage.open(screen, { screen }))
      const [first] = visitors
      if (!first) return
      await enter(stage, first)
      const cookies = await first.context.cookies()
      for (const visitor of visitors) {
        await visitor.context.addCookies(cookies)
        visitor.watch.expect({ path: '/nowhere', status: 404 })
      }
      for (const place of await places(first)) {
        await stage.checkApart(`${place.path} ${place.open ? '(opened) ' : ''}is accessible`, () =>
          Promise.all(visitors.map((visitor) => judgePlace(visitor, place))).then(() => undefined),
        )
      }
    },
  }
}

async function judgePlace(visitor: Visitor, { path, open }: Place): Promise<void> {
  await visitor.page.goto(path)
  await open?.(visitor)
  await judge(visitor, `${visitor.screen} ${path}`)
}

const plain = (...paths: string[]): Place[] => paths.map((path) => ({ path }))

/** What a stranger sees. */
export const strangerPages = pagesJourney(
  'stranger',
  async () => undefined,
  async (visitor) => {
    const { items } = await call<ItemPage<OfferCard>>(visitor, 'GET', '/v1/offers')
    return [
      ...plain('/', '/sign-in', `/offer?id=${items[0]?.id}`, '/profile', '/offline', '/nowhere'),
      ...plain('/legal/terms', '/legal/privacy', '/partner', '/operator'),
    ]
  },
)

export const shopperPages = pagesJourney(
  'shopper',
  async (stage, visitor) => void (await enterShopper(stage, visitor, SHOPPER.phone)),
  async (visitor) => {
    const receipts = await call<Receipts>(visitor, 'GET', '/v1/receipts')
    const payouts = await call<ItemPage<Payout>>(visitor, 'GET', '/v1/payouts')
    const offers = await call<ItemPage<OfferCard>>(visitor, 'GET', '/v1/offers')
    const offer = offers.items.find((card) => card.activated) ?? offers.items[0]
    return [
      ...plain('/', `/offer?id=${offer?.id}`, '/receipts', '/wallet', '/withdraw', '/scan'),
      ...receipts.items.slice(0, RECEIPTS).map(({ id }) => ({
        path: `/receipt?id=${id}`,
        open: ({ page }: Visitor) => page.getByText(shop.receipt.why).first().click(),
      })),
      ...plain(`/payout?id=${payouts.items[0]?.id}`, '/profile', '/consent'),
      { path: '/scan', open: ({ page }) => press(page, shop.scan.type) },
      { path: '/withdraw', open: ({ page }) => page.getByText(shop.withdraw.bankChoose).click() },
    ]
  },
)

export const partnerPages = pagesJourney(
  'partner',
  (stage, visitor) => enterDesk(stage, visitor, ownerOf('Млечный бор')),
  async (visitor) => {
    const me = await call<{ partners: { partnerId: string }[] }>(visitor, 'GET', '/v1/me')
    const path = `/v1/partners/${me.partners[0]?.partnerId}`
    const offers = await call<ItemPage<{ id: string }>>(visitor, 'GET', `${path}/offers`)
    const invoices = await call<ItemPage<{ id: string }>>(visitor, 'GET', `${path}/invoices`)
    const offer = offers.items[0]?.id
    return [
      ...plain('/partner', '/partner/offers', `/partner/offers/offer?id=${offer}`),
      ...plain(`/partner/offers/edit?id=${offer}`, '/partner/offers/edit', '/partner/products'),
      ...plain('/partner/products/import', '/partner/stores', '/partner/sales', '/partner/money'),
      ...plain(`/partner/money/invoice?id=${invoices.items[0]?.id}`, '/partner/staff'),
      ...plain('/partner/organisation', '/partner/keys'),
      { path: '/partner/offers/edit', open: ({ page }) => press(page, partner.editor.save) },
      { path: '/partner/products', open: ({ page }) => press(page, partner.products.add) },
      { path: '/partner/money', open: ({ page }) => press(page, partner.money.invoice) },
    ]
  },
)

export const operatorPages = pagesJourney(
  'operator',
  (stage, visitor) => enterDesk(stage, visitor, ADMIN),
  async (visitor) => {
    const receipts = await call<Receipts>(visitor, 'GET', '/v1/operator/receipts')
    const payouts = await call<ItemPage<{ id: string }>>(visitor, 'GET', '/v1/operator/payouts')
    const rewarded = receipts.items.find((one) => one.rewardMinor > 0)
    const receipt = `/operator/receipts/receipt?id=${rewarded?.id}`
    return [
      ...plain('/operator', '/operator/partners', '/operator/invoices', '/operator/receipts'),
      ...plain(receipt, '/operator/payouts', '/operator/stores', '/operator/log'),
      ...plain(`/operator/payouts/payout?id=${payouts.items[0]?.id}`, '/operator/books'),
      ...plain('/operator/markets', '/operator/aliases'),
      ...plain('/operator/books?view=transfers', '/operator/books?view=audits'),
      {
        path: '/operator',
        open: async ({ page }) => {
          await field(page, operator.search.label).fill('молоч')
          await page.getByRole('option').first().waitFor()
        },
      },
      { path: '/operator/partners', open: openFirstRow },
      { path: receipt, open: ({ page }) => press(page, operator.receipt.explain) },
    ]
  },
)

async function openFirstRow({ page }: Visitor) {
  await page.locator('tbody tr').first().click()
  await dialog(page).waitFor()
}
