import { runInDurableObject } from 'cloudflare:test'
import { beforeAll, describe, expect, test } from 'vitest'
import { minor } from '#schema/money'
import type { OfferRule, OfferVersion } from '#schema/offer'
import type { Receipt } from '#schema/receipt'
import {
  cellFor,
  claim,
  eventually,
  missingMinor,
  moneyOf,
  vouched,
  walletNumber,
} from './journey-steps.ts'
import {
  costOf,
  type Issued,
  issue,
  offerVersion,
  publish,
  retailer,
  turn,
} from './market-world.ts'

/** A budget is never oversold and never leaves a claim unpaid that it could pay. */

const fixed = (amountMinor: number): Partial<OfferRule> => ({
  reward: { code: 'fixed', args: { amountMinor: minor(amountMinor), per: 'receipt' } },
})
const BACK: Partial<OfferRule> = { reward: { code: 'percent', args: { rateBps: 10_000 } } }

const SCARCE = 'off_scarce00037'
const RICH = 'off_mixedrich01'
const POOR = 'off_mixedpoor01'
const UNEVEN = 'off_uneven00001'
const SHARDS = 'off_shards00001'

const offerAt = (chain: string, offerId: string, rule: Partial<OfferRule>): OfferVersion =>
  offerVersion(offerId, { ...rule, retailers: [retailer(chain)] })

let version = 0

beforeAll(async () => {
  version = await publish([
    { offer: offerAt('berezka', SCARCE, fixed(1_000)), budgetMinor: 37 * costOf(1_000) },
    { offer: offerAt('ugol', RICH, fixed(700)), budgetMinor: 10 * costOf(700) },
    { offer: offerAt('ugol', POOR, fixed(900)), budgetMinor: costOf(900) - 1 },
    { offer: offerAt('okean', UNEVEN, BACK), budgetMinor: costOf(10_000) },
    { offer: offerAt('lavka', SHARDS, BACK), budgetMinor: costOf(10_000) },
  ])
  await turn({ key: 'tax.processing_ms', value: 0 })
})

/** Receipts over one sum each, and what the tax service would say of them, given by hand. */
async function papersOf(chain: string, ...sums: number[]): Promise<Issued[]> {
  const papers = await Promise.all(
    sums.map((priceMinor) => issue({ chain, lines: [{ name: 'Товар', priceMinor }] })),
  )
  return papers.flat()
}

type Claimed = { walletId: string; id: string; paper: Issued }

/** Claims the papers for one wallet, or each for its own. */
async function claimAll(
  walletOf: string | ((index: number) => string),
  papers: readonly Issued[],
): Promise<Claimed[]> {
  return Promise.all(
    papers.map(async (paper, index) => {
      const walletId = typeof walletOf === 'string' ? walletOf : walletOf(index)
      return { walletId, paper, id: await claim(walletId, paper) }
    }),
  )
}

/** The tax service vouches for all of them at the same moment; their receipts at rest. */
async function vouchAll(claims: readonly Claimed[]): Promise<Receipt[]> {
  await Promise.all(
    claims.map(({ walletId, id, paper }) =>
      cellFor(walletId).authorityAnswered(id, vouched(paper, version)),
    ),
  )
  return atRest(claims)
}

function atRest(claims: readonly Claimed[]): Promise<Receipt[]> {
  return eventually(async () => {
    const seen = await Promise.all(
      claims.map(({ walletId, id }) => cellFor(walletId).receipt(walletId, id, null)),
    )
    return seen.map((receipt) => {
      const ended = receipt?.state === 'credited' || receipt?.state === 'no_reward'
      if (!receipt || !ended) throw new Error(`still ${receipt?.state}`)
      return receipt
    })
  }, 40_000)
}

const ruleOf = (receipt: Receipt, offerId: string) =>
  receipt.verdicts.find((verdict) => verdict.offerId === offerId)?.rule

beforeAll(async () => {
  // Nobody is asked while the quota is used up: what these tests vouch for stays theirs to answer.
  await turn({ key: 'tax.fault', value: 'daily_limit' })
})

describe('claims on a scarce budget', () => {
  test('200 at once on 37 rewards: 37 are paid, 163 are told, no kopeck is lost', async () => {
    const papers = await issue({
      chain: 'berezka',
      lines: [{ name: 'Хлеб', priceMinor: 5_000 }],
      count: 200,
    })
    const receipts = await vouchAll(
      await claimAll((index) => walletNumber('scarce', index), papers),
    )
    const rules = receipts.map((receipt) => ruleOf(receipt, SCARCE))
    // Kills "no budget guard" (more than 37) and "ask for what is held already" (fewer than 37).
    expect(rules.filter((rule) => rule === 'rewarded')).toHaveLength(37)
    expect(rules.filter((rule) => rule === 'budget_exhausted')).toHaveLength(163)
    const money = await moneyOf(SCARCE)
    expect(money).toMatchObject({ rewardsMinor: 37 * 1_000, leftMinor: 0, escrowMinor: 0 })
    expect(missingMinor(money)).toBe(0)
  }, 90_000)

  test('a claim too large for what is left does not take a smaller one down with it', async () => {
    const walletId = walletNumber('uneven', 0)
    const claims = await claimAll(walletId, await papersOf('okean', 50_000, 9_000))
    // In one turn, so that both wait for the same lease.
    await runInDurableObject(cellFor(walletId), (cell) =>
      Promise.all(
        claims.map(({ id, paper }) => cell.authorityAnswered(id, vouched(paper, version))),
      ),
    )
    const receipts = await atRest(claims)
    // Kills "exhausted for one is exhausted for all who wait".
    expect(receipts.map((receipt) => ruleOf(receipt, UNEVEN))).toEqual([
      'budget_exhausted',
      'rewarded',
    ])
    expect(missingMinor(await moneyOf(UNEVEN))).toBe(0)
  }, 60_000)

  test('the last claim is paid out of shares that are lying about', async () => {
    // At the pace of the first claim the second one's lease is larger than its need: of what is
    // left for the third, a part is in the cell and a part in the budget.
    for (const paper of await papersOf('lavka', 4_000, 1_000, 5_000)) {
      const [receipt] = await vouchAll(await claimAll(walletNumber('shards', 0), [paper]))
      expect(receipt && ruleOf(receipt, SHARDS)).toBe('rewarded')
    }
    // Kills "ask the budget for the whole cost although a part of it is in the escrow".
    expect(await moneyOf(SHARDS)).toMatchObject({ rewardsMinor: 10_000, leftMinor: 0 })
  }, 60_000)
})

describe('a budget that runs out in mid-receipt', () => {
  test('the offer with money pays, the other says so, nothing is half posted', async () => {
    const claims = await claimAll(walletNumber('middle', 0), await papersOf('ugol', 20_000))
    const [receipt] = await vouchAll(claims)
    if (!receipt) throw new Error('the receipt vanished')
    expect(receipt).toMatchObject({ state: 'credited', rewardMinor: 700 })
    expect(ruleOf(receipt, RICH)).toBe('rewarded')
    expect(ruleOf(receipt, POOR)).toBe('budget_exhausted')
    expect(await moneyOf(POOR)).toMatchObject({ rewardsMinor: 0, feesMinor: 0 })
    expect(missingMinor(await moneyOf(RICH))).toBe(0)
    expect(missingMinor(await moneyOf(POOR))).toBe(0)
  })
})
