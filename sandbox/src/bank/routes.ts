import { type Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { html } from 'hono/html'
import { type CurrencyCode, minorDigits } from '#schema/currency'
import type { SandboxEnv } from '../env.ts'
import { type Language, languageOf, type Markup, page } from '../page.ts'
import type { KeptOrder, KeptTransfer } from './bank.object.ts'
import { bankMood } from './switches.ts'

type Ctx = Context<{ Bindings: SandboxEnv }>

const FILE_BYTES_MAX = 1024 * 1024

const bankOf = (env: SandboxEnv) => env.BANK.get(env.BANK.idFromName('bank'))

/**
 * The operator's bank as its clients see it: a page to hand in a file and take the answer, and the
 * same over HTTP (`PUT /bank/files`, `POST …/reports`, `GET /bank/reports/{id}`).
 */
export const bankRoutes = new Hono<{ Bindings: SandboxEnv }>()
bankRoutes.use('/bank/*', bodyLimit({ maxSize: FILE_BYTES_MAX }))
bankRoutes.use('/bank', bodyLimit({ maxSize: FILE_BYTES_MAX }))

bankRoutes.get('/bank', (c) => screen(c, null))

bankRoutes.post('/bank', async (c) => {
  const file = (await c.req.formData()).get('file')
  const taken =
    typeof file === 'string' || file === null
      ? { wrong: 'no file' }
      : await bankOf(c.env).take(await (file as File).text())
  if ('wrong' in taken) return screen(c, taken.wrong)
  return c.redirect('/bank', 303)
})

bankRoutes.post('/bank/answer', async (c) => {
  const messageId = String((await c.req.formData()).get('message_id') ?? '')
  await bankOf(c.env).answer(messageId, await bankMood(c.env))
  return c.redirect('/bank', 303)
})

bankRoutes.put('/bank/files', async (c) => {
  const taken = await bankOf(c.env).take(await c.req.text())
  return 'wrong' in taken
    ? c.json({ error: taken.wrong, report: taken.report }, 422)
    : c.json(taken, 201)
})

bankRoutes.post('/bank/files/:messageId/reports', async (c) => {
  const made = await bankOf(c.env).answer(c.req.param('messageId'), await bankMood(c.env))
  return made ? c.json(made, 201) : c.json({ error: 'no such file' }, 404)
})

bankRoutes.get('/bank/reports/:id', async (c) => {
  const content = await bankOf(c.env).report(Number(c.req.param('id')) || 0)
  if (content === null) return c.json({ error: 'no such report' }, 404)
  return c.body(content, 200, {
    'content-type': 'application/xml; charset=utf-8',
    'content-disposition': `attachment; filename="pain.002-${c.req.param('id')}.xml"`,
  })
})

/** What the bank has: for tests and for whoever compares it with the books. */
bankRoutes.get('/api/bank', async (c) => c.json({ items: await bankOf(c.env).orders() }))

const WORDS = {
  intro: {
    ru: 'Банк оператора принимает файл выплат (pain.001), исполняет его и отдаёт отчёт (pain.002).',
    en: 'The operator’s bank takes a file of payouts (pain.001), executes it and gives a report (pain.002).',
  },
  file: { ru: 'Файл выплат', en: 'File of payouts' },
  hand: { ru: 'Передать в банк', en: 'Hand it in' },
  wrong: { ru: 'Банк не принял файл', en: 'The bank has not taken the file' },
  answer: { ru: 'Исполнить и ответить', en: 'Execute and answer' },
  report: { ru: 'Отчёт', en: 'Report' },
  none: { ru: 'Файлов ещё не было.', en: 'No files yet.' },
  RCVD: { ru: 'принят', en: 'received' },
  ACSC: { ru: 'выплачен', en: 'paid' },
  RJCT: { ru: 'отклонён', en: 'refused' },
} as const

const CHIPS = { RCVD: 'chip coming', ACSC: 'chip', RJCT: 'chip refusal' } as const
const isStatus = (status: string): status is keyof typeof CHIPS => status in CHIPS

async function screen(c: Ctx, wrong: string | null): Promise<Response> {
  const language = languageOf(c.req.raw)
  const orders = await bankOf(c.env).orders()
  return page(c.req.raw, {
    path: '/bank',
    title: { ru: 'Банк оператора', en: 'The operator’s bank' },
    status: wrong === null ? 200 : 422,
    body: html`<p>${WORDS.intro[language]}</p>
      ${wrong === null ? '' : html`<p class="chip refusal">${WORDS.wrong[language]}: ${wrong}</p>`}
      <form method="post" action="/bank" enctype="multipart/form-data" class="card">
        <label
          >${WORDS.file[language]} <input type="file" name="file" accept=".xml" required
        /></label>
        <button>${WORDS.hand[language]}</button>
      </form>
      ${orders.length === 0 ? html`<p class="muted">${WORDS.none[language]}</p>` : ''}
      ${orders.map((order) => orderCard(order, language))}`,
  })
}

function orderCard(order: KeptOrder, language: Language): Markup {
  const { messageId, currency, totalMinor, executionDate, transfers, reports } = order
  return html`<article class="card">
    <div class="row">
      <strong class="amount" style="font-size: 20px"
        >${amountIn(totalMinor, currency, language)}</strong
      >
      <span class="muted">${executionDate}</span>
    </div>
    <p class="mono" style="overflow-wrap: anywhere">${messageId}</p>
    ${transfers.map((transfer) => transferLine(transfer, language))}
    <form method="post" action="/bank/answer" class="row">
      <input type="hidden" name="message_id" value="${messageId}" />
      <button class="quiet">${WORDS.answer[language]}</button>
      ${reports.map(
        ({ id }, at) =>
          html`<a class="button quiet" href="/bank/reports/${id}" download
            >${WORDS.report[language]} ${at + 1}</a
          >`,
      )}
    </form>
  </article>`
}

function transferLine(transfer: KeptTransfer, language: Language): Markup {
  const { status, amountMinor, currency, holder, iban, remittance, reason } = transfer
  return html`<p>
    ${amountIn(amountMinor, currency, language)} · ${holder} · ${iban.slice(0, 2)}•• …
    ${iban.slice(-4)}
    <span class="${isStatus(status) ? CHIPS[status] : 'chip coming'}"
      >${isStatus(status) ? WORDS[status][language] : status} ${reason ?? ''}</span
    ><br /><span class="muted">${remittance}</span>
  </p>`
}

function amountIn(minor: number, currency: string, language: Language): string {
  const digits = minorDigits(currency as CurrencyCode)
  const locale = language === 'ru' ? 'ru' : 'en-GB'
  const options = { minimumFractionDigits: digits }
  return `${(minor / 10 ** digits).toLocaleString(locale, options)} ${currency}`
}
