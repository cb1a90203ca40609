import { html, raw } from 'hono/html'
import { chainById } from '../catalogue.ts'
import type { Markup } from '../page.ts'
import { printedAbroad } from './printed-abroad.ts'
import { qrMatrix, qrSvg } from './qr.ts'
import type { IssuedLine, IssuedReceipt } from './receipt.ts'

const KINDS = { 1: 'ПРИХОД', 2: 'ВОЗВРАТ ПРИХОДА', 3: 'РАСХОД', 4: 'ВОЗВРАТ РАСХОДА' } as const

/** Tills print a dot and no currency: `1284.50`. */
function printed(amountMinor: number): string {
  return (amountMinor / 100).toFixed(2)
}

function quantity(line: IssuedLine): string {
  const whole = line.quantityMilli % 1_000 === 0
  return whole ? String(line.quantityMilli / 1_000) : (line.quantityMilli / 1_000).toFixed(3)
}

function row(left: string, right: string, strong = false): Markup {
  const cells = html`<span>${left}</span><span>${right}</span>`
  return html`<div class="pair ${strong ? 'strong' : ''}">${cells}</div>`
}

function item(line: IssuedLine): Markup {
  return html`<div class="item">
    <div>${line.gtin === null ? '' : '[M] '}${line.name}</div>
    ${row(`${printed(line.priceMinor)} × ${quantity(line)}`, `≡ ${printed(line.sumMinor)}`)}
  </div>`
}

function vat(lines: readonly IssuedLine[], percent: 10 | 22): Markup {
  const sum = lines
    .filter((line) => line.vatPercent === percent)
    .reduce((total, line) => total + line.sumMinor, 0)
  const tax = Math.round((sum * percent) / (100 + percent))
  return sum === 0 ? html`` : row(`СУММА НДС ${percent}%`, `≡ ${printed(tax)}`)
}

function wallClock(time: string): string {
  const [, year, month, day, clock] = /^..(..)-(..)-(..)T(.*)$/.exec(time) ?? []
  return `${day}.${month}.${year} ${clock}`
}

/**
 * A receipt as it comes out of the till: always in Russian, code included. Without its fiscal part
 * it is what the printer of a shop's own system gives, or what is left of a torn one.
 */
export function printedReceipt(receipt: IssuedReceipt, { isFiscal = true } = {}): Markup {
  const { scan, lines } = receipt
  const chain = chainById(receipt.chainId)
  if (chain !== undefined && chain.market !== 'ru') return printedAbroad(receipt, chain)
  return html`<article class="strip mono" lang="ru">
    <div class="middle">
      ${chain?.legalName}<br />${receipt.storeName}<br />${receipt.storeAddress}<br />
      ИНН ${chain?.taxNumber}
    </div>
    <hr />
    <div class="middle">КАССОВЫЙ ЧЕК<br />${KINDS[scan.kind]}</div>
    ${row(`СМЕНА ${receipt.shift}`, `ЧЕК ${receipt.numberInShift}`)}
    ${row('КАССИР', wallClock(scan.time))}
    <hr />
    ${lines.map(item)}
    <hr />
    ${row('ИТОГ', `≡ ${printed(scan.totalMinor)}`, true)}
    ${row('БЕЗНАЛИЧНЫМИ', `≡ ${printed(scan.totalMinor)}`)} ${vat(lines, 10)} ${vat(lines, 22)}
    ${isFiscal ? fiscalPart(receipt) : ''}
  </article>`
}

function fiscalPart({ scan, tillRegistration, code }: IssuedReceipt): Markup {
  return html`<hr />
    ${row('РН ККТ', tillRegistration)} ${row('ФН', scan.fn)} ${row('ФД', String(scan.i))}
    ${row('ФПД', String(scan.fp))} ${row('САЙТ ФНС', 'www.nalog.gov.ru')}
    <div class="code">${raw(qrSvg(qrMatrix(code), 'QR'))}</div>`
}
