import { chainById } from '../../sandbox/src/catalogue.ts'
import { TILL_MARKETS } from '../receipts/markets.ts'
import { type PaperLine, printPaper } from '../receipts/paper.ts'
import { type Faults, photograph } from '../receipts/photograph.ts'
import { linesOf } from '../receipts/receipt.ts'
import { Random } from '../simulate/random.ts'
import type { Bought } from './outside.ts'

/** Photos of receipts that a phone cannot make much of. */

const TILL = { columns: 32, cellWidth: 18, cellHeight: 34, burn: 0.85 }
const WIDE_TILL = { ...TILL, columns: 36 }
const SEED = 7
const MILLI = 1_000
const NO_FAULTS: Faults = {
  tilt: 0,
  perspective: 0,
  blur: 0,
  fading: 0,
  folds: 0,
  shadow: 0,
  noise: 0,
  quality: 90,
}

/** Where a PNG keeps the checksum of its header. */
const CHECKSUM_AT = 29

/**
 * A picture of a code whose header has a wrong checksum: browsers do not open it, the server does.
 */
export function strangePicture(png: Buffer): Buffer {
  const strange = Buffer.from(png)
  strange.writeUInt8(strange.readUInt8(CHECKSUM_AT) ^ 1, CHECKSUM_AT)
  return strange
}

/**
 * The whole receipt as its till printed it, whose code has been cut off: goods and sums, the
 * seller's number, ФН, ФД and ФПД.
 */
export async function codelessPhoto({ chain, scan, lines }: Bought): Promise<Buffer> {
  const seller = chainById(chain)
  const [shop] = seller?.stores ?? []
  if (!seller || !shop) throw new Error(`no shop of ${chain}`)
  const words = {
    ...TILL_MARKETS.ru,
    shop: seller.name.toUpperCase(),
    legal: seller.legalName,
    address: shop.address,
    taxLine: `ИНН: ${seller.taxNumber}`,
  }
  const items = lines.map(({ quantityMilli, ...line }) => ({
    ...line,
    quantity: quantityMilli / MILLI,
  }))
  const [date = '', time = ''] = scan.time.split('T')
  const told = { date, time, seconds: null, totalMinor: scan.totalMinor, items, scan }
  const printed = linesOf(words, { ...told, numbers: {}, code: null })
  return Buffer.from(await photograph(printPaper(printed, WIDE_TILL), NO_FAULTS, new Random(SEED)))
}

/**
 * A receipt that is torn off above the fiscal numbers and the code. `advert`: a code of the shop's
 * own that is left.
 */
export async function tornPhoto({ scan }: Bought, advert?: string): Promise<Buffer> {
  const [date = '', time = ''] = scan.time.split('T')
  const sum = `=${(scan.totalMinor / 100).toFixed(2)}`
  const lines: PaperLine[] = [
    { middle: 'МАГАЗИН' },
    { middle: 'КАССОВЫЙ ЧЕК' },
    { left: `${date.split('-').reverse().join('.')} ${time}` },
    { rule: '-' },
    { left: 'МОЛОКО', right: sum },
    { rule: '-' },
    { left: 'ИТОГ', right: sum, tall: true },
    { left: 'БЕЗНАЛИЧНЫМИ', right: sum },
    { middle: 'СПАСИБО ЗА ПОКУПКУ' },
    ...(advert === undefined ? [] : [{ code: advert }]),
  ]
  return Buffer.from(await photograph(printPaper(lines, TILL), NO_FAULTS, new Random(SEED)))
}
