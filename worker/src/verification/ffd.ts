import { minor } from '#schema/money'
import type { DocumentLine, FiscalDocument, RuScan } from '#schema/receipt'
import { canonicalGtin, leadingGtin } from '../matching/gtin.ts'
import type { AuthorityAnswer, DifferingField } from './authority.ts'
import { parseExactJson } from './exact-json.ts'
import { FfdContent, type FfdDateTime, type FfdItem } from './ffd-wire.ts'

const MOSCOW_OFFSET_MS = 3 * 3_600_000
/** Unix seconds stay below this until the year 5138; milliseconds have been above it since 1973. */
const UNIX_SECONDS_MAX = 100_000_000_000
const DATE_MS_MAX = 8.64e15

const WALL_CLOCK = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2})(?::\d{2}(?:\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})?$/

function wallOf(unixMs: number): string[] {
  if (!Number.isFinite(unixMs) || Math.abs(unixMs) > DATE_MS_MAX - MOSCOW_OFFSET_MS) return []
  // The wall clock taken for UTC (the tax service, mobile relatives), or for Moscow's (the app).
  return [0, MOSCOW_OFFSET_MS].map((offset) => new Date(unixMs + offset).toISOString().slice(0, 16))
}

/**
 * The wall-clock minutes that a written time may mean. Three conventions are in use for one wall
 * clock: unix time as if the clock were UTC, unix time as if it were Moscow's, and a local ISO
 * string. The zone of the shop is in none of them, so minutes are compared, never instants.
 */
export function wallMinutes(written: FfdDateTime): string[] {
  if (typeof written === 'object') {
    return wallMinutes('$date' in written ? written.$date : written.$numberLong)
  }
  const text = String(written).trim()
  if (/^-?\d+(\.\d+)?$/.test(text)) {
    const value = Number(text)
    return wallOf(Math.abs(value) < UNIX_SECONDS_MAX ? value * 1_000 : value)
  }
  const wall = WALL_CLOCK.exec(text)
  if (wall?.[1] === undefined) return []
  return wall[2] === 'Z' ? wallOf(Date.parse(`${wall[1]}:00Z`)) : [wall[1]]
}

/** Where the document lies: `content` first, then the app's nesting, then the root itself. */
function contentOf(ticket: unknown): unknown {
  if (!isRecord(ticket)) return ticket
  if (isRecord(ticket.content)) {
    return { address: ticket.address, ...ticket.content }
  }
  const document = isRecord(ticket.document) ? ticket.document.receipt : undefined
  return isRecord(document) ? document : ticket
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The product code of an item, canonical: marked goods first, else the number before the name. */
function gtinOf(item: FfdItem): string | null {
  for (const code of Object.values(item.productCodeNew ?? {})) {
    const gtin = canonicalGtin(code?.gtin ?? '')
    if (gtin !== null) return gtin
  }
  return canonicalGtin(item.gtin ?? '') ?? leadingGtin(item.name ?? '')
}

function lineOf(item: FfdItem): DocumentLine {
  return {
    name: item.name ?? '',
    priceMinor: item.price,
    quantityMicro: item.quantity,
    sumMinor: item.sum,
    gtin: gtinOf(item),
    subject: item.productType ?? null,
    payment: item.paymentType ?? null,
    measure: item.itemsQuantityMeasure ?? null,
  }
}

/** The fields in which the answer is not the scanned receipt, however either writes them. */
function differences(content: FfdContent, scan: RuScan): DifferingField[] {
  const pairs: [DifferingField, boolean][] = [
    ['fn', BigInt(content.fiscalDriveNumber) === BigInt(scan.fn)],
    ['i', content.fiscalDocumentNumber === scan.i],
    ['fp', content.fiscalSign === scan.fp],
    ['total', content.totalSum === scan.totalMinor],
    ['time', wallMinutes(content.dateTime).includes(scan.time)],
    ['kind', content.operationType === scan.kind],
  ]
  return pairs.filter(([, same]) => !same).map(([field]) => field)
}

function documentOf(content: FfdContent, scan: RuScan): FiscalDocument {
  return {
    time: scan.time,
    totalMinor: minor(scan.totalMinor),
    kind: scan.kind,
    sellerName: content.user,
    sellerTaxNumber: content.userInn,
    tillRegistration: content.kktRegId,
    fiscalDrive: scan.fn,
    address: content.retailPlaceAddress ?? content.retailAddress ?? content.address,
    placeName: content.retailPlace,
    lines: content.items.map(lineOf),
  }
}

/**
 * Reads a ticket (JSON text of a fiscal document) and compares it with the scan. A document that
 * cannot be read is `unavailable`, asked sparingly: its shape may be new to us, and an honest
 * shopper must not be refused for that.
 */
export function readTicket(ticket: string, scan: RuScan): AuthorityAnswer {
  try {
    return readTicketJson(parseExactJson(ticket), scan)
  } catch (error) {
    const reason = error instanceof Error ? error.name : 'error'
    return { kind: 'unavailable', detail: `the ticket is not JSON (${reason})`, sparingly: true }
  }
}

/** The same of a ticket that came inside other JSON, read by `parseExactJson`. */
export function readTicketJson(ticket: unknown, scan: RuScan): AuthorityAnswer {
  const parsed = FfdContent.safeParse(contentOf(ticket))
  if (!parsed.success) {
    const path = parsed.error.issues[0]?.path.join('.') ?? ''
    return { kind: 'unavailable', detail: `the ticket is unreadable at ${path}`, sparingly: true }
  }
  const fields = differences(parsed.data, scan)
  if (fields.length > 0) return { kind: 'differs', fields }
  return { kind: 'authentic', document: documentOf(parsed.data, scan) }
}
