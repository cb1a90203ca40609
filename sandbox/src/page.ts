import { html, raw } from 'hono/html'
import type { HtmlEscapedString } from 'hono/utils/html'
import { STYLE } from './page-style.ts'

/** Escaped HTML, made with the `html` template of Hono. */
export type Markup = HtmlEscapedString | Promise<HtmlEscapedString>

export type Language = 'ru' | 'en'
export type Words = Record<Language, string>

const PLACES: { path: string; words: Words }[] = [
  { path: '/', words: { ru: 'Песочница', en: 'Sandbox' } },
  { path: '/receipts', words: { ru: 'Чеки', en: 'Receipts' } },
  { path: '/outbox', words: { ru: 'СМС и почта', en: 'SMS and mail' } },
  { path: '/authenticator', words: { ru: 'Коды для входа', en: 'Authenticator' } },
  { path: '/payouts', words: { ru: 'Выплаты', en: 'Payouts' } },
  { path: '/bank', words: { ru: 'Банк', en: 'Bank' } },
  { path: '/switchboard', words: { ru: 'Пульт', en: 'Switchboard' } },
]

/** The page's language: `?lang=`, the cookie it left, the browser's wish, else Russian. */
export function languageOf(request: Request): Language {
  const asked = new URL(request.url).searchParams.get('lang')
  const kept = /(?:^|;\s*)lang=(ru|en)/.exec(request.headers.get('cookie') ?? '')?.[1]
  const wished = /^\s*en\b/i.test(request.headers.get('accept-language') ?? '') ? 'en' : 'ru'
  const language = asked ?? kept ?? wished
  return language === 'en' ? 'en' : 'ru'
}

function navigation(language: Language, path: string): Markup {
  const links = PLACES.map(
    (place) =>
      html`<a href="${place.path}" ${place.path === path ? raw('aria-current="page"') : ''}
        >${place.words[language]}</a
      >`,
  )
  const other = language === 'ru' ? 'en' : 'ru'
  return html`<nav>
    ${links}<a class="language" href="?lang=${other}" lang="${other}"
      >${other === 'en' ? 'English' : 'Русский'}</a
    >
  </nav>`
}

/**
 * Answers a whole page of the sandbox in its one layout. `path` marks the place in the navigation.
 * Scripts come only from this origin: pass their paths in `scripts`; `style` is added to the common
 * one.
 */
export async function page(
  request: Request,
  content: {
    path: string
    title: Words
    body: Markup
    style?: string
    scripts?: string[]
    status?: number
  },
): Promise<Response> {
  const language = languageOf(request)
  const scripts = (content.scripts ?? []).map(
    (path) => html`<script type="module" src="${path}"></script>`,
  )
  const document = await html`<!doctype html>
    <html lang="${language}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <link rel="icon" href="data:," />
        <title>${content.title[language]} · Kopilka sandbox</title>
        <style>
          ${raw(STYLE)}${raw(content.style ?? '')}
        </style>
        ${scripts}
      </head>
      <body>
        <header>${navigation(language, content.path)}</header>
        <main>
          <h1>${content.title[language]}</h1>
          ${content.body}
        </main>
      </body>
    </html>`
  return new Response(document.toString(), {
    status: content.status ?? 200,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'content-security-policy':
        "default-src 'none'; style-src 'unsafe-inline'; script-src 'self'; connect-src 'self'; " +
        "img-src 'self' data: blob:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
      'set-cookie': `lang=${language}; Path=/; SameSite=Lax; Max-Age=31536000`,
    },
  })
}
