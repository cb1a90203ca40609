import { describe, expect, test } from 'vitest'
import type { MarketCode } from '#schema/market'
import { type IdentityPorts, identityOn } from './identity.ts'
import { ReaderAnswer } from './reader.ts'

/** Printed numbers of any country go the way of a scan, and only when they are proved. */

const KAZAKH = 'https://consumer.oofd.kz/?i=2936414372&f=010100886168&s=1647.00&t=20240613T191146'
const RUSSIAN = 't=20240620T1620&s=233.90&fn=9280440300065001&i=30296&fp=451515782&n=1'

const answerWith = (printed: object | null, codes: readonly string[] = []) => {
  const answer = ReaderAnswer.parse({
    ok: true,
    shots: [{ width: 900, height: 1600 }],
    risk: [],
    hashes: [],
    fields: null,
    codes: codes.map((text) => ({ text })),
    printed,
    trusted: false,
    reasons: [],
  })
  if (!answer.ok) throw new Error('no answer')
  return answer
}

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
