import { describe, expect, test } from 'vitest'
import { readCode } from '#fiscal/registry'
import { fieldsOf } from './fields.ts'
import { identityOf } from './identity.ts'
import { passOf } from './printed.test-data.ts'

const LATEST = '2026-12-31'

/** The same text read twice by each of two models, as a proof wants it. */
function fieldsIn(text: string, dissent?: readonly [from: string, to: string]) {
  const passes = ['one', 'one', 'two', 'two'].map((model, index) =>
    passOf(`pass ${index}`, index === 3 && dissent ? text.replace(...dissent) : text, model),
  )
  return fieldsOf(passes, { latest: LATEST })
}

const numbersIn = (text: string) =>
  Object.fromEntries(fieldsIn(text).numbers.map(({ name, value }) => [name, value]))

const KAZAKH = `
  ТОО "Дала Маркет"
  БИН 940140000385
  13.06.2024 19:11:46
  Айран 2,5% 1л
  2 x 600,00 =1200,00
  Қант 1кг
  1 x 447,00 =447,00
  БАРЛЫҒЫ =1647,00
  НАЛИЧНЫЕ =2000,00
  СДАЧА =353,00
  ФП: 2936414372
  РНМ: 010100886168
  ЗНМ: SWK00030767
  ОФД: consumer.oofd.kz`

const SUMS = `
  Kava 1,80
  Kruh 2,20
  UKUPNO 4,00
  GOTOVINA 5,00
  KUSUR 1,00`

const HEX = '985f2b1dc08438b3331fc9b2b22e2df9'
const UUID = '4f1c9a2e-7d3b-4c58-9e01-8ab2c3d4e5f6'
const KEY = '4321 0193 0150 0600 3996 6512 3000 3165 8812 4453 4711'

describe('numbers that name a receipt abroad', () => {
  test.each([
    ['Kazakhstan', KAZAKH, { kz_sign: '2936414372', kz_till: '010100886168' }],
    ['Kazakhstan', KAZAKH, { kz_serial: 'SWK00030767', kz_operator: 'oofd.kz' }],
    ['Croatia', `JIR: ${UUID}\nZKI: ${HEX}`, { hr_jir: UUID.toUpperCase() }],
    ['Slovenia, beneath', `ZOI:\n${HEX}\nEOR: ${UUID}`, { si_zoi: HEX.toUpperCase() }],
    ['Montenegro', `IKOF: ${HEX}\nJIKR: ${UUID}`, { me_iic: HEX.toUpperCase() }],
    ['Albania', `NSLF ${HEX}\nNIVF ${UUID}`, { al_fic: UUID.toUpperCase() }],
    ['Slovakia', `DKP 12345\nUID: O-${HEX}`, { sk_uid: `O-${HEX.toUpperCase()}` }],
    ['Brazil, broken', `NFC-e\n${KEY.slice(0, 29)}\n${KEY.slice(30)}`, { br_key: compact(KEY) }],
    ['Portugal', 'NIF 501964843\nFatura FS 001/1234', {}],
    [
      'Portugal',
      'ATCUD:JFHXYZ12-1234\nFS 001/1234',
      { pt_atcud: 'JFHXYZ12-1234', pt_document: 'FS 001/1234' },
    ],
    [
      'Serbia',
      'ПФР број рачуна: ABCD1234-EFGH5678-912\nБројач рачуна: 812/912ПП',
      { rs_number: 'ABCD1234-EFGH5678-912', rs_counter: '812/912ПП' },
    ],
    [
      'Ukraine',
      'ПН 302705210068\nФН ПРРО 4000123456\nЧЕК № 1725',
      { ua_till: '4000123456', ua_document: '1725' },
    ],
    [
      'Uzbekistan',
      'STIR 301234567\nFM raqami: UZ170703100597\nChek raqami: 2421\nFiskal belgi: 514343190161',
      { uz_terminal: 'UZ170703100597', uz_document: '2421', uz_sign: '514343190161' },
    ],
    [
      'Kyrgyzstan',
      'РН ККМ: 0000000000012345\nФМ: 000000000000002\nФД: 1720\nФПД: 000000000000004',
      { kg_module: '000000000000002', kg_document: '1720', kg_sign: '000000000000004' },
    ],
    [
      'Austria',
      'UID: ATU10223006\nKassen-ID: KASSE-12\nBeleg-Nr.: 004711',
      { at_till: 'KASSE-12', at_receipt: '004711' },
    ],
    [
      'Germany',
      `TSE-Transaktion: 4711\nTSE-Seriennummer: ${HEX}${HEX}\nSignaturzähler: 9001`,
      {
        de_tse_serial: `${HEX}${HEX}`.toUpperCase(),
        de_transaction: '4711',
        de_signature_counter: '9001',
      },
    ],
    ['Mexico', `RFC: AAA010101AAA\nFOLIO FISCAL: ${UUID}`, { mx_uuid: UUID.toUpperCase() }],
    ['Chile', 'R.U.T.: 76.123.456-7\nBOLETA ELECTRONICA N° 99812', { cl_folio: '99812' }],
  ])('%s', (_, text, expected) => {
    expect(numbersIn(text)).toMatchObject(expected)
  })

  test('a Russian receipt has none of them', () => {
    expect(numbersIn('ИНН: 7707083893\nФН: 9280440300065001\nФД: 30296\nФПД: 0451515782')).toEqual(
      {},
    )
  })

  test('letters that no hexadecimal number has are put right', () => {
    const misread = HEX.replace('0', 'O').replace('5', 'S')
    expect(numbersIn(`JIR: ${UUID}\nZKI: ${misread}`)).toMatchObject({ hr_zki: HEX.toUpperCase() })
  })

  test('check digits and numbers that name each other prove', () => {
    const certaintyOf = (text: string, wanted: string) =>
      fieldsIn(text).numbers.find(({ name }) => name === wanted)
    expect(certaintyOf(`NFC-e\n${KEY}`, 'br_key')).toMatchObject({
      certainty: 'proved',
      reason: 'key_check_digits',
    })
    const wrong = KEY.replace('4711', '4712')
    expect(certaintyOf(`NFC-e\n${wrong}`, 'br_key')?.certainty).not.toBe('proved')
    const portuguese = 'ATCUD:JFHXYZ12-1234\nFS 001/1234'
    expect(certaintyOf(portuguese, 'pt_atcud')?.reason).toBe('atcud_fits')
    expect(certaintyOf(portuguese.replace('/1234', '/1284'), 'pt_atcud')?.certainty).not.toBe(
      'proved',
    )
  })
})

function compact(text: string) {
  return text.replaceAll(' ', '')
}

describe('an identity rebuilt abroad', () => {
  test('of Kazakhstan is what the code of the paper says', () => {
    const printed = identityOf(fieldsIn(KAZAKH))
    expect(printed).toMatchObject({
      country: 'kz',
      text: 'https://consumer.oofd.kz/?i=2936414372&f=010100886168&s=1647.00&t=20240613T191146',
      scan: null,
      isProved: true,
      reasons: [],
    })
  })

  test('of Kazakhstan knows the operator by its name as well', () => {
    const named = KAZAKH.replace('consumer.oofd.kz', 'АО "Казахтелеком"')
    expect(identityOf(fieldsIn(named))?.text).toBe(identityOf(fieldsIn(KAZAKH))?.text)
  })

  test('is not proved where one reading has another digit, or seconds that differ', () => {
    const sign = identityOf(fieldsIn(KAZAKH, ['2936414372', '2936414872']))
    expect(sign).toMatchObject({ isProved: false, reasons: ['number_not_agreed:kz_sign'] })
    const seconds = identityOf(fieldsIn(KAZAKH, ['19:11:46', '19:11:48']))
    expect(seconds?.reasons).toContain('seconds_not_agreed')
  })

  test('is not proved by one model, and is none without the operator', () => {
    const passes = [1, 2, 3, 4].map((index) => passOf(`pass ${index}`, KAZAKH, 'one'))
    expect(identityOf(fieldsOf(passes, { latest: LATEST }))?.isProved).toBe(false)
    expect(identityOf(fieldsIn(KAZAKH.replace('ОФД: consumer.oofd.kz', '')))).toBeNull()
  })

  test.each([
    ['hr', `OIB 12345678903\n20.10.2025 13:14\n${SUMS}\nJIR: ${UUID}\nZKI: ${HEX}`, `hr:${UUID}`],
    [
      'si',
      `ID za DDV: SI10223002\n20.10.2025 13:14:05\n${SUMS}\nZOI: ${HEX}\nEOR: ${UUID}`,
      `si:${HEX}`,
    ],
    ['me', `PIB: 03257746\n11.07.2026 15:51:04\n${SUMS}\nIKOF: ${HEX}`, `me:${HEX.toUpperCase()}`],
    [
      'al',
      `NIPT K92423004V\n12.02.2025 08:10:38\n${SUMS}\nNSLF: ${HEX}`,
      `al:${HEX.toUpperCase()}`,
    ],
    ['sk', `DKP 1\n12.02.2025 08:10\n${SUMS}\nUID: O-${HEX}`, `sk:O-${HEX.toUpperCase()}`],
    ['br', `NFC-e CNPJ 93.015.006/0039-96\n${SUMS}\n${KEY}`, `br:${compact(KEY)}`],
    [
      'ua',
      `ПН 302705210068\n15-08-2026 12:00\n${SUMS}\nФН ПРРО 4000123456\nЧЕК № 17`,
      'ua:4000123456:17',
    ],
    [
      'uz',
      `STIR 301234567\n04.01.2023 12:18:01\n${SUMS}\nFM raqami: UZ170703100597\nChek raqami: 2421\nFiskal belgi: 514343190161`,
      'uz:UZ170703100597:2421:514343190161',
    ],
    [
      'pt',
      `NIF 501964843\n2025-08-28 10:11\n${SUMS}\nFS 001/1234\nATCUD:JFHXYZ12-1234`,
      'pt:501964843:FS%20001/1234:JFHXYZ12-1234',
    ],
  ])('of %s is what its code would say', (country, text, identity) => {
    const printed = identityOf(fieldsIn(text))
    expect(printed).toMatchObject({ country, isProved: true, reasons: [] })
    const reading = readCode(printed?.text ?? '')
    expect(reading.ok && reading.code.identity).toBe(identity)
  })

  test.each(['Kassen-ID: KASSE-12\nBeleg-Nr.: 004711', `TSE-Seriennummer: ${HEX}${HEX}`])(
    'is none where the signature is not printed: %s',
    (numbers) => {
      expect(identityOf(fieldsIn(`ATU10223006\n20.10.2025 13:14\n${SUMS}\n${numbers}`))).toBeNull()
    },
  )
})
