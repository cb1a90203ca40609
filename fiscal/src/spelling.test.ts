import { describe, expect, test } from 'vitest'
import type { FiscalCode } from './code.ts'
import { SAMPLES, sampleOf } from './corpus.test-data.ts'
import { readCode } from './registry.ts'

function codeOf(text: string): FiscalCode {
  const reading = readCode(text)
  if (!reading.ok) throw new Error(`${JSON.stringify(reading)}: ${text}`)
  return reading.code
}

/** What of a code two spellings must share; the page and the seal keep the printed form. */
function meaning(text: string) {
  const { officialPage, lookup, seal, ...said } = codeOf(text)
  return said
}

const upperHost = (text: string) =>
  text.replace(/^https?:\/\/[^/?#]+/, (origin) => origin.toUpperCase())
const swapScheme = (text: string) =>
  text.startsWith('https:') ? text.replace('https', 'http') : text.replace('http', 'https')
const escapeValues = (text: string) =>
  text.replace(/([?&][\w]+=)([\w.]+)/g, (_, name: string, value: string) => {
    const escaped = [...value].map((mark) => `%${mark.charCodeAt(0).toString(16)}`)
    return name + escaped.join('')
  })

describe('every sample, however it is spelled', () => {
  const links = SAMPLES.filter(({ text }) => text.startsWith('http'))

  test.each(SAMPLES)('$truth.identity with blanks around it', ({ text }) => {
    expect(meaning(` \t${text}\r\n`)).toEqual(meaning(text))
  })

  test.each(links)('$truth.identity by the other scheme, in capitals, with a port', ({ text }) => {
    expect(meaning(swapScheme(text))).toEqual(meaning(text))
    expect(meaning(upperHost(text))).toEqual(meaning(text))
    if (!text.includes('TBAI')) {
      expect(meaning(text.replace(/^(https?:\/\/[^/?#]+)/, '$1:443'))).toEqual(meaning(text))
    }
  })

  // The Basque check runs over the printed characters, so an escape is another text there.
  test.each(links.filter(({ text }) => !text.includes('TBAI')))(
    '$truth.identity with escapes',
    ({ text }) => expect(meaning(escapeValues(text))).toEqual(meaning(text)),
  )

  test.each(links.filter(({ text }) => /[?&]\w+=[^&]*&/.test(text) && !text.includes('TBAI')))(
    '$truth.identity with its parameters in another order, names in capitals, one given twice',
    ({ text }) => {
      const [place = '', query = ''] = text.split('?')
      const pairs = query.split('&').reverse()
      const shouted = pairs.map((pair) => pair.replace(/^\w+/, (name) => name.toUpperCase()))
      expect(meaning(`${place}?${shouted.join('&')}`)).toEqual(meaning(text))
      expect(meaning(`${text}&${pairs.at(-1)}`)).toEqual(meaning(text))
    },
  )
})

describe('spellings of one country', () => {
  const kz = 'https://consumer.oofd.kz/?i=2936414372&f=010100886168&s=3247.00&t=20240613T191146'

  test.each([
    ['another host', kz.replace('consumer.oofd.kz/', 'cabinet.kofd.kz/consumer')],
    ['http', kz.replace('https', 'http')],
    ['zeros in front', kz.replace('i=', 'i=00').replace('f=0', 'f=')],
    ['a comma', kz.replace('3247.00', '3247,0')],
    ['no decimals', kz.replace('3247.00', '3247')],
    ['a lower-case t', kz.replace('13T19', '13t19')],
  ])('the same Kazakh receipt with %s', (_, text) => {
    expect(meaning(text)).toEqual(meaning(kz))
  })

  test('a Montenegrin link with a blank for the plus sign, escaped or lower-case', () => {
    const text = sampleOf('me')
    for (const other of [' ', '%20', '%2B', '%2b']) {
      expect(meaning(text.replace('+02:00', `${other}02:00`))).toEqual(meaning(text))
    }
    const lower = text.replace(/iic=[^&]*/, (pair) => pair.toLowerCase())
    expect(meaning(lower)).toEqual(meaning(text))
  })

  test('a Montenegrin receipt under the Albanian host is no receipt', () => {
    const text = sampleOf('me').replace(/^.*#/, `${sampleOf('al').split('#')[0]}#`)
    expect(readCode(text)).toEqual({ ok: false, country: 'al', reason: 'field', field: 'tin' })
  })

  test('a Serbian record under the host of another place stays one receipt', () => {
    const identities = (['rs', 'ba', 'fj', 'ws'] as const).map(
      (country) => codeOf(sampleOf(country)).identity,
    )
    expect(new Set(identities).size).toBe(1)
  })

  test('a Serbian record with raw plus signs, blanks for them, base64url, without padding', () => {
    const text = sampleOf('rs')
    const raw = decodeURIComponent(text)
    const forms = [
      raw,
      raw.replaceAll('+', ' '),
      raw.replaceAll('+', '-').replace(/\/(?=[^/]*$)/, '_'),
      raw.replace(/=$/, ''),
    ]
    for (const form of forms) expect(meaning(form)).toEqual(meaning(text))
  })

  test('one Brazilian receipt online, in contingency, in the old code, with an escaped bar', () => {
    const identities = SAMPLES.filter(({ text }) =>
      text.includes('43210193015006003996651230003165881244534711'),
    ).map(({ text }) => codeOf(text).identity)
    expect(identities).toHaveLength(3)
    expect(new Set(identities).size).toBe(1)
  })

  test('a Mexican total with six decimals, zeros in front and an identifier in lower case', () => {
    const text = sampleOf('mx')
    const { issuer, totalMinor, identity } = codeOf(text)
    const older = `?re=csm190311ah6&rr=X&tt=0000000459.364999&id=${identity.slice(3).toLowerCase()}`
    expect(codeOf(older)).toMatchObject({ issuer, totalMinor, identity })
  })

  test('Croatian totals in cents, with a dot, a comma and zeros in front', () => {
    const text = sampleOf('hr')
    for (const total of ['12550', '125.5', '00000125,50']) {
      expect(meaning(text.replace('125,50', total))).toEqual(meaning(text))
    }
    expect(codeOf(text.replace('125,50', '-125,50'))).toMatchObject({
      totalMinor: -12_550,
      operation: 'return',
    })
  })

  test('Ukrainian days in both orders and times with colons or without', () => {
    const text = 'https://cabinet.tax.gov.ua/cashregs/check?id=17&fn=4000123456&sm=690'
    const spellings = [
      '&date=20260815&time=120000',
      '&date=20260815&time=12:00:00',
      '&date=15082026%2012:00:00',
      '&date=15.08.2026 12:00:00',
    ]
    for (const spelling of spellings) {
      expect(codeOf(text + spelling).issuedAt).toBe('2026-08-15T12:00:00')
    }
    expect(codeOf(`${text}&date=20260815`)).toMatchObject({
      issuedAt: '2026-08-15',
      missing: ['issuer', 'time_of_day', 'operation'],
    })
  })

  test('a Slovak number in lower case', () => {
    const text = sampleOf('sk')
    expect(meaning(text.toLowerCase())).toEqual(meaning(text))
  })

  test('Mexican parameters alone, in any order', () => {
    const text = sampleOf('mx')
    const query = text.slice(text.indexOf('?') + 1)
    for (const one of [query, `?${query}`, query.split('&').reverse().join('&')]) {
      expect(meaning(one)).toEqual(meaning(text))
    }
  })

  test('a Greek receipt by the tax service’s doors of other years', () => {
    const text = sampleOf('gr')
    expect(meaning(text.replace('aade.gr', 'gsis.gr'))).toEqual(meaning(text))
  })

  test('an Indian invoice that tells its day, not the time of its registration', () => {
    const [head = '', payload = '', signature = ''] = sampleOf('in').split('.')
    const told = JSON.parse(Buffer.from(payload, 'base64url').toString())
    const { IrnDt, ...rest } = JSON.parse(told.data)
    const older = Buffer.from(JSON.stringify({ ...told, data: JSON.stringify(rest) }))
    expect(IrnDt).toBe('2023-09-14 13:35:29')
    expect(codeOf(`${head}.${older.toString('base64url')}.${signature}`)).toMatchObject({
      identity: codeOf(sampleOf('in')).identity,
      issuedAt: '2023-09-14',
      missing: ['time_of_day'],
    })
  })

  test('a Chilean stamp with the line breaks of its XML', () => {
    const text = sampleOf('cl')
    const broken = text.replace(/(<FRMT[^>]*>.{20})/, '$1\n').replaceAll('><', '>\n<')
    expect(meaning(broken)).toEqual(meaning(text))
    expect(codeOf(broken).seal).toEqual(codeOf(text).seal)
  })

  test('an edited Moldovan total is the same receipt', () => {
    const text = sampleOf('md', 1)
    expect(codeOf(text.replace('118.04', '999.99')).identity).toBe(codeOf(text).identity)
  })

  test('parts of an identity never run together', () => {
    const text = sampleOf('pt')
    const moved = text.replace('H:0', 'H:b').replace('G:FS 437251001/115666', 'G:FS a:x')
    const other = text.replace('H:0', 'H:x:b').replace('G:FS 437251001/115666', 'G:FS a')
    expect(codeOf(moved).identity).not.toBe(codeOf(other).identity)
  })
})

describe('operations other than a sale', () => {
  const pt = sampleOf('pt')
  test.each([
    ['a Portuguese credit note', pt.replace('D:FS', 'D:NC'), 'return'],
    ['an annulled Portuguese receipt', pt.replace('E:N', 'E:A'), 'annulled'],
    ['a Portuguese transport document', pt.replace('D:FS', 'D:GT'), 'other'],
    [
      'a Brazilian receipt of the test environment',
      sampleOf('br', 1).replace('|2|1|', '|2|2|'),
      'training',
    ],
    ['a Kyrgyz return', sampleOf('kg').replace('operation_type=1', 'operation_type=2'), 'return'],
    ['a Montenegrin correction', sampleOf('me').replace('prc=', 'prc=-'), 'return'],
    ['a German training receipt', sampleOf('de').replace(';Beleg^', ';AVTraining^'), 'training'],
    ['a German cancellation', sampleOf('de').replace(';Beleg^', ';AVBelegstorno^'), 'annulled'],
    ['a German order', sampleOf('de').replace(';Beleg^', ';AVBestellung^'), 'other'],
    ['a German return', sampleOf('de').replace('^9.00_', '^-9.00_'), 'return'],
  ])('%s', (_, text, operation) => {
    expect(codeOf(text).operation).toBe(operation)
  })

  test('German amounts with thousands separators', () => {
    expect(codeOf(sampleOf('de').replace('^9.00_', '^1,234.56_')).totalMinor).toBe(123_456)
  })
})
