import { type SandboxEnv, stateOf } from '../env.ts'
import { position } from '../payouts/position.ts'
import type { SwitchWords } from '../switch-words.ts'

/** How the bank answers a file; absent: everything is paid. */
const BANK_MOODS = [
  'accepted',
  'reject_one',
  'reject_all',
  'return_one',
  'wrong_amount',
  'wrong_currency',
  'twice',
  'strange',
  'other_file',
] as const
export type BankMood = (typeof BANK_MOODS)[number]

/** Counts a use of the switch. */
export async function bankMood(env: SandboxEnv): Promise<BankMood | null> {
  const value = await stateOf(env).takeSwitch('bank.answer')
  return BANK_MOODS.find((mood) => mood === value) ?? null
}

/** The same switch as the switchboard shows it. */
export const BANK_SWITCHES: SwitchWords[] = [
  {
    key: 'bank.answer',
    title: { ru: 'Банк отвечает на файл', en: 'The bank answers a file' },
    positions: [
      position('accepted', 'принято, ещё не исполнено', 'accepted, not executed yet'),
      position('reject_one', 'первый перевод отклонён', 'the first transfer is refused'),
      position('reject_all', 'весь файл отклонён', 'the whole file is refused'),
      position('return_one', 'первый перевод вернулся', 'the first transfer came back'),
      position('wrong_amount', 'другая сумма', 'another amount'),
      position('wrong_currency', 'другая валюта', 'another currency'),
      position('twice', 'о каждом дважды', 'about each of them twice'),
      position('strange', 'неизвестное состояние', 'an unknown status'),
      position('other_file', 'о другом файле', 'about another file'),
    ],
  },
]
