import { z } from 'zod'
import type { RuScan } from '#schema/receipt'
import type { Authority, AuthorityAnswer } from '../authority.ts'
import { readTicketJson } from '../ffd.ts'
import { callService, type Service, shownDetail } from '../json-call.ts'
import { untilMoscowMidnight } from '../recheck.ts'

/**
 * OFD.ru "QR Cash": the partner API of an operator of fiscal data over the tax service's base
 * (ofd.ru/razrabotchikam/qr-cash). Every check is paid.
 */
const PATH = '/api/partner/v3/receipts/GetReceipt'

/** Present or not: what is read decides later. */
const Any = z.unknown().optional()

const Item = z.object({
  Name: Any,
  Price: Any,
  Quantity: Any,
  Total: Any,
  CalculationMethod: Any,
  SubjectType: Any,
})

/** The operator's own names; `readTicketJson` decides what may be believed. */
const Data = z.object({
  FnNumber: Any,
  DocNumber: Any,
  DocDateTime: Any,
  DecimalFiscalSign: Any,
  KktRegNumber: Any,
  UserInn: Any,
  RegAddresss: Any,
  Document: z.object({
    User: Any,
    OperationType: Any,
    Amount_Total: Any,
    RetailPlaceAddress: Any,
    Calculation_Place: Any,
    Items: z.array(Item).max(10_000).nullish(),
  }),
})

const Answer = z.object({
  Success: z.boolean(),
  Data: Any,
  Errors: z
    .array(z.object({ Code: Any, Message: z.string().max(1_000).nullish() }))
    .max(50)
    .nullish()
    .catch(null),
  /** How many more the contract allows until the end of the month. */
  AvailableRequests: z.int().nullish().catch(null),
})
type Answer = z.output<typeof Answer>

type Deps = Service & { readonly secret: string; readonly now: () => number }

export function createOfdRu(deps: Deps): Authority {
  return {
    async ask(scan) {
      const called = await callService(
        deps,
        PATH,
        {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(questionOf(scan, deps.secret)),
        },
        [400, 404],
      )
      if (called.kind === 'failed') return called.answer
      const parsed = Answer.safeParse(called.kind === 'json' ? called.json : null)
      if (!parsed.success) return { kind: 'unavailable', detail: 'an unknown answer' }
      if (parsed.data.Success) return readTicketJson(ticketOf(parsed.data.Data), scan)
      return refusalOf(parsed.data, deps)
    },
  }
}

function questionOf(scan: RuScan, tokenSecret: string) {
  return {
    TotalSum: scan.totalMinor,
    DocDateTime: `${scan.time}:00.000`,
    FnNumber: scan.fn,
    ReceiptOperationType: String(scan.kind),
    DocNumber: String(scan.i),
    DocFiscalSign: String(scan.fp),
    tokenSecret,
  }
}

/** The operator's document under the names of the format of fiscal documents. */
function ticketOf(data: unknown): unknown {
  const parsed = Data.safeParse(data)
  if (!parsed.success) return null
  const { Document: document, ...receipt } = parsed.data
  return {
    fiscalDriveNumber: receipt.FnNumber,
    fiscalDocumentNumber: receipt.DocNumber,
    fiscalSign: receipt.DecimalFiscalSign,
    dateTime: receipt.DocDateTime,
    kktRegId: receipt.KktRegNumber,
    userInn: receipt.UserInn,
    address: receipt.RegAddresss,
    user: document.User,
    operationType: document.OperationType,
    totalSum: document.Amount_Total,
    retailPlaceAddress: document.RetailPlaceAddress,
    retailPlace: document.Calculation_Place,
    items: (document.Items ?? []).map((item) => ({
      name: item.Name,
      price: item.Price,
      quantity: item.Quantity,
      sum: item.Total,
      paymentType: item.CalculationMethod,
      productType: item.SubjectType,
    })),
  }
}

const NOT_THERE = /не\s*найден|отсутствует|not\s*found/iu
const USED_UP = /лимит|превышен|исчерпан|квот|limit|quota/iu

/**
 * The page names no codes beyond success; the words tell what has been seen. Nothing here is a last
 * word on a receipt: that is the tax service's.
 */
function refusalOf(answer: Answer, deps: Deps): AuthorityAnswer {
  const words = (answer.Errors ?? []).map(({ Code, Message }) => `${Code ?? ''} ${Message ?? ''}`)
  const detail = shownDetail(words.join('; ').trim() || 'refused without words', deps)
  if (answer.AvailableRequests === 0 || USED_UP.test(detail)) {
    return { kind: 'quota', detail, retryAfterMs: untilMoscowMidnight(deps.now()) }
  }
  if (NOT_THERE.test(detail)) return { kind: 'not_delivered' }
  return { kind: 'unavailable', detail, sparingly: true }
}
