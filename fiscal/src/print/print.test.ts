import { createSign, generateKeyPairSync } from 'node:crypto'
import { brainpoolP256r1, brainpoolP384r1 } from '@noble/curves/misc.js'
import { p256, p384 } from '@noble/curves/nist.js'
import { sha256, sha384, sha512 } from '@noble/hashes/sha2.js'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { base64Of, base64urlOf } from '../base64.ts'
import type { FiscalCode } from '../code.ts'
import { NO_KEYS, registered, ringOf } from '../corpus.test-data.ts'
import { readCode } from '../registry.ts'
import { proveCode } from '../signature/prove.ts'
import { type AtReceipt, printAt } from './at.ts'
import { printBr } from './br.ts'
import { type DeReceipt, printDe } from './de.ts'
import { printHr } from './hr.ts'
import { printIic } from './iic.ts'
import { printKg } from './kg.ts'
import { printKz } from './kz.ts'
import { printPt } from './pt.ts'
import { printRs } from './rs.ts'
import { printSi } from './si.ts'
import { printUa } from './ua.ts'
import { printUz } from './uz.ts'

/** What is printed is read back, and what is signed verifies. */

function codeOf(text: string): FiscalCode {
  const reading = readCode(text)
  if (!reading.ok) throw new Error(`${JSON.stringify(reading)}: ${text}`)
  return reading.code
}

const anySecond = fc
  .integer({ min: Date.UTC(2016, 0) / 1000, max: Date.UTC(2037, 11) / 1000 })
  .map((seconds) => new Date(seconds * 1000).toISOString().slice(0, 19))
const anyTotal = fc.integer({ min: 0, max: 10 ** 12 })
const anyFive = fc.tuple(
  ...([1, 2, 3, 4, 5].map(() => fc.integer({ min: -100_000, max: 10_000_000 })) as [
    fc.Arbitrary<number>,
    fc.Arbitrary<number>,
    fc.Arbitrary<number>,
    fc.Arbitrary<number>,
    fc.Arbitrary<number>,
  ]),
)
const sumOf = (amounts: readonly number[]) => amounts.reduce((sum, amount) => sum + amount, 0)

describe('Austria', () => {
  const secret = new Uint8Array(32).fill(7)
  const point = p256.getPublicKey(secret, false)
  const jwk = {
    kty: 'EC',
    crv: 'P-256',
    x: base64urlOf(point.subarray(1, 33)),
    y: base64urlOf(point.subarray(33)),
  }
  const sign = (message: Uint8Array) =>
    Promise.resolve(p256.sign(sha256(message), secret, { prehash: false }))
  const ring = ringOf({ abc1: registered(jwk) })

  const anyReceipt: fc.Arbitrary<AtReceipt> = fc.record({
    provider: fc.constantFrom('AT1', 'AT2', 'AT3'),
    till: fc.stringMatching(/^[\w.-]{1,20}$/).map((text) => text.replaceAll('_', '-')),
    receipt: fc.stringMatching(/^[A-Za-z0-9]{1,20}$/),
    time: anySecond,
    totalsMinor: anyFive,
    turnover: fc.constantFrom('TRA' as const, 'STO' as const, new Uint8Array(8).fill(3)),
    serial: fc.constantFrom('abc1', 'ABC1', '0abc1'),
    chain: fc.uint8Array({ minLength: 8, maxLength: 8 }),
  })

  test('a printed receipt is read back and verifies', async () => {
    await fc.assert(
      fc.asyncProperty(anyReceipt, async (receipt) => {
        const code = codeOf(await printAt(receipt, sign))
        const total = sumOf(receipt.totalsMinor)
        expect(code).toMatchObject({
          identity: `at:${receipt.till}:${receipt.receipt}:abc1`,
          totalMinor: total,
          issuedAt: receipt.time,
          operation:
            receipt.turnover === 'TRA'
              ? 'training'
              : receipt.turnover === 'STO'
                ? 'annulled'
                : total < 0
                  ? 'return'
                  : 'sale',
        })
        expect(await proveCode(code, ring)).toMatchObject({ signature: 'valid', trust: 'signed' })
        const failed = codeOf(await printAt(receipt, null))
        expect(failed.identity).toBe(code.identity)
        expect(await proveCode(failed, ring)).toMatchObject({ signature: 'absent' })
      }),
      { numRuns: 60 },
    )
  })
})

describe('Germany', () => {
  const HASHES = { 'SHA-256': sha256, 'SHA-384': sha384, 'SHA-512': sha512 } as const
  const CURVES = { p256, p384, brainpoolP256r1, brainpoolP384r1 } as const
  const anyReceipt: fc.Arbitrary<DeReceipt> = fc.record({
    clientId: fc.stringMatching(/^[\w äöü.-]{1,150}$/),
    kind: fc.constantFrom('Beleg', 'AVTraining'),
    grossMinor: anyFive,
    isCash: fc.boolean(),
    transaction: fc.integer({ min: 1, max: 2 ** 40 }),
    counter: fc.integer({ min: 1, max: 2 ** 40 }),
    startedAt: anySecond.map((time) => `${time}Z`),
    loggedAt: anySecond.map((time) => `${time}Z`),
  })

  const cases = Object.keys(CURVES).flatMap((curve) =>
    Object.keys(HASHES).map((hash) => [curve, hash] as [keyof typeof CURVES, keyof typeof HASHES]),
  )

  test.each(cases)('%s with %s: printed, read back, verified, raw and DER', async (name, hash) => {
    const curve = CURVES[name]
    const secret = new Uint8Array(name.includes('384') ? 48 : 32).fill(7)
    const publicKey = curve.getPublicKey(secret, false)
    const anyForm = fc.constantFrom('compact' as const, 'der' as const)
    const anyTime = fc.constantFrom('unixTime', 'utcTime', 'generalizedTime')
    await fc.assert(
      fc.asyncProperty(anyReceipt, anyForm, anyTime, async (receipt, format, timeFormat) => {
        const sign = (message: Uint8Array) =>
          Promise.resolve(
            curve.sign(HASHES[hash](message), secret, { prehash: false, lowS: false, format }),
          )
        const text = await printDe(receipt, { publicKey, hash, timeFormat, sign })
        const code = codeOf(text)
        expect(code).toMatchObject({
          totalMinor: sumOf(receipt.grossMinor),
          issuedAt: receipt.loggedAt,
        })
        expect(code.identity.endsWith(`:${receipt.counter}`)).toBe(true)
        expect(await proveCode(code, NO_KEYS)).toMatchObject({ signature: 'valid' })
        const later = text.replace(`;${receipt.counter};`, `;${receipt.counter + 1};`)
        expect(await proveCode(codeOf(later), NO_KEYS)).toMatchObject({ signature: 'invalid' })
      }),
      { numRuns: 3 },
    )
  })
})

describe('Kazakhstan', () => {
  test('a printed link is read back, and its page is itself', () => {
    const anyDigits = fc.stringMatching(/^[1-9]\d{8,11}$/)
    fc.assert(
      fc.property(anyDigits, anyDigits, anyTotal, anySecond, (sign, till, totalMinor, time) => {
        const page = 'https://consumer.oofd.kz/'
        const text = printKz({ page, till: till.padStart(12, '0'), sign, totalMinor, time })
        const code = codeOf(text)
        const identity = `kz:${till.padStart(12, '0')}:${sign}`
        expect(code).toMatchObject({ identity, totalMinor, issuedAt: time, officialPage: text })
      }),
    )
  })
})

describe('Serbia', () => {
  test('a printed record is read back, and its page is itself', () => {
    const anyUnit = fc.stringMatching(/^[0-9A-Z]{8}$/)
    const kinds = fc.constantFrom<[number, number, string]>(
      [0, 0, 'sale'],
      [0, 1, 'return'],
      [1, 0, 'other'],
      [2, 0, 'copy'],
      [3, 0, 'training'],
      [4, 0, 'other'],
    )
    const anyId = fc.stringMatching(/^(|10:\d{9})$/)
    const anyCount = fc.nat(2 ** 31)
    fc.assert(
      fc.property(
        ...([anyUnit, anyUnit, anyCount, anyTotal] as const),
        ...([anySecond, kinds, anyId] as const),
        (requestedBy, signedBy, counter, totalMinor, time, kind, buyerId) => {
          const [invoiceType, transactionType, operation] = kind
          const text = printRs({
            requestedBy,
            signedBy,
            totalCounter: counter,
            typeCounter: 1,
            totalMinor,
            issuedAtMs: Date.parse(`${time}Z`),
            invoiceType,
            transactionType,
            buyerId,
            internal: new Uint8Array(256).fill(1),
            signature: new Uint8Array(256).fill(2),
          })
          expect(codeOf(text)).toMatchObject({
            identity: `rs:${requestedBy}:${signedBy}:${counter}`,
            totalMinor,
            issuedAt: `${time}Z`,
            operation,
            officialPage: text,
          })
        },
      ),
    )
  })
})

describe('Chile', () => {
  const keyPair = (modulusLength: number) => generateKeyPairSync('rsa', { modulusLength })
  const signed = (text: string, key: ReturnType<typeof keyPair>['privateKey']) =>
    createSign('RSA-SHA1').update(Buffer.from(text, 'latin1')).sign(key, 'base64')
  const standard = (text = '') => base64Of(Buffer.from(text, 'base64url'))

  test('a stamp whose authorisation the tax service’s key has signed is signed', async () => {
    const issuer = keyPair(1024)
    const authority = keyPair(2048)
    const { n, e } = issuer.publicKey.export({ format: 'jwk' })
    const da =
      '<DA><RE>76000000-0</RE><RS>ALMAC\u00c9N</RS><TD>39</TD><RNG><D>1</D><H>9</H></RNG>' +
      `<FA>2026-01-01</FA><RSAPK><M>${standard(n)}</M><E>${standard(e)}</E></RSAPK>` +
      '<IDK>100</IDK></DA>'
    const dd =
      '<DD><RE>76000000-0</RE><TD>39</TD><F>7</F><FE>2026-05-01</FE><RR>66666666-6</RR>' +
      '<RSR>\u00d1ANDU</RSR><MNT>12990</MNT><IT1>CAF\u00c9</IT1><CAF version="1.0">' +
      `${da}<FRMA algoritmo="SHA1withRSA">${signed(da, authority.privateKey)}</FRMA></CAF>` +
      '<TSTED>2026-05-01T10:00:00</TSTED></DD>'
    const text =
      `<TED version="1.0">${dd}<FRMT algoritmo="SHA1withRSA">` +
      `${signed(dd, issuer.privateKey)}</FRMT></TED>`
    const pem = authority.publicKey.export({ format: 'pem', type: 'spki' }).toString()
    const jwk = authority.publicKey.export({ format: 'jwk' })
    const { n: modulus = '', e: exponent = '' } = jwk
    for (const key of [pem, { kty: 'RSA', n: modulus, e: exponent }]) {
      const code = codeOf(text)
      expect(code).toMatchObject({ identity: 'cl:76000000-0:39:7', totalMinor: 12_990 })
      const ring = ringOf({ 100: registered(key) })
      expect(await proveCode(code, ring)).toMatchObject({ signature: 'valid', trust: 'signed' })
    }
    const wrapped = text.replace(/></g, '>\n  <')
    expect(await proveCode(codeOf(wrapped), NO_KEYS)).toMatchObject({ signature: 'valid' })
  })
})

/** Codes rebuilt of what a paper prints: the identity and what is compared come back. */
describe('links and digits without a signature', () => {
  const anyHex = (count: number) =>
    fc.stringMatching(new RegExp(`^[0-9a-f]{${count}}$`)).map((text) => text.toUpperCase())
  const anyJir = fc.uuid()
  const anyDigits = (count: number) => fc.stringMatching(new RegExp(`^[1-9]\\d{${count - 1}}$`))

  test('Croatia, Slovenia', () => {
    fc.assert(
      fc.property(anyJir, anyHex(32), anySecond, anyTotal, (jir, mark, time, totalMinor) => {
        const croatian = codeOf(printHr({ jir, time, totalMinor }))
        expect(croatian).toMatchObject({ identity: `hr:${jir}`, totalMinor })
        expect(croatian.issuedAt).toBe(time.slice(0, 16))
        const slovenian = codeOf(printSi({ mark, taxNumber: '12345678', time }))
        const identity = `si:${mark.toLowerCase()}`
        expect(slovenian).toMatchObject({ identity, issuer: '12345678', issuedAt: time })
      }),
    )
  })

  test('Montenegro, Albania', () => {
    fc.assert(
      fc.property(anyHex(32), anySecond, anyTotal, (iic, wall, totalMinor) => {
        const asked = { iic, wall, offset: 120, totalMinor }
        const montenegrin = codeOf(printIic({ country: 'me', taxNumber: '03257746', ...asked }))
        const issuedAt = new Date(Date.parse(`${wall}+02:00`)).toISOString().replace('.000', '')
        expect(montenegrin).toMatchObject({ identity: `me:${iic}`, totalMinor, issuedAt })
        const albanian = codeOf(printIic({ country: 'al', taxNumber: 'K92423004V', ...asked }))
        expect(albanian).toMatchObject({ identity: `al:${iic}`, issuer: 'K92423004V' })
      }),
    )
  })

  test('Ukraine, Uzbekistan, Kyrgyzstan', () => {
    fc.assert(
      fc.property(
        anyDigits(10),
        anyDigits(6),
        anySecond,
        anyTotal,
        (till, number, time, totalMinor) => {
          const ukrainian = codeOf(printUa({ till, number, time: time.slice(0, 16), totalMinor }))
          expect(ukrainian).toMatchObject({ identity: `ua:${till}:${number}`, totalMinor })
          const terminal = 'UZ170703100597'
          const uzbek = codeOf(printUz({ terminal, number, sign: till, time }))
          expect(uzbek).toMatchObject({ identity: `uz:${terminal}:${number}:${till}` })
          const taxNumber = '12345678901234'
          const sale = { till, module: till, sign: till, number, taxNumber, time, totalMinor }
          const identity = `kg:${taxNumber}:${till}:${number}`
          expect(codeOf(printKg(sale))).toMatchObject({ identity, totalMinor, issuedAt: time })
        },
      ),
    )
  })

  test('Portugal, Brazil', () => {
    const document = 'FS 437251001/115666'
    const told = { taxNumber: '513847588', document, atcud: 'JFHXYZ12-115666' }
    expect(codeOf(printPt({ ...told, day: '2025-08-28', totalMinor: 4667 }))).toMatchObject({
      identity: 'pt:513847588:FS%20437251001/115666:JFHXYZ12-115666',
      issuedAt: '2025-08-28',
      totalMinor: 4667,
    })
    const key = '43210193015006003996651230003165881244534711'
    expect(codeOf(printBr({ key, totalMinor: 1234 }))).toMatchObject({
      identity: `br:${key}`,
      issuer: '93015006003996',
      totalMinor: 1234,
    })
  })
})
