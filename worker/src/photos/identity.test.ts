import { describe, expect, test } from 'vitest'
import type { MarketCode } from '#schema/market'
import { type IdentityPorts, identityOn } from './identity.ts'
import { ReaderAnswer } from './reader.ts'

/** Printed numbers of any country go the way of a scan, and only when they are proved. */

const KAZAKH = 'https://consumer.oofd.kz/?i=2936414372&f=010100886168&s=1647.00&t=20240613T191146'
const RUSSIAN = 't=20240620T1620&s=233.90&fn=9280440300065001&i=30296&fp=451515782&n=1'

const answerWith = (
  printed: object | null,
  codes: readonly string[] = [],
  numbers: readonly object[] = [],
) => {
  const answer = ReaderAnswer.parse({
    ok: true,
    shots: [{ width: 900, height: 1600 }],
    risk: [],
    hashes: [],
    fields: numbers.length > 0 ? { ...NO_FIELDS, numbers } : null,
    codes: codes.map((text) => ({ text })),
    printed,
    trusted: false,
    reasons: [],
  })
  if (!answer.ok) throw new Error('no answer')
  return answer
}

const FIELD_NAMES = ['retailer', 'taxNumber', 'date', 'time', 'totalMinor', 'fn', 'fd', 'fp']
const NO_FIELDS = { ...Object.fromEntries(FIELD_NAMES.map((name) => [name, null])), items: [] }

const jobIn = (market: MarketCode) => ({
  id: 'pho_00000001',
  walletId: 'wal_00000001',
  key: 'k',
  shots: [1],
  market,
  forPerson: false,
})

function ports(open: readonly MarketCode[], submitted: string[] = []): IdentityPorts {
  return {
    codes: { keys: { find: async () => null }, isOpen: (market) => open.includes(market) },
    submitIn: async (market, { fingerprint }) => {
      submitted.push(`${market} ${fingerprint}`)
      return 'rcp_00000001'
    },
    now: () => Date.parse('2024-06-14T09:00:00Z'),
  }
}

describe('numbers without a code', () => {
  test('of Kazakhstan are submitted as the scan of its code would be', async () => {
    const answer = answerWith({ text: KAZAKH, isProved: true })
    const { identity, scan } = await identityOn(jobIn('kz'), answer, ports(['kz']))
    expect(identity).toMatchObject({
      kind: 'here',
      submission: { fingerprint: 'kz:010100886168:2936414372' },
    })
    expect(scan).toMatchObject({ country: 'kz', totalMinor: 164_700, trust: 'lookup' })
  })

  test('of Russia are a Russian scan', async () => {
    const answer = answerWith({ text: RUSSIAN, isProved: true })
    const { scan } = await identityOn(jobIn('ru'), answer, ports([]))
    expect(scan).toMatchObject({ fn: '9280440300065001', i: 30296, fp: 451515782 })
  })

  test('that are not proved are nobody’s', async () => {
    const answer = answerWith({ text: KAZAKH, isProved: false })
    expect((await identityOn(jobIn('kz'), answer, ports(['kz']))).identity).toBeNull()
  })

  test('of another market go to that one', async () => {
    const submitted: string[] = []
    const answer = answerWith({ text: KAZAKH, isProved: true })
    const { identity } = await identityOn(jobIn('ru'), answer, ports(['kz'], submitted))
    expect(identity).toEqual({ kind: 'abroad', country: 'kz', receiptId: 'rcp_00000001' })
    expect(submitted).toEqual(['kz kz:010100886168:2936414372'])
  })

  test('stand back where codes of several receipts are read', async () => {
    const other = KAZAKH.replace('2936414372', '2936414373')
    const answer = answerWith({ text: RUSSIAN, isProved: true }, [KAZAKH, other])
    expect((await identityOn(jobIn('kz'), answer, ports(['kz']))).identity).toBeNull()
  })
})

describe('a Croatian code beside its print', () => {
  const ZKI = '985f2b1dc08438b3331fc9b2b22e2dab'
  const JIR = '0d0c1a5e-9f3a-4f6e-8c2b-5a1c9e7d2b44'
  const page = 'https://porezna.gov.hr/rn'
  const link = (number: string) => `${page}?${number}&datv=20240613_1911&izn=12,55`
  const number = (name: 'hr_zki' | 'hr_jir', value: string) => {
    return { name, value, certainty: 'plausible', corners: [], shot: 0 }
  }
  const both = [number('hr_zki', ZKI.toUpperCase()), number('hr_jir', JIR)]

  async function printedBeside(code: string, numbers: readonly object[]) {
    const answer = answerWith(null, [link(code)], numbers)
    const { scan } = await identityOn(jobIn('hr'), answer, ports(['hr']))
    if (scan === null || !('text' in scan)) throw new Error('not read')
    return scan.alsoPrinted
  }

  test.each([
    ['ZKI', `zki=${ZKI}`, `hr:${JIR}`],
    ['JIR', `jir=${JIR}`, `hr:${ZKI}`],
  ])('that has its %s is also called by the other number', async (_, code, other) => {
    expect(await printedBeside(code, both)).toEqual([other])
  })

  test('is called by nothing that stands on another paper, twice, or not whole', async () => {
    const own = `zki=${ZKI}`
    expect(await printedBeside(own, [number('hr_jir', JIR)])).toBeUndefined()
    const second = number('hr_jir', JIR.replace('0d0c', '1d1c'))
    expect(await printedBeside(own, [...both, second])).toBeUndefined()
    const cut = number('hr_jir', JIR.slice(0, 20))
    expect(await printedBeside(own, [number('hr_zki', ZKI), cut])).toBeUndefined()
    const foreign = number('hr_zki', ZKI.replace('985f', '985e'))
    expect(await printedBeside(own, [foreign, number('hr_jir', JIR)])).toBeUndefined()
  })
})
