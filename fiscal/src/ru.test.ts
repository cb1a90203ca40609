import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { minor } from '#schema/money'
import { RuScan } from '#schema/receipt'
import { parseRuQr, printRuQr, type RuParsed, ruContentKey, ruFingerprint } from './ru.ts'

type Sample = { qr: string; kind: 'real' | 'derived' | 'edge'; note?: string }

const SAMPLES = readFileSync(new URL('../corpus/ru-qr-strings.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line): Sample => JSON.parse(line))

const PLAIN = 't=20261121T1842&s=1284.50&fn=9287440300090728&i=77133&fp=1482926127&n=1'
const SCAN: RuScan = {
  time: '2026-11-21T18:42',
  totalMinor: minor(128_450),
  fn: '9287440300090728',
  i: 77_133,
  fp: 1_482_926_127,
  kind: 1,
}

function scanOf(parsed: RuParsed): RuScan {
  if (!parsed.ok) throw new Error(`refused: ${JSON.stringify(parsed)}`)
  return parsed.scan
}

const anyScan: fc.Arbitrary<RuScan> = fc
  .record({
    day: fc.date({
      min: new Date('2016-01-01T00:00Z'),
      max: new Date('2099-12-31T23:59Z'),
      noInvalidDate: true,
    }),
    total: fc.integer({ min: 0, max: 2 ** 48 - 1 }),
    fn: fc.stringMatching(/^\d{16}$/),
    i: fc.integer({ min: 1, max: 4_294_967_295 }),
    fp: fc.integer({ min: 1, max: 4_294_967_295 }),
    kind: fc.constantFrom<RuScan['kind']>(1, 2, 3, 4),
  })
  .map(({ day, total, ...rest }) => ({
    ...rest,
    time: day.toISOString().slice(0, 16),
    totalMinor: minor(total),
  }))

describe('corpus', () => {
  test.each(SAMPLES.filter((sample) => sample.kind !== 'edge'))(
    'reads the printed $qr',
    ({ qr }) => {
      const scan = scanOf(parseRuQr(qr))
      expect(RuScan.parse(scan)).toEqual(scan)
      expect(parseRuQr(printRuQr(scan))).toEqual({ ok: true, scan, flags: [] })
    },
  )

  test('each edge sample gets the answer its note asks for', () => {
    const expected: Record<string, Partial<RuParsed> & { field?: string }> = {
      'n missing': { ok: true, flags: ['kind_assumed'] },
      'refund; fn too short (must be 16 digits in strict mode)': { ok: false, field: 'fn' },
      's without kopecks': { ok: false, field: 'fn' },
      'fp overflow': { ok: false, field: 'fp' },
      'Yandex OFD URL: n is the FD number (not the operation), fpd is fp; no t, no s': {
        ok: false,
        code: 'incomplete',
      },
    }
    const edges = SAMPLES.filter((sample) => sample.kind === 'edge')
    expect(edges.length).toBeGreaterThanOrEqual(11)
    for (const { qr, note } of edges) {
      expect(parseRuQr(qr), qr).toMatchObject(expected[note ?? ''] ?? { ok: true, flags: [] })
    }
  })
})

describe('one receipt however it is spelled', () => {
  test.each([
    [
      'keys in another order',
      'n=1&fp=1482926127&i=77133&fn=9287440300090728&s=1284.50&t=20261121T1842',
    ],
    ['blanks around it', `  \t${PLAIN}\r\n`],
    ['blanks around pairs', PLAIN.replaceAll('&', ' & ').replaceAll('=', ' = ')],
    ['a lower-case t between date and time', PLAIN.replace('21T18', '21t18')],
    ['seconds', PLAIN.replace('T1842', 'T184259')],
    ['zero padding', PLAIN.replace('i=77133', 'i=0000077133').replace('fp=', 'fp=')],
    ['a comma', PLAIN.replace('1284.50', '1284,50')],
    ['one decimal', PLAIN.replace('1284.50', '1284.5')],
    ['an operator link', `https://consumer.1-ofd.ru/v1?${PLAIN}`],
    ['an operator link with a fragment', `https://consumer.1-ofd.ru/#/landing?${PLAIN}`],
    ['an escaped operator link', `https://CHECK.OFD.RU:443/rec?${PLAIN.replace('T18', '%5418')}`],
    ['keys in capitals', PLAIN.replace('fn=', 'FN=').replace('t=', 'T=')],
    ['a key given twice alike', `${PLAIN}&i=77133`],
  ])('with %s', (_, text) => {
    expect(parseRuQr(text)).toEqual({ ok: true, scan: SCAN, flags: [] })
  })

  test('no decimals after the dot are whole roubles', () => {
    expect(scanOf(parseRuQr(PLAIN.replace('1284.50', '1284.'))).totalMinor).toBe(128_400)
  })

  test('leading zeros of the drive are kept for asking and ignored by the identity', () => {
    const scan = scanOf(parseRuQr(PLAIN.replace('9287440300090728', '0007440300090728')))
    expect(scan.fn).toBe('0007440300090728')
    expect(ruFingerprint(scan)).toBe('ru:7440300090728:77133:1482926127')
    expect(ruFingerprint({ fn: '0000000000000000', i: 1, fp: 2 })).toBe('ru:0:1:2')
  })

  test('content tells apart what identity holds together', () => {
    const other = { ...SCAN, totalMinor: minor(128_451) }
    expect(ruFingerprint(other)).toBe(ruFingerprint(SCAN))
    expect(ruContentKey(other)).not.toBe(ruContentKey(SCAN))
    expect(ruContentKey({ ...SCAN, kind: 2 })).not.toBe(ruContentKey(SCAN))
    expect(ruContentKey(SCAN)).toBe(
      'ru:9287440300090728:77133:1482926127:2026-11-21T18:42:128450:1',
    )
  })
})

describe('what cannot be known is asked, never guessed', () => {
  const withoutDot = PLAIN.replace('1284.50', '128450')

  test('a sum without a dot', () => {
    expect(parseRuQr(withoutDot)).toEqual({
      ok: false,
      code: 'ambiguous_sum',
      sumDigits: '128450',
      recognised: { time: SCAN.time, fn: SCAN.fn, i: SCAN.i, fp: SCAN.fp, kind: 1 },
    })
  })

  test('the answer settles it, and only it', () => {
    const flags = ['sum_unit_answered']
    expect(parseRuQr(withoutDot, { sumUnit: 'kopecks' })).toEqual({ ok: true, scan: SCAN, flags })
    expect(scanOf(parseRuQr(withoutDot, { sumUnit: 'roubles' })).totalMinor).toBe(12_845_000)
    expect(parseRuQr(PLAIN, { sumUnit: 'kopecks' })).toEqual({ ok: true, scan: SCAN, flags: [] })
  })

  test('zero without a dot is zero either way', () => {
    expect(scanOf(parseRuQr(PLAIN.replace('1284.50', '0'))).totalMinor).toBe(0)
  })

  test('time and sum of a Yandex link, where n is the document and the kind is not given', () => {
    const text = 'https://check.yandex.ru/?n=169111&fn=7380440801185382&fpd=3769337301'
    expect(parseRuQr(text)).toEqual({
      ok: false,
      code: 'incomplete',
      missing: ['t', 's'],
      recognised: { fn: '7380440801185382', i: 169_111, fp: 3_769_337_301 },
    })
  })

  test('fields that a link or a cut text leaves out', () => {
    expect(parseRuQr('https://receipt.taxcom.ru/v01/show?fp=371532793&s=1127.00')).toMatchObject({
      code: 'incomplete',
      missing: ['t', 'fn', 'i'],
      recognised: { fp: 371_532_793, totalMinor: 112_700 },
    })
    expect(parseRuQr('t=20261121T1842&s=128450&fn=9287440300090728&i=77133')).toMatchObject({
      code: 'incomplete',
      missing: ['s', 'fp'],
    })
  })

  test('an absent kind is assumed to be a sale, with a flag', () => {
    expect(parseRuQr(PLAIN.replace('&n=1', ''))).toEqual({
      ok: true,
      scan: SCAN,
      flags: ['kind_assumed'],
    })
  })
})

describe('refused', () => {
  test.each([
    ['n', PLAIN.replace('n=1', 'n=0')],
    ['n', PLAIN.replace('n=1', 'n=13')],
    ['t', PLAIN.replace('20261121', '20260229')],
    ['t', PLAIN.replace('20261121', '20261301')],
    ['t', PLAIN.replace('T1842', 'T2460')],
    ['t', PLAIN.replace('T1842', 'T184')],
    ['s', PLAIN.replace('1284.50', '1284.505')],
    ['s', PLAIN.replace('1284.50', '-1.00')],
    ['s', PLAIN.replace('1284.50', '2814749767106.56')],
    ['s', PLAIN.replace('1284.50', '1e5')],
    ['fn', PLAIN.replace('9287440300090728', '928744030009072')],
    ['i', PLAIN.replace('77133', '0')],
    ['i', PLAIN.replace('77133', '4294967296')],
    ['fp', PLAIN.replace('1482926127', '9876543210')],
    ['fp', PLAIN.replace('1482926127', '00000000001')],
    ['i', `${PLAIN}&i=77134`],
  ])('a field out of its range: %s in %s', (field, text) => {
    expect(parseRuQr(text)).toEqual({ ok: false, code: 'not_a_fiscal_code', field })
  })

  test('29 February counts in leap years only', () => {
    expect(parseRuQr(PLAIN.replace('20261121', '20280229')).ok).toBe(true)
    expect(parseRuQr(PLAIN.replace('20261121', '21000229')).ok).toBe(false)
  })

  test.each([
    'https://evil.example/?',
    'https://consumer.1-ofd.ru@evil.example/?',
    'https://1-ofd.ru.evil.example/?',
    'https://evil-ofd.ru.example/?',
    'ftp://consumer.1-ofd.ru/?',
  ])('a receipt inside a link of a stranger: %s', (prefix) => {
    expect(parseRuQr(prefix + PLAIN)).toMatchObject({ ok: false, code: 'not_a_fiscal_code' })
  })

  test.each([
    '',
    'hello',
    'https://example.com',
    '4607001234567',
    'WIFI:S:home;P:pass;;',
    '&&&===',
  ])('what is no receipt: %s', (text) =>
    expect(parseRuQr(text)).toEqual({ ok: false, code: 'not_a_fiscal_code' }),
  )

  test('another country, by name', () => {
    const kazakh = 'http://consumer.oofd.kz?i=2673764153&f=010102274600&s=1890.00&t=20231210T151300'
    expect(parseRuQr(kazakh)).toEqual({ ok: false, code: 'foreign_receipt', country: 'kz' })
  })

  test('a text longer than any code', () => {
    expect(parseRuQr(`${PLAIN}&x=${'9'.repeat(2_000)}`)).toMatchObject({ ok: false })
  })
})

describe('properties', () => {
  test('parse ∘ print is the identity', () => {
    fc.assert(
      fc.property(anyScan, (scan) => {
        expect(parseRuQr(printRuQr(scan))).toEqual({ ok: true, scan, flags: [] })
      }),
    )
  })

  test('order, padding and blanks never change a scan', () => {
    fc.assert(
      fc.property(anyScan, fc.func(fc.nat()), (scan, rank) => {
        const padded = printRuQr(scan).replace(/(i|fp)=(\d+)/g, (_, key, digits) => {
          return `${key}=${digits.padStart(10, '0')}`
        })
        const pairs = padded.split('&').sort((a, b) => rank(a) - rank(b))
        expect(scanOf(parseRuQr(` ${pairs.join(' & ')} `))).toEqual(scan)
      }),
    )
  })

  test('whatever the text, an answer comes and a scan obeys its contract', () => {
    const near = fc
      .tuple(fc.constant(PLAIN), fc.nat(70), fc.string({ unit: 'binary' }))
      .map(([text, at, noise]) => text.slice(0, at) + noise + text.slice(at))
    fc.assert(
      fc.property(fc.oneof(near, fc.string({ unit: 'binary', maxLength: 300 })), (text) => {
        const parsed = parseRuQr(text)
        if (parsed.ok) RuScan.parse(parsed.scan)
      }),
      { numRuns: 1_000 },
    )
  })
})
