import { type SandboxEnv, stateOf } from '../env.ts'
import { position } from '../payouts/position.ts'
import type { SwitchWords } from '../switch-words.ts'
import type { SwitchValue } from '../switches.ts'
import type { Course } from './ledger.ts'

const PENDING_MS = 1_500

const ERRORS = ['made', 'funded', 'unfunded'] as const
const TWISTS = ['garbage', 'wrong_amount', 'wrong_currency', 'foreign'] as const
export type Twist = (typeof TWISTS)[number]

/** Typed reading of the switches of the provider of transfers. One that does not apply stays. */
export function transferSwitches(env: SandboxEnv) {
  const state = stateOf(env)
  const take = (name: string): Promise<SwitchValue> => state.takeSwitch(`transfers.${name}`)
  const peek = (name: string): Promise<SwitchValue> => state.peekSwitch(`transfers.${name}`)

  return {
    /** True when this is the step that the switch breaks. */
    breaks: async (step: (typeof ERRORS)[number]): Promise<boolean> => {
      if ((await peek('error')) !== step) return false
      await take('error')
      return true
    },
    /** An HTTP status to refuse a recipient with. */
    refusal: async () => numberOr(await take('refuse')),
    silenceMs: async () => numberOr(await take('timeout')) ?? 0,
    hasNoMoney: async () => (await take('balance')) !== null,
    cancels: async () => (await take('cancel')) !== null,
    twist: async (): Promise<Twist | null> => {
      const value = await take('answer')
      return TWISTS.find((twist) => twist === value) ?? null
    },
    course: async (): Promise<Course> => ({
      pendingMs: numberOr(await take('pending_ms')) ?? PENDING_MS,
      bounceMs: numberOr(await take('bounce_ms')),
    }),
  }
}

function numberOr(value: SwitchValue): number | null {
  const number = typeof value === 'string' ? Number.parseInt(value, 10) : value
  return typeof number === 'number' && Number.isFinite(number) ? number : null
}

/** The same switches as the switchboard shows them. */
export const TRANSFER_SWITCHES: SwitchWords[] = [
  {
    key: 'transfers.pending_ms',
    title: { ru: 'Перевод на счёт в пути', en: 'A transfer to an account is under way' },
    positions: [
      position(0, 'совсем не ждёт', 'not at all'),
      position(10_000, '10 секунд', '10 seconds'),
      position(60_000, 'минуту', 'a minute'),
    ],
  },
  {
    key: 'transfers.timeout',
    title: { ru: 'Оплатить перевод и промолчать', en: 'Fund a transfer, then keep silent' },
    positions: [
      position(25_000, '25 секунд', 'for 25 seconds'),
      position(60_000, 'минуту', 'for a minute'),
    ],
  },
  {
    key: 'transfers.error',
    title: { ru: 'Перевод на счёт: ответить 500', en: 'A transfer to an account: answer 500' },
    positions: [
      position('made', 'но создать', 'but make it'),
      position('funded', 'но оплатить', 'but fund it'),
      position('unfunded', 'и не оплатить', 'and do not fund it'),
    ],
  },
  {
    key: 'transfers.refuse',
    title: { ru: 'Отказать получателю перевода', en: 'Refuse the recipient of a transfer' },
    positions: [422, 401, 403, 429, 503].map((status) =>
      position(status, `HTTP ${status}`, `HTTP ${status}`),
    ),
  },
  {
    key: 'transfers.balance',
    title: { ru: 'Баланс для переводов', en: 'The balance that transfers are paid from' },
    positions: [position('empty', 'пуст', 'is empty')],
  },
  {
    key: 'transfers.cancel',
    title: { ru: 'Неоплаченный перевод', en: 'A transfer that is not funded' },
    positions: [position(true, 'отменить', 'is cancelled')],
  },
  {
    key: 'transfers.bounce_ms',
    title: { ru: 'Банк вернёт перевод', en: 'The bank sends a transfer back' },
    positions: [
      position(0, 'сразу', 'at once'),
      position(10_000, 'через 10 секунд', 'after 10 seconds'),
      position(60_000, 'через минуту', 'after a minute'),
    ],
  },
  {
    key: 'transfers.answer',
    title: { ru: 'О переводе ответить неправду', en: 'Answer nonsense about a transfer' },
    positions: [
      position('garbage', 'оборванный JSON', 'cut-off JSON'),
      position('wrong_amount', 'другая сумма', 'another amount'),
      position('wrong_currency', 'другая валюта', 'another currency'),
      position('foreign', 'чужой перевод', 'somebody else’s transfer'),
    ],
  },
]
