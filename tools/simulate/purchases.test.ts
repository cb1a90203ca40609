import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Claim, Directory, type Purchase } from '#worker/cells/directory'
import { paperIdentity } from '#worker/receipts/paper-identity'
import { Database } from './database.sqlite.ts'

/** One purchase by its paper and by its code, on the directory's real schema. */

let database: Database
let directory: Directory

beforeEach(() => {
  database = Database.open('directory')
  directory = new Directory(database.store())
})
afterEach(() => database.close())

const paperAt = (minute: string, totalMinor = 15_000, taxNumber = '7700000009') =>
  paperIdentity({ taxNumber, minute: `2026-11-21T${minute}`, totalMinor })

function claim(paper: string, receiptId = 'rcp_paper'): string | undefined {
  const asked: Claim = { fingerprint: paper, receiptId, ownerMasked: 'A', contentKey: paper }
  return directory.claimMany([asked], 1)[0]?.kind
}

function note(paper: string, changes: Partial<Purchase> = {}): string {
  const noted = { receiptId: 'rcp_code', ownerMasked: 'B', till: '1', bySale: false, ...changes }
  return directory.notePurchase({ paper, ...noted }, 2).kind
}

describe('a paper and a code of one purchase', () => {
  it.each(['18:37', '18:42', '18:47'])('are one at %s, whichever comes first', (minute) => {
    expect(claim(paperAt('18:42'))).toBe('yours')
    expect(note(paperAt(minute))).toBe('taken')
    expect(note(paperAt(minute, 15_000, '1600000004'))).toBe('yours')
    expect(claim(paperAt('18:42', 15_000, '1600000004'), 'rcp_other')).toBe('taken')
  })

  it.each(['18:36', '18:48'])('are two at %s: more minutes than clocks are apart', (minute) => {
    claim(paperAt('18:42'))
    expect(note(paperAt(minute))).toBe('yours')
  })

  it('are two when the total differs by a kopeck, or begins with the same digits', () => {
    claim(paperAt('18:42'))
    expect(note(paperAt('18:42', 15_001))).toBe('yours')
    expect(note(paperAt('18:42', 1_500))).toBe('yours')
  })

  it('give the same answers however often they ask', () => {
    expect([note(paperAt('18:42')), note(paperAt('18:42'))]).toEqual(['yours', 'yours'])
    expect([claim(paperAt('18:42')), claim(paperAt('18:42'))]).toEqual(['taken', 'taken'])
  })
})

describe('two fiscal receipts with one paper', () => {
  const second = { receiptId: 'rcp_second' }

  it('are two shops of a chain as long as the tax service vouches for both', () => {
    note(paperAt('18:42'))
    expect(note(paperAt('18:42'), second)).toBe('yours')
  })

  it('of one till are one purchase when a partner’s word is all there is for either', () => {
    note(paperAt('18:42'), { bySale: true })
    expect(note(paperAt('18:42'), second)).toBe('taken')
    expect(note(paperAt('18:42'), { ...second, till: '2' })).toBe('yours')
    note(paperAt('19:00'))
    expect(note(paperAt('19:00'), { ...second, bySale: true })).toBe('taken')
  })
})
