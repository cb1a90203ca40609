import { MARKETS } from '#schema/market'
import { minor } from '#schema/money'
import type { Offer, OfferDraft, OfferRule } from '#schema/offer'
import type { Page } from '#schema/page'
import type { Product } from '#schema/partner'
import { wallMinuteIn } from '#worker/offers/wall'
import type { Seeded } from './partners.ts'
import { slugOf } from './people.ts'

/** An offer as the seed writes it: who pays, and the rule without what all rules share. */
type DemoOffer = {
  readonly partner: string
  readonly title: OfferDraft['title']
  readonly budgetMinor: number
  readonly isDraft?: boolean
  readonly rule: (
    names: Names,
  ) => Promise<Partial<OfferRule> & Pick<OfferRule, 'reward' | 'target'>>
}

type Names = {
  /** Partner ids of retailers by name. */
  retailer(name: string): string
  /** Product ids of the paying partner, by GTIN. */
  products(...gtins: string[]): Promise<string[]>
}

const DAY_MS = 86_400_000

const NO_CAPS: OfferRule['caps'] = {
  perLineMinor: null,
  perReceiptMinor: null,
  perShopperMinor: null,
  perShopperReceipts: null,
  perPeriod: null,
}

const percent = (rateBps: number) => ({ code: 'percent' as const, args: { rateBps } })
const fixed = (roubles: number, per: 'unit' | 'receipt') => ({
  code: 'fixed' as const,
  args: { amountMinor: minor(roubles * 100), per },
})
const brand = (name: string) => ({ code: 'brand' as const, args: { brand: name } })
const roubles = (amount: number) => minor(amount * 100)

const OFFERS: readonly DemoOffer[] = [
  {
    partner: 'Млечный бор',
    title: { ru: 'Молочное от «Млечного бора»', en: 'Dairy by Mlechny Bor' },
    budgetMinor: roubles(60_000),
    rule: async () => ({
      reward: percent(1_500),
      target: brand('Млечный бор'),
      caps: { ...NO_CAPS, perReceiptMinor: roubles(300), perShopperMinor: roubles(3_000) },
    }),
  },
  {
    partner: 'Утроград',
    title: { ru: 'Молотый кофе к завтраку', en: 'Ground coffee for breakfast' },
    budgetMinor: roubles(40_000),
    rule: async ({ products }) => ({
      reward: fixed(50, 'unit'),
      target: {
        code: 'products',
        args: { productIds: await products('4619844590026', '4619844590033') },
      },
      caps: { ...NO_CAPS, perReceiptMinor: roubles(150), perShopperReceipts: 10 },
    }),
  },
  {
    partner: 'Берёзка',
    title: { ru: 'Весь чек в «Берёзке»', en: 'The whole receipt at Beryozka' },
    budgetMinor: roubles(80_000),
    rule: async ({ retailer }) => ({
      reward: percent(200),
      target: { code: 'receipt', args: {} },
      retailers: [retailer('Берёзка')],
      minimum: { spendMinor: roubles(300), quantity: null },
      caps: {
        ...NO_CAPS,
        perReceiptMinor: roubles(200),
        perPeriod: { period: 'month', amountMinor: roubles(1_000), receipts: null },
      },
    }),
  },
  {
    partner: 'Пятый угол',
    title: { ru: 'Сладкое в «Пятом углу»', en: 'Sweets at Pyaty Ugol' },
    budgetMinor: roubles(50_000),
    rule: async ({ retailer }) => ({
      reward: percent(700),
      target: { code: 'category', args: { category: 'sweets' } },
      retailers: [retailer('Пятый угол')],
      caps: { ...NO_CAPS, perReceiptMinor: roubles(100) },
    }),
  },
  {
    partner: 'Ягодень',
    title: { ru: 'Три «Ягодня» и больше', en: 'Three of Yagoden and more' },
    budgetMinor: roubles(30_000),
    rule: async () => ({
      reward: percent(2_000),
      target: brand('Ягодень'),
      minimum: { spendMinor: null, quantity: 3 },
      caps: { ...NO_CAPS, perLineMinor: roubles(80), perReceiptMinor: roubles(200) },
    }),
  },
  {
    partner: 'Дом и лад',
    title: { ru: 'Техника для кухни', en: 'Kitchen appliances' },
    budgetMinor: roubles(70_000),
    rule: async ({ retailer }) => ({
      reward: percent(500),
      target: { code: 'category', args: { category: 'electronics' } },
      retailers: [retailer('Дом и лад')],
      holdDays: 14,
      caps: { ...NO_CAPS, perReceiptMinor: roubles(1_000) },
    }),
  },
  {
    partner: 'Дед Ржан',
    title: { ru: 'Хлеб: сначала включите', en: 'Bread: switch it on first' },
    budgetMinor: roubles(20_000),
    rule: async () => ({
      reward: percent(3_000),
      target: brand('Дед Ржан'),
      activation: 'required',
      caps: { ...NO_CAPS, perReceiptMinor: roubles(60), perShopperReceipts: 3 },
    }),
  },
  {
    partner: 'Снежень',
    title: { ru: 'Пельмени: пока не разобрали', en: 'Pelmeni while they last' },
    budgetMinor: roubles(880),
    rule: async ({ products }) => ({
      reward: fixed(40, 'receipt'),
      target: { code: 'products', args: { productIds: await products('4642166200014') } },
      caps: { ...NO_CAPS, perReceiptMinor: roubles(40), perShopperReceipts: 1 },
    }),
  },
  {
    partner: 'Almkrämer',
    title: { ru: 'Весь чек в «Almkrämer»', en: 'The whole receipt at Almkrämer' },
    budgetMinor: 80_000,
    rule: async ({ retailer }) => ({
      reward: percent(300),
      target: { code: 'receipt', args: {} },
      retailers: [retailer('Almkrämer')],
      // Austrian codes carry sums alone, and this chain sells nothing that earns nothing.
      withoutLines: 'earns' as const,
      minimum: { spendMinor: minor(500), quantity: null },
      caps: { ...NO_CAPS, perReceiptMinor: minor(300) },
    }),
  },
  {
    partner: 'Ақбулақ',
    title: { ru: 'Молочное «Ақбулақ»', en: 'Dairy by Aqbulaq' },
    budgetMinor: 5_000_000,
    rule: async () => ({
      reward: percent(1_000),
      target: brand('Ақбулақ'),
      caps: { ...NO_CAPS, perReceiptMinor: minor(100_000) },
    }),
  },
  {
    partner: 'Дастархан',
    title: { ru: 'Хлеб и выпечка в «Дастархане»', en: 'Bread and pastry at Dastarkhan' },
    budgetMinor: 3_000_000,
    rule: async ({ retailer }) => ({
      reward: percent(500),
      target: { code: 'category', args: { category: 'bakery' } },
      retailers: [retailer('Дастархан')],
      caps: { ...NO_CAPS, perReceiptMinor: minor(50_000) },
    }),
  },
  {
    partner: 'Зефирград',
    title: { ru: 'Зефир к празднику', en: 'Zephyr for the holidays' },
    budgetMinor: roubles(25_000),
    isDraft: true,
    rule: async () => ({
      reward: percent(1_000),
      target: brand('Зефирград'),
      caps: { ...NO_CAPS, perReceiptMinor: roubles(150) },
    }),
  },
]

/** `days` from now, midnight in the market, as offers write it. */
function midnight(now: number, days: number, timeZone: string): string {
  const at = new Date(now + days * DAY_MS).toISOString()
  return `${wallMinuteIn(at, timeZone).slice(0, 10)}T00:00`
}

async function draftOf(demo: DemoOffer, payer: Seeded, names: Names, now: number) {
  const { name, legalName, taxNumber, market } = payer.demo.application
  const { timeZone } = MARKETS[market]
  const shared = {
    retailers: 'all' as const,
    minimum: { spendMinor: null, quantity: null },
    caps: NO_CAPS,
    activation: 'optional' as const,
    startsAt: midnight(now, -7, timeZone),
    endsAt: midnight(now, 60, timeZone),
    timeZone,
    submissionDays: 14,
    holdDays: 0,
  }
  const draft: OfferDraft = {
    title: demo.title,
    budgetMinor: minor(demo.budgetMinor),
    rule: { ...shared, ...(await demo.rule(names)) },
    legal: {
      organiser: legalName,
      rulesUrl: `https://${slugOf(name)}.example/rules`,
      advertiserTaxNumber: taxNumber,
      // Only Russia has a registry of advertising; the draft waits for its token.
      adToken:
        demo.isDraft === true || market !== 'ru' ? '' : `2Vtzq${slugOf(name).replaceAll('-', '')}`,
    },
  }
  return draft
}

/** Writes and publishes the offers that are not there yet; one stays a draft. */
export async function seedOffers(partners: readonly Seeded[], now: number): Promise<void> {
  const byName = new Map(partners.map((partner) => [partner.demo.application.name, partner]))
  const named = (name: string) => {
    const partner = byName.get(name)
    if (!partner) throw new Error(`the seed has no partner ${name}`)
    return partner
  }
  for (const demo of OFFERS) {
    const payer = named(demo.partner)
    const path = `/v1/partners/${payer.id}/offers`
    const { items } = await payer.owner.call<Page<Offer>>('GET', `${path}?limit=100`)
    const known = items.find((offer) => offer.draft.title.ru === demo.title.ru)
    const names = { retailer: (name: string) => named(name).id, products: productsOf(payer) }
    const create = async () =>
      payer.owner.call<Offer>('POST', path, await draftOf(demo, payer, names, now))
    const offer = known ?? (await create())
    if (offer.state !== 'draft' || demo.isDraft === true) continue
    await payer.owner.call('POST', `${path}/${offer.id}/publish`, {})
  }
}

function productsOf({ owner, id }: Seeded): Names['products'] {
  return async (...gtins) => {
    const path = `/v1/partners/${id}/products?limit=100`
    const { items } = await owner.call<Page<Product>>('GET', path)
    const wanted = items.filter((product) => gtins.includes(product.gtin))
    if (wanted.length !== gtins.length) throw new Error(`not all of ${gtins} are in the catalogue`)
    return wanted.map((product) => product.id)
  }
}
