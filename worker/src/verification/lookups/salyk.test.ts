import { expect, test } from 'vitest'
import { createSalyk } from './salyk.fetch.ts'
import { codeOf, json, scripted } from './scripted.test-data.ts'

const CODE =
  'https://tax.salyk.kg/tax-web-control/client/api/v1/ticket?date=20260917T175623&sum=91950' +
  '&fn_number=000000000000002&regNumber=000000000000003&tin=00000000000001&type=3' +
  '&operation_type=1&fd_number=172045&fm=000000000000004'

const TICKET = {
  id: 'receipt-001',
  type: 3,
  dateTime: '2026-09-17T11:56:23Z',
  tin: '00000000000001',
  fnSerialNumber: '000000000000002',
  crRegisterNumber: '000000000000003',
  fdNumber: 172_045,
  documentFiscalMark: '000000000000004',
  crData: { shiftNumber: 611, locationName: 'Market', locationAddress: 'Bishkek' },
  ticketTotalSum: 91_950,
  operationType: 1,
  items: [
    { goodName: 'Shaving foam', goodPrice: 29_990.0, goodQuantity: 1, goodCost: 29_990 },
    { goodName: 'Paper roll', goodPrice: 16_990.0, goodQuantity: 3, goodCost: 50_970 },
    { goodName: 'Razor', goodPrice: 10_990.0, goodQuantity: 1, goodCost: 10_990 },
  ],
}

function ask(reply: Response) {
  const service = scripted([reply])
  return createSalyk(service)
    .ask(codeOf(CODE))
    .then((answer) => ({ answer, asked: service.asked[0] }))
}

test('a receipt is found by the parameters of its link, at the wall clock of Bishkek', async () => {
  const { answer, asked } = await ask(json(TICKET))
  const url = new URL(asked?.url ?? '')
  expect(url.origin + url.pathname).toBe(
    'https://service.example/tax-web-control/client/api/v1/ticket',
  )
  expect(Object.fromEntries(url.searchParams)).toEqual(
    Object.fromEntries(new URL(CODE).searchParams),
  )
  expect(answer).toMatchObject({
    kind: 'authentic',
    document: {
      identities: ['kg:1:2:172045'],
      totalMinor: 91_950,
      currency: 'KGS',
      issuedAt: '2026-09-17T17:56:23',
      operation: 'sale',
      lines: [
        { sumMinor: 29_990 },
        { name: 'Paper roll', priceMinor: 16_990 },
        { sumMinor: 10_990 },
      ],
    },
  })
})

test('404 means that it is not there yet', async () => {
  expect((await ask(json({ message: 'x' }, 404))).answer).toEqual({ kind: 'not_delivered' })
})

test.each([
  ['total', { ticketTotalSum: 91_951 }],
  ['time', { dateTime: '2026-09-17T17:56:23Z' }],
  ['operation', { operationType: 2 }],
  ['identity', { fdNumber: 172_046 }],
])('an answer with another %s proves nothing', async (field, changes) => {
  const { answer } = await ask(json({ ...TICKET, ...changes }))
  expect(answer).toEqual({ kind: 'differs', fields: [field] })
})

test('another seller is another receipt', async () => {
  const { answer } = await ask(json({ ...TICKET, tin: '00000000000009' }))
  expect(answer).toEqual({ kind: 'differs', fields: ['identity', 'issuer'] })
})
