import { describe, expect, test } from 'vitest'
import { readCode } from '#fiscal/registry'
import { SAFE_TRUST, type TrustRule } from '#schema/market'
import { minor } from '#schema/money'
import type { FiscalDocument } from '#schema/receipt'
import type { AuthorityAnswer } from './authority.ts'
import { askAboutCode, type CodePorts } from './code-authority.ts'
import type { LookUp, LookupDocument } from './lookups/lookup.ts'

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

type Said = Awaited<ReturnType<LookUp['ask']>>

function ask(told: LookupDocument | null, text = ONLINE, rule: TrustRule = 'confirm') {
  return askBeside(told && { kind: 'authentic', document: told }, null, text, rule)
}

/** What comes of a code about which a look-up and a feed say this; null: there is none. */
function askBeside(
  said: Said | null,
  sold: AuthorityAnswer | null,
  text = ONLINE,
  rule: TrustRule = 'confirm',
) {
  const ports: CodePorts = {
    keys: { find: async () => null },
    ownerOf: async () => null,
    policy: async () => ({ ...SAFE_TRUST, reference: rule }),
    lookUp: () => said && { ask: async () => said },
    sale: async () => sold,
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

describe('the shop’s own sale beside a look-up', () => {
  const DOCUMENT: FiscalDocument = {
    ...{ time: '2026-11-21T18:42', totalMinor: minor(1_250), kind: 1, sellerName: 'Potraviny' },
    ...{ sellerTaxNumber: '2020216000', tillRegistration: 'sk:88820202160000001' },
    ...{ fiscalDrive: null, address: null, placeName: null, lines: [] },
  }
  const SOLD: AuthorityAnswer = { kind: 'authentic', document: DOCUMENT, by: 'sale' }
  const CONTESTED: AuthorityAnswer = { kind: 'unconfirmed', claimedBy: ['Potraviny', 'Cudzí'] }

  test.each<Said>([
    { kind: 'not_delivered' },
    { kind: 'unavailable', detail: '503' },
    { kind: 'unavailable', detail: '400', sparingly: true },
    { kind: 'quota', detail: 'resting', retryAfterMs: 60_000 },
  ])('vouches where the look-up says nothing of the receipt: $kind', async (said) => {
    expect(await askBeside(said, SOLD)).toEqual(SOLD)
    expect(await askBeside(said, CONTESTED)).toEqual(CONTESTED)
    expect(await askBeside(said, null)).toEqual(said)
    // A feed that says otherwise ends nothing while the state has not spoken.
    expect(await askBeside(said, { kind: 'differs', fields: ['total'] })).toEqual(said)
  })

  test.each<Said>([
    { kind: 'forged', detail: 'signature' },
    { kind: 'differs', fields: ['total'] },
  ])('changes nothing that the state has said: $kind', async (said) => {
    expect(await askBeside(said, SOLD)).toEqual(said)
  })

  test('is asked where there is no look-up', async () => {
    expect(await askBeside(null, SOLD)).toEqual(SOLD)
    expect(await askBeside(null, null)).toEqual({ kind: 'unconfirmed' })
  })
})
