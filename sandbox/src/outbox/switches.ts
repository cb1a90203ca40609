import { choice, type SwitchWords } from '../switch-words.ts'

const MILLISECONDS = { ru: 'мс', en: 'ms' }

const DOWN = [
  choice('down', 'не работает', 'is down'),
  choice('lost', 'сообщение ушло, ответ потерян', 'the message left, the answer is lost'),
]

/** The switches of the SMS gateway and the mail API, as the switchboard shows them. */
export const OUTBOX_SWITCHES: SwitchWords[] = [
  { key: 'outbox.sms', title: { ru: 'СМС-шлюз', en: 'The SMS gateway' }, choices: DOWN },
  {
    key: 'outbox.sms_no_money',
    title: { ru: 'Деньги на счёте СМС-шлюза', en: 'Money on the SMS account' },
    choices: [choice(true, 'кончились', 'are gone')],
  },
  {
    key: 'outbox.sms_slow_ms',
    title: { ru: 'СМС-шлюз отвечает медленно', en: 'The SMS gateway is slow' },
    choices: [],
    unit: MILLISECONDS,
  },
  { key: 'outbox.mail', title: { ru: 'Почтовый сервис', en: 'The mail service' }, choices: DOWN },
  {
    key: 'outbox.mail_slow_ms',
    title: { ru: 'Почтовый сервис отвечает медленно', en: 'The mail service is slow' },
    choices: [],
    unit: MILLISECONDS,
  },
]
