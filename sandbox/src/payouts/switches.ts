import { choice, type SwitchWords } from '../switch-words.ts'
import { CANCELLATION_REASONS } from './payout-object.ts'

const MILLISECONDS = { ru: 'мс', en: 'ms' }

/** Answers that cannot be believed; both the request and the look-up may get them. */
const TWISTS = [
  choice('garbage', 'оборванный JSON', 'cut-off JSON'),
  choice('html', 'страница вместо ответа', 'a page instead of an answer'),
  choice('oversized', 'ответ на 2 МБ', 'an answer of 2 MB'),
  choice('wrong_amount', 'другая сумма', 'another amount'),
  choice('foreign', 'чужая выплата', 'somebody else’s payout'),
]

/** The payout provider's switches, as the switchboard shows them. Read in faults.ts. */
export const PAYOUT_SWITCHES: SwitchWords[] = [
  {
    key: 'payouts.pending_ms',
    title: {
      ru: 'Выплата в пути, прежде чем завершится',
      en: 'A payout is pending before its end',
    },
    choices: [],
    unit: MILLISECONDS,
  },
  {
    key: 'payouts.timeout',
    title: { ru: 'Выплатить и промолчать', en: 'Pay, then keep silent' },
    choices: [],
    unit: MILLISECONDS,
  },
  {
    key: 'payouts.error',
    title: { ru: 'Ответить 500', en: 'Answer 500' },
    choices: [
      choice('paid', 'но выплатить', 'but pay'),
      choice('unpaid', 'и не выплатить', 'and do not pay'),
    ],
  },
  {
    key: 'payouts.refuse',
    title: { ru: 'Отказать в запросе', en: 'Refuse the request' },
    choices: [400, 401, 403, 404, 429, 503].map((status) =>
      choice(status, `HTTP ${status}`, `HTTP ${status}`),
    ),
  },
  {
    key: 'payouts.answer',
    title: { ru: 'Выплатить и ответить неправду', en: 'Pay, then answer nonsense' },
    choices: TWISTS,
  },
  {
    key: 'payouts.cancel',
    title: { ru: 'Отменить выплату по причине', en: 'Cancel the payout because of' },
    choices: CANCELLATION_REASONS.map((reason) => choice(reason, reason, reason)),
  },
  {
    key: 'payouts.webhook',
    title: { ru: 'Уведомление о выплате', en: 'The notification of a payout' },
    choices: [
      choice('twice', 'дважды', 'twice'),
      choice('early', 'раньше ответа на запрос', 'before the answer to the request'),
      choice('never', 'никогда', 'never'),
      choice('wrong_amount', 'с другой суммой', 'with another amount'),
      choice('premature', '«выплачено», хотя ещё в пути', '“paid” while still pending'),
    ],
  },
  {
    key: 'payouts.look',
    title: { ru: 'Проверка состояния выплаты', en: 'Looking at a payout' },
    choices: [
      choice('error', 'ответить 500', 'answer 500'),
      choice('silent', 'промолчать', 'keep silent'),
      choice('not_found', 'не найти', 'find nothing'),
      ...TWISTS,
    ],
  },
  {
    key: 'payouts.search',
    title: { ru: 'Поиск выплаты', en: 'Searching for a payout' },
    choices: [
      choice('error', 'ответить 500', 'answer 500'),
      choice('unfiltered', 'вернуть все подряд', 'return everything'),
      choice('empty', 'не найти', 'find nothing'),
    ],
  },
  {
    key: 'payouts.banks',
    title: { ru: 'Список банков СБП', en: 'The list of SBP banks' },
    choices: [choice(true, 'не отвечает', 'does not answer')],
  },
  {
    key: 'payouts.key_ttl_ms',
    title: { ru: 'Сколько помнить ключ идемпотентности', en: 'How long a key is remembered' },
    choices: [],
    unit: MILLISECONDS,
  },
]
