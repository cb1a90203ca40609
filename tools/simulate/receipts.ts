import { parseRuQr, printRuQr, ruContentKey, ruFingerprint } from '#fiscal/ru'
import { minor } from '#schema/money'
import type { DocumentLine, FiscalDocument, ReceiptStore, RuScan } from '#schema/receipt'
import type { Submission } from '#worker/cells/cell-receipts'
import type { EvidenceLine } from '#worker/receipts/evidence'
import type { Random } from './random.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
const MOSCOW_MS = 3 * HOUR_MS

/** A receipt as it truly is: what a till printed, and when its shop hands it to the tax service. */
export type TrueReceipt = {
  readonly scan: RuScan
  readonly fingerprint: string
  readonly contentKey: string
  /** Milliseconds; Infinity when it is never delivered. */
  readonly deliveredAt: number
  readonly document: FiscalDocument
  readonly matches: readonly EvidenceLine[]
  readonly store: ReceiptStore | null
  /** Of a return: the identity of its sale. */
  readonly saleOf?: string
}

const GOODS = [
  { id: 'prd_milk0000', name: 'Молоко Заря', brand: 'Заря', category: 'dairy' },
  { id: 'prd_tea00000', name: 'Чай Восход', brand: 'Восход', category: 'coffee_tea' },
  { id: 'prd_shirt000', name: 'Рубашка', brand: 'Заря', category: 'clothing' },
] as const

export const RETAILERS = ['prt_lavka000', 'prt_rynok000'] as const

/** A wall-clock minute in Moscow. */
export function wallMinute(at: number): string {
  return new Date(at + MOSCOW_MS).toISOString().slice(0, 16)
}

/** Prints a receipt of the last days; most are delivered at once, some late, a few never. */
export function printReceipt(random: Random, now: number, number: number): TrueReceipt {
  const lines = Array.from({ length: random.int(1, 4) }, () => printLine(random))
  const sumMinor = lines.reduce((sum, { line }) => sum + line.sumMinor, 0)
  const age = random.weighted([
    [12, random.int(0, 2 * HOUR_MS)],
    [3, random.int(0, 3 * DAY_MS)],
    [1, random.int(0, 13 * DAY_MS)],
  ])
  const scan: RuScan = {
    time: wallMinute(now - age),
    totalMinor: minor(sumMinor),
    fn: `00999907890${String(random.int(10_000, 99_999))}`,
    i: number,
    fp: random.int(1, 4_294_967_295),
    kind: random.chance(0.06) ? 3 : 1,
  }
  const delay = random.weighted([
    [14, 0],
    [3, random.int(0, 3 * HOUR_MS)],
    [1, random.int(0, 20 * DAY_MS)],
    [1, Number.POSITIVE_INFINITY],
  ])
  return {
    scan,
    fingerprint: ruFingerprint(scan),
    contentKey: ruContentKey(scan),
    deliveredAt: now + delay,
    document: documentOf(
      scan,
      lines.map(({ line }) => line),
      random,
    ),
    matches: lines.map(({ match }) => match),
    store: storeOf(random),
  }
}

/** The shop takes back some of a sale, or all that is left of it, and prints a receipt of it. */
export function printReturn(
  random: Random,
  sale: TrueReceipt,
  now: number,
  number: number,
): TrueReceipt {
  const isWhole = random.chance(0.25)
  const lines = sale.document.lines.flatMap((line, index) => {
    const units = line.quantityMicro / 1_000_000
    const back = isWhole ? units : random.int(0, units)
    if (back === 0) return []
    const match = sale.matches[index]
    if (!match) throw new Error('a line without a match')
    const sumMinor = minor(line.priceMinor * back)
    return { line: { ...line, quantityMicro: back * 1_000_000, sumMinor }, match }
  })
  const totalMinor = minor(lines.reduce((sum, { line }) => sum + line.sumMinor, 0))
  const at = Math.max(now - random.int(0, HOUR_MS), Date.parse(`${sale.scan.time}:00Z`) - MOSCOW_MS)
  const fp = random.int(1, 4_294_967_295)
  const scan: RuScan = { ...sale.scan, time: wallMinute(at), totalMinor, i: number, fp, kind: 2 }
  const document = {
    ...sale.document,
    time: scan.time,
    totalMinor,
    kind: scan.kind,
    lines: lines.map(({ line }) => line),
  }
  return {
    scan,
    fingerprint: ruFingerprint(scan),
    contentKey: ruContentKey(scan),
    deliveredAt: now + (random.chance(0.8) ? 0 : random.int(0, 6 * HOUR_MS)),
    document,
    matches: lines.map(({ match }) => match),
    store: sale.store,
    saleOf: sale.fingerprint,
  }
}

/** A sale as it stands after some of it went back: what the next return may list. */
export function restOf(sale: TrueReceipt, back: TrueReceipt): TrueReceipt {
  const lines = sale.document.lines.map((line) => {
    const isSame = ({ name, priceMinor }: DocumentLine) =>
      name === line.name && priceMinor === line.priceMinor
    const gone = back.document.lines.find(isSame)?.quantityMicro ?? 0
    return { ...line, quantityMicro: line.quantityMicro - gone }
  })
  return { ...sale, document: { ...sale.document, lines } }
}

function printLine(random: Random): { line: DocumentLine; match: EvidenceLine } {
  const product = random.pick(GOODS)
  const units = random.int(1, 3)
  const priceMinor = random.int(1, 90) * 1_000 + random.int(0, 99)
  const known = random.chance(0.85)
  return {
    line: {
      name: product.name.toUpperCase(),
      priceMinor: minor(priceMinor),
      quantityMicro: units * 1_000_000,
      sumMinor: minor(priceMinor * units),
      gtin: null,
      subject: 1,
    },
    match: {
      product: known ? { id: product.id, brand: product.brand, category: product.category } : null,
      certain: known,
      name: known ? product.name : '',
      by: known ? 'name' : '',
    },
  }
}

function documentOf(scan: RuScan, lines: DocumentLine[], random: Random): FiscalDocument {
  return {
    time: scan.time,
    totalMinor: scan.totalMinor,
    kind: scan.kind,
    sellerName: 'ООО «Лавка»',
    sellerTaxNumber: '7707083893',
    tillRegistration: `000000000000${random.int(1_000, 1_003)}`,
    fiscalDrive: scan.fn,
    address: null,
    placeName: null,
    lines,
  }
}

function storeOf(random: Random): ReceiptStore | null {
  if (random.chance(0.1)) return null
  return { storeId: null, retailerId: random.pick(RETAILERS), name: 'Лавка', address: null }
}

/** One of many ways to write the same receipt. */
function spell(random: Random, scan: RuScan): string {
  const plain = printRuQr(scan)
  const pairs = plain.split('&')
  return random.weighted([
    [5, plain],
    [1, pairs.toReversed().join('&')],
    [1, plain.replace(/&i=\d+/, `&i=${String(scan.i).padStart(10, '0')}`)],
    [1, plain.replace(/(&fp=)\d+/, `$1${String(scan.fp).padStart(10, '0')}`)],
    [1, `  ${plain.replace('T', 't')} `],
    [1, plain.replace(/(t=\d+T\d{4})/, '$100')],
  ])
}

/** Reads a spelling as the Worker does. */
export function submissionOf(random: Random, walletId: string, scan: RuScan): Submission {
  const parsed = parseRuQr(spell(random, scan))
  if (!parsed.ok) throw new Error(`a spelling of ${printRuQr(scan)} was not read: ${parsed.code}`)
  return {
    walletId,
    fingerprint: ruFingerprint(parsed.scan),
    contentKey: ruContentKey(parsed.scan),
    scan: parsed.scan,
  }
}
