import { Hono } from 'hono'
import { html, raw } from 'hono/html'
import { z } from 'zod'
import { BANK_SWITCHES } from './bank/switches.ts'
import { type SandboxEnv, stateOf } from './env.ts'
import { LOOKUP_SWITCHES } from './lookups/switches.ts'
import { OUTBOX_SWITCHES } from './outbox/switches.ts'
import { type Language, languageOf, type Markup, page } from './page.ts'
import { PAYOUT_SWITCHES } from './payouts/switches.ts'
import type { SwitchWords } from './switch-words.ts'
import type { Switch, SwitchValue } from './switches.ts'
import { TAX_SWITCHES } from './tax/switches.ts'
import { TRANSFER_SWITCHES } from './transfers/faults.ts'

const KEY_CHARS_MAX = 60
const USES_MAX = 1_000_000

const SwitchOrder = z.strictObject({
  key: z
    .string()
    .regex(/^[a-z_.]+$/)
    .max(KEY_CHARS_MAX),
  /** Null switches off. */
  value: z.json(),
  /** For how many uses; absent: until switched off. */
  remaining: z.number().int().min(1).max(USES_MAX).optional(),
})

const MONEY_SWITCHES = [...PAYOUT_SWITCHES, ...TRANSFER_SWITCHES, ...BANK_SWITCHES]

const TITLE = { ru: 'Пульт', en: 'Switchboard' }
const WORDS = {
  intro: {
    ru: 'Переключатель действует столько раз, сколько указано, или пока его не выключат.',
    en: 'A switch works for as many uses as you say, or until it is switched off.',
  },
  tax: { ru: 'Налоговая', en: 'Tax service' },
  lookups: { ru: 'Другие проверки чеков', en: 'Other look-ups' },
  payouts: { ru: 'Выплаты', en: 'Payouts' },
  messages: { ru: 'СМС и почта', en: 'SMS and mail' },
  off: { ru: 'выключено', en: 'off' },
  left: { ru: 'осталось раз', en: 'uses left' },
  uses: { ru: 'Сколько раз (пусто: пока не выключат)', en: 'Uses (empty: until switched off)' },
  position: { ru: 'Положение', en: 'Position' },
  set: { ru: 'Переключить', en: 'Set' },
} as const

function stateChip(found: Switch | undefined, words: SwitchWords, language: Language): Markup {
  if (found === undefined) return html`<span class="muted">${WORDS.off[language]}</span>`
  const position = words.positions.find(
    ({ value }) => JSON.stringify(value) === JSON.stringify(found.value),
  )
  const shown = position?.words[language] ?? JSON.stringify(found.value)
  const left = found.remaining === null ? '' : ` · ${WORDS.left[language]}: ${found.remaining}`
  return html`<span class="chip coming">${shown}${left}</span>`
}

function switchCard(words: SwitchWords, found: Switch | undefined, language: Language): Markup {
  const options = words.positions.map(({ value, words: text }) => {
    const isSet = JSON.stringify(value) === JSON.stringify(found?.value)
    return html`<option value="${JSON.stringify(value)}" ${isSet ? raw('selected') : ''}>
      ${text[language]}
    </option>`
  })
  return html`<form method="post" action="/switchboard" class="card">
    <input type="hidden" name="key" value="${words.key}" />
    <div class="row">
      <strong>${words.title[language]}</strong>${stateChip(found, words, language)}
    </div>
    <label
      >${WORDS.position[language]}
      <select name="value">
        <option value="null">${WORDS.off[language]}</option>
        ${options}
      </select></label
    >
    <label
      >${WORDS.uses[language]}
      <input name="remaining" type="number" min="1" max="${USES_MAX}" inputmode="numeric" />
    </label>
    <div class="row">
      <button class="quiet">${WORDS.set[language]}</button><code class="muted">${words.key}</code>
    </div>
  </form>`
}

async function apply(env: SandboxEnv, order: z.infer<typeof SwitchOrder>): Promise<void> {
  const state = stateOf(env)
  if (order.value === null) await state.clearSwitch(order.key)
  else await state.setSwitch(order.key, order.value as SwitchValue, order.remaining ?? null)
}

function parseValue(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** `/switchboard` and `/api/switchboard`: make the services late, wrong, slow or down. */
export const switchboardRoutes = new Hono<{ Bindings: SandboxEnv }>()

switchboardRoutes.get('/api/switchboard', async (c) => {
  return c.json({ items: await stateOf(c.env).listSwitches() })
})

switchboardRoutes.post('/api/switchboard', async (c) => {
  const order = SwitchOrder.safeParse(await c.req.json().catch(() => null))
  if (!order.success) return c.json({ code: 'invalid_request' }, 400)
  await apply(c.env, order.data)
  return c.json({ items: await stateOf(c.env).listSwitches() })
})

/** Switches everything off. */
switchboardRoutes.delete('/api/switchboard', async (c) => {
  const state = stateOf(c.env)
  for (const { key } of await state.listSwitches()) await state.clearSwitch(key)
  return c.json({ items: [] })
})

switchboardRoutes.post('/switchboard', async (c) => {
  const form = await c.req.formData()
  const remaining = String(form.get('remaining') ?? '')
  const order = SwitchOrder.safeParse({
    key: form.get('key'),
    value: parseValue(String(form.get('value'))),
    ...(remaining !== '' && { remaining: Number(remaining) }),
  })
  if (order.success) await apply(c.env, order.data)
  return c.redirect('/switchboard', 303)
})

switchboardRoutes.get('/switchboard', async (c) => {
  const language = languageOf(c.req.raw)
  const found = new Map((await stateOf(c.env).listSwitches()).map((item) => [item.key, item]))
  const cards = (switches: readonly SwitchWords[]) =>
    switches.map((words) => switchCard(words, found.get(words.key), language))
  return page(c.req.raw, {
    path: '/switchboard',
    title: TITLE,
    body: html`<p>${WORDS.intro[language]}</p>
      <h2>${WORDS.tax[language]}</h2>
      <div class="cards">${cards(TAX_SWITCHES)}</div>
      <h2>${WORDS.lookups[language]}</h2>
      <div class="cards">${cards(LOOKUP_SWITCHES)}</div>
      <h2>${WORDS.payouts[language]}</h2>
      <div class="cards">${cards(MONEY_SWITCHES)}</div>
      <h2>${WORDS.messages[language]}</h2>
      <div class="cards">${cards(OUTBOX_SWITCHES)}</div>`,
  })
})
