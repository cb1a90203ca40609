import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Directory } from '#worker/cells/directory'
import { settleIdentities } from '#worker/receipts/settle-identities'
import { Database } from './database.sqlite.ts'

/**
 * Receipts of a country that numbers one twice, by the moment that both codes print (decision
 * 0023): of any two that may be one, the later is told of the earlier and goes to a person,
 * whatever is repeated or out of order, and what is closed stands in nobody's way.
 *
 * Mutants: answering what came later as well (two wait for each other, and neither is paid);
 * answering nothing to whoever asks again (both are paid); keeping what was released.
 */
const MOMENT = 'moment:hr:2026-11-21T18:42:12550'

type Asker = { receiptId: string; numbering: 'zki' | 'jir'; taxNumber: string }

const asker = (receiptId: string, numbering: 'zki' | 'jir', taxNumber = ''): Asker => {
  return { receiptId, numbering, taxNumber }
}

function withDirectory<Answer>(work: (directory: Directory) => Answer): Answer {
  const database = Database.open('directory')
  try {
    return work(new Directory(database.store()))
  } finally {
    database.close()
  }
}

const othersOf = (directory: Directory, one: Asker) => {
  const outcome = directory.noteMoment({ moment: MOMENT, ...one })
  return outcome.kind === 'noted' ? outcome.others : null
}

const askers = fc.uniqueArray(
  fc.record({
    receiptId: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
    numbering: fc.constantFrom('zki' as const, 'jir' as const),
    taxNumber: fc.constantFrom('', '1', '2'),
  }),
  { minLength: 2, maxLength: 5, selector: ({ receiptId }) => receiptId },
)

const mayBeOne = (one: Asker, other: Asker) =>
  one.numbering !== other.numbering &&
  (one.taxNumber === other.taxNumber || one.taxNumber === '' || other.taxNumber === '')

describe('receipts of one minute and total', () => {
  it('are compared once for each two that may be one, however often each asks', () => {
    const calls = fc.array(fc.nat(), { minLength: 5, maxLength: 20 })
    fc.assert(
      fc.property(askers, calls, (all, order) => {
        withDirectory((directory) => {
          const told = new Map<string, readonly string[]>()
          // Everybody asks at least once, in this order and with repeats between.
          for (const index of [...order, ...all.keys()]) {
            const one = all[index % all.length]
            if (!one) continue
            const others = othersOf(directory, one) ?? []
            expect(told.get(one.receiptId) ?? others).toEqual(others)
            told.set(one.receiptId, others)
          }
          for (const one of all) {
            for (const other of all) {
              if (one.receiptId >= other.receiptId) continue
              const isTold = told.get(one.receiptId)?.includes(other.receiptId)
              const isOtherTold = told.get(other.receiptId)?.includes(one.receiptId)
              expect([isTold, isOtherTold].filter(Boolean)).toHaveLength(
                mayBeOne(one, other) ? 1 : 0,
              )
            }
          }
        })
      }),
    )
  })

  it('are told of nothing that was closed, and not noted once they are', async () => {
    const database = Database.open('directory')
    const directory = new Directory(database.store())
    const shard = {
      noteIdentities: async (id: string, others: readonly string[]) =>
        directory.noteIdentities(id, others),
      settle: async (identity: string, by: { receiptId: string; ownerMasked: string }) =>
        directory.settle(identity, by, 1),
      claimPrinted: async (identity: string, by: { receiptId: string; ownerMasked: string }) =>
        directory.claimPrinted(identity, by, 1),
    }
    const settler = { receiptId: 'a', ownerMasked: '' }
    await settleIdentities(settler, { proved: ['hr:a'], elsewhere: [MOMENT] }, () => shard)
    // A person has vouched for it as well: what was noted first is not forgotten.
    await settleIdentities(settler, { proved: ['hr:a', 'hr:A'] }, () => shard)
    expect(othersOf(directory, asker('a', 'zki'))).toEqual([])
    expect(othersOf(directory, asker('b', 'jir'))).toEqual(['a'])
    const free = (fingerprint: string) =>
      directory.release({ fingerprint, receiptId: 'a', contentKey: '' }, false, 2)
    for (const other of free('hr:a')) free(other)
    expect(othersOf(directory, asker('b', 'jir'))).toEqual([])
    expect(othersOf(directory, asker('a', 'zki'))).toBeNull()
    expect(othersOf(directory, asker('c', 'jir'))).toEqual([])
    expect([directory.holderOf('hr:a'), directory.holderOf('hr:A')]).toEqual([null, null])
    database.close()
  })
})
