import { describe, expect, test } from 'vitest'
import { MARKETS } from '#schema/market'
import { AMOUNT_MINOR_MAX } from '#schema/money'
import { TOTAL_MINOR_MAX } from './amount.ts'
import { AT_SAMPLES, SAMPLES, sampleOf } from './corpus.test-data.ts'
import { FORMATS, readCode, recognise } from './registry.ts'
import { parseRuQr } from './ru.ts'
import { ZONES } from './zone.ts'

const RUSSIAN = 't=20261121T1842&s=1284.50&fn=9287440300090728&i=77133&fp=1482926127&n=1'

describe('corpus', () => {
  test.each(SAMPLES)('the truth of $truth.identity under $text', ({ country, text, truth }) => {
    const reading = readCode(text)
    expect(reading).toMatchObject({ ok: true, code: { country, ...truth } })
    expect(recognise(text)).toBe(country)
    expect(parseRuQr(text)).toEqual({ ok: false, code: 'foreign_receipt', country })
  })

  test('every format of the registry has a sample', () => {
    const sampled = new Set([...SAMPLES.map(({ country }) => country), 'at', 'ru'])
    expect(FORMATS.map(({ country }) => country).filter((one) => !sampled.has(one))).toEqual([])
    expect(FORMATS).toHaveLength(sampled.size)
  })

  test('Austrian receipts: operations by kind, totals as the sum of five, identities apart', () => {
    const operations: Readonly<Record<string, RegExp>> = {
      START_BELEG: /^sale$/,
      NULL_BELEG: /^sale$/,
      STANDARD_BELEG: /^(sale|return)$/,
      TRAINING_BELEG: /^training$/,
      STORNO_BELEG: /^annulled$/,
    }
    const identities = new Set<string>()
    for (const { text, type } of AT_SAMPLES) {
      const reading = readCode(text)
      if (!reading.ok) throw new Error(text)
      const { totalMinor, operation, identity, issuedAt } = reading.code
      const fields = text.split('_')
      const cents = fields.slice(5, 10).map((amount) => Number(amount.replace(',', '')))
      expect(operation, text).toMatch(operations[type] ?? /never/)
      expect(totalMinor).toBe(cents.reduce((sum, cent) => sum + cent))
      expect(issuedAt).toBe(fields[4])
      identities.add(identity)
    }
    expect(AT_SAMPLES).toHaveLength(411)
    expect(identities.size).toBe(411)
  })
})

describe('Russian codes among all', () => {
  test('are read in text and in links of operators', () => {
    for (const text of [RUSSIAN, `https://lk.platformaofd.ru/web/noauth/cheque?${RUSSIAN}`]) {
      expect(readCode(text)).toEqual({
        ok: true,
        code: {
          country: 'ru',
          identity: 'ru:9287440300090728:77133:1482926127',
          issuer: null,
          totalMinor: 128_450,
          currency: 'RUB',
          issuedAt: '2026-11-21T18:42',
          clock: { kind: 'wall', zone: null },
          operation: 'sale',
          trust: 'lookup',
          missing: ['issuer'],
          officialPage: null,
          lookup: null,
          seal: null,
        },
      })
    }
  })

  test('a sum without a dot and a link without time are a receipt with something missing', () => {
    expect(readCode(RUSSIAN.replace('1284.50', '128450'))).toMatchObject({
      code: { totalMinor: null, missing: ['issuer', 'total'] },
    })
    expect(
      readCode('https://check.yandex.ru/?n=169111&fn=7380440801185382&fpd=3769337301'),
    ).toMatchObject({
      code: {
        identity: 'ru:7380440801185382:169111:3769337301',
        missing: ['issuer', 'total', 'issued_at', 'operation'],
      },
    })
  })

  test.each([
    [RUSSIAN.replace('n=1', 'n=2'), 'return'],
    [RUSSIAN.replace('n=1', 'n=3'), 'other'],
    [RUSSIAN.replace('n=1', 'n=4'), 'other'],
  ])('only n=1 is a sale: %s', (text, operation) => {
    expect(readCode(text)).toMatchObject({ code: { operation } })
  })

  test.each([
    [RUSSIAN.replace('fp=1482926127', 'fp=9876543210'), 'field', 'fp'],
    [`${RUSSIAN}&i=77134`, 'field', 'i'],
    [RUSSIAN.replace('fp=1482926127&', ''), 'incomplete', 'fp'],
  ])('what identifies it must be there and in range: %s', (text, reason, field) => {
    expect(readCode(text)).toEqual({ ok: false, country: 'ru', reason, field })
  })
})

describe('refused', () => {
  test.each([
    'https://example.com/?fn=1&fp=2&i=3',
    '1'.repeat(60),
    'AQ==',
    'V0;Kassenbeleg',
    'eyJhbGciOiJIUzI1NiJ9.e30.x',
    `A${'R'.repeat(3_000)}`,
    '',
    '   ',
  ])('what only resembles a receipt is not one: %s', (text) => {
    expect(recognise(text)).toBeNull()
  })

  test.each([
    ['another host', sampleOf('kz').replace('oofd.kz', 'oofd.kz.example')],
    ['a host that ends alike', sampleOf('kz').replace('consumer.oofd.kz', 'evil-oofd.kz')],
    ['a name before the host', sampleOf('kz').replace('http://', 'http://oofd.kz@evil.example/')],
    ['another scheme', sampleOf('kz').replace('http://', 'ftp://')],
    ['a dot after the host', sampleOf('rs').replace('purs.gov.rs', 'purs.gov.rs.')],
    ['a Brazilian key elsewhere', sampleOf('br').replace('.gov.br', '.com.br')],
    ['a Basque ticket elsewhere', sampleOf('es').replace('batuz.eus', 'batuz.example')],
  ])('a link to a foreign host is nobody’s receipt: %s', (_, text) => {
    expect(readCode(text)).toEqual({ ok: false, country: null, reason: 'unknown_host' })
  })

  test('a host where anybody may make receipts is named as such', () => {
    expect(readCode(sampleOf('rs').replace('suf.purs', 'sandbox.suf.purs'))).toEqual({
      ok: false,
      country: 'rs',
      reason: 'test_environment',
    })
  })

  test('a longer text than any code', () => {
    expect(readCode('1'.repeat(4_001))).toEqual({ ok: false, country: null, reason: 'too_long' })
  })

  test('a link of a known operator without a receipt', () => {
    expect(readCode('https://suf.purs.gov.rs/')).toMatchObject({ country: 'rs', field: 'vl' })
    expect(readCode('https://ekasa.financnasprava.sk/')).toMatchObject({ country: 'sk' })
  })
})

describe('the clock of a code', () => {
  test.each(FORMATS)('hangs in the zone of its market: $country', ({ country }) => {
    const zone = ZONES[country]
    if (zone !== null) expect(zone).toBe(MARKETS[country].timeZone)
    // A country of one zone has one offset at a time.
    const { zoneHoursMin, zoneHoursMax } = MARKETS[country]
    if (zoneHoursMax - zoneHoursMin > 1) expect(zone).toBeNull()
  })

  test.each([
    ['an instant', sampleOf('de'), { kind: 'instant' }],
    ['a wall clock', AT_SAMPLES[0]?.text ?? '', { kind: 'wall', zone: 'Europe/Vienna' }],
    ['a wall clock of several', sampleOf('pt'), { kind: 'day', zone: null }],
    ['a day', sampleOf('md', 1), { kind: 'day', zone: 'Europe/Chisinau' }],
    ['none', sampleOf('az'), null],
  ] as const)('is told: %s', (_, text, clock) => {
    expect(readCode(text)).toMatchObject({ code: { clock } })
  })
})

test('the largest total of a code is the largest amount of the network', () => {
  expect(TOTAL_MINOR_MAX).toBe(AMOUNT_MINOR_MAX)
})

describe('what a look-up asks for', () => {
  test.each([
    ['kz', 0, { i: '2673764153', f: '010102274600', s: '1890.00', t: '20231210T151300' }],
    ['sk', 0, { receiptId: 'O-863A291A95A64D7EBA291A95A63D7E4C' }],
    [
      'sk',
      1,
      {
        okp: '5FB1D4A2-8D0C2D3E-0A1B2C3D-4E5F6071-82930415',
        cashRegisterCode: '88812345678900001',
        receiptNumber: '42',
        totalAmount: '12.30',
        issueDateFormatted: '21.08.2026 18:42:59',
      },
    ],
    [
      'me',
      0,
      {
        iic: '0D7C3EE1EEBAB4A08F4D5003FAE35E7B',
        tin: '03257746',
        dateTimeCreated: '2026-07-11T15:51:04+02:00',
      },
    ],
    [
      'al',
      0,
      {
        iic: '062B5EF16CEFB69661516E0C56CECF20',
        tin: 'K92423004V',
        dateTimeCreated: '2025-02-12T08:10:38+01:00',
      },
    ],
  ] as const)('%s %i', (country, at, lookup) => {
    expect(readCode(sampleOf(country, at))).toMatchObject({ code: { lookup } })
  })

  test('a Kyrgyz page is the scanned link, a Serbian one too', () => {
    for (const country of ['kg', 'rs'] as const) {
      const text = sampleOf(country)
      expect(readCode(text)).toMatchObject({ code: { officialPage: text } })
    }
  })
})
