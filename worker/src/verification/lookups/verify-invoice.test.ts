import { expect, test } from 'vitest'
import { codeOf, json, scripted } from './scripted.test-data.ts'
import { createVerifyInvoice } from './verify-invoice.fetch.ts'

const ME =
  'https://mapr.tax.gov.me/ic/#/verify?iic=0D7C3EE1EEBAB4A08F4D5003FAE35E7B&tin=03257746' +
  '&crtd=2026-07-11T15:51:04+02:00&ord=27585&bu=sc782yk198&cr=pe967bd413&prc=59.10'
const AL =
  'https://efiskalizimi-app.tatime.gov.al/invoice-check/#/verify?tin=K92423004V' +
  '&iic=062B5EF16CEFB69661516E0C56CECF20&crtd=2025-02-12T08:10:38%2001:00&prc=3720.00'

const INVOICE = {
  id: 1,
  iic: '0D7C3EE1EEBAB4A08F4D5003FAE35E7B',
  totalPrice: 59.1,
  invoiceOrderNumber: 27_585,
  cashRegister: 'pe967bd413',
  issuerTaxNumber: '03257746',
  dateTimeCreated: '2026-07-11T13:51:04.000+0000',
  fic: '9d7c0a5e-8d0c-4c3e-9f34-000000000001',
  correctiveInvoiceType: null,
  seller: { idType: 'TIN', idNum: '03257746', name: 'PRODAVNICA', address: 'Ulica 1', town: 'Bar' },
  items: [
    {
      name: 'MLIJEKO 1L',
      code: '8606003385049',
      quantity: 2,
      unitPriceAfterVat: 1.5,
      priceAfterVat: 3,
    },
    {
      name: 'JABUKE',
      code: '12',
      quantity: 0.548,
      unitPriceAfterVat: 102.372,
      priceAfterVat: 56.1,
    },
  ],
}

function ask(country: 'me' | 'al', text: string, reply: Response) {
  const service = scripted([reply])
  const lookup = createVerifyInvoice(service, country)
  return lookup.ask(codeOf(text)).then((answer) => ({ answer, asked: service.asked[0] }))
}

test('an invoice is found by number, time and issuer', async () => {
  const { answer, asked } = await ask(
    'me',
    ME,
    json({ ...INVOICE, items: INVOICE.items.slice(0, 1) }),
  )
  expect(asked?.url).toBe('https://service.example/ic/api/verifyInvoice')
  // The blank for the plus sign is what the state's own page sends.
  expect(Object.fromEntries(new URLSearchParams(asked?.body))).toEqual({
    iic: '0D7C3EE1EEBAB4A08F4D5003FAE35E7B',
    tin: '03257746',
    dateTimeCreated: '2026-07-11T15:51:04 02:00',
  })
  expect(answer).toMatchObject({
    kind: 'authentic',
    document: {
      identities: ['me:0D7C3EE1EEBAB4A08F4D5003FAE35E7B'],
      sellerName: 'PRODAVNICA',
      sellerTaxNumber: '03257746',
      totalMinor: 5_910,
      currency: 'EUR',
      issuedAt: '2026-07-11T13:51:04Z',
      lines: [{ name: 'MLIJEKO 1L', gtin: '08606003385049', priceMinor: 150, sumMinor: 300 }],
    },
  })
})

test('a price with more decimals than money has does not hide the line', async () => {
  const { answer } = await ask('me', ME, json(INVOICE))
  const lines = answer.kind === 'authentic' ? answer.document.lines : []
  expect(lines[1]).toMatchObject({ name: 'JABUKE', priceMinor: 10_237, sumMinor: 5_610 })
})

test('Albania is asked under its own root, in its own currency', async () => {
  const reply = {
    ...INVOICE,
    iic: '062b5ef16cefb69661516e0c56cecf20',
    issuerTaxNumber: 'K92423004V',
    totalPrice: 3_720,
    dateTimeCreated: '2025-02-12T08:10:38+01:00',
  }
  const { answer, asked } = await ask('al', AL, json(reply))
  expect(asked?.url).toBe('https://service.example/invoice-check/api/verifyInvoice')
  expect(answer).toMatchObject({ document: { totalMinor: 372_000, currency: 'ALL' } })
})

test('200 without a body means that it has not arrived', async () => {
  const { answer } = await ask('me', ME, new Response(''))
  expect(answer).toEqual({ kind: 'not_delivered' })
})

test.each([
  ['total', { totalPrice: 159.1 }],
  ['time', { dateTimeCreated: '2026-07-11T15:51:04.000+0000' }],
  ['time', { dateTimeCreated: Number.MAX_SAFE_INTEGER }],
  ['issuer', { issuerTaxNumber: '02365928' }],
  ['identity', { iic: '32AA324CFF5030271E16D59F7F8EF636' }],
])('an answer with another %s proves nothing', async (field, changes) => {
  const { answer } = await ask('me', ME, json({ ...INVOICE, ...changes }))
  expect(answer).toEqual({ kind: 'differs', fields: [field] })
})
