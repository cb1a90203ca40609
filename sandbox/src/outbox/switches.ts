import { position } from '../payouts/position.ts'
import type { SwitchWords } from '../switch-words.ts'

const DOWN = [
  position('down', 'не работает', 'is down'),
  position('lost', 'сообщение ушло, ответ потерян', 'the message left, the answer is lost'),
]

/** The switches of the SMS gateway and the mail API, as the switchboard shows them. */
export const OUTBOX_SWITCHES: SwitchWords[] = [
  { key: 'outbox.sms', title: { ru: 'СМС-шлюз', en: 'The SMS gateway' }, positions: DOWN },
  {
    key: 'outbox.sms_no_money',
    title: { ru: 'Деньги на счёте СМС-шлюза', en: 'Money on the SMS account' },
    positions: [position(true, 'кончились', 'are gone')],
  },
  {
    key: 'outbox.sms_slow_ms',
    title: { ru: 'СМС-шлюз отвечает медленно', en: 'The SMS gateway is slow' },
    positions: [
      position(3_000, 'на 3 секунды', 'by 3 seconds'),
      position(20_000, 'на 20 секунд', 'by 20 seconds'),
    ],
  },
  { key: 'outbox.mail', title: { ru: 'Почтовый сервис', en: 'The mail service' }, positions: DOWN },
  {
    key: 'outbox.mail_slow_ms',
    title: { ru: 'Почтовый сервис отвечает медленно', en: 'The mail service is slow' },
    positions: [
      position(3_000, 'на 3 секунды', 'by 3 seconds'),
      position(20_000, 'на 20 секунд', 'by 20 seconds'),
    ],
  },
]
