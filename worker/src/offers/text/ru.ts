import type { CurrencyCode } from '#schema/currency'
import type { Category } from '#schema/market'
import type { OfferCaps, OfferReward, OfferRule, OfferTarget } from '#schema/offer'
import type { RuledBy, RuleWords } from './describe.ts'
import { amount, type Moment, momentOf, NBSP, type NumberStyle, partsOf, percent } from './plain.ts'

const STYLE: NumberStyle = { decimal: ',', group: NBSP, percent: `${NBSP}%` }

const MONTHS = [
  'января',
  'февраля',
  'марта',
  'апреля',
  'мая',
  'июня',
  'июля',
  'августа',
  'сентября',
  'октября',
  'ноября',
  'декабря',
]

/** After «на»: accusative. */
const CATEGORIES: Readonly<Record<Category, string>> = {
  dairy: 'молочные продукты',
  bakery: 'хлеб и выпечку',
  meat: 'мясо и колбасу',
  fish: 'рыбу и морепродукты',
  fruit_vegetables: 'овощи и фрукты',
  grocery: 'бакалею',
  sweets: 'сладости',
  snacks: 'снеки',
  drinks: 'напитки',
  coffee_tea: 'кофе и чай',
  frozen: 'замороженные продукты',
  baby: 'детские товары',
  pets: 'товары для животных',
  beauty: 'косметику и гигиену',
  household: 'бытовую химию',
  clothing: 'одежду и обувь',
  electronics: 'электронику',
  home: 'товары для дома',
  other: 'прочие товары',
  alcohol: 'алкоголь',
  tobacco: 'табак',
  infant_formula: 'детские смеси',
  medicines: 'лекарства',
}

/** After «по»: dative. Other zones are named as they are. */
const ZONES: Readonly<Record<string, string>> = {
  'Europe/Kaliningrad': 'калининградскому времени',
  'Europe/Moscow': 'московскому времени',
  'Europe/Samara': 'самарскому времени',
  'Asia/Yekaterinburg': 'екатеринбургскому времени',
  'Asia/Omsk': 'омскому времени',
  'Asia/Novosibirsk': 'новосибирскому времени',
  'Asia/Krasnoyarsk': 'красноярскому времени',
  'Asia/Irkutsk': 'иркутскому времени',
  'Asia/Yakutsk': 'якутскому времени',
  'Asia/Vladivostok': 'владивостокскому времени',
  'Asia/Magadan': 'магаданскому времени',
  'Asia/Kamchatka': 'камчатскому времени',
}

/**
 * The number with the right form of the noun: 1 товар, 2 товара, 5 товаров, 11 товаров, 21 товар.
 */
const COINS: Partial<Record<CurrencyCode, string>> = { RUB: 'копейки', KZT: 'тиына' }

function counted(count: number, one: string, few: string, many: string): string {
  return `${count}${NBSP}${formOf(count, one, few, many)}`
}

function formOf(count: number, one: string, few: string, many: string): string {
  const lastTwo = count % 100
  const last = count % 10
  if (lastTwo >= 11 && lastTwo <= 14) return many
  if (last === 1) return one
  return last >= 2 && last <= 4 ? few : many
}

/** How a market's sums are said. */
type Money = { readonly sum: (amountMinor: number) => string; readonly coin: string }

function moneyOf(currency: CurrencyCode): Money {
  return {
    sum: (amountMinor) => amount(amountMinor, currency, STYLE),
    coin: COINS[currency] ?? 'цента',
  }
}

const goods = (count: number) => counted(count, 'товар', 'товара', 'товаров')
/** Genitive, after «не больше», «от», «в течение»: 1 чека, 2 чеков. */
const receiptsOf = (count: number) => counted(count, 'чека', 'чеков', 'чеков')
const piecesOf = (count: number) => counted(count, 'штуки', 'штук', 'штук')
const daysOf = (count: number) => counted(count, 'дня', 'дней', 'дней')
/** Accusative, after «через»: 1 день, 2 дня, 5 дней. */
const days = (count: number) => counted(count, 'день', 'дня', 'дней')

function quoted(name: string): string {
  return `«${name.replaceAll('«', '„').replaceAll('»', '“')}»`
}

const listed = (names: readonly string[]) => names.map(quoted).join(', ')
/** `a, b и c`. */
const all = (words: readonly string[]) =>
  words.length < 2 ? words.join() : `${words.slice(0, -1).join(', ')} и ${words.at(-1)}`

function rewardText(reward: OfferReward, money: Money): string {
  if (reward.code === 'percent') return percent(reward.args.rateBps, STYLE)
  return money.sum(reward.args.amountMinor)
}

function summary(rule: OfferRule, products: readonly string[], retailers: readonly string[]) {
  return `На ${summaryTarget(rule.target, products)} ${summaryPlace(rule, retailers)}`
}

function summaryTarget(target: OfferTarget, products: readonly string[]): string {
  switch (target.code) {
    case 'products':
      return products.length === 1 ? listed(products) : goods(products.length)
    case 'brand':
      return `товары ${quoted(target.args.brand)}`
    case 'category':
      return CATEGORIES[target.args.category]
    case 'receipt':
      return 'всю покупку'
  }
}

function summaryPlace(rule: OfferRule, retailers: readonly string[]): string {
  if (rule.retailers === 'all') return 'в любом магазине'
  const [first = ''] = retailers
  if (retailers.length === 1) return `в магазинах ${quoted(first)}`
  const more = retailers.length - 1
  return `в магазинах ${quoted(first)} и ещё ${counted(more, 'сети', 'сетей', 'сетей')}`
}

function rewardTerms(reward: OfferReward, target: OfferTarget, money: Money): string {
  const amount = rewardText(reward, money)
  if (reward.code === 'percent') {
    const [of, where] =
      target.code === 'receipt'
        ? ['суммы чека', '']
        : ['стоимости товаров', ' в каждой строке чека']
    return `Возвращаем ${amount} от ${of}; доли ${money.coin} отбрасываются${where}.`
  }
  if (reward.args.per === 'receipt') {
    return `Начисляем ${amount} за чек, но не больше стоимости подходящих покупок.`
  }
  return (
    `Начисляем ${amount} за каждую штуку или упаковку, но не больше её цены; ` +
    'товар на вес считается за одну штуку.'
  )
}

function targetTerms(target: OfferTarget, products: readonly string[]): string {
  switch (target.code) {
    case 'products':
      return products.length === 1
        ? `Действует на товар ${listed(products)}.`
        : `Действует на ${goods(products.length)}: ${listed(products)}.`
    case 'brand':
      return `Действует на все товары ${quoted(target.args.brand)}.`
    case 'category':
      return `Действует на ${CATEGORIES[target.args.category]}.`
    case 'receipt':
      return 'Действует на всю покупку.'
  }
}

function placeTerms(rule: OfferRule, retailers: readonly string[]): string {
  if (rule.retailers === 'all') return 'В любом магазине.'
  return `В магазинах ${listed(retailers)}.`
}

function minimumTerms({ minimum, target }: OfferRule, money: Money): string[] {
  const whole = target.code === 'receipt'
  const sum = whole ? 'Сумма чека' : 'Сумма подходящих товаров в одном чеке'
  const what = whole ? 'в чеке' : 'подходящих товаров в одном чеке'
  const { spendMinor, quantity } = minimum
  return [
    ...(spendMinor === null ? [] : [`${sum} — от ${money.sum(spendMinor)}.`]),
    ...(quantity === null ? [] : [`Не меньше ${piecesOf(quantity)} ${what}.`]),
  ]
}

const PERIODS = {
  day: 'в день',
  week: 'в неделю, считая с понедельника',
  month: 'в календарный месяц',
} as const

function capTerms(caps: OfferCaps, money: Money): string[] {
  const terms: string[] = []
  const most = (limit: string) => terms.push(`Не больше ${limit}.`)
  if (caps.perLineMinor !== null) most(`${money.sum(caps.perLineMinor)} за одну строку чека`)
  if (caps.perReceiptMinor !== null) most(`${money.sum(caps.perReceiptMinor)} за один чек`)
  if (caps.perShopperMinor !== null)
    most(`${money.sum(caps.perShopperMinor)} на кошелёк за всё время`)
  if (caps.perShopperReceipts !== null) {
    most(`${receiptsOf(caps.perShopperReceipts)} на кошелёк за всё время`)
  }
  if (caps.perPeriod) {
    const { period, amountMinor, receipts } = caps.perPeriod
    if (amountMinor !== null) most(`${money.sum(amountMinor)} на кошелёк ${PERIODS[period]}`)
    if (receipts !== null) most(`${receiptsOf(receipts)} на кошелёк ${PERIODS[period]}`)
  }
  return terms
}

function dateOf(day: string): string {
  const { day: date, month, year } = partsOf(day)
  return `${date}${NBSP}${MONTHS[month]} ${year}${NBSP}года`
}

function momentText(moment: Moment, whole: (date: string) => string, exact: string): string {
  switch (moment.code) {
    case 'day':
      return whole(dateOf(moment.day))
    case 'minute':
      return `${exact} ${moment.time} ${dateOf(moment.day)}`
    case 'unreadable':
      return `${exact} ${moment.text}`
  }
}

function windowTerms({ startsAt, endsAt }: OfferRule): string {
  const from = momentText(momentOf(startsAt, 'start'), (date) => `с ${date}`, 'с')
  const to = momentText(momentOf(endsAt, 'end'), (date) => `по ${date} включительно`, 'до')
  return `Покупки ${from} ${to}, по времени на чеке.`
}

function activationTerms({ activation }: OfferRule): string {
  return activation === 'required'
    ? 'Предложение нужно включить до покупки.'
    : 'Включать предложение заранее не обязательно.'
}

function submissionTerms({ submissionDays, timeZone }: OfferRule): string {
  const zone = ZONES[timeZone] ?? `часовому поясу ${timeZone}`
  const until = 'до конца последнего дня по'
  return `Чек нужно отправить в течение ${daysOf(submissionDays)} после покупки, ${until} ${zone}.`
}

function holdTerms({ holdDays }: OfferRule): string {
  if (holdDays === 0) return 'Деньги можно вывести сразу после начисления.'
  return `Деньги можно вывести через ${days(holdDays)} после начисления.`
}

/** What earns nothing whatever the offer is on. */
function blockedTerms({ withoutLines }: OfferRule, blocked: readonly Category[]): string[] {
  if (blocked.length === 0) return []
  const terms = [`Ничего не начисляется за ${all(blocked.map((one) => CATEGORIES[one]))}.`]
  if (withoutLines !== 'earns') return terms
  const declared = 'Засчитываются и чеки, где товары не названы: магазин заявил,'
  return [...terms, `${declared} что в них нет того, за что не начисляется.`]
}

/** The texts of an offer in Russian. */
export function russian({ currency, blockedCategories }: RuledBy): RuleWords {
  const money = moneyOf(currency)
  return {
    rewardText: (reward) => rewardText(reward, money),
    summary,
    terms: (rule, products, retailers) => [
      rewardTerms(rule.reward, rule.target, money),
      targetTerms(rule.target, products),
      ...blockedTerms(rule, blockedCategories),
      placeTerms(rule, retailers),
      ...minimumTerms(rule, money),
      windowTerms(rule),
      ...capTerms(rule.caps, money),
      activationTerms(rule),
      submissionTerms(rule),
      holdTerms(rule),
    ],
  }
}
