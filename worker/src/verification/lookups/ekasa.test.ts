import { expect, test } from 'vitest'
import { createEkasa } from './ekasa.fetch.ts'
import { codeOf, json, scripted } from './scripted.test-data.ts'

const ONLINE = 'O-863A291A95A64D7EBA291A95A63D7E4C'
const OKP = '5FB1D4A2-8D0C2D3E-0A1B2C3D-4E5F6071-82930415'
const OFFLINE = `${OKP}:88812345678900001:260821184259:000042:12.30`

/** The service's shape, with the fields that are read and some that are not. */
const RECEIPT = {
  receiptId: ONLINE,
  ico: '31322832',
  dic: '2020372640',
  cashRegisterCode: '88812345678900001',
  issueDate: '21.08.2026 18:42:59',
  createDate: '21.08.2026 18:43:00',
  okp: OKP,
  receiptNumber: 42,
  type: 'PD',
  totalPrice: 12.3,
  items: [
    { name: 'Rožok 40g', itemType: 'K', quantity: 5, vatRate: 19, price: 0.75 },
    { name: 'Šunka', itemType: 'K', quantity: 0.312, vatRate: 19, price: 12.05 },
    { name: 'Zľava', itemType: 'Z', quantity: 1, vatRate: 19, price: -0.5 },
  ],
  organization: { name: 'OBCHOD s.r.o.', streetName: 'Hlavná', municipality: 'Bratislava' },
  unit: { name: null, streetName: 'Dlhá', municipality: 'Košice' },
}

function ask(text: string, replies: Response[]) {
  const service = scripted(replies)
  const ekasa = createEkasa({ ...service, sleep: () => Promise.resolve() })
  return ekasa.ask(codeOf(text)).then((answer) => ({ answer, asked: service.asked }))
}

const found = (changes: object = {}) =>
  json({ returnValue: 0, receipt: { ...RECEIPT, ...changes }, searchIdentification: null })

test('a numbered receipt is found by its number alone, goods included', async () => {
  const { answer, asked } = await ask(ONLINE, [found()])
  expect(asked).toEqual([
    {
      url: 'https://service.example/mdu/api/v1/opd/receipt/find',
      method: 'POST',
      body: JSON.stringify({ receiptId: ONLINE }),
    },
  ])
  expect(answer).toMatchObject({
    kind: 'authentic',
    document: {
      // Kills "one of the two numbers is enough": a receipt would be credited once as each.
      identities: [`sk:${ONLINE}`, `sk:${OKP}`],
      sellerTaxNumber: '2020372640',
      address: 'Dlhá, Košice',
      totalMinor: 1_230,
      issuedAt: '2026-08-21T18:42:59',
      operation: 'sale',
      lines: [
        { name: 'Rožok 40g', quantityMicro: 5_000_000, priceMinor: 15, sumMinor: 75 },
        { name: 'Šunka', quantityMicro: 312_000, sumMinor: 1_205 },
      ],
    },
  })
})

test('one that was printed without connection is found by its five fields', async () => {
  const { answer, asked } = await ask(OFFLINE, [found()])
  expect(JSON.parse(asked[0]?.body ?? '')).toEqual({
    okp: OKP,
    cashRegisterCode: '88812345678900001',
    receiptNumber: 42,
    totalAmount: '12.30',
    issueDateFormatted: '21.08.2026 18:42:59',
  })
  expect(answer.kind).toBe('authentic')
})

test('a search that takes its time is followed, not for ever', async () => {
  const searching = () => json({ returnValue: 0, searchIdentification: { searchUuid: 'u-1' } })
  const { answer, asked } = await ask(ONLINE, [searching(), searching(), found()])
  expect(answer.kind).toBe('authentic')
  expect(asked.slice(1).map(({ body }) => body)).toEqual(Array(2).fill('{"searchUuid":"u-1"}'))
  const endless = await ask(ONLINE, Array.from({ length: 5 }, searching))
  expect(endless.answer).toMatchObject({ kind: 'unavailable' })
})

test.each([
  ['its own word', { returnValue: 1 }],
  ['no receipt in the answer', { returnValue: 0, receipt: null }],
])('is not there yet: %s', async (_, body) => {
  expect((await ask(ONLINE, [json(body)])).answer).toEqual({ kind: 'not_delivered' })
})

test.each([
  ['another total', { totalPrice: 12.31 }, ['total']],
  ['another second', { issueDate: '21.08.2026 18:42:58' }, ['time']],
  ['another receipt', { okp: OKP.replace('5', '6'), receiptId: null }, ['identity']],
  ['a return', { totalPrice: -12.3 }, ['total']],
])('an answer about %s proves nothing', async (_, changes, fields) => {
  expect((await ask(OFFLINE, [found(changes)])).answer).toEqual({ kind: 'differs', fields })
})

test.each([
  ['a total with three decimals', { totalPrice: 12.345 }],
  ['a total beyond every receipt', { totalPrice: 1e300 }],
  ['no time', { issueDate: 'včera' }],
])('what cannot be read is asked for seldom: %s', async (_, changes) => {
  const { answer } = await ask(ONLINE, [found(changes)])
  expect(answer).toMatchObject({ kind: 'unavailable', sparingly: true })
})
