import { html } from 'hono/html'
import type { CurrencyCode } from '#schema/currency'
import { minorDigits } from '#schema/currency'
import type { Language, Markup } from '../page.ts'
import { type KeptTransfer, stateAt } from './ledger.ts'

const WORDS = {
  incoming_payment_waiting: { ru: 'создан, не оплачен', en: 'made, not funded' },
  processing: { ru: 'в пути', en: 'on its way' },
  outgoing_payment_sent: { ru: 'выплачено', en: 'paid' },
  bounced_back: { ru: 'банк вернул', en: 'bounced back' },
  funds_refunded: { ru: 'деньги вернулись', en: 'refunded' },
  cancelled: { ru: 'отменён', en: 'cancelled' },
  asked: { ru: 'создание запрошено раз', en: 'times asked for' },
  fundings: { ru: 'оплата запрошена раз', en: 'times funding was asked for' },
  looked: { ru: 'проверен раз', en: 'times looked at' },
  key: { ru: 'ключ', en: 'key' },
} as const

const LOCALE = { ru: 'ru', en: 'en-GB' } as const
const isState = (state: string): state is keyof typeof WORDS => state in WORDS

function chipOf(state: string): string {
  if (state === 'outgoing_payment_sent') return 'chip'
  const hasFailed = ['cancelled', 'bounced_back', 'funds_refunded'].includes(state)
  return hasFailed ? 'chip refusal' : 'chip coming'
}

/** A transfer to an account, in its currency, as the page of payouts shows it. */
export function transferCard(transfer: KeptTransfer, language: Language): Markup {
  const { currency, amountMinor, holder, iban, createdAt, asked, fundings, looked, key } = transfer
  const state = stateAt(transfer, Date.now())
  const when = new Date(createdAt)
  const digits = minorDigits(currency as CurrencyCode)
  const amount = (amountMinor / 10 ** digits).toLocaleString(LOCALE[language], {
    minimumFractionDigits: digits,
  })
  return html`<article class="card">
    <div class="row">
      <strong class="amount" style="font-size: 20px">${amount}&nbsp;${currency}</strong>
      <span class="${chipOf(state)}">${isState(state) ? WORDS[state][language] : state}</span>
    </div>
    <p>
      ${holder} · ${iban.slice(0, 2)}•• … ${iban.slice(-4)} ·
      <time class="muted" datetime="${when.toISOString()}"
        >${when.toLocaleString(LOCALE[language], { timeZone: 'UTC' })} UTC</time
      >
    </p>
    <p class="muted" style="overflow-wrap: anywhere">
      ${WORDS.asked[language]}: ${asked} · ${WORDS.fundings[language]}: ${fundings} ·
      ${WORDS.looked[language]}: ${looked} · ${WORDS.key[language]}:
      <span class="mono">${key}</span>
    </p>
  </article>`
}
