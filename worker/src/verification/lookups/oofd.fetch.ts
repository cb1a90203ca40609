import { z } from 'zod'
import type { FiscalCode, Operation } from '#fiscal/code'
import { isoClock } from '#fiscal/moment'
import { LINES_MAX } from '#schema/receipt'
import { Quantity } from '../ffd-wire.ts'
import { callService, type Service } from '../json-call.ts'
import { judged, type LookUp, type LookupAnswer, unreadable } from './lookup.ts'
import { Mark, ShownName, ShownPlace, soldLine, Units, wallClocksOf } from './wire.ts'

/** Kazakhstan: the largest operator of fiscal data, as its page for buyers asks it. */
const PATH = '/api/tickets/get-by-url'
/** One offset since March 2024; before, most of the country was an hour further ahead. */
const HOURS_AHEAD = [5, 6]
/** Of the operator's protocol: purchases and their returns are no sales. */
const OPERATIONS: Readonly<Record<number, Operation>> = { 2: 'sale', 3: 'return' }
const NOT_FOUND = /not[._ ]?found/i

const Item = z.object({
  commodity: z
    .object({
      name: ShownName,
      barcode: z.string().max(40).nullish().catch(null),
      quantity: Quantity,
      price: Units,
      sum: Units,
    })
    .nullish(),
})

const Answer = z.object({
  orgTitle: ShownName,
  /** The seller's BIN or IIN. */
  orgId: Mark,
  retailPlaceAddress: ShownPlace,
  kkmFnsId: Mark,
  ticket: z.object({
    fiscalId: Mark,
    operationType: z.int(),
    totalSum: Units,
    transactionDate: z.string().max(40),
    items: z.array(Item).max(LINES_MAX).nullish(),
  }),
})

const Refused = z.object({ message: z.string().max(300) })

export function createOofd(service: Service): LookUp {
  return {
    async ask(code) {
      if (code.lookup === null) return unreadable('code')
      const query = new URLSearchParams(code.lookup)
      const called = await callService(service, `${PATH}?${query}`, {}, [404])
      if (called.kind === 'failed') return called.answer
      if (called.kind === 'empty' || called.status === 404) return { kind: 'not_delivered' }
      const refused = Refused.safeParse(called.json)
      if (refused.success && NOT_FOUND.test(refused.data.message)) return { kind: 'not_delivered' }
      const parsed = Answer.safeParse(called.json)
      if (!parsed.success) return unreadable(parsed.error.issues[0]?.path.join('.') ?? '')
      return documentOf(parsed.data, code)
    },
  }
}

function documentOf(answer: z.output<typeof Answer>, code: FiscalCode): LookupAnswer {
  const { ticket } = answer
  const till = answer.kkmFnsId?.padStart(12, '0') ?? ''
  const sign = ticket.fiscalId?.replace(/^0+(?=\d)/, '') ?? ''
  return judged(code, {
    identities: [`kz:${till}:${sign}`],
    sellerName: answer.orgTitle,
    sellerTaxNumber: answer.orgId,
    till,
    address: answer.retailPlaceAddress,
    placeName: answer.orgTitle,
    totalMinor: ticket.totalSum,
    currency: 'KZT',
    times: timesOf(ticket.transactionDate),
    operation: OPERATIONS[ticket.operationType] ?? 'other',
    lines: (ticket.items ?? []).flatMap(({ commodity }) =>
      commodity
        ? soldLine({
            name: commodity.name,
            quantityMicro: commodity.quantity,
            priceMinor: commodity.price,
            sumMinor: commodity.sum,
            gtin: commodity.barcode ?? null,
          })
        : [],
    ),
  })
}

/** Written as the shop's wall clock, with or without an offset, or as an instant. */
function timesOf(written: string): string[] {
  const wall = isoClock(written.slice(0, 'YYYY-MM-DDTHH:mm:ss'.length))
  return wall === null || /Z$/i.test(written) ? wallClocksOf(written, HOURS_AHEAD) : [wall]
}
