import { html, raw } from 'hono/html'
import type { Chain } from '../catalogue.ts'
import type { Markup } from '../page.ts'
import { qrMatrix, qrSvg } from './qr.ts'
import type { IssuedLine, IssuedReceipt } from './receipt.ts'

/** What differs between the papers of two countries. */
type PaperWords = {
  readonly language: string
  readonly taxNumber: string
  readonly kinds: Readonly<Record<'sale' | 'return', string>>
  readonly number: string
  readonly total: string
  readonly paid: string
  readonly till: string
  readonly sign: string | null
  readonly amount: (minor: number) => string
}

const comma = (minor: number) => (minor / 100).toFixed(2).replace('.', ',')

const AUSTRIA: PaperWords = {
  language: 'de',
  taxNumber: 'UID',
  kinds: { sale: 'RECHNUNG', return: 'STORNO' },
  number: 'Beleg-Nr.',
  total: 'SUMME EUR',
  paid: 'Bankomatkarte',
  till: 'Kassen-ID',
  sign: null,
  amount: comma,
}

const KAZAKHSTAN: PaperWords = {
  language: 'kk',
  taxNumber: 'БСН/БИН',
  kinds: { sale: 'САТУ / ПРОДАЖА', return: 'ҚАЙТАРУ / ВОЗВРАТ' },
  number: 'Чек №',
  total: 'ЖИЫНЫ / ИТОГО',
  paid: 'КАРТА',
  till: 'ТБН/РНМ',
  sign: 'ФБ/ФП',
  amount: (minor) => comma(minor).replace(/\B(?=(\d{3})+(?!\d))/g, ' '),
}

/** The paper of a till abroad, in the language of its country, code included. */
export function printedAbroad(receipt: IssuedReceipt, chain: Chain): Markup {
  const words = chain.market === 'at' ? AUSTRIA : KAZAKHSTAN
  const { scan, lines, code } = receipt
  const [day = '', clock = ''] = scan.time.split('T')
  return html`<article class="strip mono" lang="${words.language}">
    <div class="middle">
      ${chain.legalName}<br />${receipt.storeName}<br />${receipt.storeAddress}<br />
      ${words.taxNumber} ${chain.taxNumber}
    </div>
    <hr />
    <div class="middle">${words.kinds[scan.kind === 2 ? 'return' : 'sale']}</div>
    ${row(`${words.number} ${scan.i}`, `${day.split('-').reverse().join('.')} ${clock}`)}
    <hr />
    ${lines.map((line) => item(line, words))}
    <hr />
    ${row(words.total, words.amount(scan.totalMinor), true)}
    ${row(words.paid, words.amount(scan.totalMinor))}
    <hr />
    ${row(words.till, receipt.tillRegistration.split(':').at(-1) ?? '')}
    ${words.sign === null ? '' : row(words.sign, String(scan.fp))}
    <div class="code">${raw(qrSvg(qrMatrix(code), 'QR'))}</div>
  </article>`
}

function item(line: IssuedLine, { amount }: PaperWords): Markup {
  const quantity = line.quantityMilli / 1_000
  const count = `${String(quantity).replace('.', ',')} × ${amount(line.priceMinor)}`
  return html`<div class="item">
    <div>${line.name}</div>
    ${row(count, amount(line.sumMinor))}
  </div>`
}

function row(left: string, right: string, strong = false): Markup {
  const cells = html`<span>${left}</span><span>${right}</span>`
  return html`<div class="pair ${strong ? 'strong' : ''}">${cells}</div>`
}
