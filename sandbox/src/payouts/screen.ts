import { Hono } from 'hono'
import { html } from 'hono/html'
import type { SandboxEnv } from '../env.ts'
import { type Language, languageOf, type Markup, page } from '../page.ts'
import { transferCard } from '../transfers/card.ts'
import type { KeptTransfer } from '../transfers/ledger.ts'
import { providerOf } from './api.ts'
import { maskShown } from './payout-object.ts'
import type { SeenPayout } from './provider.object.ts'

const SHOWN_MAX = 200

/** `/payouts`: what reached the provider and what became of it; `/api/payouts` for programs. */
export const payoutScreen = new Hono<{ Bindings: SandboxEnv }>()

payoutScreen.get('/payouts', async (c) => {
  const language = languageOf(c.req.raw)
  const provider = providerOf(c.env)
  const payouts = await provider.search(null, SHOWN_MAX, null)
  const transfers = await provider.listTransfers(0, Date.now(), SHOWN_MAX, 0)
  return page(c.req.raw, {
    path: '/payouts',
    title: { ru: 'Выплаты', en: 'Payouts' },
    body: html`<p>${WORDS.intro[language]}</p>
      <div id="live" aria-live="polite">${cards(payouts, transfers, language)}</div>`,
    scripts: ['/live.js'],
  })
})

/**
 * Newest first, up to 1,000 with `limit`; `payout_id` and `key` narrow. What an auditor compares
 * with the books: every payout, its amount, its state, and how often it was asked for.
 */
payoutScreen.get('/api/payouts', async (c) => {
  const payoutId = c.req.query('payout_id')
  const key = c.req.query('key')
  const limit = Math.min(1_000, Number.parseInt(c.req.query('limit') ?? '100', 10) || 100)
  const pair = payoutId === undefined ? null : { key: 'payout_id', value: payoutId }
  const found = await providerOf(c.env).search(pair, limit, c.req.query('cursor') ?? null)
  const items = found.filter((payout) => key === undefined || payout.key === key)
  const last = found.length === limit ? found.at(-1) : undefined
  return c.json({ items: items.map(summary), nextCursor: last?.id ?? null })
})

function summary(payout: SeenPayout) {
  const { id, key, amountMinor, status, reason, sent, looked, metadata, webhooks } = payout
  return {
    id,
    payoutId: metadata.payout_id ?? null,
    key,
    amountMinor,
    status,
    reason: status === 'canceled' ? reason : null,
    destination: maskShown(payout.destination),
    createdAt: new Date(payout.createdAt).toISOString(),
    sent,
    looked,
    webhooks,
  }
}

const WORDS = {
  intro: {
    ru: 'Всё, что принял платёжный сервис. Деньги «ушли» только там, где «выплачено».',
    en: 'Everything the provider accepted. Money has “left” only where it says “paid”.',
  },
  none: {
    ru: 'Пока ни одной выплаты. Выведите деньги из кошелька — она появится здесь.',
    en: 'No payouts yet. Withdraw from the wallet and it will appear here.',
  },
  twice: { ru: 'выплачено дважды', en: 'paid twice' },
  pending: { ru: 'в пути', en: 'on its way' },
  succeeded: { ru: 'выплачено', en: 'paid' },
  canceled: { ru: 'отменено', en: 'canceled' },
  sent: { ru: 'отправлен раз', en: 'times sent' },
  looked: { ru: 'проверен раз', en: 'times looked at' },
  webhooks: { ru: 'уведомления', en: 'webhooks' },
  key: { ru: 'ключ', en: 'key' },
} as const

const CHIP = { pending: 'chip coming', succeeded: 'chip', canceled: 'chip refusal' } as const
const LOCALE = { ru: 'ru', en: 'en-GB' } as const

function cards(
  payouts: readonly SeenPayout[],
  transfers: readonly KeptTransfer[],
  language: Language,
): Markup {
  if (payouts.length + transfers.length === 0)
    return html`<p class="muted">${WORDS.none[language]}</p>`
  const paid = new Map<string, number>()
  for (const { key, end } of payouts) {
    if (end === 'succeeded') paid.set(key, (paid.get(key) ?? 0) + 1)
  }
  const shown = [
    ...payouts.map((payout) => {
      const markup = card(payout, language, (paid.get(payout.key) ?? 0) > 1)
      return { at: payout.createdAt, markup }
    }),
    ...transfers.map((transfer) => ({
      at: transfer.createdAt,
      markup: transferCard(transfer, language),
    })),
  ]
  return html`${shown.sort((one, other) => other.at - one.at).map(({ markup }) => markup)}`
}

function card(payout: SeenPayout, language: Language, isTwice: boolean): Markup {
  const locale = LOCALE[language]
  const when = new Date(payout.createdAt)
  const amount = (payout.amountMinor / 100).toLocaleString(locale, { minimumFractionDigits: 2 })
  const hooks = payout.webhooks.map(
    ({ tries, answer, waiting }) => `${waiting ? '…' : (answer ?? '—')} × ${tries}`,
  )
  return html`<article class="card">
    <div class="row">
      <strong class="amount" style="font-size: 20px">${amount}&nbsp;₽</strong>
      <span class="${CHIP[payout.status]}">${WORDS[payout.status][language]}</span>
      ${payout.status === 'canceled' ? html`<span class="mono">${payout.reason}</span>` : ''}
      ${isTwice ? html`<strong class="chip refusal">${WORDS.twice[language]}</strong>` : ''}
    </div>
    <p>
      ${maskShown(payout.destination)} ·
      <time class="muted" datetime="${when.toISOString()}"
        >${when.toLocaleString(locale, { timeZone: 'Europe/Moscow' })}</time
      >
    </p>
    <p class="muted" style="overflow-wrap: anywhere">
      ${WORDS.sent[language]}: ${payout.sent} · ${WORDS.looked[language]}: ${payout.looked} ·
      ${WORDS.webhooks[language]}: ${hooks.join(', ') || '—'} · ${WORDS.key[language]}:
      <span class="mono">${payout.key}</span>
    </p>
  </article>`
}
