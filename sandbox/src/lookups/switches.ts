import type { SwitchWords } from '../switch-words.ts'
import type { SwitchValue } from '../switches.ts'

/** What a look-up can be made to do instead of its answer. */
const LOOKUP_FAULTS = [
  'http_500',
  'http_429',
  'not_found',
  'wrong_total',
  'html',
  'garbage',
  'huge',
  'redirect',
  'silence',
] as const
export type LookupFault = (typeof LOOKUP_FAULTS)[number]

/** Each has a switch of its own, `KEY.fault`, and one for its pace, `KEY.slow_ms`. */
const LOOKUP_KEYS = ['proverkacheka', 'ofd', 'lookup'] as const
export type LookupKey = (typeof LOOKUP_KEYS)[number]

const SLOW_MS_MAX = 60_000

export function faultOf(value: SwitchValue): LookupFault | null {
  return LOOKUP_FAULTS.find((fault) => fault === value) ?? null
}

export function slowMsOf(value: SwitchValue): number {
  return typeof value === 'number' && value > 0 ? Math.min(value, SLOW_MS_MAX) : 0
}

const TITLES: Readonly<Record<LookupKey, SwitchWords['title']>> = {
  proverkacheka: { ru: 'proverkacheka.com', en: 'proverkacheka.com' },
  ofd: { ru: 'OFD.ru', en: 'OFD.ru' },
  lookup: { ru: 'Проверка чеков других стран', en: 'Look-ups of other countries' },
}

const FAULT_WORDS: Readonly<Record<LookupFault, SwitchWords['title']>> = {
  http_500: { ru: 'HTTP 500', en: 'HTTP 500' },
  http_429: { ru: 'HTTP 429', en: 'HTTP 429' },
  not_found: { ru: 'чека пока нет', en: 'not there yet' },
  wrong_total: { ru: 'другая сумма', en: 'another total' },
  html: { ru: 'страница вместо ответа', en: 'a web page instead' },
  garbage: { ru: 'мусор', en: 'garbage' },
  huge: { ru: 'ответ в 1,5 МБ', en: 'a 1.5 MB answer' },
  redirect: { ru: 'перенаправляет', en: 'redirects' },
  silence: { ru: 'молчит', en: 'silence' },
}

/** The switches in words, for the switchboard. */
export const LOOKUP_SWITCHES: SwitchWords[] = LOOKUP_KEYS.flatMap((key) => [
  {
    key: `${key}.fault`,
    title: TITLES[key],
    positions: LOOKUP_FAULTS.map((value) => ({ value, words: FAULT_WORDS[value] })),
  },
  {
    key: `${key}.slow_ms`,
    title: { ru: `${TITLES[key].ru}: медленно`, en: `${TITLES[key].en}: slow` },
    positions: [
      { value: 2_000, words: { ru: '2 секунды', en: '2 seconds' } },
      { value: 15_000, words: { ru: '15 секунд', en: '15 seconds' } },
    ],
  },
])
