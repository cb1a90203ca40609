import { describe, expect, test } from 'vitest'
import { printRs } from '#fiscal/print/rs'
import { codeOf, json, scripted } from './scripted.test-data.ts'
import { createTaxCore } from './taxcore.fetch.ts'
import { linesOfJournal } from './taxcore-journal.ts'

const CODE = printRs({
  requestedBy: 'LQVN7PP7',
  signedBy: 'LQVN7PP7',
  totalCounter: 87_236,
  typeCounter: 87_000,
  totalMinor: 241_340,
  issuedAtMs: Date.parse('2026-05-05T07:03:23.257Z'),
  invoiceType: 0,
  transactionType: 0,
  buyerId: '',
  internal: new Uint8Array(256),
  signature: new Uint8Array(256),
})

const JOURNAL = `============ ФИСКАЛНИ РАЧУН ============
106884584
Продавница
Касир:                                15
-------------ПРОМЕТ ПРОДАЈА-------------
Артикли
========================================
Назив   Цена         Кол.         Укупно
Банане, ринфуз/KG/0080000 (Е)
       179,99      0,742          133,55
Млеко 2,8% 1л/KOM/0082275 (Е)
       139,95          3          419,85
Усисивач са веома дугим именом
које не стаје у ред/KOM/1 (Ђ)
     1.860,00          1        1.860,00
----------------------------------------
Укупан износ:                   2.413,40
========================================
ПФР број рачуна:  LQVN7PP7-LQVN7PP7-87236
======== КРАЈ ФИСКАЛНОГ РАЧУНА =========`

const ANSWER = {
  invoiceRequest: {
    taxId: '106884584',
    businessName: 'ПРОДАВНИЦА',
    locationName: '1056725-Продавница',
    address: 'УЛИЦА 1',
    city: 'Београд',
  },
  invoiceResult: {
    totalAmount: 2_413.4,
    invoiceNumber: 'LQVN7PP7-LQVN7PP7-87236',
    sdcTime: '2026-05-05T07:03:23.257Z',
  },
  journal: JOURNAL,
  isValid: true,
}

function ask(body: unknown, status = 200, place: 'rs' | 'fj' = 'rs') {
  const service = scripted([json(body, status)])
  return createTaxCore(service, place)
    .ask(codeOf(CODE))
    .then((answer) => ({ answer, asked: service.asked[0] }))
}

const result = (changes: object) => ({
  ...ANSWER,
  invoiceResult: { ...ANSWER.invoiceResult, ...changes },
})

test('a receipt is in the currency of the place that vouches for it', async () => {
  expect((await ask(ANSWER, 200, 'rs')).answer).toMatchObject({ document: { currency: 'RSD' } })
  expect((await ask(ANSWER, 200, 'fj')).answer).toMatchObject({ document: { currency: 'FJD' } })
})

test('a record is asked for as it is, and answered with seller and goods', async () => {
  const { answer, asked } = await ask(ANSWER)
  const url = new URL(asked?.url ?? '')
  expect(url.origin + url.pathname).toBe('https://service.example/v/')
  expect(url.searchParams.get('vl')).toBe(codeOf(CODE).lookup?.vl)
  expect(answer).toMatchObject({
    kind: 'authentic',
    document: {
      identities: ['rs:LQVN7PP7:LQVN7PP7:87236'],
      sellerTaxNumber: '106884584',
      totalMinor: 241_340,
      issuedAt: '2026-05-05T07:03:23.257Z',
      lines: [
        { name: 'Банане, ринфуз/KG/0080000', quantityMicro: 742_000, sumMinor: 13_355 },
        { name: 'Млеко 2,8% 1л/KOM/0082275', priceMinor: 13_995, sumMinor: 41_985 },
        { name: 'Усисивач са веома дугим именом које не стаје у ред/KOM/1', sumMinor: 186_000 },
      ],
    },
  })
})

test('a record whose signature does not hold is refused for good', async () => {
  const { answer } = await ask({ ...ANSWER, isValid: false })
  expect(answer).toEqual({ kind: 'forged', detail: 'isValid: false' })
})

test.each([
  ['no result', { ...ANSWER, invoiceResult: null }, 200],
  ['404', {}, 404],
])('a receipt of a till without network is not there yet: %s', async (_, body, status) => {
  expect((await ask(body, status)).answer).toEqual({ kind: 'not_delivered' })
})

test.each([
  ['total', { totalAmount: 2_413.41 }],
  ['time', { sdcTime: '2026-05-05T07:03:24.257Z' }],
  ['identity', { invoiceNumber: 'LQVN7PP7-LQVN7PP7-87237' }],
])('an answer with another %s proves nothing', async (field, changes) => {
  expect((await ask(result(changes))).answer).toEqual({ kind: 'differs', fields: [field] })
})

describe('a journal that was not understood whole gives no goods', () => {
  test.each([
    ['it does not add up', JOURNAL, 241_341],
    ['a row is cut', JOURNAL.replace('139,95          3          419,85', '139,95 3'), 241_340],
    ['it has no headings', JOURNAL.replace('Укупно', ''), 241_340],
    ['it is none', 'x\n'.repeat(1_000), 0],
  ])('%s', (_, journal, total) => {
    expect(linesOfJournal(journal, total)).toEqual([])
  })
})
