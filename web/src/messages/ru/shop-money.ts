import type { PayoutState } from '#schema/payout'
import type { Posting } from '#schema/wallet'

const kind = {
  accrual: 'Награда',
  hold_released: 'Стало доступно',
  payout_asked: 'Вывод',
  payout_succeeded: 'Вывод дошёл',
  payout_returned: 'Вывод вернулся',
  clawback: 'Возврат товара',
  goodwill: 'От поддержки',
} as const satisfies Record<Posting['kind'], string>

const kindWhy = {
  accrual: 'Начислено по чеку. Откройте чек, чтобы увидеть строку и правило.',
  hold_released: 'Прошёл срок возврата товара, деньги можно вывести.',
  payout_asked: 'Вы попросили вывести деньги.',
  payout_succeeded: 'Деньги дошли до получателя.',
  payout_returned: 'Получатель не принял перевод, деньги снова в кошельке.',
  clawback: 'Товар из чека вернули в магазин, награда за него отменена.',
  goodwill: 'Начислено поддержкой по вашему обращению.',
} as const satisfies Record<Posting['kind'], string>

/** Words of the wallet. */
export const wallet = {
  title: 'Кошелёк',
  available: 'Можно вывести',
  held: 'Ждёт срока возврата',
  heldFrom: '{amount} с {date}',
  paying: 'В пути к вам',
  owed: 'Удержим из будущих наград',
  owedWhy: 'Товар вернули после того, как награда уже выведена.',
  earned: 'Всего заработано: {amount}',
  neverExpires: 'Деньги не сгорают, комиссии нет.',
  withdraw: 'Вывести',
  history: 'История',
  payouts: 'Выводы',
  none: 'Пока пусто',
  noneWhy: 'Здесь появится каждая награда и каждый вывод, с причиной.',
  availableFrom: 'доступно с {date}',
  toReceipt: 'Чек и решение',
  toPayout: 'Вывод',
  toOffer: 'Акция',
  when: 'Когда',
  what: 'Что',
  store: 'Магазин',
  kind,
  kindWhy,
} as const

const state = {
  asked: 'Запрошен',
  on_its_way: 'В пути',
  arrived: 'Дошёл',
  came_back: 'Вернулся',
} as const satisfies Record<PayoutState, string>

const stateWhy = {
  asked: 'Вывод принят и сохранён. Сейчас передаём его платёжной службе.',
  on_its_way: 'Деньги у платёжной службы. Обычно это минуты, иногда до трёх дней.',
  arrived: 'Деньги дошли до получателя.',
  came_back: 'Перевод не прошёл, деньги снова в кошельке.',
} as const satisfies Record<PayoutState, string>

/** Words of the withdrawal: the form, the checks before it, the way of the money. */
export const withdraw = {
  title: 'Вывод денег',
  available: 'Доступно {amount}',
  amount: 'Сумма, ₽',
  all: 'Всё',
  amountWrong: 'Введите сумму, например 150 или 99,50',
  amountSmall: 'Вывести можно от 1 ₽',
  amountLarge: 'За один раз можно вывести до {amount}',
  amountShort: 'В кошельке {amount}',
  where: 'Куда',
  sbp: 'СБП',
  card: 'Карта',
  yoomoney: 'ЮMoney',
  sbpPhone: 'Телефон получателя',
  sbpPhoneWrong: 'Нужны 10 цифр после +7',
  bank: 'Банк',
  bankSearch: 'Найти банк',
  bankChoose: 'Выберите банк',
  bankNone: 'Такого банка нет в списке',
  cardNumber: 'Номер карты',
  cardWrong: 'Номер карты с ошибкой, сверьте цифры',
  yooNumber: 'Номер кошелька ЮMoney',
  yooWrong: 'Номер кошелька: от 11 до 33 цифр',
  noFee: 'Без комиссии. Перевод обычно занимает минуты.',
  submit: 'Вывести {amount}',
  submitPlain: 'Вывести',
  adultTitle: 'Вам есть 18 лет?',
  adultWhy: 'Деньги выводятся с 18 лет. Дату рождения не храним, только отметку.',
  birth: 'Дата рождения',
  birthWrong: 'Укажите дату рождения',
  codeTitle: 'Подтвердите вывод',
  codeWhy: 'Код отправлен на {to}. Так мы знаем, что деньги выводите вы.',
  cooldown:
    'Телефон сменили {date}. Вывод откроется через несколько дней, чтобы деньги не ушли чужому.',
  frozen: 'Выводы ждут сверки счетов. Деньги на месте.',
  payout: 'Вывод',
  to: 'Куда',
  asked: 'Запрошен',
  updated: 'Обновлено',
  number: 'Номер',
  reason: 'Причина',
  again: 'Вывести снова',
  toWallet: 'В кошелёк',
  unfinished:
    'Прошлый вывод на {amount} не получил ответа. Его можно повторить: дважды он не уйдёт.',
  repeat: 'Повторить тот же вывод',
  drop: 'Начать новый',
  noMoney: 'Выводить пока нечего',
  noWay: 'Вывода в этой стране пока нет: {country}',
  noWayWhy:
    'Начисленное остаётся в кошельке и не сгорает. Откроем вывод, когда подключим банк этой страны.',
  noMoneyWhy: 'Отсканируйте чек с товаром из акции, и деньги появятся здесь.',
  reasons: {
    insufficient_funds: 'У платёжной службы временно нет денег. Попробуйте позже.',
    recipient_check_failed: 'Банк не нашёл получателя. Сверьте телефон и банк.',
    fraud_suspected: 'Платёжная служба сочла перевод подозрительным. Выберите другой способ.',
    one_time_limit_exceeded: 'Превышен предел одного перевода. Выведите частями.',
    periodic_limit_exceeded: 'Превышен предел получателя за период. Попробуйте позже.',
    rejected_by_payee: 'Получатель отказался от перевода.',
    general_decline: 'Банк получателя отклонил перевод. Выберите другой способ.',
    issuer_decline: 'Банк карты отклонил перевод. Выберите другую карту.',
    identification_required: 'Получателю нужно пройти идентификацию в кошельке.',
    other: 'Перевод не прошёл. Выберите другой способ.',
  },
  state,
  stateWhy,
} as const
