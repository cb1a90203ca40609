import { describe, expect, it } from 'vitest'
import { readCode } from '#fiscal/registry'
import { minor } from '#schema/money'
import type { SaleDraft } from '#schema/sale'
import { isIssuedBy, soldIn } from './sold.ts'

const CODE = 'https://consumer.wofd.kz/?i=912345678901&f=010105678901&s=8500.00&t=20260115T143000'
const SALE: SaleDraft = {
  till: 'kz:010105678901',
  number: '17',
  time: '2026-01-15T14:30',
  totalMinor: minor(850_000),
  currency: 'KZT',
  operation: 'sale',
  saleNumber: null,
  saleTill: null,
  fiscal: { code: CODE },
  lines: [],
}
const PORTUGUESE =
  'A:500100144*B:999999990*C:PT*D:FS*E:N*F:20260115*G:FS 1/7*H:JFT9X8WR-7*I1:PT*I7:2.00*I8:0.46' +
  '*N:0.46*O:2.46*Q:abcd*R:1234'
const FEEDER = { market: 'kz', taxNumber: '990140001233' } as const
const sold = (changes: Partial<SaleDraft> = {}) => soldIn(FEEDER, { ...SALE, ...changes })
const coded = (code: string) => sold({ fiscal: { code } })

describe('a sale abroad', () => {
  it('is kept by the identity of its code, whatever the spelling', () => {
    const fiscal = { identity: 'kz:010105678901:912345678901' }
    expect(sold()).toEqual({ ...SALE, fiscal })
    expect(coded(CODE.replace('https://consumer.wofd.kz', 'http://ofd1.kz/t'))).toEqual(sold())
  })

  it('may be without a code, and a few minutes off its till’s clock', () => {
    expect(sold({ fiscal: null })).toMatchObject({ fiscal: null })
    expect(sold({ time: '2026-01-15T14:35' })).toMatchObject({ time: '2026-01-15T14:35' })
  })

  it.each([
    ['total', CODE.replace('8500', '9500')],
    ['till', CODE.replace('010105678901', '010105678902')],
    ['hour', CODE.replace('T1430', 'T1530')],
    ['country', 'https://ofd.soliq.uz/check?t=UZ170703100597&r=2421&c=20260115143000&s=5'],
  ])('is refused when its code is of another %s', (_, code) => {
    expect(coded(code)).toBe('fiscal')
  })

  it('is in the currency of its market, and Russian numbers are Russia’s', () => {
    expect(sold({ currency: 'RUB' })).toBe('currency')
    expect(sold({ fiscal: { fn: '9999078900000001', fd: 1, fp: 1 } })).toBe('fiscal')
    expect(soldIn({ ...FEEDER, market: 'ru' }, { ...SALE, currency: 'RUB' })).toBe('fiscal')
  })
})

function codeOf(text: string) {
  const read = readCode(text)
  if (!read.ok) throw new Error(read.reason)
  return read.code
}

describe('a code that names its issuer', () => {
  const code = codeOf(PORTUGUESE)
  const draft: SaleDraft = {
    ...SALE,
    ...{
      till: 'loja-1',
      currency: 'EUR',
      time: `${code.issuedAt}T12:00`,
      fiscal: { code: PORTUGUESE },
    },
    totalMinor: minor(code.totalMinor ?? 0),
  }
  const fedBy = (taxNumber: string) => soldIn({ market: 'pt', taxNumber }, draft)

  it('is fed by nobody but that seller', () => {
    expect(fedBy(code.issuer ?? '')).toMatchObject({ fiscal: { identity: code.identity } })
    expect(fedBy(`PT${code.issuer}`)).toEqual(fedBy(code.issuer ?? ''))
    expect(fedBy('500100152')).toBe('fiscal')
  })
})

it('an Austrian till may sign under a number of another register', () => {
  const code = { ...codeOf(PORTUGUESE), country: 'at' } as const
  const of = (issuer: string | null) => isIssuedBy({ ...code, issuer }, 'ATU12345675')
  expect([of(null), of('123456789'), of('ATU12345675'), of('ATU99999999')]).toEqual([
    true,
    true,
    true,
    false,
  ])
})
