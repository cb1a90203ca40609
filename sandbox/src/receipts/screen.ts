import { Hono } from 'hono'
import { html, raw } from 'hono/html'
import { MARKETS } from '#schema/market'
import { formatMinor } from '#schema/money'
import { ALL_CHAINS, ALL_PRODUCTS, type Chain, ChainId, chainById } from '../catalogue.ts'
import { type SandboxEnv, stateOf } from '../env.ts'
import { type Language, languageOf, type Markup, page } from '../page.ts'
import { soldBy } from './basket.ts'
import { COPY_SCRIPT } from './copy-script.ts'
import { printedReceipt } from './printed.ts'
import { qrMatrix, qrPng } from './qr.ts'
import type { IssuedReceipt, LineDraft, ReceiptDraft } from './receipt.ts'
import { RECEIPT_STYLE } from './receipt-style.ts'
import { saleCsv } from './sale.ts'
import { RECEIPT_WORDS as WORDS } from './words.ts'

const LISTED_MAX = 40
const READY_BASKETS = { small: 4, week: 15, huge: 50 } as const
const TITLE = { ru: 'Чеки', en: 'Receipts' }

const currencyOf = (id: ChainId) => MARKETS[chainById(id)?.market ?? 'ru'].currency

function chainOf(id: string | undefined): Chain {
  const chain = ALL_CHAINS.find((candidate) => candidate.id === id) ?? ALL_CHAINS[0]
  if (chain === undefined) throw new Error('the catalogue has no chains')
  return chain
}

function chainSelect(chosen: Chain, language: Language): Markup {
  const options = ALL_CHAINS.map(
    (chain) =>
      html`<option value="${chain.id}" ${chain.id === chosen.id ? raw('selected') : ''}>
        ${chain.name}${chain.market === 'ru' ? '' : ` (${chain.market.toUpperCase()})`}
      </option>`,
  )
  return html`<label>${WORDS.chain[language]}<select name="chain">${options}</select></label>`
}

function basketForm(chain: Chain, language: Language): Markup {
  const baskets = (['small', 'week', 'huge'] as const).map(
    (name) => html`<option value="${name}">${WORDS[name][language]}</option>`,
  )
  return html`<form method="post" action="/receipts" class="card">
    ${chainSelect(chain, language)}
    <label>${WORDS.basket[language]}<select name="basket">${baskets}</select></label>
    <button>${WORDS.issue[language]}</button>
  </form>`
}

function shelfForm(chain: Chain, isOpen: boolean, language: Language): Markup {
  const { currency } = MARKETS[chain.market]
  const goods = soldBy(chain).map(
    (product) =>
      html`<label
        ><input type="checkbox" name="gtin" value="${product.gtin}" /><span>${product.name}</span
        ><span class="amount">${formatMinor(product.priceMinor, language, currency)}</span></label
      >`,
  )
  return html`<details class="card" ${isOpen ? raw('open') : ''}>
    <summary>${WORDS.choose[language]}</summary>
    <form method="get" class="row">
      ${chainSelect(chain, language)}<button class="quiet">${WORDS.show[language]}</button>
    </form>
    <form method="post" action="/receipts">
      <input type="hidden" name="chain" value="${chain.id}" />
      <fieldset class="shelf">${goods}</fieldset>
      <button>${WORDS.issue[language]}</button>
    </form>
  </details>`
}

function receiptList(receipts: readonly IssuedReceipt[], language: Language): Markup {
  if (receipts.length === 0) return html`<p class="muted">${WORDS.none[language]}</p>`
  const refund = html`<span class="chip refusal">${WORDS.refund[language]}</span>`
  const rows = receipts.map(
    ({ scan, storeName, chainId }) =>
      html`<tr>
        <td>
          <a href="/receipts/${scan.fn}/${scan.i}">${scan.time.replace('T', ' ')}</a><br />
          ${storeName}
        </td>
        <td class="amount">
          ${formatMinor(scan.totalMinor, language, currencyOf(chainId))}<br />
          ${scan.kind === 1 ? '' : refund}
        </td>
      </tr>`,
  )
  return html`<table class="receipts">
      <thead>
        <tr>
          <th>${WORDS.when[language]}</th>
          <th>${WORDS.total[language]}</th>
        </tr>
      </thead>
      <tbody>
      ${rows}
    </tbody>
  </table>`
}

function postButton(action: string, words: string, quiet = true): Markup {
  return html`<form method="post" action="${action}">
    <button class="${quiet ? 'quiet' : ''}">${words}</button>
  </form>`
}

function controls(receipt: IssuedReceipt, language: Language, now: number): Markup {
  const { scan } = receipt
  const base = `/receipts/${scan.fn}/${scan.i}`
  const isKnown = receipt.deliveredAt <= now
  const at = new Date(receipt.deliveredAt).toISOString()
  const shown = `${at.slice(0, 16).replace('T', ' ')} UTC`
  return html`<div>
    <p>
      ${
        isKnown
          ? html`<span class="chip">${WORDS.known[language]}</span>`
          : html`<span class="chip coming"
              >${WORDS.waiting[language]} <time datetime="${at}">${shown}</time></span
            >`
      }
    </p>
    <label
      >${WORDS.text[language]}
      <textarea id="text" class="mono" rows="3" readonly>${receipt.code}</textarea></label
    >
    <div class="row">
      <button data-copy="text" data-copied="${WORDS.copied[language]}">
        ${WORDS.copy[language]}
      </button>
      <a class="button quiet" href="${base}/code.png" download="receipt-${scan.i}.png"
        >${WORDS.download[language]}</a
      >
      <a class="button quiet" href="${base}/paper">${WORDS.paper[language]}</a>
      <a class="button quiet" href="${base}/sale.csv" download="sale-${scan.i}.csv"
        >${WORDS.sale[language]}</a
      >
      ${isKnown ? '' : postButton(`${base}/deliver`, WORDS.deliver[language])}
      ${scan.kind === 1 ? postButton(`${base}/return`, WORDS.giveBack[language]) : ''}
      <a class="button quiet" href="/receipts?chain=${receipt.chainId}">${WORDS.again[language]}</a>
    </div>
  </div>`
}

/** The draft of a return: the same goods at the same till. */
function returnOf(receipt: IssuedReceipt): ReceiptDraft {
  const lines = receipt.lines.map(({ name, priceMinor, quantityMilli }): LineDraft => {
    const product = ALL_PRODUCTS.find((candidate) => candidate.lines[receipt.chainId] === name)
    const subject = product === undefined ? { name } : { gtin: product.gtin }
    return { ...subject, priceMinor, quantity: quantityMilli / 1_000 }
  })
  return { chain: receipt.chainId, fiscalDrive: receipt.scan.fn, lines, kind: 2 }
}

function notFound(request: Request): Promise<Response> {
  const body = html`<p><a href="/receipts">${TITLE[languageOf(request)]}</a></p>`
  return page(request, { path: '/receipts', title: WORDS.notFound, body, status: 404 })
}

/** Receipts for people: a shop, a basket, the printed strip with its code. */
export const receiptScreen = new Hono<{ Bindings: SandboxEnv }>()

receiptScreen.get('/receipts', async (c) => {
  const language = languageOf(c.req.raw)
  const isChosen = c.req.query('chain') !== undefined
  const chain = chainOf(c.req.query('chain'))
  const latest = await stateOf(c.env).latestReceipts(LISTED_MAX)
  return page(c.req.raw, {
    path: '/receipts',
    title: TITLE,
    style: RECEIPT_STYLE,
    body: html`<p>${WORDS.intro[language]}</p>
      ${basketForm(chain, language)} ${shelfForm(chain, isChosen, language)}
      <h2>${WORDS.latest[language]}</h2>
      ${receiptList(latest, language)}`,
  })
})

receiptScreen.post('/receipts', async (c) => {
  const form = await c.req.formData()
  const chain = ChainId.safeParse(form.get('chain'))
  const ticked = form.getAll('gtin').map((gtin) => ({ gtin: String(gtin) }))
  const basket = Object.entries(READY_BASKETS).find(([name]) => name === form.get('basket'))
  const lines = ticked.length > 0 ? ticked : basket?.[1]
  const language = languageOf(c.req.raw)
  if (!chain.success || lines === undefined) {
    const body = html`<p>${WORDS.nothingTicked[language]}</p>
      <p><a href="/receipts?chain=${chain.data ?? ''}">${TITLE[language]}</a></p>`
    return page(c.req.raw, { path: '/receipts', title: TITLE, body, status: 422 })
  }
  const issued = await stateOf(c.env).issue({ chain: chain.data, lines })
  if ('refused' in issued || issued[0] === undefined) return notFound(c.req.raw)
  return c.redirect(`/receipts/${issued[0].scan.fn}/${issued[0].scan.i}`, 303)
})

receiptScreen.get('/receipts/:fn/:i', async (c) => {
  const receipt = await stateOf(c.env).receipt(c.req.param('fn'), Number(c.req.param('i')))
  if (receipt === null) return notFound(c.req.raw)
  const number = `№ ${receipt.scan.i}`
  return page(c.req.raw, {
    path: '/receipts',
    title: { ru: `Чек ${number}`, en: `Receipt ${number}` },
    style: RECEIPT_STYLE,
    scripts: ['/copy.js'],
    body: html`<div class="desk">
      ${printedReceipt(receipt)} ${controls(receipt, languageOf(c.req.raw), Date.now())}
    </div>`,
  })
})

receiptScreen.get('/receipts/:fn/:i/paper', async (c) => {
  const receipt = await stateOf(c.env).receipt(c.req.param('fn'), Number(c.req.param('i')))
  if (receipt === null) return notFound(c.req.raw)
  return page(c.req.raw, {
    path: '/receipts',
    title: WORDS.paper,
    style: RECEIPT_STYLE,
    body: html`<p>${WORDS.paperWhy[languageOf(c.req.raw)]}</p>
      <div class="desk">${printedReceipt(receipt, { isFiscal: false })}</div>`,
  })
})

receiptScreen.get('/receipts/:fn/:i/sale.csv', async (c) => {
  const receipt = await stateOf(c.env).receipt(c.req.param('fn'), Number(c.req.param('i')))
  if (receipt === null) return c.body(null, 404)
  return c.body(saleCsv(receipt), 200, { 'content-type': 'text/csv; charset=utf-8' })
})

receiptScreen.get('/receipts/:fn/:i/code.png', async (c) => {
  const receipt = await stateOf(c.env).receipt(c.req.param('fn'), Number(c.req.param('i')))
  if (receipt === null) return c.body(null, 404)
  const picture = await qrPng(qrMatrix(receipt.code))
  return c.body(picture.stream(), 200, { 'content-type': 'image/png' })
})

receiptScreen.post('/receipts/:fn/:i/deliver', async (c) => {
  const { fn, i } = c.req.param()
  await stateOf(c.env).deliver(fn, Number(i))
  return c.redirect(`/receipts/${fn}/${i}`, 303)
})

receiptScreen.post('/receipts/:fn/:i/return', async (c) => {
  const state = stateOf(c.env)
  const receipt = await state.receipt(c.req.param('fn'), Number(c.req.param('i')))
  if (receipt === null) return notFound(c.req.raw)
  const issued = await state.issue(returnOf(receipt))
  if ('refused' in issued || issued[0] === undefined) return notFound(c.req.raw)
  return c.redirect(`/receipts/${issued[0].scan.fn}/${issued[0].scan.i}`, 303)
})

receiptScreen.get('/copy.js', (c) =>
  c.body(COPY_SCRIPT, 200, { 'content-type': 'text/javascript; charset=utf-8' }),
)
