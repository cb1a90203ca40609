import { describe, expect, it } from 'vitest'
import { minor } from '#schema/money'
import type { FiscalDocument, RuScan } from '#schema/receipt'
import type { SettleOutcome } from '../cells/directory.ts'
import { documentOf } from '../offers/sample.test-data.ts'
import {
  emptySnapshot,
  indexSnapshot,
  recogniseStore,
  tillWithNewDrive,
} from '../offers/snapshot.ts'
import { type DriveOutcome, type JudgedMarket, type SeenDrive, verifyReceipt } from './verify.ts'

const REGISTRATION = '0000000001000001'
const OLD = '9999078900000001'
const NEW = '9999078900000002'

/** A market with one till, registered under `drive`. */
function marketOf(drive: string): JudgedMarket {
  const snapshot = {
    ...emptySnapshot('ru'),
    stores: [
      {
        id: 'sto_00000001',
        partnerId: 'prt_00000001',
        name: 'Лавка',
        address: 'Мира, 1',
        tills: [{ registration: REGISTRATION, fiscalDrive: drive }],
      },
    ],
  }
  const index = indexSnapshot(snapshot)
  return {
    version: 1,
    storeOf: (document, scan) => recogniseStore(index, document, scan),
    tillWithNewDrive: (document, scan) => tillWithNewDrive(index, document, scan),
    match: async (lines) => lines.map(() => ({ product: null, certain: false, name: '', by: '' })),
  }
}

/** Verifies a receipt of `fn`; answers which drives were learned and which shops remembered. */
async function verify(
  fn: string,
  registration: string | null,
  market: JudgedMarket,
  outcome: DriveOutcome = 'learned',
) {
  const scan: RuScan = {
    time: '2026-11-21T18:42',
    totalMinor: minor(9_999),
    fn,
    i: 1,
    fp: 1,
    kind: 1,
  }
  const document: FiscalDocument = {
    ...documentOf([{ sumMinor: 9_999 }]),
    tillRegistration: registration,
    sellerTaxNumber: null,
    fiscalDrive: fn,
  }
  const learned: SeenDrive[] = []
  const remembered: string[] = []
  await verifyReceipt(
    { cell: 'cell-0', receiptId: 'rcp_00000001', scan, ownerMasked: '', sale: null },
    {
      authority: { ask: async () => ({ kind: 'authentic', document }) },
      market: { current: async () => market },
      answer: async () => {},
      noteReceipt: async () => {},
      returnsOf: async () => [],
      settleReturn: async () => null,
      noteVouched: async () => {},
      noteClaimants: async () => {},
      askSale: async () => ({ kind: 'not_delivered' }),
      notePurchase: async () => ({ kind: 'yours' }),
      settle: async () => ({ kind: 'yours' }),
      noteMoment: async () => ({ kind: 'noted', others: [] }),
      rememberStore: async (_, seen) => void remembered.push(seen.fn),
      learnDrive: async (seen) => {
        learned.push(seen)
        return outcome
      },
    },
  )
  return { learned, remembered }
}

const learnedNew = [{ registration: REGISTRATION, fiscalDrive: NEW, seenAt: '2026-11-21T18:42' }]

describe('the fiscal drive of a registered till', () => {
  it('is learned from the first receipt when nobody typed it', async () => {
    const { learned, remembered } = await verify(NEW, REGISTRATION, marketOf(''))
    expect(learned).toEqual(learnedNew)
    expect(remembered).toEqual([])
  })

  it('is learned anew when replaced, from a registration padded as tills print it', async () => {
    const { learned } = await verify(NEW, `${REGISTRATION}    `, marketOf(OLD))
    expect(learned).toEqual(learnedNew)
  })

  it('is not written again while it stays the same', async () => {
    const { learned, remembered } = await verify(OLD, REGISTRATION, marketOf(OLD))
    expect(learned).toEqual([])
    expect(remembered).toEqual([])
  })

  it('is left to the operator when it is recorded elsewhere', async () => {
    const { remembered } = await verify(NEW, REGISTRATION, marketOf(OLD), 'elsewhere')
    expect(remembered).toEqual([NEW])
    const kept = await verify(NEW, REGISTRATION, marketOf(OLD), 'kept')
    expect(kept.remembered).toEqual([])
  })

  it('is not learned from a receipt that does not name its till', async () => {
    expect(await verify(NEW, null, marketOf(OLD))).toEqual({ learned: [], remembered: [NEW] })
    expect(await verify(OLD, null, marketOf(OLD))).toEqual({ learned: [], remembered: [] })
  })
})

describe('a receipt of several numbers', () => {
  const scan = {
    country: 'sk' as const,
    text: '',
    time: '2026-11-21T18:42',
    totalMinor: minor(9_999),
    operation: 'sale' as const,
    issuer: null,
    till: null,
    trust: 'lookup' as const,
    signature: 'absent' as const,
    missing: [],
    officialPage: null,
  }

  /** Verifies one that is vouched for under two; answers what was asked for and what was told. */
  async function settled(outcome: SettleOutcome) {
    const asked: unknown[] = []
    const told: unknown[] = []
    const document = documentOf([{ sumMinor: 9_999 }])
    const identities = ['sk:O-1', 'sk:2']
    const notCalled = async () => {
      throw new Error('not for a receipt that is another one')
    }
    await verifyReceipt(
      { cell: 'cell-0', receiptId: 'rcp_00000001', scan, ownerMasked: '+7 …1', sale: null },
      {
        authority: { ask: async () => ({ kind: 'authentic', document, identities }) },
        market: { current: notCalled },
        answer: async (_, result) => void told.push(result),
        noteReceipt: async () => {},
        noteVouched: notCalled,
        noteClaimants: notCalled,
        askSale: notCalled,
        notePurchase: notCalled,
        settle: async ({ receiptId, ownerMasked }, of) => {
          asked.push({ receiptId, ownerMasked, of })
          return outcome
        },
        noteMoment: notCalled,
        returnsOf: notCalled,
        settleReturn: notCalled,
        rememberStore: notCalled,
        learnDrive: notCalled,
      },
    )
    return { asked, told }
  }

  it('is a duplicate when another receipt was vouched for under one of them', async () => {
    const taken = { kind: 'taken', by: '+7 …2', at: 1 } as const
    expect(await settled(taken)).toEqual({
      asked: [
        {
          receiptId: 'rcp_00000001',
          ownerMasked: '+7 …1',
          of: { proved: ['sk:O-1', 'sk:2'], printed: [], elsewhere: [] },
        },
      ],
      told: [taken],
    })
  })

  it('is told nothing when it was closed meanwhile', async () => {
    expect((await settled({ kind: 'released' })).told).toEqual([])
  })
})

it('a purchase that its retailer vouches for is noted as such, a photo or a code', async () => {
  const noted: boolean[] = []
  const notCalled = async () => {
    throw new Error('not for a purchase that was credited by its paper')
  }
  const document = { ...documentOf([{ sumMinor: 9_999 }]), sellerTaxNumber: '7700000001' }
  const scan = {
    fn: OLD,
    i: 1,
    fp: 1,
    kind: 1 as const,
    time: document.time,
    totalMinor: minor(9_999),
  }
  for (const by of ['sale', 'code', undefined] as const) {
    await verifyReceipt(
      { cell: 'cell-0', receiptId: 'rcp_00000001', scan, ownerMasked: '', sale: null },
      {
        authority: { ask: async () => ({ kind: 'authentic', document, ...(by ? { by } : {}) }) },
        market: { current: notCalled },
        answer: async () => {},
        noteReceipt: async () => {},
        noteVouched: async () => {},
        noteClaimants: async () => {},
        askSale: notCalled,
        notePurchase: async ({ bySale }) => {
          noted.push(bySale)
          return { kind: 'taken', at: 0, by: '' }
        },
        settle: notCalled,
        noteMoment: notCalled,
        returnsOf: notCalled,
        settleReturn: notCalled,
        rememberStore: notCalled,
        learnDrive: notCalled,
      },
    )
  }
  expect(noted).toEqual([true, false, false])
})
