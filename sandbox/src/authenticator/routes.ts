import { Hono } from 'hono'
import { html } from 'hono/html'
import type { SandboxEnv } from '../env.ts'
import { type Language, languageOf, type Markup, page } from '../page.ts'
import { readAccount } from './account.ts'
import type { Authenticator, ShownAccount } from './authenticator.object.ts'

const WORDS = {
  intro: {
    ru: 'Замена приложению на телефоне: вторая половина входа для сотрудников.',
    en: 'Stands in for the app on a phone: the second half of signing in for staff.',
  },
  text: {
    ru: 'Ссылка otpauth:// или секрет с экрана входа',
    en: 'The otpauth:// link or the secret from the sign-in screen',
  },
  label: { ru: 'Чей это код (для секрета)', en: 'Whose code it is (for a secret)' },
  filter: { ru: 'Чей код', en: 'Whose code' },
  find: { ru: 'Показать', en: 'Show' },
  add: { ru: 'Добавить', en: 'Add' },
  forget: { ru: 'Забыть', en: 'Forget' },
  none: { ru: 'Учётных записей пока нет.', en: 'No accounts yet.' },
  copy: { ru: 'Скопировать код', en: 'Copy the code' },
  copied: { ru: 'Скопировано', en: 'Copied' },
  wrong: {
    ru: 'Это не ссылка otpauth:// и не секрет из букв A–Z и цифр 2–7.',
    en: 'This is neither an otpauth:// link nor a secret of A–Z and 2–7.',
  },
} as const

function authenticatorOf(env: SandboxEnv): DurableObjectStub<Authenticator> {
  return env.AUTHENTICATOR.get(env.AUTHENTICATOR.idFromName('phone'))
}

/** `/authenticator` shows the codes of now; `/api/authenticator` is the same for programs. */
export const authenticatorRoutes = new Hono<{ Bindings: SandboxEnv }>()

authenticatorRoutes.get('/authenticator', (c) => screen(c.req.raw, c.env, false))

authenticatorRoutes.post('/authenticator', async (c) => {
  const form = await c.req.formData()
  const account = readAccount(String(form.get('text') ?? ''), String(form.get('label') ?? ''))
  if (account === null) return screen(c.req.raw, c.env, true)
  await authenticatorOf(c.env).add(account)
  return c.redirect('/authenticator', 303)
})

authenticatorRoutes.post('/authenticator/:id{\\d+}/forget', async (c) => {
  await authenticatorOf(c.env).forget(Number(c.req.param('id')))
  return c.redirect('/authenticator', 303)
})

authenticatorRoutes.get('/api/authenticator', async (c) => {
  const items = await authenticatorOf(c.env).list(c.req.query('account') ?? '')
  return c.json({ items })
})

authenticatorRoutes.post('/api/authenticator', async (c) => {
  const body: unknown = await c.req.json().catch(() => null)
  const { text, label } = (body ?? {}) as { text?: unknown; label?: unknown }
  const account = readAccount(String(text ?? ''), String(label ?? ''))
  if (account === null) return c.json({ code: 'invalid_request' }, 400)
  return c.json(await authenticatorOf(c.env).add(account), 201)
})

async function screen(request: Request, env: SandboxEnv, isWrong: boolean): Promise<Response> {
  const language = languageOf(request)
  const typed = new URL(request.url).searchParams.get('account') ?? ''
  const accounts = await authenticatorOf(env).list(typed.trim())
  return page(request, {
    path: '/authenticator',
    title: { ru: 'Коды для входа', en: 'Authenticator' },
    status: isWrong ? 400 : 200,
    body: html`<p>${WORDS.intro[language]}</p>
      ${isWrong ? html`<p role="alert" class="chip refusal">${WORDS.wrong[language]}</p>` : ''}
      <form method="get" action="/authenticator" class="row">
        <label
          >${WORDS.filter[language]}
          <input name="account" value="${typed}" autocomplete="off" inputmode="email" />
        </label>
        <button class="quiet">${WORDS.find[language]}</button>
      </form>
      <div id="live">
        ${
          accounts.length === 0
            ? html`<p class="muted">${WORDS.none[language]}</p>`
            : accounts.map((account) => card(account, language))
        }
      </div>
      <h2>${WORDS.add[language]}</h2>
      <form method="post" action="/authenticator">
        <label>${WORDS.text[language]}<input name="text" required autocomplete="off" /></label>
        <label>${WORDS.label[language]}<input name="label" autocomplete="off" /></label>
        <button>${WORDS.add[language]}</button>
      </form>`,
    scripts: ['/live.js'],
  })
}

function card(account: ShownAccount, language: Language): Markup {
  const left = language === 'ru' ? `ещё ${account.secondsLeft} с` : `${account.secondsLeft} s left`
  return html`<article class="card">
    <div class="row">
      ${account.issuer === '' ? '' : html`<span class="chip">${account.issuer}</span>`}
      <strong style="overflow-wrap: anywhere">${account.label}</strong>
    </div>
    <div class="row">
      <output
        class="mono"
        style="font-size: 28px; line-height: 36px; letter-spacing: 0.08em; user-select: all"
        >${account.code}</output
      >
      <span class="muted">${left}</span>
      <button
        type="button"
        class="quiet"
        data-copy="${account.code}"
        data-copied="${WORDS.copied[language]}"
      >
        ${WORDS.copy[language]}
      </button>
      <form method="post" action="/authenticator/${account.id}/forget">
        <button class="quiet">${WORDS.forget[language]}</button>
      </form>
    </div>
  </article>`
}
