import type { ReceiptReasonCode, ReceiptState, TimelineEntry } from '#schema/receipt'

/** Words of the receipts: the list, the strip, the timeline. */
export const receipts = {
  title: 'Чеки',
  queuedTitle: 'Ждут отправки',
  queuedWhy: 'Отправятся сами, когда появится связь. Время сканирования сохранено.',
  waiting: 'ждёт связи',
  sendNow: 'Отправить сейчас',
  scannedAt: 'Отсканирован {date}',
  refusedTitle: 'Не отправлены',
  none: 'Чеков пока нет',
  noneWhy: 'Отсканируйте код внизу любого кассового чека. Обычно решение приходит за секунды.',
  scan: 'Сканировать чек',
  of: 'Чек на {amount}',
  unknownStore: 'Магазин уточняется',
} as const

const state = {
  received: 'Отправлен',
  verifying: 'Проверяет ФНС',
  awaiting_authority: 'Ждёт ФНС',
  awaiting_budget: 'Начисляем',
  credited: 'Проверен ФНС',
  no_reward: 'Проверен ФНС',
  duplicate: 'Уже был',
  rejected: 'Не принят',
  released: 'Отменён',
} as const satisfies Record<ReceiptState, string>

const reason = {
  already_claimed:
    'Этот чек уже прислали {at}. Отправитель: {by}. Один чек засчитывается один раз на всю сеть.',
  already_claimed_by_you: 'Вы уже присылали этот чек. Вот он.',
  not_a_sale: 'Это не чек продажи. Награды дают за покупки, а возврат их отменяет.',
  from_the_future: 'Время на чеке ещё не наступило. Проверьте дату и время, если вводили вручную.',
  too_old: 'Чек слишком старый. Сканируйте чек в день покупки, и он точно успеет.',
  forged:
    'Налоговая не подтвердила фискальный признак. Если вводили вручную, сверьте цифры и отправьте чек снова.',
  differs_from_authority:
    'Данные не совпали с тем, что хранит налоговая. Сверьте чек и отсканируйте код ещё раз.',
  not_delivered_yet:
    'Касса ещё не передала чек в налоговую. Так бывает, если магазин был без связи, до 30 дней. Мы перепроверим сами, сканировать снова не нужно.',
  not_confirmed_yet:
    'Этот код сам по себе не доказывает покупку. Ждём, пока её подтвердит служба, магазин или сотрудник, до 30 дней. Сканировать снова не нужно.',
  never_delivered:
    'За 30 дней магазин так и не передал чек в налоговую. Обратитесь в магазин или в налоговую.',
  authority_unavailable:
    'Служба проверки чеков не отвечает. Мы спросим снова сами, ваше время отправки сохранено.',
  authority_quota:
    'Служба проверки просит подождать. Мы спросим снова сами, ваше время отправки сохранено.',
  daily_limit: 'Сегодня засчитано наибольшее число чеков. Завтра можно снова.',
  till_limit: 'С этой кассы сегодня засчитано наибольшее число чеков. Завтра можно снова.',
  nothing_matched: 'На товары из этого чека акций сейчас нет. Чек проверен и сохранён.',
  staff_released: 'Поддержка отменила решение по этому чеку. Его можно отправить снова.',
} as const satisfies Record<ReceiptReasonCode, string>

const step = {
  submitted: 'Чек отправлен',
  claimed: 'Чек закреплён за вами',
  duplicate: 'Такой чек уже был',
  asked_authority: 'Спросили налоговую',
  authority_answered: 'Налоговая ответила',
  sale_matched: 'Нашли эту продажу у магазина',
  awaiting_authority: 'Чека ещё нет в налоговой, ждём',
  judged: 'Сверили с акциями',
  awaiting_budget: 'Ждём деньги акции',
  budget_granted: 'Деньги акции получены',
  credited: 'Награда начислена',
  no_reward: 'Решение принято, награды нет',
  rejected: 'Чек не принят',
  released: 'Решение отменено',
  retried: 'Проверили ещё раз',
} as const satisfies Record<TimelineEntry['step'], string>

export const receipt = {
  title: 'Чек',
  strip: 'Чек из магазина',
  document: 'ФД {number}',
  total: 'Итого',
  heldUntil: '{amount} станут доступны {date}',
  nextCheck: 'Следующая проверка {date}',
  noOffers: 'Для этого товара акций нет',
  why: 'Почему так',
  wholeReceipt: 'За весь чек',
  timeline: 'Как это было',
  scanMore: 'Добавить ещё чек',
  toOther: 'Открыть тот чек',
  numbers: 'Номера чека',
  taxNumber: 'ИНН продавца',
  proof: 'Что доказано',
  till: 'Касса',
  proofs: {
    signed: 'подпись кассы проверена',
    signed_unregistered: 'подпись кассы, которой мы не знаем',
    checksum: 'контрольная сумма сошлась',
    lookup: 'проверяется в службе страны',
    reference: 'ссылка на запись в службе страны',
  },
  fn: 'ФН',
  fd: 'ФД',
  fp: 'ФП',
  recognised: 'Узнали как',
  lines: 'Покупки',
  noLines: 'Список покупок придёт вместе с ответом налоговой.',
  checking: 'Спрашиваем налоговую. Обычно это несколько секунд, можно закрыть страницу.',
  otherShopper: 'другой покупатель',
  disagree: 'Не согласны с решением?',
  disagreeHow: 'Назовите поддержке номер чека, мы ответим за 48 часов.',
  copyId: 'Скопировать номер',
  quantity: '{count} × {price}',
  state,
  reason,
  step,
} as const
