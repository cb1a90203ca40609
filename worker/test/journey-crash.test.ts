import {
  abortAllDurableObjects,
  evictAllDurableObjects,
  runDurableObjectAlarm,
} from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { beforeAll, describe, expect, test } from 'vitest'
import { minor } from '#schema/money'
import type { Receipt } from '#schema/receipt'
import { cellOf } from '../src/cells/route-of.ts'
import {
  cellFor,
  cells,
  claim,
  eventually,
  missingMinor,
  moneyOf,
  rowsOf,
  submissionOf,
  vouched,
  walletNumber,
} from './journey-steps.ts'
import {
  costOf,
  type Issued,
  issue,
  issueOne,
  offerVersion,
  publish,
  retailer,
  turn,
  turnOff,
} from './market-world.ts'

/** Objects die at any moment and are called twice: what was begun is finished, once. */

const OFFER = 'off_crash000001'
const NARROW = 'off_narrow00001'

let version = 0

beforeAll(async () => {
  const reward = { code: 'fixed', args: { amountMinor: minor(1_000), per: 'receipt' } } as const
  const at = (chain: string) => ({ reward, retailers: [retailer(chain)] })
  version = await publish([
    { offer: offerVersion(OFFER, at('berezka')), budgetMinor: 10_000_000 },
    { offer: offerVersion(NARROW, at('ugol')), budgetMinor: 7 * costOf(1_000) },
  ])
  await turn({ key: 'tax.processing_ms', value: 0 })
})

type Claimed = { walletId: string; id: string }

/** Receipts that earn for certain, whatever a till would have chosen. */
const papersAt = (chain: string, count: number) =>
  issue({ chain, lines: [{ name: 'Хлеб', priceMinor: 5_000 }], count })

/** Submits as a phone does: again and again until somebody has answered. */
async function submitInTheEnd(walletId: string, { qr }: Issued): Promise<Claimed> {
  const submission = await submissionOf(walletId, qr)
  return eventually(async () => {
    const answer = await cellFor(walletId).submit(submission)
    if ('problem' in answer) throw new Error(answer.problem)
    return { walletId, id: answer.receipt.id }
  })
}

const ENDS: readonly Receipt['state'][] = ['credited', 'no_reward', 'duplicate', 'rejected']

/** The states of receipts when all of them have come to rest by themselves. */
function statesAtRest(claims: readonly Claimed[], timeout = 60_000): Promise<Receipt['state'][]> {
  return eventually(
    () =>
      Promise.all(
        claims.map(async ({ walletId, id }) => {
          const receipt = await cellFor(walletId).receipt(walletId, id, null)
          if (!receipt || !ENDS.includes(receipt.state)) throw new Error(`${id}: ${receipt?.state}`)
          return receipt.state
        }),
      ),
    timeout,
  )
}

/** Nothing is left to be done in any cell but the reports of leases. */
function outboxesEmpty(): Promise<void> {
  return eventually(async () => {
    for (const name of cells) {
      const open = await rowsOf<{ kind: string }>(
        cellOf(env, name),
        "SELECT kind FROM tasks WHERE kind NOT IN ('report', 'mature', 'lapse')",
      )
      expect(open, name).toEqual([])
    }
  }, 40_000)
}

describe('objects that die', () => {
  test.each([
    ['at once', 0],
    ['while the directory is asked', 15],
    ['while the tax service is asked', 300],
    ['while the answers come in', 1_250],
  ])(
    '%s: every receipt is credited, once, by itself',
    async (_, afterMs) => {
      const papers = await papersAt('berezka', 12)
      const before = await moneyOf(OFFER)
      const submitting = Promise.all(
        papers.map((paper, index) => submitInTheEnd(walletNumber(`die${afterMs}x`, index), paper)),
      )
      await new Promise((resolve) => setTimeout(resolve, afterMs))
      await abortAllDurableObjects()
      const claims = await submitting
      expect(await statesAtRest(claims)).toEqual(papers.map(() => 'credited'))
      await outboxesEmpty()
      const after = await moneyOf(OFFER)
      // Kills "forgotten after a restart" and "done again after a restart".
      expect(after.rewardsMinor - before.rewardsMinor).toBe(12 * 1_000)
      expect(missingMinor(after)).toBe(0)
    },
    90_000,
  )

  test('again and again on a scarce budget: as many are paid as it has money for', async () => {
    const papers = await papersAt('ugol', 12)
    const submitting = Promise.all(
      papers.map((paper, index) => submitInTheEnd(walletNumber('again', index), paper)),
    )
    for (let round = 0; round < 5; round += 1) {
      await new Promise((resolve) => setTimeout(resolve, 350))
      if (round % 2 === 0) await abortAllDurableObjects()
      else await evictAllDurableObjects()
    }
    const states = await statesAtRest(await submitting, 100_000)
    expect(states.filter((state) => state === 'credited')).toHaveLength(7)
    const money = await moneyOf(NARROW)
    expect(money).toMatchObject({ rewardsMinor: 7_000, leftMinor: 0, escrowMinor: 0 })
    expect(missingMinor(money)).toBe(0)
  }, 150_000)
})

describe('calls that come twice', () => {
  /** A claimed receipt that waits for an answer which this test gives. */
  async function waiting(series: string): Promise<Claimed & { paper: Issued }> {
    await turn({ key: 'tax.fault', value: 'daily_limit' })
    const paper = await issueOne({ lines: [{ name: 'Хлеб', priceMinor: 5_000 }] })
    const walletId = walletNumber(series, 0)
    return { walletId, paper, id: await claim(walletId, paper) }
  }

  const balanceOf = async (walletId: string) =>
    (await cellFor(walletId).wallet(walletId)).earnedMinor

  test('the tax service’s answer, ten times at once and once more: one credit', async () => {
    const { walletId, id, paper } = await waiting('twice')
    const cell = cellFor(walletId)
    const answer = vouched(paper, version)
    await Promise.all(Array.from({ length: 10 }, () => cell.authorityAnswered(id, answer)))
    await statesAtRest([{ walletId, id }])
    const seen = await cell.receipt(walletId, id, null)
    await cell.authorityAnswered(id, answer)
    await cell.authorityAnswered(id, { kind: 'forged', detail: 'too late' })
    // Kills "apply every answer": neither a second credit nor a late refusal.
    expect(await cell.receipt(walletId, id, null)).toEqual(seen)
    expect(await balanceOf(walletId)).toBe(1_000)
  })

  test('an alarm that rings twice, and once more while the first still works', async () => {
    await turnOff()
    await turn({ key: 'tax.processing_ms', value: 0 })
    const papers = await papersAt('berezka', 6)
    const claims = await Promise.all(
      papers.map((paper, index) => submitInTheEnd(walletNumber('alarm', index), paper)),
    )
    for (let round = 0; round < 6; round += 1) {
      await Promise.all(cells.map((name) => runDurableObjectAlarm(cellOf(env, name))))
    }
    expect(await statesAtRest(claims)).toEqual(papers.map(() => 'credited'))
    for (const { walletId } of claims) expect(await balanceOf(walletId)).toBe(1_000)
  })

  test('a job of the queue, repeated before and after its answer', async () => {
    await turnOff()
    await turn({ key: 'tax.processing_ms', value: 0 })
    const paper = await issueOne({ lines: [{ name: 'Хлеб', priceMinor: 5_000 }] })
    const claimed = await submitInTheEnd(walletNumber('queue', 0), paper)
    const { id: receiptId, walletId } = claimed
    const cell = cells.find((name) => cellOf(env, name).id.equals(cellFor(walletId).id)) ?? ''
    const body = { cell, receiptId, scan: paper.scan, ownerMasked: '', sale: null }
    const jobs = Array.from({ length: 3 }, () => ({ body }))
    await env.VERIFICATIONS.sendBatch(jobs)
    await statesAtRest([claimed])
    const seen = await cellFor(walletId).receipt(walletId, receiptId, null)
    await env.VERIFICATIONS.sendBatch(jobs)
    await new Promise((resolve) => setTimeout(resolve, 1_500))
    expect(await cellFor(walletId).receipt(walletId, receiptId, null)).toEqual(seen)
    expect(await balanceOf(walletId)).toBe(1_000)
  })
})
