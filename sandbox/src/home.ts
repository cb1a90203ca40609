import { Hono } from 'hono'
import { html } from 'hono/html'
import type { SandboxEnv } from './env.ts'
import { languageOf, page, type Words } from './page.ts'

const PLACES: { path: string; title: Words; text: Words }[] = [
  {
    path: '/receipts',
    title: { ru: 'Чеки', en: 'Receipts' },
    text: {
      ru: 'Пробейте чек в вымышленном магазине и отсканируйте его с экрана.',
      en: 'Issue a receipt in an invented shop and scan it from the screen.',
    },
  },
  {
    path: '/outbox',
    title: { ru: 'СМС и почта', en: 'SMS and mail' },
    text: {
      ru: 'Все сообщения, которые «ушли»: здесь лежат коды для входа.',
      en: 'Every message that “left”: sign-in codes are here.',
    },
  },
  {
    path: '/authenticator',
    title: { ru: 'Коды для входа', en: 'Authenticator' },
    text: {
      ru: 'Приложение с кодами, которое у сотрудников лежит на телефоне.',
      en: 'The app with codes that staff carry on their phones.',
    },
  },
  {
    path: '/payouts',
    title: { ru: 'Выплаты', en: 'Payouts' },
    text: {
      ru: 'Выплаты, которые получил платёжный сервис, и что с ними стало.',
      en: 'Payouts that reached the payment provider, and what became of them.',
    },
  },
  {
    path: '/bank',
    title: { ru: 'Банк оператора', en: 'The operator’s bank' },
    text: {
      ru: 'Загрузите сюда файл выплат в тенге и скачайте ответ банка.',
      en: 'Upload a file of payouts in tenge here and download the bank’s answer.',
    },
  },
  {
    path: '/switchboard',
    title: { ru: 'Пульт', en: 'Switchboard' },
    text: {
      ru: 'Сделайте внешние службы медленными, неправыми или недоступными.',
      en: 'Make the outside services late, wrong, slow or down.',
    },
  },
]

/** `/`: what the sandbox stands in for, with a link to each part. */
export const homeRoutes = new Hono<{ Bindings: SandboxEnv }>()

homeRoutes.get('/', (c) => {
  const language = languageOf(c.req.raw)
  const cards = PLACES.map(
    (place) =>
      html`<section class="card">
        <h2 style="margin-top:0"><a href="${place.path}">${place.title[language]}</a></h2>
        <p>${place.text[language]}</p>
      </section>`,
  )
  const intro: Words = {
    ru:
      'Здесь живёт всё, что снаружи: налоговая, платёжный сервис, СМС и почта. ' +
      'Kopilka говорит с ними по их настоящим протоколам.',
    en:
      'Everything outside lives here: the tax service, the payment provider, SMS and mail. ' +
      'Kopilka speaks their real protocols.',
  }
  return page(c.req.raw, {
    path: '/',
    title: { ru: 'Песочница', en: 'Sandbox' },
    body: html`<p>${intro[language]}</p>
      <div class="cards">${cards}</div>`,
  })
})
