import { spawnSync } from 'node:child_process'
import { createPublicKey } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { CERTIFICATE, PUBLIC_KEY, RECEIPT } from '#fiscal/signature/till.test-data'

const folder = mkdtempSync(path.join(tmpdir(), 'scan-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function file(name: string, content: string | Uint8Array): string {
  const at = path.join(folder, name)
  writeFileSync(at, content)
  return at
}

function run(args: readonly string[], input = '') {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['tools/scan.ts', ...args], {
    encoding: 'utf8',
    input,
  })
  const answers = stdout.split('\n').filter(Boolean)
  return { status, stderr, answers: answers.map((text): unknown => JSON.parse(text)) }
}

type Sample = { country: string; text: string; truth: object; signature: string }
const SAMPLES: readonly Sample[] = JSON.parse(readFileSync('fiscal/corpus/codes.json', 'utf8'))
const KEYS = 'fiscal/corpus/keys.json'
const GERMAN = SAMPLES.find(({ country }) => country === 'de')?.text ?? ''
const KAZAKH = SAMPLES.find(({ country }) => country === 'kz')?.text ?? ''
const SAUDI = SAMPLES.find(({ country }) => country === 'sa')?.text ?? ''
const AUSTRIAN: string = JSON.parse(
  readFileSync('fiscal/corpus/at-receipts.jsonl', 'utf8').split('\n', 1)[0] ?? '',
).text

/** The public half of `PUBLIC_KEY` as others would hand it in. */
const JWK = createPublicKey(PUBLIC_KEY).export({ format: 'jwk' })
const bare = (pem: string) => pem.replace(/-----[A-Z ]+-----|\s/g, '')
const SPELLINGS = {
  'by the serial of the code': { '1a2b3c': JWK },
  'by a serial in capitals, with colons and zeros in front': { '00:1A:2B:3C': PUBLIC_KEY },
  'by a serial with 0x': { '0x1A2B3C': CERTIFICATE },
  'by a serial in decimal': { [String(0x1a2b3c)]: JWK },
  'by what its certificate says': { 'till 1': CERTIFICATE },
  'as base64 without its frame': { '1A2B3C': bare(CERTIFICATE) },
  'as a bare public key': { '1A2B3C': bare(PUBLIC_KEY) },
  'as PEM with Windows line ends': { '1A2B3C': PUBLIC_KEY.replace(/\n/g, '\r\n') },
  'in a key set by its kid': { keys: [{ ...JWK, kid: '1A2B3C', use: 'sig' }] },
  'in a list of keys': [{ ...JWK, kid: '001a2b3c' }],
}

const UNKNOWN = { kind: 'unknown', reason: 'not_a_fiscal_code' }

describe('a file of codes', () => {
  test('every sample gets its truth, in order', () => {
    const codes = file('codes.txt', SAMPLES.map(({ text }) => text).join('\n'))
    const { status, answers } = run([codes, '--keys', KEYS])
    expect(status).toBe(0)
    expect(answers).toEqual(
      SAMPLES.map(({ country, truth, signature }) =>
        expect.objectContaining({
          kind: 'fiscal',
          country: country.toUpperCase(),
          ...truth,
          signature,
        }),
      ),
    )
  })

  test('text, JSON strings and objects are one code; other lines answer in their place', () => {
    const lines = [KAZAKH, JSON.stringify(KAZAKH), JSON.stringify({ qr: KAZAKH }), '', '{"qr":1}']
    const { answers } = run(['-'], `\ufeff${lines.join('\r\n')}\r\n{"qr"\n`)
    expect(answers).toEqual([answers[0], answers[0], answers[0], UNKNOWN, UNKNOWN, UNKNOWN])
    expect(answers[0]).toMatchObject({ kind: 'fiscal', country: 'KZ' })
  })

  test('a German code says all that its scan proves', () => {
    const told = {
      kind: 'fiscal',
      country: 'DE',
      identity: 'de:037c7f6d443ca894edfa01ef4533b2286d235c9b18d657e7bb0206fc256b38eb:17011',
      issuer: null,
      totalMinor: 900,
      currency: 'EUR',
      issuedAt: '2026-05-21T21:41:30Z',
      operation: 'sale',
      trust: 'signed',
      signature: 'valid',
    }
    expect(run(['-'], GERMAN).answers).toEqual([{ ...told, key: 'unregistered' }])
    const [, device = ''] = told.identity.split(':')
    const keys = file('till.json', JSON.stringify({ [device.toUpperCase()]: { kty: 'EC' } }))
    expect(run(['-', '--keys', keys], GERMAN).answers).toEqual([told])
    const point = Buffer.from(GERMAN.split(';')[11] ?? '', 'base64')
    const [x, y] = [point.subarray(1, 33), point.subarray(33)].map((part) =>
      part.toString('base64url'),
    )
    const head = Buffer.from('3059301306072a8648ce3d020106082a8648ce3d030107034200', 'hex')
    const body = Buffer.concat([head, point]).toString('base64')
    const pem = `-----BEGIN PUBLIC KEY-----\n${body}\n-----END PUBLIC KEY-----`
    for (const key of [{ kty: 'EC', crv: 'P-256', x, y }, pem]) {
      const named = file('named.json', JSON.stringify({ 'till 7': key }))
      expect(run(['-', '--keys', named], GERMAN).answers).toEqual([told])
    }
  })

  test('signatures are told apart: unknown key, valid, invalid, not of the total', () => {
    const unknown = { trust: 'signed', signature: 'unknown_key' }
    expect(run(['-'], AUSTRIAN).answers).toEqual([expect.objectContaining(unknown)])
    const forged = AUSTRIAN.replace('_0,00_', '_9,00_')
    const { answers } = run(['--keys', KEYS, '-'], [AUSTRIAN, forged, SAUDI].join('\n'))
    expect(answers).toMatchObject([
      { trust: 'signed', signature: 'valid' },
      { trust: 'reference', signature: 'invalid' },
      { trust: 'reference', signature: 'valid', covers: 'document' },
    ])
  })

  test.each(Object.entries(SPELLINGS))('a key is found %s', (_, keys) => {
    const told = run(['-', '--keys', file('keys.json', JSON.stringify(keys))], RECEIPT)
    expect(told.answers).toMatchObject([{ trust: 'signed', signature: 'valid' }])
    expect(told.answers[0]).not.toHaveProperty('key')
  })

  test('a key of another name, serial and kid stays unknown', () => {
    const keys = file('others.json', JSON.stringify({ '1a2b3d': PUBLIC_KEY, 7: { kty: 'EC' } }))
    expect(run(['-', '--keys', keys], RECEIPT).answers).toMatchObject([
      { trust: 'signed', signature: 'unknown_key' },
    ])
  })

  test('a certificate that was not valid then has signed, and that is said', () => {
    const der = Buffer.from(bare(CERTIFICATE), 'base64').toString('latin1')
    const lapsed = der.replace('260101000000Z', '250101000000Z').replace('270101', '260101')
    const late = { '1a2b3c': Buffer.from(lapsed, 'latin1').toString('base64') }
    const keys = file('late.json', JSON.stringify(late))
    expect(run(['-', '--keys', keys], RECEIPT).answers).toMatchObject([
      { trust: 'signed', signature: 'valid', key: 'not_valid_then' },
    ])
  })

  test('an edited total, time, till or number under a registered key is invalid', () => {
    const edits = [
      RECEIPT.replace('_12,90_', '_92,90_'),
      RECEIPT.replace('2026-06-01', '2026-07-01'),
      RECEIPT.replace('TILL-1', 'TILL-2'),
      RECEIPT.replace('_42_', '_43_'),
    ]
    const keys = file('edits.json', JSON.stringify({ '1A2B3C': PUBLIC_KEY }))
    const { answers } = run(['-', '--keys', keys], edits.join('\n'))
    expect(answers).toEqual(
      edits.map(() => expect.objectContaining({ trust: 'reference', signature: 'invalid' })),
    )
  })

  test('a refusal names the country and the field', () => {
    expect(run(['-'], KAZAKH.replace('s=', 's=x')).answers).toEqual([
      { kind: 'unknown', reason: 'field', country: 'KZ', field: 's' },
    ])
  })

  test('bytes that are not UTF-8 are read as stamps are written; a huge line is one answer', () => {
    const stamp = SAMPLES.find(({ country }) => country === 'cl')?.text ?? ''
    const accented = Buffer.from(stamp.replace('prueba', 'pru\u00e9ba'), 'latin1')
    const huge = Buffer.alloc(3_000_000, 'A')
    const input = Buffer.concat([accented, Buffer.from('\n'), huge, Buffer.from(`\n${KAZAKH}`)])
    expect(run([file('bytes.txt', input)]).answers).toMatchObject([
      { country: 'CL', signature: 'invalid' },
      { kind: 'unknown', reason: 'too_long' },
      { country: 'KZ' },
    ])
  })
})

describe('bad input is one sentence and exit code 2', () => {
  test.each([
    ['no file', [], /^Usage: .*\n$/],
    ['two files', ['a', 'b'], /^Usage: .*\n$/],
    ['no keys after --keys', ['-', '--keys'], /^Usage: .*\n$/],
    ['a missing file', [path.join(folder, 'none.txt')], /none\.txt cannot be read\.\n$/],
    [
      'missing keys',
      ['-', '--keys', path.join(folder, 'none.json')],
      /cannot be read as JSON\.\n$/,
    ],
    ['a number of keys', ['-', '--keys', file('seven.json', '7')], /not an object of keys.*\n$/],
    ['a key that is none', ['-', '--keys', file('bad.json', '{"1a":7}')], /"1a" is neither .*\n$/],
  ])('%s', (_, args, words) => {
    const { status, stderr, answers } = run(args)
    expect(status).toBe(2)
    expect(answers).toEqual([])
    expect(stderr).toMatch(words)
  })
})
