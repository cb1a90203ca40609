import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseRuQr } from '#fiscal/ru'
import { FiscalDocument, type RuScan } from '#schema/receipt'
import type { AuthorityAnswer } from './authority.ts'
import CORPUS from './corpus/ffd-documents.json' with { type: 'json' }
import { parseExactJson } from './exact-json.ts'
import { readTicket, wallMinutes } from './ffd.ts'

function scanOf(qr: string): RuScan {
  const parsed = parseRuQr(qr)
  if (!parsed.ok) throw new Error(qr)
  return parsed.scan
}

function documentOf(answer: AuthorityAnswer): FiscalDocument {
  if (answer.kind !== 'authentic') throw new Error(JSON.stringify(answer))
  return FiscalDocument.parse(answer.document)
}

const SCAN = scanOf('t=20261121T1842&s=128.40&fn=9287440300090728&i=77133&fp=1482926127&n=1')

/** The wall clock of the scan taken for UTC: the tax service's convention. */
const UNIX_AS_UTC = Date.parse('2026-11-21T18:42:00Z') / 1_000

function ticket(changes: Record<string, unknown> = {}, items: unknown[] = []): string {
  const content = {
    fiscalDriveNumber: '9287440300090728',
    fiscalDocumentNumber: 77_133,
    fiscalSign: 1_482_926_127,
    operationType: 1,
    totalSum: 12_840,
    dateTime: UNIX_AS_UTC,
    items,
    ...changes,
  }
  return JSON.stringify({ id: 1, ofdId: 'ofd9', address: 'г. Тверь', content })
}

function item(changes: Record<string, unknown> = {}): Record<string, unknown> {
  return { name: 'МОЛОКО 3,2% 930МЛ', price: 9_990, quantity: 1, sum: 9_990, ...changes }
}

describe('documents of real services are the receipts that were scanned', () => {
  test('one with 16-digit numbers as JSON numbers, milliseconds, marked goods', () => {
    const { qr, ticket: json } = CORPUS.crpt
    const document = documentOf(readTicket(JSON.stringify(json), scanOf(qr)))
    expect(document.sellerTaxNumber).toBe('5258056945')
    expect(document.lines.map((line) => line.gtin)).toEqual([
      null,
      '04660043858820',
      '04660043858837',
    ])
    expect(document.lines[1]).toMatchObject({ subject: 33, sumMinor: 5_390, measure: 0 })
  })

  test('one whose clock is written as if it were in Moscow', () => {
    const { qr, ticket: json } = CORPUS.app
    const document = documentOf(readTicket(JSON.stringify(json), scanOf(qr)))
    expect(document.time).toBe('2021-05-06T15:39')
    expect(document.tillRegistration).toBe('0003988533004837')
    expect(document.placeName).toBe('Супермаркет ТЦ')
    expect(document.lines).toHaveLength(4)
  })

  test('one with a local ISO time and weights', () => {
    const { qr, ticket: json } = CORPUS.proverkacheka
    const document = documentOf(readTicket(JSON.stringify(json), scanOf(qr)))
    expect(document.lines[0]).toMatchObject({ quantityMicro: 2_474_000, sumMinor: 24_738 })
    expect(document.address).toContain('Серышева')
  })

  test('marked goods in every shape of tag 1163', () => {
    const lines = documentOf(readTicket(ticket({}, CORPUS.markedItems), SCAN)).lines
    expect(lines.map((line) => line.gtin)).toEqual(['04627083415024', '04605035006964', null])
    expect(lines[0]?.quantityMicro).toBe(500_000)
  })

  test('the old shape, as a database exported it', () => {
    const old = JSON.stringify({
      _id: { $oid: '6151653bef3efbf0512c2086' },
      content: {
        ...JSON.parse(ticket()).content,
        dateTime: { $date: '2026-11-21T18:42:00.000Z' },
        totalSum: { $numberLong: '12840' },
      },
    })
    expect(documentOf(readTicket(old, SCAN)).totalMinor).toBe(12_840)
  })

  test('fields at the root when there is no content', () => {
    const root = JSON.stringify(JSON.parse(ticket()).content)
    expect(readTicket(root, SCAN).kind).toBe('authentic')
  })
})

describe('64-bit numbers survive', () => {
  test('whole numbers beyond 2^53 arrive as their digits, others as numbers', () => {
    const text = '{"a":18446744073709551615,"b":[9007199254740993],"c":1.5,"d":"1e3","e":42}'
    expect(parseExactJson(text)).toEqual({
      a: '18446744073709551615',
      b: ['9007199254740993'],
      c: 1.5,
      d: '1e3',
      e: 42,
    })
  })

  test('a 16-digit drive number written as a number is told from its neighbour', () => {
    const scan = { ...SCAN, fn: '9999440300090727' }
    const at = (digits: string) => ticket().replace('"9287440300090728"', digits)
    expect(readTicket(at('9999440300090727'), scan).kind).toBe('authentic')
    // 9999440300090727 and …728 are one and the same double.
    expect(readTicket(at('9999440300090728'), scan)).toEqual({ kind: 'differs', fields: ['fn'] })
  })

  test('a sign of 64 bits beside the receipt does not disturb it', () => {
    const text = ticket().replace('"id":1', '"id":18446744073709551615')
    expect(readTicket(text, SCAN).kind).toBe('authentic')
  })
})

describe('an answer about another receipt proves nothing', () => {
  test.each([
    ['fn', { fiscalDriveNumber: '9287440300090729' }],
    ['i', { fiscalDocumentNumber: 77_134 }],
    ['fp', { fiscalSign: 1_482_926_128 }],
    ['total', { totalSum: 12_841 }],
    ['time', { dateTime: UNIX_AS_UTC + 60 }],
    ['kind', { operationType: 2 }],
  ])('%s', (field, changes) => {
    expect(readTicket(ticket(changes), SCAN)).toEqual({ kind: 'differs', fields: [field] })
  })

  test('every difference is named', () => {
    const answer = readTicket(ticket({ totalSum: 1, fiscalSign: 2 }), SCAN)
    expect(answer).toEqual({ kind: 'differs', fields: ['fp', 'total'] })
  })
})

describe('one wall clock in three conventions', () => {
  test.each([
    ['seconds as if UTC', UNIX_AS_UTC],
    ['milliseconds as if UTC', UNIX_AS_UTC * 1_000],
    ['seconds as if Moscow', UNIX_AS_UTC - 3 * 3_600],
    ['milliseconds as if Moscow', (UNIX_AS_UTC - 3 * 3_600) * 1_000],
    ['seconds with a remainder', UNIX_AS_UTC + 59],
    ['local ISO', '2026-11-21T18:42'],
    ['local ISO with seconds', '2026-11-21T18:42:31'],
    ['local ISO with an offset', '2026-11-21T18:42:31+07:00'],
    ['a long of the database', { $date: { $numberLong: String(UNIX_AS_UTC * 1_000) } }],
  ])('%s', (_, dateTime) => {
    expect(readTicket(ticket({ dateTime }), SCAN).kind).toBe('authentic')
  })

  test.each([1e300, -1, 'yesterday', '2026-99-99T00:00Z', '', { $date: 'x' }])(
    'what is no time of the receipt is no match: %j',
    (dateTime) => expect(readTicket(ticket({ dateTime }), SCAN).kind).not.toBe('authentic'),
  )

  test('any time is read without throwing', () => {
    fc.assert(
      fc.property(fc.oneof(fc.double(), fc.string()), (written) => {
        for (const minute of wallMinutes(written)) expect(minute).toHaveLength(16)
      }),
    )
  })
})

describe('hostile documents', () => {
  test.each([
    ['no JSON', 'not json'],
    ['no object', '[]'],
    ['a cut text', ticket().slice(0, -5)],
    ['nothing of a receipt', '{"content":{}}'],
    ['a negative sum', ticket({}, [item({ sum: -1 })])],
    ['a negative total', ticket({ totalSum: -12_840 })],
    ['a fraction of a kopeck', ticket({}, [item({ sum: 99.9 })])],
    ['a sum beyond the field', ticket({}, [item({ sum: 2 ** 48 })])],
    ['a quantity that is no number', ticket({}, [item({ quantity: 'many' })])],
    ['an infinite quantity', ticket({}, [item({ quantity: '1e400' })])],
    [
      'too many lines',
      ticket(
        {},
        Array.from({ length: 1_001 }, () => item()),
      ),
    ],
    ['a bottomless nest', `${'['.repeat(100_000)}${']'.repeat(100_000)}`],
  ])('%s: not proven, and not called forged', (_, text) => {
    expect(readTicket(text, SCAN)).toMatchObject({ kind: 'unavailable', sparingly: true })
  })

  test('1,000 lines are read', () => {
    const lines = Array.from({ length: 1_000 }, () => item())
    expect(documentOf(readTicket(ticket({}, lines), SCAN)).lines).toHaveLength(1_000)
  })

  test.each([
    [1, 1],
    ['7', 7],
    [undefined, null],
    ['all of it', null],
  ])('the method of settlement is kept line by line: %s', (paymentType, payment) => {
    const document = documentOf(readTicket(ticket({}, [item({ paymentType })]), SCAN))
    expect(document.lines[0]?.payment).toBe(payment)
  })

  test('texts are cut and cleaned, odd details dropped, the receipt stands', () => {
    const name = `\u202eMILK\u0000${'x'.repeat(5_000)}`
    const text = ticket({ user: { no: 'text' }, userInn: ' 7700000001  ' }, [
      item({ name, productType: 'odd', productCodeNew: { gs1m: null, x: { gtin: '123' } } }),
    ])
    const document = documentOf(readTicket(text, SCAN))
    expect(document.sellerName).toBeNull()
    expect(document.sellerTaxNumber).toBe('7700000001')
    expect(document.lines[0]?.name).toMatch(/^MILK x{100,}$/)
    expect(document.lines[0]?.name.length).toBeLessThanOrEqual(200)
    expect(document.lines[0]?.subject).toBeNull()
    expect(document.lines[0]?.gtin).toBeNull()
  })

  test('a key that names the prototype changes nothing', () => {
    const text = ticket().replace('"content":{', '"__proto__":{"x":1},"content":{"__proto__":[],')
    expect(readTicket(text, SCAN).kind).toBe('authentic')
    expect(({} as Record<string, unknown>).x).toBeUndefined()
  })

  test('whatever JSON comes, an answer comes', () => {
    fc.assert(
      fc.property(fc.json(), (json) => {
        expect(readTicket(json, SCAN).kind).toBe('unavailable')
      }),
    )
  })
})

describe('product codes', () => {
  test.each([
    ['13 digits before the name', { name: '4660043858820 СЫРОК' }, '04660043858820'],
    ['a code of the shop itself', { name: '2000000000015 ПАКЕТ' }, null],
    ['a number with a wrong check digit', { name: '4660043858821 СЫРОК' }, null],
    ['a short number', { name: '100193831 ЧАЙ' }, null],
    [
      'marking before the name',
      {
        name: '4660043858820 СЫРОК',
        productCodeNew: { gs1m: { gtin: '04660043858837', sernum: 'x' } },
      },
      '04660043858837',
    ],
  ])('%s', (_, changes, gtin) => {
    const document = documentOf(readTicket(ticket({}, [item(changes)]), SCAN))
    expect(document.lines[0]?.gtin).toBe(gtin)
  })

  test.each([
    [0.1 + 0.2, 300_000],
    [7.445, 7_445_000],
    ['0.748', 748_000],
    [0, 0],
    [1e-7, 0],
    [1_000_000, 1_000_000_000_000],
  ])('a quantity of %s is kept to the millionth', (quantity, micro) => {
    const document = documentOf(readTicket(ticket({}, [item({ quantity })]), SCAN))
    expect(document.lines[0]?.quantityMicro).toBe(micro)
  })
})
