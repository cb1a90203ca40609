import { describe, expect, it } from 'vitest'
import { compileSnapshot, type SnapshotRows } from './compile.ts'
import { offerOf } from './sample.test-data.ts'
import { indexSnapshot, recogniseStore } from './snapshot.ts'

const { stoppedAt: _, stops: __, ...version } = offerOf('a')
const rows: SnapshotRows = {
  market: 'ru',
  versions: [{ version, stoppedAt: null, suspendedAt: null, stops: [] }],
  retailers: [{ id: 'prt_retail01', name: 'Лавка', taxNumber: '7707083893' }],
  stores: [
    { id: 'sto_1', partnerId: 'prt_retail01', name: 'Лавка на Мира', address: 'Мира, 1' },
    { id: 'sto_2', partnerId: 'prt_retail01', name: 'Лавка на Лесной', address: 'Лесная, 2' },
  ],
  tills: [
    { storeId: 'sto_1', registration: '0000000001000001', fiscalDrive: '9999078900000001' },
    { storeId: 'sto_2', registration: '', fiscalDrive: '9999078900000002' },
  ],
  targetProducts: [],
}
const numbers = { version: 7, productsVersion: 3 }
const now = '2026-11-21T15:00:00.000Z'
const index = indexSnapshot(compileSnapshot(rows, numbers, now))
const nowhere = { tillRegistration: null, fiscalDrive: null, sellerTaxNumber: null, address: null }

describe('compiling', () => {
  it('stops an offer after the minute of its pause, in the zone of the offer', () => {
    const paused = { version, stoppedAt: '2026-11-21T15:42:30.000Z', suspendedAt: null, stops: [] }
    const { offers } = compileSnapshot({ ...rows, versions: [paused] }, numbers, now)
    expect(offers[0]?.stoppedAt).toBe('2026-11-21T18:43')
  })

  it('stops an offer with its partner when that comes first', () => {
    const row = {
      version,
      stoppedAt: '2026-11-22T15:42:00.000Z',
      suspendedAt: '2026-11-21T09:00:00.000Z',
      stops: [],
    }
    const { offers } = compileSnapshot({ ...rows, versions: [row] }, numbers, now)
    expect(offers[0]?.stoppedAt).toBe('2026-11-21T12:00')
  })

  it('keeps the pauses that are over, from the minute after the first to that of the last', () => {
    const stops: [string, string][] = [
      ['2026-11-21T15:42:30.000Z', '2026-11-21T16:10:30.000Z'],
      ['2026-11-20T09:00:00.000Z', '2026-11-20T10:00:00.000Z'],
      ['2026-11-19T09:00:10.000Z', '2026-11-19T09:00:50.000Z'],
    ]
    const resumed = { version, stoppedAt: null, suspendedAt: null, stops }
    const { offers } = compileSnapshot({ ...rows, versions: [resumed] }, numbers, now)
    expect(offers[0]?.stops).toEqual([
      { from: '2026-11-20T12:00', to: '2026-11-20T13:00' },
      { from: '2026-11-21T18:43', to: '2026-11-21T19:10' },
    ])
  })

  it('keeps an ended offer until no receipt can reach it any more', () => {
    // Ends on 1 December, 14 days to submit, 30 more for the till, one of margin: 15 January.
    const at = (day: string) => compileSnapshot(rows, numbers, `${day}T00:00:00.000Z`).offers.length
    expect(at('2027-01-15')).toBe(1)
    expect(at('2027-01-16')).toBe(0)
  })

  it('survives the way through JSON', () => {
    const snapshot = compileSnapshot(rows, numbers, now)
    expect(JSON.parse(JSON.stringify(snapshot))).toEqual(snapshot)
  })
})

describe('recognising the shop', () => {
  it('knows a till by its registration, padded as tills print it', () => {
    const document = { ...nowhere, tillRegistration: '0000000001000001    ' }
    expect(recogniseStore(index, document, '0000000000000000')?.storeId).toBe('sto_1')
  })

  it('trusts the till registration before the fiscal drive', () => {
    const document = {
      ...nowhere,
      tillRegistration: '0000000001000001',
      fiscalDrive: '9999078900000002',
    }
    expect(recogniseStore(index, document, '9999078900000002')?.storeId).toBe('sto_1')
  })

  it('knows a fiscal drive from the document or from the scan', () => {
    const scan = '9999078900000002'
    expect(recogniseStore(index, nowhere, scan)?.storeId).toBe('sto_2')
    const document = { ...nowhere, fiscalDrive: '9999078900000002' }
    expect(recogniseStore(index, document, '0000000000000000')?.storeId).toBe('sto_2')
  })

  it('falls back to the retailer by tax number, without a store', () => {
    const document = { ...nowhere, sellerTaxNumber: '7707083893 ', address: 'Лесная, 9' }
    expect(recogniseStore(index, document, '0000000000000000')).toEqual({
      storeId: null,
      retailerId: 'prt_retail01',
      name: 'Лавка',
      address: 'Лесная, 9',
    })
  })

  it('does not know a shop that nobody registered', () => {
    const document = { ...nowhere, tillRegistration: '', fiscalDrive: '', sellerTaxNumber: '' }
    expect(recogniseStore(index, document, '0000000000000000')).toBeNull()
  })

  it('shows the newest version of an offer', () => {
    const newer = {
      version: { ...version, version: 2 },
      stoppedAt: null,
      suspendedAt: null,
      stops: [],
    }
    const both = { ...rows, versions: [newer, ...rows.versions] }
    const { offers } = indexSnapshot(compileSnapshot(both, numbers, now))
    expect(offers.get(version.offerId)?.version).toBe(2)
  })
})
