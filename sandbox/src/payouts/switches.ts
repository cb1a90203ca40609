import type { SwitchWords } from '../switch-words.ts'
import { CANCELLATION_REASONS } from './payout-object.ts'
import { position } from './position.ts'

/** Answers that cannot be believed; both the request and the look-up may get them. */
const TWISTS = [
  position('garbage', 'оборванный JSON', 'cut-off JSON'),
  position('html', 'страница вместо ответа', 'a page instead of an answer'),
  position('oversized', 'ответ на 2 МБ', 'an answer of 2 MB'),
  position('wrong_amount', 'другая сумма', 'another amount'),
  position('foreign', 'чужая выплата', 'somebody else’s payout'),
]

/** The payout provider's switches, as the switchboard shows them. Read in faults.ts. */
export const PAYOUT_SWITCHES: SwitchWords[] = [
  {
    key: 'payouts.pending_ms',
    title: {
      ru: 'Выплата в пути, прежде чем завершится',
      en: 'A payout is pending before its end',
    },
    positions: [
      position(0, 'совсем не ждёт', 'not at all'),
      position(10_000, '10 секунд', '10 seconds'),
      position(60_000, 'минуту', 'a minute'),
      position(600_000, '10 минут', '10 minutes'),
    ],
  },
  {
    key: 'payouts.timeout',
    title: { ru: 'Выплатить и промолчать', en: 'Pay, then keep silent' },
    positions: [
      position(40_000, '40 секунд', 'for 40 seconds'),
      position(60_000, 'минуту', 'for a minute'),
    ],
  },
  {
    key: 'payouts.error',
    title: { ru: 'Ответить 500', en: 'Answer 500' },
    positions: [
      position('paid', 'но выплатить', 'but pay'),
      position('unpaid', 'и не выплатить', 'and do not pay'),
    ],
  },
  {
    key: 'payouts.refuse',
    title: { ru: 'Отказать в запросе', en: 'Refuse the request' },
    positions: [400, 401, 403, 404, 429, 503].map((status) =>
      position(status, `HTTP ${status}`, `HTTP ${status}`),
    ),
  },
  {
    key: 'payouts.answer',
    title: { ru: 'Выплатить и ответить неправду', en: 'Pay, then answer nonsense' },
    positions: TWISTS,
  },
  {
    key: 'payouts.cancel',
    title: { ru: 'Отменить выплату по причине', en: 'Cancel the payout because of' },
    positions: CANCELLATION_REASONS.map((reason) => position(reason, reason, reason)),
  },
  {
    key: 'payouts.webhook',
    title: { ru: 'Уведомление о выплате', en: 'The notification of a payout' },
    positions: [
      position('twice', 'дважды', 'twice'),
      position('early', 'раньше ответа на запрос', 'before the answer to the request'),
      position('never', 'никогда', 'never'),
      position('wrong_amount', 'с другой суммой', 'with another amount'),
      position('premature', '«выплачено», хотя ещё в пути', '“paid” while still pending'),
    ],
  },
  {
    key: 'payouts.look',
    title: { ru: 'Проверка состояния выплаты', en: 'Looking at a payout' },
    positions: [
      position('error', 'ответить 500', 'answer 500'),
      position('silent', 'промолчать', 'keep silent'),
      position('not_found', 'не найти', 'find nothing'),
      ...TWISTS,
    ],
  },
  {
    key: 'payouts.search',
    title: { ru: 'Поиск выплаты', en: 'Searching for a payout' },
    positions: [
      position('error', 'ответить 500', 'answer 500'),
      position('unfiltered', 'вернуть все подряд', 'return everything'),
      position('empty', 'не найти', 'find nothing'),
    ],
  },
  {
    key: 'payouts.banks',
    title: { ru: 'Список банков СБП', en: 'The list of SBP banks' },
    positions: [position(true, 'не отвечает', 'does not answer')],
  },
  {
    key: 'payouts.key_ttl_ms',
    title: { ru: 'Сколько помнить ключ идемпотентности', en: 'How long a key is remembered' },
    positions: [position(0, 'нисколько', 'not at all'), position(60_000, 'минуту', 'for a minute')],
  },
]
