import { CHAINS } from '../catalogue.ts'
import type { IssuedLine, IssuedReceipt } from '../receipts/receipt.ts'

/**
 * The fiscal document as the tax service hands it out: JSON of FFD 1.2, with the oddities of the
 * original (padded numbers, 64-bit signs, a wall clock written as if it were UTC).
 */

export const WRONG_FIELDS = ['fn', 'i', 'fp', 'total', 'time', 'kind'] as const
export type WrongField = (typeof WRONG_FIELDS)[number]

export const TICKET_SHAPES = ['current', 'old', 'root', 'milliseconds', 'moscow', 'iso'] as const
export type TicketShape = (typeof TICKET_SHAPES)[number]

const MOSCOW_OFFSET_S = 3 * 3_600
const VAT_CODES = { 10: 2, 22: 11 }
/** A 64-bit number cannot pass through `JSON.stringify`: it stands in quotes until the end. */
const LONG = /"@long:(\d+)"/g
const SIGN_64 = '@long:9297250629620950017'
const DOCUMENT_ID_BASE = 5_478_769_089_000_000_000n

function itemOf(line: IssuedLine): Record<string, unknown> {
  const marking = line.gtin && {
    productCodeNew: {
      gs1m: {
        gtin: line.gtin,
        sernum: `5${line.gtin.slice(-5)}x`,
        productIdType: 6,
        rawProductCode: `01${line.gtin}215${line.gtin.slice(-5)}x`,
      },
    },
    labelCodeProcesMode: 0,
    checkingProdInformationResult: 15,
  }
  return {
    name: line.name,
    price: line.priceMinor,
    quantity: line.quantityMilli / 1_000,
    sum: line.sumMinor,
    nds: VAT_CODES[line.vatPercent],
    paymentType: 4,
    productType: line.gtin === null ? 1 : 33,
    itemsQuantityMeasure: line.isWeighed ? 11 : 0,
    ...marking,
  }
}

function vatOf(lines: readonly IssuedLine[], percent: 10 | 22): number {
  const sum = lines
    .filter((line) => line.vatPercent === percent)
    .reduce((total, line) => total + line.sumMinor, 0)
  return Math.round((sum * percent) / (100 + percent))
}

function dateTime(time: string, shape: TicketShape): unknown {
  const asUtc = Date.parse(`${time}:00Z`) / 1_000
  if (shape === 'milliseconds') return asUtc * 1_000
  if (shape === 'moscow') return asUtc - MOSCOW_OFFSET_S
  if (shape === 'iso') return `${time}:00`
  return shape === 'old' ? { $date: asUtc * 1_000 } : asUtc
}

function nextMinute(time: string): string {
  return new Date(Date.parse(`${time}:00Z`) + 60_000).toISOString().slice(0, 16)
}

/** The same receipt with one field that is not the scanned one: what a broken service answers. */
function twisted(receipt: IssuedReceipt, wrong: WrongField | null): IssuedReceipt['scan'] {
  const { scan } = receipt
  const other = {
    fn: { fn: scan.fn.replace(/.$/, (digit) => String((Number(digit) + 1) % 10)) },
    i: { i: scan.i + 1 },
    fp: { fp: scan.fp === 1 ? 2 : scan.fp - 1 },
    total: { totalMinor: (scan.totalMinor + 100) as typeof scan.totalMinor },
    time: { time: nextMinute(scan.time) },
    kind: { kind: scan.kind === 1 ? (2 as const) : (1 as const) },
  }
  return wrong === null ? scan : { ...scan, ...other[wrong] }
}

function contentOf(receipt: IssuedReceipt, shape: TicketShape, wrong: WrongField | null) {
  const scan = twisted(receipt, wrong)
  const chain = CHAINS.find((candidate) => candidate.id === receipt.chainId)
  return {
    code: 3,
    fiscalDocumentFormatVer: 4,
    user: chain?.legalName ?? '',
    userInn: (chain?.taxNumber ?? '').padEnd(12),
    dateTime: dateTime(scan.time, shape),
    shiftNumber: receipt.shift,
    requestNumber: receipt.numberInShift,
    operationType: scan.kind,
    appliedTaxationType: 1,
    operator: 'КАССИР',
    kktRegId: receipt.tillRegistration.padEnd(20),
    retailPlace: receipt.storeName,
    retailPlaceAddress: receipt.storeAddress,
    totalSum: scan.totalMinor,
    cashTotalSum: 0,
    ecashTotalSum: scan.totalMinor,
    prepaidSum: 0,
    creditSum: 0,
    provisionSum: 0,
    nds10: vatOf(receipt.lines, 10),
    nds18: vatOf(receipt.lines, 22),
    fiscalDocumentNumber: scan.i,
    fiscalDriveNumber: scan.fn,
    fiscalSign: scan.fp,
    messageFiscalSign: SIGN_64,
    properties: { propertyName: 'kopilka', propertyValue: receipt.chainId },
    items: receipt.lines.map(itemOf),
  }
}

/** The `Ticket` of an answer. `shape` picks one of the forms in use, `wrong` spoils one field. */
export function ticketJson(
  receipt: IssuedReceipt,
  shape: TicketShape,
  wrong: WrongField | null,
): string {
  const content = contentOf(receipt, shape, wrong)
  const id = `@long:${DOCUMENT_ID_BASE + BigInt(receipt.scan.fp)}`
  const ticket =
    shape === 'root'
      ? content
      : shape === 'old'
        ? { _id: { $oid: receipt.scan.fp.toString(16).padStart(24, '0') }, content }
        : {
            id,
            ofdId: 'ofd9',
            address: receipt.storeAddress,
            receiveDate: new Date(receipt.deliveredAt).toISOString(),
            subtype: 'receipt',
            content,
          }
  return JSON.stringify(ticket).replace(LONG, '$1')
}
