import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { FiscalCountry } from './code.ts'
import { AT_SAMPLES, SAMPLES, sampleOf } from './corpus.test-data.ts'
import { printRs } from './print/rs.ts'
import { readCode } from './registry.ts'

/** Never two identities for one receipt, never one for two, however its text is written. */

const RUSSIAN = 't=20261121T1842&s=1284.50&fn=9287440300090728&i=77133&fp=1482926127&n=1'
const SAMPLE_TEXTS = [
  ...SAMPLES.map(({ text }) => text),
  ...AT_SAMPLES.slice(0, 5).map(({ text }) => text),
  RUSSIAN,
  `https://lk.platformaofd.ru/web/noauth/cheque?${RUSSIAN}`,
]

function identityOf(text: string): string {
  const reading = readCode(text)
  if (!reading.ok) throw new Error(`${JSON.stringify(reading)}: ${text}`)
  return reading.code.identity
}

/** One way to write a text otherwise; `at` chooses where. */
type Spelling = (text: string, at: number) => string

const isLink = (text: string) => /^https?:/.test(text)
/** The check of a Basque ticket runs over every character of its link up to itself. */
const isChecked = (text: string) => /id=TBAI-/.test(text)

/** Where the parameters begin and end, in the query or in the fragment of a link. */
function partsOf(text: string): [head: string, pairs: string[]] {
  const at = text.lastIndexOf('?')
  return at < 0 ? [text, []] : [text.slice(0, at), text.slice(at + 1).split('&')]
}

const written = (head: string, pairs: readonly string[]) =>
  pairs.length === 0 ? head : `${head}?${pairs.join('&')}`

const rotated = <Item>(items: readonly Item[], at: number): Item[] => {
  const from = items.length === 0 ? 0 : at % items.length
  return [...items.slice(from), ...items.slice(0, from)]
}

const TRACKING = [
  'utm_source=sms',
  'fbclid=IwAR0',
  'gclid=1',
  'lang=en',
  'utm_source=qr&utm_source=x',
]
const BLANKS = ['', ' ', '\t', '\r\n', '   ', '\u00a0']

const OF_ANY: readonly Spelling[] = [
  (text, at) => BLANKS[at % BLANKS.length] + text + BLANKS[(at >> 3) % BLANKS.length],
]

const OF_LINK: readonly Spelling[] = [
  (text) =>
    text.startsWith('https:') ? text.replace('https', 'http') : text.replace('http', 'https'),
  (text) => text.replace(/^https?/, (scheme) => scheme.toUpperCase()),
  (text, at) =>
    text.replace(/^(https?:\/\/)([^/?#]+)/i, (_, scheme: string, host: string) => {
      const letter = host.charAt(at % host.length)
      return scheme + host.replaceAll(letter, letter.toUpperCase())
    }),
  (text, at) => {
    const [head, pairs] = partsOf(text)
    return written(head, [...pairs, TRACKING[at % TRACKING.length] ?? ''])
  },
  (text, at) => `${text}#${['top', 'x', 'section1'][at % 3]}`,
]

const OF_PARAMETERS: readonly Spelling[] = [
  (text) => text.replace(/^(https?:\/\/[^/?#:]+)(?=[/?#])/i, '$1:443'),
  (text, at) => {
    const [head, pairs] = partsOf(text)
    return written(head, rotated(pairs, at))
  },
  (text, at) => {
    const [head, pairs] = partsOf(text)
    const twice = pairs[at % Math.max(pairs.length, 1)]
    return written(head, twice === undefined ? pairs : [...pairs, twice])
  },
  (text) => {
    const [head, pairs] = partsOf(text)
    return written(
      head,
      pairs.map((pair) => pair.replace(/^\w+/, (name) => name.toUpperCase())),
    )
  },
  (text, at) => {
    const [head, pairs] = partsOf(text)
    const index = at % Math.max(pairs.length, 1)
    const escaped = pairs.map((pair, place) =>
      place === index
        ? pair.replace(/=(\w)/, (_, mark: string) => `=%${mark.charCodeAt(0).toString(16)}`)
        : pair,
    )
    return written(head, escaped)
  },
  // A path that nothing is read of may end in a slash or not, and so may one that holds the number.
  (text) => (text.includes('?') || text.includes('#') ? text : text.replace(/\/?$/, '/')),
]

/** What one format ignores: the case of hex digits, zeros in front. */
const OF_COUNTRY: Partial<Record<FiscalCountry, readonly Spelling[]>> = {
  al: [(text) => text.replace(/iic=\w+/i, (pair) => pair.toLowerCase())],
  me: [(text) => text.replace(/iic=\w+/i, (pair) => pair.toLowerCase())],
  at: [(text) => text.replace(/_([0-9a-f]+)(_[^_]+_[^_]+)$/i, '_00$1$2')],
  gr: [(text) => text.replace(/sig=\w+/i, (pair) => pair.toLowerCase())],
  hr: [(text) => text.replace(/(jir|zki)=[\w-]+/i, (pair) => pair.toUpperCase())],
  kg: [(text) => text.replace(/(fn_number|fd_number)=/gi, '$1=00')],
  kz: [
    (text) => text.replace(/(?<=[?&])i=/i, 'i=00'),
    (text) => text.replace(/(?<=[?&])f=0/i, 'f='),
  ],
  md: [(text) => text.replace(/[0-9A-F]{32}/, (number) => number.toLowerCase())],
  mx: [(text) => text.replace(/(?<=[?&])id=[\w-]+/i, (pair) => pair.toLowerCase())],
  pt: [(text) => text.replace(/G:(\w+) /, 'G:$1  ')],
  ru: [
    (text) => text.replace(/(?<=[?&])i=/i, 'i=00000'),
    (text) => text.replace(/(t=\d{8}T\d{4})(?=&)/i, '$159'),
  ],
  sk: [(text) => text.toLowerCase()],
  ua: [(text) => text.replace(/(?<=[?&])(fn|id)=(?=\d)/gi, '$1=0')],
  uz: [(text) => text.replace(/(?<=[?&])r=/i, 'r=0')],
}

/** In the order in which they may be put upon one another. */
function spellingsOf(text: string): readonly Spelling[] {
  const country = identityOf(text).slice(0, 2) as FiscalCountry
  const own = OF_COUNTRY[country] ?? []
  if (!isLink(text)) return [...own, ...OF_ANY]
  return [...own, ...(isChecked(text) ? [] : OF_PARAMETERS), ...OF_LINK, ...OF_ANY]
}

describe('never two identities for one receipt', () => {
  test.each(SAMPLE_TEXTS)('%s', (text) => {
    const spellings = spellingsOf(text)
    const chosen = fc.tuple(...spellings.map(() => fc.option(fc.nat(1_000))))
    fc.assert(
      fc.property(chosen, (places) => {
        const other = spellings.reduce((now, spell, index) => {
          const at = places[index] ?? null
          return at === null ? now : spell(now, at)
        }, text)
        expect(identityOf(other)).toBe(identityOf(text))
      }),
      { numRuns: 100 },
    )
  })
})

describe('a parameter that is given twice with different values', () => {
  const links = SAMPLE_TEXTS.filter((text) => isLink(text) && /[?&]\w+=/.test(text))

  test.each(links)('is nobody’s guess: %s', (text) => {
    const identity = identityOf(text)
    const [head, pairs] = partsOf(text)
    for (const pair of pairs) {
      const [name = ''] = pair.split('=')
      for (const other of [
        [...pairs, `${name}=1`],
        [`${name}=1`, ...pairs],
      ]) {
        const reading = readCode(written(head, other))
        // What is no part of the receipt may be there twice.
        if (reading.ok) expect(reading.code.identity).toBe(identity)
      }
    }
  })

  test.each([
    ['ar', 'p'],
    ['az', 'doc'],
    ['gr', 'SIG'],
    ['ke', 'Data'],
    ['kz', 'f'],
    ['rs', 'vl'],
    ['uz', 'r'],
  ] as const)('%s: the refusal names it', (country, field) => {
    const text = `${sampleOf(country)}&${field}=1`
    expect(readCode(text)).toEqual({ ok: false, country, reason: 'field', field })
  })
})

/** A receipt with a number of its own, by the format of a sample: the number in `n` digits. */
const digits = (number: number, n: number) => String(number).padStart(n, '0')
const hex = (number: number, n: number) => number.toString(16).toUpperCase().padStart(n, '0')
const NUMBERED: Readonly<Record<string, (number: number) => string>> = {
  al: (n) => sampleOf('al').replace(/iic=\w{6}/, `iic=${hex(n, 6)}`),
  at: (n) => (AT_SAMPLES[0]?.text ?? '').replace(/^((?:_[^_]*){2})_[^_]*/, `$1_N${n}`),
  az: (n) => `https://monitoring.e-kassa.gov.az/#/index?doc=D${digits(n, 9).replaceAll('0', 'x')}`,
  de: (n) => sampleOf('de').replace(';17011;', `;${n};`),
  gr: (n) => sampleOf('gr').replace('00023575', digits(n, 8)),
  hr: (n) => sampleOf('hr').replace(/zki=\w{6}/, `zki=${hex(n, 6)}`),
  ke: (n) => sampleOf('ke').replace('A1B2C3D4', hex(n, 8)),
  kg: (n) => sampleOf('kg').replace(/fd_number=\d+/, `fd_number=${n}`),
  kz: (n) => sampleOf('kz').replace(/i=\d+/, `i=${n}`),
  md: (n) => sampleOf('md').replace('6BCD96E1', hex(n, 8)),
  'md of a till': (n) => sampleOf('md', 1).replace('/135932/', `/${n}/`),
  me: (n) => sampleOf('me').replace(/iic=\w{6}/, `iic=${hex(n, 6)}`),
  mx: (n) => sampleOf('mx').replace('04BF2854', hex(n, 8)),
  pt: (n) => sampleOf('pt').replace('/115666', `/${n}`),
  rs: (n) =>
    printRs({
      ...{ requestedBy: 'KXDWGJ5K', signedBy: 'GESE6HO0', totalCounter: n, typeCounter: n },
      ...{ totalMinor: 100, issuedAtMs: 1_770_000_000_000, invoiceType: 0, transactionType: 0 },
      ...{ buyerId: '', internal: new Uint8Array(256), signature: new Uint8Array(256) },
    }),
  ru: (n) => RUSSIAN.replace('i=77133', `i=${n}`),
  'ru by its sign': (n) => RUSSIAN.replace(/fp=\d+/, `fp=${n}`),
  sk: (n) => sampleOf('sk').replace('863A291A', hex(n, 8)),
  'sk without connection': (n) => sampleOf('sk', 1).replace('5FB1D4A2', hex(n, 8)),
  tz: (n) => sampleOf('tz').replace('E215B4207332', `E${hex(n, 11)}`),
  ua: (n) => sampleOf('ua').replace('id=17', `id=${n}`),
  uz: (n) => sampleOf('uz').replace(/r=\d+/, `r=${n}`),
}

describe('never one identity for two receipts', () => {
  test.each(Object.entries(NUMBERED))('%s', (_, numbered) => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 0xffffff }),
        fc.integer({ min: 1, max: 0xffffff }),
        (one, other) => {
          const isSame = identityOf(numbered(one)) === identityOf(numbered(other))
          expect(isSame).toBe(one === other)
        },
      ),
      { numRuns: 200 },
    )
  })

  test('samples of different numbers are different receipts', () => {
    const known = new Map<string, string>()
    for (const { text, truth } of SAMPLES) {
      const before = known.get(truth.identity)
      // The corpus has some receipts twice, in another spelling.
      if (before !== undefined) expect(identityOf(text)).toBe(identityOf(before))
      known.set(truth.identity, text)
    }
    expect(new Set([...known.values()].map(identityOf)).size).toBe(known.size)
  })
})
