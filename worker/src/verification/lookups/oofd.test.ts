import { expect, test } from 'vitest'
import { createOofd } from './oofd.fetch.ts'
import { codeOf, json, scripted } from './scripted.test-data.ts'

const CODE = 'http://consumer.oofd.kz?i=2936414372&f=010100886168&s=3247.00&t=20240613T191146'

const ANSWER = {
  orgTitle: 'ТОО "ДҮКЕН"',
  orgId: '080841000761',
  retailPlaceAddress: 'Алматы, 1',
  kkmSerialNumber: 'SN1',
  kkmFnsId: '10100886168',
  ticket: {
    fiscalId: '2936414372',
    operationType: 2,
    totalSum: 3_247,
    transactionDate: '2024-06-13T19:11:46',
    payments: [{ paymentType: 'card', sum: 3_247 }],
    items: [
      {
        commodity: {
          name: 'Сүт 1л',
          barcode: '4870001234560',
          quantity: 2,
          price: 523.5,
          sum: 1_047,
        },
      },
      { commodity: { name: 'Ет', barcode: null, quantity: 1.1, price: 2_000, sum: 2_200 } },
      { discount: { sum: 10 } },
    ],
  },
}

function ask(reply: Response) {
  const service = scripted([reply])
  return createOofd(service)
    .ask(codeOf(CODE))
    .then((answer) => ({ answer, asked: service.asked[0] }))
}

const found = (changes: object, top: object = {}) =>
  json({ ...ANSWER, ...top, ticket: { ...ANSWER.ticket, ...changes } })

test('a receipt is found by till, sign, total and time, whatever host its link names', async () => {
  const { answer, asked } = await ask(found({}))
  expect(asked?.url).toBe(
    'https://service.example/api/tickets/get-by-url' +
      '?i=2936414372&f=010100886168&s=3247.00&t=20240613T191146',
  )
  expect(answer).toMatchObject({
    kind: 'authentic',
    document: {
      identities: ['kz:010100886168:2936414372'],
      sellerTaxNumber: '080841000761',
      totalMinor: 324_700,
      currency: 'KZT',
      operation: 'sale',
      lines: [
        { name: 'Сүт 1л', sumMinor: 104_700 },
        { name: 'Ет', quantityMicro: 1_100_000 },
      ],
    },
  })
})

test.each(['2024-06-13T19:11:46.000', '2024-06-13T19:11:46+05:00', '2024-06-13T14:11:46Z'])(
  'the shop’s wall clock is told however it is written: %s',
  async (transactionDate) => {
    expect((await ask(found({ transactionDate }))).answer.kind).toBe('authentic')
  },
)

test.each([
  ['a status', json({}, 404)],
  ['words', json({ message: 'ticket.not.found.error' })],
])('is not there yet, by %s', async (_, reply) => {
  expect((await ask(reply)).answer).toEqual({ kind: 'not_delivered' })
})

test.each([
  ['total', { totalSum: 3_247.01 }],
  ['time', { transactionDate: '2024-06-13T19:11:47' }],
  ['identity', { fiscalId: '2936414373' }],
])('an answer with another %s proves nothing', async (field, changes) => {
  expect((await ask(found(changes))).answer).toEqual({ kind: 'differs', fields: [field] })
})

test('a return is told by the operator: the code does not say', async () => {
  const { answer } = await ask(found({ operationType: 3 }))
  expect(answer).toMatchObject({ kind: 'authentic', document: { operation: 'return' } })
})
