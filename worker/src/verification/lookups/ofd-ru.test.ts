import { expect, test } from 'vitest'
import { parseRuQr } from '#fiscal/ru'
import { createOfdRu } from './ofd-ru.fetch.ts'
import { json, scripted } from './scripted.test-data.ts'

const QR = 't=20190408T1046&s=742.04&fn=9286000100012345&i=356&fp=987654321&n=1'
const NOW = Date.parse('2026-11-21T20:59:00Z')

const DATA = {
  Version: 1,
  FnNumber: '9286000100012345',
  DocNumber: 356,
  DocDateTime: '2019-04-08T10:46:00',
  DocFiscalSign: '3ADE68B1',
  DecimalFiscalSign: '987654321',
  KktRegNumber: '0000000001012345    ',
  UserInn: '7707083893  ',
  RegAddresss: 'г. Москва',
  Document: {
    Tag: 3,
    User: 'ООО «Магазин»',
    OperationType: 1,
    Amount_Total: 74_204,
    RetailPlaceAddress: 'г. Москва, ул. Новая, 1',
    Items: [
      {
        Name: 'Чай',
        Price: 37_102,
        Quantity: 2.0,
        Total: 74_204,
        CalculationMethod: 4,
        SubjectType: 1,
      },
    ],
  },
}

function ask(reply: Response) {
  const parsed = parseRuQr(QR)
  if (!parsed.ok) throw new Error(QR)
  const service = scripted([reply])
  const authority = createOfdRu({ ...service, secret: 'XXXX-1', now: () => NOW })
  return authority.ask(parsed.scan).then((answer) => ({ answer, asked: service.asked[0] }))
}

const found = (changes: object, document: object = {}) =>
  json({
    Success: true,
    Data: { ...DATA, ...changes, Document: { ...DATA.Document, ...document } },
    AvailableRequests: 41,
  })

test('the question is the documented one, the answer the scanned receipt', async () => {
  const { answer, asked } = await ask(found({}))
  expect(asked?.url).toBe('https://service.example/api/partner/v3/receipts/GetReceipt')
  expect(JSON.parse(asked?.body ?? '')).toEqual({
    TotalSum: 74_204,
    DocDateTime: '2019-04-08T10:46:00.000',
    FnNumber: '9286000100012345',
    ReceiptOperationType: '1',
    DocNumber: '356',
    DocFiscalSign: '987654321',
    tokenSecret: 'XXXX-1',
  })
  expect(answer).toMatchObject({
    kind: 'authentic',
    document: {
      sellerTaxNumber: '7707083893',
      tillRegistration: '0000000001012345',
      lines: [{ name: 'Чай', sumMinor: 74_204, payment: 4, subject: 1 }],
    },
  })
})

test.each([
  ['total', {}, { Amount_Total: 1 }],
  ['time', { DocDateTime: '2019-04-08T10:47:00' }, {}],
  ['fp', { DecimalFiscalSign: '987654322' }, {}],
  ['fn', { FnNumber: '9286000100012346' }, {}],
  ['kind', {}, { OperationType: 2 }],
])('an answer with another %s proves nothing', async (field, changes, document) => {
  const { answer } = await ask(found(changes, document))
  expect(answer).toEqual({ kind: 'differs', fields: [field] })
})

const refused = (message: string, left = 41) =>
  json({ Success: false, Errors: [{ Code: 'X', Message: message }], AvailableRequests: left }, 400)

test.each([
  ['not there yet', refused('Чек не найден'), { kind: 'not_delivered' }],
  ['a limit', refused('Превышен лимит запросов'), { kind: 'quota', retryAfterMs: 60_000 }],
  ['none left this month', refused('Отказано', 0), { kind: 'quota' }],
  ['refused otherwise', refused('Неверный токен XXXX-1'), { kind: 'unavailable', sparingly: true }],
  ['no shape at all', json([]), { kind: 'unavailable' }],
  ['found, without a document', json({ Success: true, Data: null }), { kind: 'unavailable' }],
])('%s', async (_, reply, wanted) => {
  const { answer } = await ask(reply)
  expect(answer).toMatchObject(wanted)
  expect(JSON.stringify(answer)).not.toContain('XXXX-1')
})
