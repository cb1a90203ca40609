import { z } from 'zod'
import type { FiscalCode, Operation } from '#fiscal/code'
import { isoClock } from '#fiscal/moment'
import { LINES_MAX } from '#schema/receipt'
import { Quantity } from '../ffd-wire.ts'
import { callService, type Service } from '../json-call.ts'
import { judged, type LookUp, type LookupAnswer, unreadable } from './lookup.ts'
import { Mark, Minor, ShownName, ShownPlace, soldLine, wallClocksOf } from './wire.ts'

/** Kyrgyzstan: the tax service's own look-up, asked by the parameters of the printed link. */
const PATH = '/tax-web-control/client/api/v1/ticket'
/** The country keeps one offset all year; the service writes instants. */
const HOURS_AHEAD = [6]
const OPERATIONS: Readonly<Record<number, Operation>> = { 1: 'sale', 2: 'return' }

const Item = z.object({
  goodName: ShownName,
  goodPrice: Minor.nullish().catch(null),
  goodQuantity: Quantity,
  goodCost: Minor,
})

/** Amounts are in tyiyn. */
const Ticket = z.object({
  dateTime: z.string().max(40),
  tin: Mark,
  fnSerialNumber: Mark,
  crRegisterNumber: Mark,
  fdNumber: Mark,
  ticketTotalSum: Minor,
  operationType: z.int().nullish(),
  crData: z.object({ locationName: ShownName, locationAddress: ShownPlace }).nullish().catch(null),
  items: z.array(Item).max(LINES_MAX).nullish(),
})

export function createSalyk(service: Service): LookUp {
  return {
    async ask(code) {
      if (code.lookup === null) return unreadable('code')
      const query = new URLSearchParams(code.lookup)
      const called = await callService(service, `${PATH}?${query}`, {}, [404])
      if (called.kind === 'failed') return called.answer
      if (called.kind === 'empty' || called.status === 404) return { kind: 'not_delivered' }
      const parsed = Ticket.safeParse(called.json)
      if (!parsed.success) return unreadable(parsed.error.issues[0]?.path.join('.') ?? '')
      return documentOf(parsed.data, code)
    },
  }
}

function documentOf(ticket: z.output<typeof Ticket>, code: FiscalCode): LookupAnswer {
  const { tin, fnSerialNumber, fdNumber, crData, operationType } = ticket
  const bare = (mark: string | null) => mark?.replace(/^0+(?=\d)/, '') ?? ''
  const written = ticket.dateTime
  const wall = isoClock(written)
  return judged(code, {
    identities: [`kg:${[tin, fnSerialNumber, fdNumber].map(bare).join(':')}`],
    sellerName: crData?.locationName ?? null,
    sellerTaxNumber: tin,
    till: ticket.crRegisterNumber,
    address: crData?.locationAddress ?? null,
    placeName: crData?.locationName ?? null,
    totalMinor: ticket.ticketTotalSum,
    currency: 'KGS',
    times: wall === null ? wallClocksOf(written, HOURS_AHEAD) : [wall],
    operation: OPERATIONS[operationType ?? 1] ?? 'other',
    lines: (ticket.items ?? []).flatMap((item) =>
      soldLine({
        name: item.goodName,
        quantityMicro: item.goodQuantity,
        priceMinor: item.goodPrice ?? null,
        sumMinor: item.goodCost,
      }),
    ),
  })
}
