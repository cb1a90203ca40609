import { Hono } from 'hono'
import { z } from 'zod'
import { parseRuQr, printRuQr } from '#fiscal/ru'
import { CHAINS } from '../catalogue.ts'
import type { SandboxEnv } from '../env.ts'
import type { IssuedReceipt } from '../receipts/receipt.ts'
import { ticketJson } from '../tax/ticket.ts'
import { answerAs } from './answering.ts'

/** Who resells the Russian tax service's receipts: proverkacheka.com and OFD.ru. */
export const resellerRoutes = new Hono<{ Bindings: SandboxEnv }>()

resellerRoutes.post('/api/v1/check/get', async (c) => {
  const form = await c.req.parseBody()
  if (form.token !== c.env.PROVERKACHEKA_TOKEN) return c.json({ code: 5, data: 'Токен' }, 401)
  const asked = parseRuQr(String(form.qrraw ?? ''))
  if (!asked.ok) return c.json({ code: 0, data: 'Чек некорректен' })
  return answerAs(c, {
    switchKey: 'proverkacheka',
    key: asked.scan,
    fits: ({ scan }) => printRuQr(scan) === printRuQr(asked.scan),
    found: (paper) => ({
      code: 1,
      first: 0,
      data: { json: JSON.parse(ticketJson(paper, 'iso', null)).content, html: '' },
    }),
    absent: () => c.json({ code: 2, data: 'Данные чека пока не получены' }),
    limited: () => c.json({ code: 3, data: 'Превышено количество запросов' }),
  })
})

const OfdQuestion = z.object({
  TotalSum: z.int(),
  DocDateTime: z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{3})?$/),
  FnNumber: z.string().regex(/^\d{16}$/),
  ReceiptOperationType: z.string().regex(/^[1-4]$/),
  DocNumber: z.string().regex(/^\d{1,10}$/),
  DocFiscalSign: z.string().regex(/^\d{1,10}$/),
  tokenSecret: z.string(),
})

resellerRoutes.post('/api/partner/v3/receipts/GetReceipt', async (c) => {
  const parsed = OfdQuestion.safeParse(await c.req.json().catch(() => null))
  const refuse = (Code: string, Message: string, left: number, status: 200 | 400 | 401) =>
    c.json({ Success: false, Errors: [{ Code, Message }], AvailableRequests: left }, status)
  if (!parsed.success) return refuse('BadRequest', 'Неверный запрос', 41, 400)
  const asked = parsed.data
  if (asked.tokenSecret !== c.env.OFD_TOKEN_SECRET) return refuse('Token', 'Отказано', 0, 401)
  const { FnNumber: fn, DocNumber: i, DocFiscalSign: fp } = asked
  return answerAs(c, {
    switchKey: 'ofd',
    key: { fn, i: Number(i), fp: Number(fp) },
    fits: ({ scan }) =>
      scan.totalMinor === asked.TotalSum &&
      scan.time === asked.DocDateTime.slice(0, 16) &&
      String(scan.kind) === asked.ReceiptOperationType,
    found: (paper) => ({ Success: true, Data: ofdDocument(paper), AvailableRequests: 40 }),
    absent: () => refuse('NotFound', 'Чек не найден', 41, 200),
    limited: () => refuse('Limit', 'Превышен лимит запросов', 0, 200),
  })
})

function ofdDocument({ scan, ...paper }: IssuedReceipt) {
  const chain = CHAINS.find((candidate) => candidate.id === paper.chainId)
  const userInn = (chain?.taxNumber ?? '').padEnd(12)
  return {
    Version: 1,
    DocumentFormat: '1.2',
    Tag: 3,
    UserInn: userInn,
    KktRegNumber: paper.tillRegistration.padEnd(20),
    FnNumber: scan.fn,
    DocNumber: scan.i,
    DocDateTime: `${scan.time}:00`,
    DocFiscalSign: scan.fp.toString(16).toUpperCase(),
    DecimalFiscalSign: String(scan.fp),
    RegAddresss: paper.storeAddress,
    Document: {
      DocumentName: 'Кассовый чек',
      Tag: 3,
      User: chain?.legalName ?? '',
      UserInn: userInn,
      Document_Number: scan.i,
      OperationType: scan.kind,
      Amount_Total: scan.totalMinor,
      RetailPlaceAddress: paper.storeAddress,
      Calculation_Place: paper.storeName,
      Items: paper.lines.map((line) => ({
        Name: line.name,
        Price: line.priceMinor,
        Quantity: line.quantityMilli / 1_000,
        Total: line.sumMinor,
        CalculationMethod: 4,
        SubjectType: 1,
      })),
    },
  }
}
