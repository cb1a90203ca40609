import type { VerdictAction, VerdictRule } from '#schema/verdict'
import { categories } from './categories.ts'

/** Words of the verdicts: the same for shopper, partner and operator. */
export const verdict = {
  /** As short as a chip. */
  chip: {
    rewarded: 'начислено',
    product_unknown: 'товар не узнали',
    product_uncertain: 'товар неясен',
    category_blocked: 'категория без наград',
    lines_unknown: 'товары не названы',
    prepaid: 'аванс или кредит',
    other_product: 'не тот товар',
    retailer_unknown: 'магазин не знаем',
    other_retailer: 'не тот магазин',
    before_start: 'до начала акции',
    after_end: 'после конца акции',
    offer_paused: 'акция на паузе',
    submitted_late: 'чек поздно сдан',
    below_minimum_spend: 'сумма мала',
    below_minimum_quantity: 'мало штук',
    not_activated: 'не активировано',
    cap_line: 'предел на строку',
    cap_receipt: 'предел на чек',
    cap_shopper: 'ваш предел выбран',
    cap_period: 'предел периода',
    cap_redemptions: 'все разы выбраны',
    budget_exhausted: 'бюджет закончился',
    better_offer: 'сработала лучшая',
    reward_too_small: 'слишком мало',
    awaiting_budget: 'ждём денег акции',
    daily_limit: 'предел чеков за день',
    till_limit: 'предел чеков кассы',
    returned: 'товар вернули',
  },
  /** Needed against seen, where both are known. */
  chipWith: {
    below_minimum_quantity: 'нужно {needed}, в чеке {seen}',
    below_minimum_spend: 'нужно {needed}, в чеке {seen}',
    limited: '{reward}, сработал предел',
    returned: 'после возврата −{taken}',
    rewarded: '{reward} · {offer}',
    held: '{reward} · с {date}',
  },
  /** One sentence: what happened. */
  why: {
    rewarded: 'Строка подошла под акцию, награда начислена.',
    product_unknown: 'По названию в чеке мы не поняли, что это за товар.',
    product_uncertain: 'Название похоже на несколько товаров, а гадать деньгами мы не вправе.',
    category_blocked: 'За товары этой категории в этой стране не начисляют.',
    lines_unknown:
      'В этом чеке видны только суммы. Платят акции, где магазин считает и такие чеки.',
    prepaid: 'Это предоплата, аванс или платёж по кредиту: награда идёт за сам товар.',
    other_product: 'Акция идёт на другой товар.',
    retailer_unknown: 'Этот магазин ещё не подключён к сети.',
    other_retailer: 'Акция действует в других магазинах.',
    before_start: 'Покупка сделана раньше, чем началась акция.',
    after_end: 'Покупка сделана после конца акции.',
    offer_paused: 'В момент покупки акция стояла на паузе.',
    submitted_late: 'Чек отправлен позже, чем разрешает акция.',
    below_minimum_spend: 'Сумма подходящих товаров меньше нужной.',
    below_minimum_quantity: 'Подходящих товаров меньше, чем нужно.',
    not_activated: 'Акцию надо было активировать до покупки.',
    cap_line: 'За одну строку чека больше не положено.',
    cap_receipt: 'За один чек больше не положено.',
    cap_shopper: 'Вы уже получили по этой акции всё, что положено одному человеку.',
    cap_period: 'За этот период больше не положено.',
    cap_redemptions: 'Вы уже использовали все разы по этой акции.',
    budget_exhausted: 'Деньги акции закончились до того, как дошла очередь до этого чека.',
    better_offer: 'За эту же строку другая акция платит больше, засчитали её.',
    reward_too_small: 'Процент от такой суммы меньше самой мелкой монеты.',
    awaiting_budget: 'Строка подошла. Ждём, пока придут деньги акции, и начислим сами.',
    daily_limit: 'За этот день уже засчитано наибольшее число чеков.',
    till_limit: 'С этой кассы за этот день уже засчитано наибольшее число чеков.',
    returned: 'Товар вернули в магазин, поэтому эта часть награды отменена.',
  },
  /** One sentence: what to do. */
  action: {
    none: 'Ничего делать не нужно.',
    wait_until_available: 'Подождите: деньги станут доступны, когда пройдёт срок возврата.',
    buy_more: 'Возьмите недостающее одним чеком, пока акция идёт.',
    spend_more: 'Наберите недостающую сумму одним чеком, пока акция идёт.',
    buy_other_product: 'Посмотрите в акции, какие товары подходят.',
    buy_at_listed_retailer: 'Посмотрите в акции, в каких магазинах она действует.',
    submit_sooner: 'Отправляйте чек сразу после покупки: сканер работает и без интернета.',
    submit_final_receipt: 'Отправьте чек, который дадут вместе с товаром.',
    activate_first: 'Активируйте акцию до следующей покупки.',
    come_back_next_period: 'Приходите в следующем периоде, предел начнётся заново.',
    choose_another_offer: 'Выберите другую акцию.',
    ask_support: 'Если вы уверены, что это ошибка, напишите в поддержку.',
  },
  /** Names of the values in the details. */
  facts: {
    rule: 'Правило',
    offer: 'Акция',
    seen: 'В чеке',
    needed: 'Нужно',
    reward: 'Награда',
    limit: 'Предел',
    doNext: 'Что сделать',
    more: 'и ещё {count}',
    pieces: '{count} шт.',
  },
  category: categories,
} as const satisfies {
  chip: Record<VerdictRule, string>
  why: Record<VerdictRule, string>
  action: Record<VerdictAction, string>
  chipWith: Record<string, string>
  facts: Record<string, string>
  category: typeof categories
}
