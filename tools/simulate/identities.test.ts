import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Directory } from '#worker/cells/directory'
import { settleIdentities } from '#worker/receipts/settle-identities'
import { Database } from './database.sqlite.ts'

/**
 * Two receipts that are one: Slovakia numbers it by an id and by an OKP, Croatia by a JIR and by a
 * ZKI. Each was claimed under its own number; whoever is vouched for makes both its own. Every
 * order of the calls, with answers that are lost after the call was applied, on the real schema.
 *
 * Mutants: settling in the order of each receipt's own list (both may be refused, or both paid);
 * taking an identity that was vouched for (two are paid); not noting the others first, or not
 * asking for `released` while settling (a closed receipt keeps a number for ever); releasing the
 * claimed identity alone (likewise).
 */
const ID = 'sk:O-7DBCDA8A56EE426DBCDA8A56EE426D1A'
const OKP = 'sk:1AFD4FAC-A04E1DF8-90E0E9D5-2E1F5EC6-0F8FF371'

class Lost extends Error {}

/** Each identity lies in a shard of its own; which calls lose their answer is given. */
class Network {
  readonly #databases = [ID, OKP].map(() => Database.open('directory'))
  readonly #shards = this.#databases.map((database) => new Directory(database.store()))
  readonly #scheduler: fc.Scheduler
  readonly #losses: boolean[]

  constructor(scheduler: fc.Scheduler, losses: readonly boolean[] = []) {
    this.#scheduler = scheduler
    this.#losses = [...losses]
  }

  shard(identity: string): Directory {
    const shard = this.#shards[identity === ID ? 0 : 1]
    if (!shard) throw new Error('no such shard')
    return shard
  }

  async #call<Answer>(name: string, run: () => Answer): Promise<Answer> {
    await this.#scheduler.schedule(Promise.resolve(), name)
    const answer = run()
    if (this.#losses.shift()) throw new Lost(name)
    return answer
  }

  async #again<Answer>(run: () => Promise<Answer>): Promise<Answer> {
    for (;;) {
      try {
        return await run()
      } catch (cause) {
        if (!(cause instanceof Lost)) throw cause
      }
    }
  }

  claim(receiptId: string, fingerprint: string): string | undefined {
    const asked = { fingerprint, receiptId, ownerMasked: receiptId, contentKey: fingerprint }
    return this.shard(fingerprint).claimMany([asked], 1)[0]?.kind
  }

  settle(receiptId: string, identities: readonly string[]): Promise<string> {
    const settler = { receiptId, ownerMasked: receiptId }
    return this.#again(async () => {
      const outcome = await settleIdentities(settler, { proved: identities }, (identity) => ({
        noteIdentities: (id, others) =>
          this.#call('note', () => this.shard(identity).noteIdentities(id, others)),
        settle: (one, by) => this.#call('settle', () => this.shard(identity).settle(one, by, 2)),
        claimPrinted: (one, by) =>
          this.#call('claim', () => this.shard(identity).claimPrinted(one, by, 2)),
      }))
      return outcome.kind
    })
  }

  /** As `network.object.ts` gives a claim back, from the beginning after each loss. */
  release(receiptId: string, fingerprint: string): Promise<void> {
    return this.#again(async () => {
      const free = (identity: string) => {
        const claim = { fingerprint: identity, receiptId, contentKey: '' }
        return this.#call('release', () => this.shard(identity).release(claim, false, 3))
      }
      for (const other of await free(fingerprint)) await free(other)
    })
  }

  holders = () => [ID, OKP].map((identity) => this.shard(identity).holderOf(identity))

  close(): void {
    for (const database of this.#databases) database.close()
  }
}

const losses = fc.array(fc.boolean(), { maxLength: 12 })

/** Runs a scenario in every order that the property tries. */
function always(scenario: (network: Network) => Promise<void>): Promise<void> {
  return fc.assert(
    fc.asyncProperty(fc.scheduler(), losses, async (scheduler, lost) => {
      const network = new Network(scheduler, lost)
      const run = scenario(network)
      await scheduler.waitFor(run)
      network.close()
    }),
    { numRuns: 300 },
  )
}

describe('two receipts under the two numbers of one', () => {
  it('are credited once, however their questions cross', () =>
    always(async (network) => {
      expect([network.claim('a', ID), network.claim('b', OKP)]).toEqual(['yours', 'yours'])
      const outcomes = await Promise.all([
        network.settle('a', [ID, OKP]),
        network.settle('b', [OKP, ID]),
      ])
      expect(outcomes.toSorted()).toEqual(['taken', 'yours'])
      const [winner, loser] = outcomes[0] === 'yours' ? ['a', 'b'] : ['b', 'a']
      await network.release(loser, loser === 'a' ? ID : OKP)
      expect(network.holders()).toEqual([winner, winner])
    }))

  it('are credited once when one was paid before anybody knew of the other number', () =>
    always(async (network) => {
      network.claim('a', ID)
      network.claim('b', OKP)
      const outcomes = await Promise.all([
        network.settle('a', [ID]),
        network.settle('b', [OKP, ID]),
      ])
      expect(outcomes.toSorted()).toEqual(['taken', 'yours'])
    }))

  it('leave both numbers free when whoever had them gives them back, late copies or not', () =>
    always(async (network) => {
      network.claim('a', ID)
      const [, outcome] = await Promise.all([
        network.release('a', ID),
        network.settle('a', [ID, OKP]),
        network.settle('a', [ID, OKP]),
      ])
      expect(['yours', 'released']).toContain(outcome)
      expect(network.holders()).toEqual([null, null])
      expect(network.claim('b', OKP)).toBe('yours')
    }))
})

it('a number that was claimed without being vouched for goes to who is, and is told taken', () =>
  always(async (network) => {
    network.claim('a', ID)
    network.claim('b', OKP)
    expect(await network.settle('a', [ID, OKP])).toBe('yours')
    expect(await network.settle('b', [OKP])).toBe('taken')
    expect(network.claim('c', OKP)).toBe('taken')
  }))
