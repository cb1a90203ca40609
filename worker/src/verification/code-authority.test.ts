import { expect, test } from 'vitest'
import { readCode } from '#fiscal/registry'
import { SAFE_TRUST, type TrustRule } from '#schema/market'
import { minor } from '#schema/money'
import { askAboutCode, type CodePorts } from './code-authority.ts'
import type { LookupDocument } from './lookups/lookup.ts'

const ONLINE = 'O-863A291A95A64D7EBA291A95A63D7E4C'

function identityOf(text: string): string {
  const read = readCode(text)
  if (!read.ok) throw new Error(read.reason)
  return read.code.identity
}

const TOLD: LookupDocument = {
  ...{ identities: [identityOf(ONLINE)], sellerName: 'Potraviny', sellerTaxNumber: '2020216000' },
  ...{ till: '88820202160000001', address: null, placeName: null, operation: 'sale', lines: [] },
  ...{ totalMinor: 1_250, currency: 'EUR', issuedAt: '2026-11-21T18:42:00' },
}

function ask(told: LookupDocument | null, text = ONLINE, rule: TrustRule = 'confirm') {
  const ports: CodePorts = {
    keys: { find: async () => null },
    ownerOf: async () => null,
    policy: async () => ({ ...SAFE_TRUST, reference: rule }),
    lookUp: () => told && { ask: async () => ({ kind: 'authentic', document: told }) },
    sale: async () => null,
  }
  return askAboutCode(
    {
      ...{ country: 'sk', text, time: '2026-11-21T18:42', totalMinor: minor(0) },
      ...{ operation: 'sale', issuer: null, till: null, trust: 'lookup', signature: 'absent' },
      ...{ missing: [], officialPage: null },
    },
    ports,
  )
}

test('the till of a code that names none is the one that its look-up tells', async () => {
  const { till } = TOLD
  expect(await ask(TOLD)).toMatchObject({ document: { tillRegistration: `sk:${till}` } })
  expect(await ask({ ...TOLD, till: null })).toMatchObject({ document: { tillRegistration: null } })
})

test('a code that its market believes answers for itself: nobody was asked', async () => {
  const text =
    'A:500100144*B:999999990*C:PT*D:FS*E:N*F:20260115*G:FS 1/7*H:JFT9X8WR-7*I1:PT*I7:2.00*I8:0.46' +
    '*N:0.46*O:2.46*Q:abcd*R:1234'
  expect(await ask(null, text, 'pays')).toMatchObject({ kind: 'authentic', by: 'code' })
  expect(await ask(TOLD)).not.toHaveProperty('by')
})
