import { z } from 'zod'
import type { FiscalCode } from '#fiscal/code'
import { isoInstant } from '#fiscal/moment'
import { callService, type Service } from '../json-call.ts'
import { judged, type LookUp, type LookupAnswer, unreadable } from './lookup.ts'
import { linesOfJournal } from './taxcore-journal.ts'
import { Mark, ShownName, ShownPlace, Units } from './wire.ts'

/**
 * Serbia and the other places of TaxCore: the page of the printed link, asked for JSON. It answers
 * with the record's own fields, whether its signature holds, and the journal: the paper as text.
 */
const PATH = '/v/'
/** An answer names no currency: the receipt is in that of the place which vouches for it. */
const CURRENCIES = { rs: 'RSD', ba: 'BAM', fj: 'FJD', ws: 'WST' } as const
type Place = keyof typeof CURRENCIES
const JOURNAL_CHARS_MAX = 200_000

const Answer = z.object({
  /** False: the record's signature is not one of a certified element. */
  isValid: z.boolean(),
  invoiceRequest: z
    .object({
      taxId: Mark,
      businessName: ShownName,
      locationName: ShownName,
      address: ShownPlace,
      city: ShownName,
    })
    .nullish(),
  invoiceResult: z
    .object({
      totalAmount: Units,
      /** `requested by`-`signed by`-counter. */
      invoiceNumber: z.string().max(60),
      sdcTime: z.string().max(40),
    })
    .nullish(),
  journal: z.string().max(JOURNAL_CHARS_MAX).nullish().catch(null),
})

export function createTaxCore(service: Service, place: Place): LookUp {
  return {
    async ask(code) {
      const vl = code.lookup?.vl
      if (vl === undefined) return unreadable('code')
      const query = new URLSearchParams({ vl })
      const called = await callService(service, `${PATH}?${query}`, {}, [404])
      if (called.kind === 'failed') return called.answer
      if (called.kind === 'empty' || called.status === 404) return { kind: 'not_delivered' }
      const parsed = Answer.safeParse(called.json)
      if (!parsed.success) return unreadable(parsed.error.issues[0]?.path.join('.') ?? '')
      if (!parsed.data.isValid) return { kind: 'forged', detail: 'isValid: false' }
      return documentOf(parsed.data, code, place)
    },
  }
}

/** The signature holds; the receipt itself may still be on its way from a till without network. */
function documentOf(answer: z.output<typeof Answer>, code: FiscalCode, place: Place): LookupAnswer {
  const { invoiceRequest: seller, invoiceResult: result } = answer
  if (!result) return { kind: 'not_delivered' }
  const time = isoInstant(result.sdcTime)
  const [requestedBy = '', signedBy = '', counter = ''] = result.invoiceNumber.split('-')
  return judged(code, {
    identities: [`rs:${requestedBy}:${signedBy}:${counter}`],
    sellerName: seller?.businessName ?? null,
    sellerTaxNumber: seller?.taxId ?? null,
    till: requestedBy,
    address: [seller?.address, seller?.city].filter(Boolean).join(', ') || null,
    placeName: seller?.locationName ?? null,
    totalMinor: result.totalAmount,
    currency: CURRENCIES[place],
    times: time === null ? [] : [time],
    operation: code.operation,
    lines: linesOfJournal(answer.journal ?? '', result.totalAmount),
  })
}
