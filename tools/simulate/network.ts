import type { CellEvent } from '#schema/event'
import { isRuScan } from '#schema/receipt'
import type { AuthorityResult } from '#worker/cells/cell-receipts'
import type { Network, VerifyJob } from '#worker/cells/network'
import type { CellParty } from './cell-party.ts'
import type { BookParty, BudgetParty, DirectoryParty } from './objects.ts'
import type { Market } from './offers.ts'
import type { Surroundings } from './party.ts'
import type { ProviderStandIn } from './payout-provider.ts'
import type { TaxService } from './tax-service.ts'
import { Outage } from './wire.ts'

export type Reach = {
  readonly around: Surroundings
  readonly market: Market
  readonly tax: TaxService
  readonly provider: ProviderStandIn
  readonly directoryFor: (fingerprint: string) => DirectoryParty
  readonly budgetOf: (offerId: string) => BudgetParty
  readonly cellNamed: (name: string) => CellParty
  readonly networkBook: () => BookParty
  /** An event has reached whoever makes reports of it. */
  readonly told: (event: CellEvent) => void
}

/** The cells' port to everybody else, over the faulty wire. */
export function wiredNetwork(reach: Reach): Network {
  const { wire } = reach.around
  return {
    async claimMany(claims) {
      const groups = Map.groupBy(claims, (claim) => reach.directoryFor(claim.fingerprint))
      const answers = await Promise.all(
        [...groups].map(async ([directory, group]) => {
          const outcomes = await wire.call('claim', () => directory.claimMany(group))
          return group.map((claim, index) => [claim.receiptId, outcomes[index]] as const)
        }),
      )
      const byReceipt = new Map(answers.flat())
      return claims.map(({ receiptId }) => {
        const outcome = byReceipt.get(receiptId)
        if (!outcome) throw new Error(`the directory did not answer for ${receiptId}`)
        return outcome
      })
    },
    async releaseClaim(claim, forged) {
      const directory = reach.directoryFor(claim.fingerprint)
      await wire.call('release', () => directory.release(claim, forged))
    },
    async verify(jobs) {
      await wire.call('verify', () => {
        for (const job of jobs) enqueue(reach, job)
      })
    },
    // Photos have no part in the protocol of money: here nobody takes any.
    findSale: () => Promise.reject(new Error('nobody has taken a photo')),
    readPhotos: () => Promise.reject(new Error('nobody has taken a photo')),
    forgetPhotos: () => Promise.reject(new Error('nobody has taken a photo')),
    lease: (offerId, question) => wire.call('lease', () => reach.budgetOf(offerId).lease(question)),
    async returnLease(offerId, report) {
      await wire.call('return', () => reach.budgetOf(offerId).returned(report))
    },
    async publish(events) {
      await wire.call('events', () => {
        for (const event of events) reach.told(event)
      })
    },
    // The provider's adapter never throws: what it does not know, it calls unknown.
    askProvider: (way, payout) =>
      wire
        .call(`provider ${way}`, () => reach.provider.ask(way, payout))
        .catch((cause: unknown) => ({ kind: 'unknown' as const, detail: String(cause) })),
    async bookPayout(payoutId, amountMinor) {
      await wire.call('book payout', () => reach.networkBook().payoutPaid(payoutId, amountMinor))
    },
    async bookRefund() {
      throw new Error('the simulated provider never sends back what it has paid')
    },
  }
}

const DELIVERIES_MAX = 4

/** The queue of verification jobs: at least once, in any order, given up after a few attempts. */
function enqueue(reach: Reach, job: VerifyJob): void {
  const { random, wire, timeline } = reach.around
  const copies = random.chance(wire.faults.repeated) ? 2 : 1
  for (let copy = 0; copy < copies; copy += 1) {
    timeline.after(random.int(5, 1_500), `job ${job.receiptId}`, () => void consume(reach, job, 1))
  }
}

/** Asks the tax service and hands the answer to the cell. */
async function consume(reach: Reach, job: VerifyJob, delivery: number): Promise<void> {
  const { random, timeline, wire, bug } = reach.around
  const result = answerFor(reach, job)
  const cell = reach.cellNamed(job.cell)
  try {
    await wire.call(`answer ${result.kind} ${job.receiptId}`, () =>
      cell.ask((machine, now) => machine.authorityAnswered(job.receiptId, result, now)),
    )
  } catch (cause) {
    if (!(cause instanceof Outage)) return bug(cause, 'verification')
    if (delivery >= DELIVERIES_MAX) return
    const wait = random.int(1_000, 30_000)
    timeline.after(wait, `job ${job.receiptId} again`, () => void consume(reach, job, delivery + 1))
  }
}

function answerFor({ tax, market, around }: Reach, job: VerifyJob): AuthorityResult {
  const { scan } = job
  if (scan === null || !isRuScan(scan)) throw new Error('the simulation prints Russian receipts')
  const answer = tax.ask(scan, around.timeline.now)
  if (answer.kind !== 'authentic') return answer
  const truth = tax.truthOf(scan)
  if (!truth) throw new Error(`an authentic receipt is unknown: ${job.receiptId}`)
  const { document } = answer
  const { store, matches } = truth
  return {
    kind: 'authentic',
    evidence: { document, store, matches, snapshotVersion: market.version },
    till: document.tillRegistration,
  }
}
