import { Hono } from 'hono'
import { html } from 'hono/html'
import type { SandboxEnv } from '../env.ts'
import { type Language, languageOf, type Markup, page } from '../page.ts'
import { outboxOf } from './gateways.ts'
import { LIVE_SCRIPT } from './live-script.ts'
import { type Channel, codeIn, type KeptMessage } from './message.ts'
import { MESSAGES_MAX } from './outbox.object.ts'

const SHOWN_MAX = 100
const LOCALE = { ru: 'ru', en: 'en-GB' } as const

const WORDS = {
  intro: {
    ru: 'Ничего не уходит наружу: СМС и письма остаются здесь, последние 500.',
    en: 'Nothing leaves: SMS and mail stay here, the latest 500.',
  },
  filter: { ru: 'Телефон или почта получателя', en: 'Phone or e-mail of the recipient' },
  find: { ru: 'Показать', en: 'Show' },
  none: { ru: 'Сообщений нет.', en: 'No messages.' },
  copy: { ru: 'Скопировать код', en: 'Copy the code' },
  copied: { ru: 'Скопировано', en: 'Copied' },
  sms: { ru: 'СМС', en: 'SMS' },
  mail: { ru: 'Письмо', en: 'Mail' },
} as const

/** `/outbox` shows what "left", newest first; `/api/outbox?to=` is the same for programs. */
export const outboxScreen = new Hono<{ Bindings: SandboxEnv }>()

outboxScreen.get('/outbox', async (c) => {
  const language = languageOf(c.req.raw)
  const typed = c.req.query('to') ?? ''
  const messages = await outboxOf(c.env).list(recipientPart(typed), null, SHOWN_MAX)
  return page(c.req.raw, {
    path: '/outbox',
    title: { ru: 'СМС и почта', en: 'SMS and mail' },
    body: html`<p>${WORDS.intro[language]}</p>
      <form method="get" class="row">
        <label
          >${WORDS.filter[language]}
          <input name="to" value="${typed}" autocomplete="off" inputmode="email" />
        </label>
        <button class="quiet">${WORDS.find[language]}</button>
      </form>
      <div id="live" aria-live="polite">
        ${
          messages.length === 0
            ? html`<p class="muted">${WORDS.none[language]}</p>`
            : messages.map((message) => card(message, language))
        }
      </div>`,
    scripts: ['/live.js'],
  })
})

outboxScreen.get('/live.js', (c) =>
  c.body(LIVE_SCRIPT, 200, {
    'content-type': 'text/javascript; charset=utf-8',
    'cache-control': 'no-cache',
  }),
)

outboxScreen.get('/api/outbox', async (c) => {
  const asked = c.req.query('channel')
  const channel: Channel | null = asked === 'sms' || asked === 'mail' ? asked : null
  const limit = Math.min(MESSAGES_MAX, Number.parseInt(c.req.query('limit') ?? '50', 10) || 50)
  const messages = await outboxOf(c.env).list(
    recipientPart(c.req.query('to') ?? ''),
    channel,
    limit,
  )
  const items = messages.map((message) => ({
    ...message,
    at: new Date(message.at).toISOString(),
    code: codeIn(message),
  }))
  return c.json({ items })
})

/** What a person typed, as a part of a stored recipient: `8 (916) 123` becomes `7916123`. */
function recipientPart(typed: string): string {
  const trimmed = typed.trim()
  if (/[^\d\s()+-]/.test(trimmed)) return trimmed
  return trimmed.replace(/\D/g, '').replace(/^8(?=\d{3,})/, '7')
}

function card(message: KeptMessage, language: Language): Markup {
  const code = codeIn(message)
  const when = new Date(message.at).toLocaleString(LOCALE[language], { timeZone: 'Europe/Moscow' })
  return html`<article class="card">
    <div class="row">
      <span class="chip">${WORDS[message.channel][language]}</span>
      <strong>${message.to}</strong>
      <time class="muted" datetime="${new Date(message.at).toISOString()}">${when}</time>
    </div>
    ${message.subject === null ? '' : html`<p><strong>${message.subject}</strong></p>`}
    <p style="white-space: pre-wrap; overflow-wrap: anywhere">${message.text}</p>
    ${
      code === null
        ? ''
        : html`<div class="row">
            <output
              class="mono"
              style="font-size: 28px; line-height: 36px; letter-spacing: 0.08em; user-select: all"
              >${code}</output
            >
            <button
              type="button"
              class="quiet"
              data-copy="${code}"
              data-copied="${WORDS.copied[language]}"
            >
              ${WORDS.copy[language]}
            </button>
          </div>`
    }
  </article>`
}
