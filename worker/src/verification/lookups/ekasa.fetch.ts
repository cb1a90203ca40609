import { z } from 'zod'
import type { FiscalCode } from '#fiscal/code'
import { isoClock, timeOfDay, wallClock, wallDay } from '#fiscal/moment'
import { LINES_MAX } from '#schema/receipt'
import { Quantity } from '../ffd-wire.ts'
import { type Called, callService, type Service } from '../json-call.ts'
import { judged, type LookUp, type LookupAnswer, unreadable } from './lookup.ts'
import { Mark, ShownName, soldLine, Units } from './wire.ts'

/**
 * Slovakia, eKasa: the service behind the financial administration's own application. One path
 * takes a receipt's number, the five fields of a receipt printed without connection, or the number
 * of a search that is still under way.
 */
const PATH = '/mdu/api/v1/opd/receipt/find'
const POLLS_MAX = 4
const POLL_MS = 1_500

const Place = z
  .object({
    name: ShownName,
    streetName: ShownName,
    municipality: ShownName,
  })
  .nullish()
  .catch(null)

const Item = z.object({
  name: ShownName,
  /** `K` goods; returns, discounts, deposits and vouchers have letters of their own. */
  itemType: z.string().max(8),
  quantity: Quantity,
  /** Of the whole line. */
  price: Units,
})

const Receipt = z.object({
  receiptId: Mark,
  okp: Mark,
  cashRegisterCode: Mark,
  issueDate: z.string().max(40),
  ico: Mark,
  dic: Mark,
  totalPrice: Units,
  items: z.array(Item).max(LINES_MAX).nullish(),
  organization: Place,
  unit: Place,
})

const Answer = z.object({
  /** 0: understood. Every other value says that there is no such receipt (yet). */
  returnValue: z.int(),
  receipt: Receipt.nullish(),
  searchIdentification: z
    .object({ searchUuid: z.string().max(80).nullish() })
    .nullish()
    .catch(null),
})

type Deps = Service & { readonly sleep: (ms: number) => Promise<void> }

export function createEkasa(deps: Deps): LookUp {
  const post = (body: unknown) =>
    callService(deps, PATH, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })

  return {
    async ask(code) {
      if (code.lookup === null) return unreadable('code')
      let called = await post(questionOf(code.lookup))
      for (let polls = 0; ; polls += 1) {
        const read = readAnswer(called, code)
        if ('kind' in read) return read
        if (polls === POLLS_MAX) return { kind: 'unavailable', detail: 'the search goes on' }
        await deps.sleep(POLL_MS)
        called = await post({ searchUuid: read.searchUuid })
      }
    },
  }
}

/** The number of a document is a number there, everything else is text. */
function questionOf(lookup: NonNullable<FiscalCode['lookup']>): unknown {
  const { receiptNumber } = lookup
  return receiptNumber === undefined ? lookup : { ...lookup, receiptNumber: Number(receiptNumber) }
}

function readAnswer(called: Called, code: FiscalCode): LookupAnswer | { searchUuid: string } {
  if (called.kind === 'failed') return called.answer
  if (called.kind === 'empty') return unreadable('body')
  const parsed = Answer.safeParse(called.json)
  if (!parsed.success) return unreadable(parsed.error.issues[0]?.path.join('.') ?? '')
  const { returnValue, receipt, searchIdentification } = parsed.data
  if (receipt) return documentOf(receipt, code)
  const searchUuid = searchIdentification?.searchUuid
  return returnValue === 0 && searchUuid ? { searchUuid } : { kind: 'not_delivered' }
}

function documentOf(receipt: z.output<typeof Receipt>, code: FiscalCode): LookupAnswer {
  const time = printedTime(receipt.issueDate)
  if (time === null) return unreadable('issueDate')
  const place = receipt.unit ?? receipt.organization
  const numbers = [receipt.receiptId, receipt.okp].flatMap((mark) => (mark === null ? [] : [mark]))
  return judged(code, {
    identities: numbers.map((number) => `sk:${number.toUpperCase()}`),
    sellerName: receipt.organization?.name ?? null,
    sellerTaxNumber: receipt.dic ?? receipt.ico,
    till: receipt.cashRegisterCode,
    address: [place?.streetName, place?.municipality].filter(Boolean).join(', ') || null,
    placeName: receipt.unit?.name ?? null,
    totalMinor: receipt.totalPrice,
    currency: 'EUR',
    times: [time],
    operation: receipt.totalPrice < 0 ? 'return' : 'sale',
    lines: (receipt.items ?? []).flatMap(({ name, itemType, quantity, price }) =>
      itemType === 'K'
        ? soldLine({ name, quantityMicro: quantity, priceMinor: null, sumMinor: price })
        : [],
    ),
  })
}

/** `21.08.2026 18:42:59`, as the service writes it, or an ISO wall clock. */
function printedTime(text: string): string | null {
  const parts = /^(\d{2})\.(\d{2})\.(\d{4}) (\d{2}:\d{2}:\d{2})$/.exec(text)
  if (parts === null) return isoClock(text.slice(0, 'YYYY-MM-DDTHH:mm:ss'.length))
  const [, day = '', month = '', year = '', time = ''] = parts
  return wallClock(wallDay(year, month, day), timeOfDay(time))
}
