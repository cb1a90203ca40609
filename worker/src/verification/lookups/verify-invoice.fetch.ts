import { z } from 'zod'
import type { FiscalCode } from '#fiscal/code'
import { instantOf, isoInstant } from '#fiscal/moment'
import { LINES_MAX } from '#schema/receipt'
import { Quantity } from '../ffd-wire.ts'
import { callService, type Service } from '../json-call.ts'
import { judged, type LookUp, type LookupAnswer, unreadable } from './lookup.ts'
import { Mark, ShownName, ShownPlace, soldLine, Units } from './wire.ts'

/**
 * Montenegro and Albania run one service under two roots: a form with number (IIC), time and
 * issuer, answered with the whole invoice, or with 200 and an empty body while there is none.
 */
const PLACES = {
  me: { root: '/ic', currency: 'EUR' },
  al: { root: '/invoice-check', currency: 'ALL' },
} as const
type Place = keyof typeof PLACES

const Item = z.object({
  name: ShownName,
  code: z.string().max(40).nullish().catch(null),
  quantity: Quantity.catch(0),
  unitPriceAfterVat: Units.nullish().catch(null),
  priceAfterVat: Units,
})

const Party = z.object({ idNum: Mark, name: ShownName, address: ShownPlace, town: ShownName })

const Invoice = z.object({
  iic: z.string().max(64),
  totalPrice: Units,
  dateTimeCreated: z.union([z.string().max(40), z.int()]),
  issuerTaxNumber: Mark,
  cashRegister: Mark,
  /** Of an invoice that corrects another one. */
  correctiveInvoiceType: z.string().max(80).nullish().catch(null),
  seller: Party.nullish().catch(null),
  items: z.array(Item).max(LINES_MAX).nullish(),
})

export function createVerifyInvoice(service: Service, country: Place): LookUp {
  return {
    async ask(code) {
      const { iic, tin, dateTimeCreated } = code.lookup ?? {}
      if (iic === undefined || tin === undefined || dateTimeCreated === undefined) {
        return unreadable('code')
      }
      // The state's own pages send the time as they find it in the link, where the plus sign of
      // the offset has become a blank.
      const form = new URLSearchParams({
        iic,
        dateTimeCreated: dateTimeCreated.replace('+', ' '),
        tin,
      })
      const called = await callService(service, `${PLACES[country].root}/api/verifyInvoice`, {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: form.toString(),
      })
      if (called.kind === 'failed') return called.answer
      if (called.kind === 'empty') return { kind: 'not_delivered' }
      const parsed = Invoice.safeParse(called.json)
      if (!parsed.success) return unreadable(parsed.error.issues[0]?.path.join('.') ?? '')
      return documentOf(parsed.data, code, country)
    },
  }
}

function documentOf(
  invoice: z.output<typeof Invoice>,
  code: FiscalCode,
  country: Place,
): LookupAnswer {
  const { seller, totalPrice } = invoice
  const written = invoice.dateTimeCreated
  const time = typeof written === 'number' ? instantOf(written) : isoInstant(written)
  return judged(code, {
    identities: [`${country}:${invoice.iic.toUpperCase()}`],
    sellerName: seller?.name ?? null,
    sellerTaxNumber: invoice.issuerTaxNumber ?? seller?.idNum ?? null,
    till: invoice.cashRegister,
    address: [seller?.address, seller?.town].filter(Boolean).join(', ') || null,
    placeName: seller?.name ?? null,
    totalMinor: totalPrice,
    currency: PLACES[country].currency,
    times: time === null ? [] : [time],
    operation: totalPrice < 0 ? 'return' : invoice.correctiveInvoiceType ? 'other' : 'sale',
    lines: (invoice.items ?? []).flatMap((item) =>
      soldLine({
        name: item.name,
        quantityMicro: item.quantity,
        priceMinor: item.unitPriceAfterVat ?? null,
        sumMinor: item.priceAfterVat,
        gtin: item.code ?? null,
      }),
    ),
  })
}
