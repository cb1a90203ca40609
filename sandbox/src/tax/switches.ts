import type { Words } from '../page.ts'
import type { SwitchWords } from '../switch-words.ts'
import type { Switches, SwitchValue } from '../switches.ts'
import { TICKET_SHAPES, type TicketShape, WRONG_FIELDS, type WrongField } from './ticket.ts'
import { FAULT_NAMES, type FaultName, RESULT_WORDS } from './wire.ts'

/** Trouble below SOAP: the HTTP answer itself is not what it should be. */
export const LINE_FAULTS = ['http_503', 'http_429', 'html', 'garbage', 'huge', 'silence'] as const
export type LineFault = (typeof LINE_FAULTS)[number]

export type Stage = 'auth' | 'send' | 'poll'

const RESULT_CODES = ['400', '404', '406', '452', '453', '454', '455', '503', '528', '531']
const DAILY_LIMIT = 1_000_000
const NUMBER_MAX = 30 * 86_400_000

function oneOf<Value extends string>(known: readonly Value[], value: SwitchValue): Value | null {
  return known.find((candidate) => candidate === value) ?? null
}

function numberOf(value: SwitchValue): number | null {
  return typeof value === 'number' && value >= 0 ? Math.min(value, NUMBER_MAX) : null
}

/** Typed reading of the tax service's switches; each reading counts one use where uses count. */
export function taxSwitches(switches: Switches) {
  return {
    /** A fault for this stage, or for any. */
    fault(stage: Stage): FaultName | LineFault | null {
      const known = [...FAULT_NAMES, ...LINE_FAULTS]
      const value = switches.take(`tax.${stage}`) ?? switches.take('tax.fault')
      return oneOf(known, value)
    },
    slowMs: (): number => numberOf(switches.take('tax.slow_ms')) ?? 0,
    processingMs: (): number | null => numberOf(switches.take('tax.processing_ms')),
    code: (): string | null => oneOf(RESULT_CODES, switches.take('tax.code')),
    wrong: (): WrongField | null => oneOf(WRONG_FIELDS, switches.take('tax.wrong')),
    shape: (): TicketShape => oneOf(TICKET_SHAPES, switches.take('tax.shape')) ?? 'current',
    lateMs: (): number => numberOf(switches.take('tax.late_ms')) ?? 0,
    dailyLimit: (): number => numberOf(switches.peek('tax.daily_limit')) ?? DAILY_LIMIT,
    needsUserToken: (): boolean => switches.peek('tax.user_token') === true,
  }
}
export type TaxSwitches = ReturnType<typeof taxSwitches>

const FIELD_WORDS: Readonly<Record<WrongField, Words>> = {
  fn: { ru: 'другой ФН', en: 'another drive' },
  i: { ru: 'другой ФД', en: 'another document number' },
  fp: { ru: 'другой ФПД', en: 'another sign' },
  total: { ru: 'другая сумма', en: 'another total' },
  time: { ru: 'другое время', en: 'another time' },
  kind: { ru: 'другой вид', en: 'another kind' },
}

/** The switches in words, for the switchboard. */
export const TAX_SWITCHES: SwitchWords[] = [
  {
    key: 'tax.late_ms',
    title: { ru: 'Касса передаёт чеки позже', en: 'Tills hand receipts on later' },
    positions: [
      { value: 60_000, words: { ru: 'через минуту', en: 'after a minute' } },
      { value: 1_200_000, words: { ru: 'через 20 минут', en: 'after 20 minutes' } },
      { value: 259_200_000, words: { ru: 'через 3 дня', en: 'after 3 days' } },
    ],
  },
  {
    key: 'tax.processing_ms',
    title: { ru: 'Ответ готовится', en: 'The answer takes' },
    positions: [
      { value: 0, words: { ru: 'ни секунды', en: 'no time' } },
      { value: 10_000, words: { ru: '10 секунд', en: '10 seconds' } },
      { value: 120_000, words: { ru: '2 минуты', en: '2 minutes' } },
    ],
  },
  {
    key: 'tax.fault',
    title: { ru: 'Служба не работает', en: 'The service is down' },
    positions: [
      { value: 'http_503', words: { ru: 'HTTP 503', en: 'HTTP 503' } },
      { value: 'internal', words: { ru: 'внутренняя ошибка', en: 'internal error' } },
      { value: 'timeout', words: { ru: 'таймаут внутри', en: 'timeout inside' } },
      { value: 'silence', words: { ru: 'молчит', en: 'silence' } },
      { value: 'html', words: { ru: 'страница вместо ответа', en: 'a web page instead' } },
      { value: 'garbage', words: { ru: 'мусор', en: 'garbage' } },
      { value: 'huge', words: { ru: 'ответ в 1,5 МБ', en: 'a 1.5 MB answer' } },
      { value: 'daily_limit', words: { ru: 'дневной лимит исчерпан', en: 'daily limit used up' } },
      { value: 'method_limit', words: { ru: 'лимит метода исчерпан', en: 'method limit used up' } },
      { value: 'http_429', words: { ru: 'HTTP 429', en: 'HTTP 429' } },
      { value: 'token_denied', words: { ru: 'токен не принят', en: 'token refused' } },
      { value: 'ip_denied', words: { ru: 'адрес не разрешён', en: 'address not allowed' } },
    ],
  },
  {
    key: 'tax.poll',
    title: { ru: 'Опрос ответа', en: 'Asking for the answer' },
    positions: [
      { value: 'message_not_found', words: { ru: 'сообщение потеряно', en: 'message lost' } },
      { value: 'rate', words: { ru: 'слишком часто', en: 'too often' } },
      { value: 'internal', words: { ru: 'внутренняя ошибка', en: 'internal error' } },
    ],
  },
  {
    key: 'tax.code',
    title: { ru: 'Код ответа', en: 'Result code' },
    positions: RESULT_CODES.map((code) => {
      const words = `${code} ${RESULT_WORDS[code] ?? ''}`
      return { value: code, words: { ru: words, en: words } }
    }),
  },
  {
    key: 'tax.wrong',
    title: { ru: 'Отвечает про другой чек', en: 'Answers about another receipt' },
    positions: WRONG_FIELDS.map((field) => ({ value: field, words: FIELD_WORDS[field] })),
  },
  {
    key: 'tax.shape',
    title: { ru: 'Форма документа', en: 'Shape of the document' },
    positions: TICKET_SHAPES.map((shape) => ({ value: shape, words: { ru: shape, en: shape } })),
  },
  {
    key: 'tax.slow_ms',
    title: { ru: 'Каждый запрос медленный', en: 'Every request is slow' },
    positions: [
      { value: 2_000, words: { ru: '2 секунды', en: '2 seconds' } },
      { value: 15_000, words: { ru: '15 секунд', en: '15 seconds' } },
    ],
  },
  {
    key: 'tax.daily_limit',
    title: { ru: 'Дневной лимит вопросов', en: 'Daily limit of questions' },
    positions: [
      { value: 0, words: { ru: 'ни одного', en: 'none' } },
      { value: 10, words: { ru: '10', en: '10' } },
    ],
  },
  {
    key: 'tax.user_token',
    title: { ru: 'Требует токен пользователя', en: 'Demands a user token' },
    positions: [{ value: true, words: { ru: 'да', en: 'yes' } }],
  },
]
