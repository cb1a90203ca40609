import type { CurrencyCode } from '#schema/currency'
import type { Category } from '#schema/market'
import type { OfferCaps, OfferReward, OfferRule, OfferTarget } from '#schema/offer'
import type { RuledBy, RuleWords } from './describe.ts'
import { amount, type Moment, momentOf, NBSP, type NumberStyle, partsOf, percent } from './plain.ts'

const STYLE: NumberStyle = { decimal: '.', group: ',', percent: '%' }

const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
]

const CATEGORIES: Readonly<Record<Category, string>> = {
  dairy: 'dairy',
  bakery: 'bread and bakery',
  meat: 'meat and sausages',
  fish: 'fish and seafood',
  fruit_vegetables: 'fruit and vegetables',
  grocery: 'groceries',
  sweets: 'sweets',
  snacks: 'snacks',
  drinks: 'drinks',
  coffee_tea: 'coffee and tea',
  frozen: 'frozen food',
  baby: 'baby goods',
  pets: 'pet goods',
  beauty: 'beauty and hygiene',
  household: 'household goods',
  clothing: 'clothing and shoes',
  electronics: 'electronics',
  home: 'home goods',
  other: 'other goods',
  alcohol: 'alcohol',
  tobacco: 'tobacco',
  infant_formula: 'infant formula',
  medicines: 'medicines',
}

const COINS: Partial<Record<CurrencyCode, string>> = { RUB: 'kopeck', KZT: 'tiyn' }

/** Other zones are named as they are. */
const ZONES: Readonly<Record<string, string>> = { 'Europe/Moscow': 'Moscow time' }

function counted(count: number, one: string, many: string): string {
  return `${count}${NBSP}${count === 1 ? one : many}`
}

/** How a market's sums are said. */
type Money = { readonly sum: (amountMinor: number) => string; readonly coin: string }

function moneyOf(currency: CurrencyCode): Money {
  return {
    sum: (amountMinor) => amount(amountMinor, currency, STYLE),
    coin: COINS[currency] ?? 'cent',
  }
}

const goods = (count: number) => counted(count, 'product', 'products')
const receipts = (count: number) => counted(count, 'receipt', 'receipts')
const days = (count: number) => counted(count, 'day', 'days')
const listed = (names: readonly string[]) => names.map((name) => `“${name}”`).join(', ')
/** `a, b and c`. */
const all = (words: readonly string[]) =>
  words.length < 2 ? words.join() : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`

function rewardText(reward: OfferReward, money: Money): string {
  if (reward.code === 'percent') return percent(reward.args.rateBps, STYLE)
  return money.sum(reward.args.amountMinor)
}

function summary(rule: OfferRule, products: readonly string[], retailers: readonly string[]) {
  return `On ${summaryTarget(rule.target, products)} ${summaryPlace(rule, retailers)}`
}

function summaryTarget(target: OfferTarget, products: readonly string[]): string {
  switch (target.code) {
    case 'products':
      return products.length === 1 ? listed(products) : goods(products.length)
    case 'brand':
      return `“${target.args.brand}” goods`
    case 'category':
      return CATEGORIES[target.args.category]
    case 'receipt':
      return 'the whole purchase'
  }
}

function summaryPlace(rule: OfferRule, retailers: readonly string[]): string {
  if (rule.retailers === 'all') return 'in any shop'
  const [first = ''] = retailers
  if (retailers.length === 1) return `at “${first}”`
  return `at “${first}” and ${counted(retailers.length - 1, 'other chain', 'other chains')}`
}

function rewardTerms(reward: OfferReward, target: OfferTarget, money: Money): string {
  const amount = rewardText(reward, money)
  if (reward.code === 'percent') {
    return target.code === 'receipt'
      ? `${amount} of the receipt back; fractions of a ${money.coin} are dropped.`
      : `${amount} of the price back; fractions of a ${money.coin} are dropped on every line.`
  }
  if (reward.args.per === 'receipt') {
    return `${amount} for a receipt, but not more than the goods cost.`
  }
  return (
    `${amount} for every piece or pack, but not more than it costs; ` +
    'goods sold by weight count as one piece.'
  )
}

function targetTerms(target: OfferTarget, products: readonly string[]): string {
  switch (target.code) {
    case 'products':
      return products.length === 1
        ? `Applies to ${listed(products)}.`
        : `Applies to ${goods(products.length)}: ${listed(products)}.`
    case 'brand':
      return `Applies to all “${target.args.brand}” goods.`
    case 'category':
      return `Applies to ${CATEGORIES[target.args.category]}.`
    case 'receipt':
      return 'Applies to the whole purchase.'
  }
}

function placeTerms(rule: OfferRule, retailers: readonly string[]): string {
  return rule.retailers === 'all' ? 'In any shop.' : `At ${listed(retailers)}.`
}

function minimumTerms({ minimum, target }: OfferRule, money: Money): string[] {
  const what = target.code === 'receipt' ? 'on the receipt' : 'of matching goods on one receipt'
  const { spendMinor, quantity } = minimum
  return [
    ...(spendMinor === null ? [] : [`From ${money.sum(spendMinor)} ${what}.`]),
    ...(quantity === null ? [] : [`From ${counted(quantity, 'piece', 'pieces')} ${what}.`]),
  ]
}

const PERIODS = {
  day: 'a day',
  week: 'a week, counted from Monday',
  month: 'a calendar month',
} as const

function capTerms(caps: OfferCaps, money: Money): string[] {
  const terms: string[] = []
  const most = (limit: string) => terms.push(`Not more than ${limit}.`)
  if (caps.perLineMinor !== null)
    most(`${money.sum(caps.perLineMinor)} for one line of the receipt`)
  if (caps.perReceiptMinor !== null) most(`${money.sum(caps.perReceiptMinor)} for one receipt`)
  if (caps.perShopperMinor !== null)
    most(`${money.sum(caps.perShopperMinor)} for one wallet in all`)
  if (caps.perShopperReceipts !== null) {
    most(`${receipts(caps.perShopperReceipts)} for one wallet in all`)
  }
  if (caps.perPeriod) {
    const { period, amountMinor, receipts: count } = caps.perPeriod
    if (amountMinor !== null) most(`${money.sum(amountMinor)} for one wallet ${PERIODS[period]}`)
    if (count !== null) most(`${receipts(count)} for one wallet ${PERIODS[period]}`)
  }
  return terms
}

function dateOf(day: string): string {
  const { day: date, month, year } = partsOf(day)
  return `${date}${NBSP}${MONTHS[month]} ${year}`
}

function momentText(moment: Moment, whole: (date: string) => string, exact: string): string {
  switch (moment.code) {
    case 'day':
      return whole(dateOf(moment.day))
    case 'minute':
      return `${exact} ${moment.time} on ${dateOf(moment.day)}`
    case 'unreadable':
      return `${exact} ${moment.text}`
  }
}

function windowTerms({ startsAt, endsAt }: OfferRule): string {
  const from = momentText(momentOf(startsAt, 'start'), (date) => `from ${date}`, 'from')
  const to = momentText(momentOf(endsAt, 'end'), (date) => `to ${date} inclusive`, 'until')
  return `Purchases ${from} ${to}, by the time on the receipt.`
}

function activationTerms({ activation }: OfferRule): string {
  return activation === 'required'
    ? 'The offer has to be activated before the purchase.'
    : 'The offer need not be activated beforehand.'
}

function submissionTerms({ submissionDays, timeZone }: OfferRule): string {
  const zone = ZONES[timeZone] ?? `${timeZone} time`
  const until = 'by the end of the last day,'
  return `Send the receipt within ${days(submissionDays)} of the purchase, ${until} ${zone}.`
}

function holdTerms({ holdDays }: OfferRule): string {
  if (holdDays === 0) return 'The money can be withdrawn as soon as it is credited.'
  return `The money can be withdrawn ${days(holdDays)} after it is credited.`
}

/** What earns nothing whatever the offer is on. */
function blockedTerms({ withoutLines }: OfferRule, blocked: readonly Category[]): string[] {
  if (blocked.length === 0) return []
  const terms = [`Nothing is earned on ${all(blocked.map((one) => CATEGORIES[one]))}.`]
  if (withoutLines !== 'earns') return terms
  const declared = 'Receipts that name no goods count too: the shop declares'
  return [...terms, `${declared} that nothing of that is on them.`]
}

/** The texts of an offer in English. */
export function english({ currency, blockedCategories }: RuledBy): RuleWords {
  const money = moneyOf(currency)
  return {
    rewardText: (reward) => rewardText(reward, money),
    summary,
    terms: (rule, products, shops) => [
      rewardTerms(rule.reward, rule.target, money),
      targetTerms(rule.target, products),
      ...blockedTerms(rule, blockedCategories),
      placeTerms(rule, shops),
      ...minimumTerms(rule, money),
      windowTerms(rule),
      ...capTerms(rule.caps, money),
      activationTerms(rule),
      submissionTerms(rule),
      holdTerms(rule),
    ],
  }
}
