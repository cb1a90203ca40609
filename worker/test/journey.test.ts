import { beforeAll, describe, expect, test } from 'vitest'
import { minor } from '#schema/money'
import type { Posting } from '#schema/wallet'
import { good } from './actors.ts'
import { scan, walletOf } from './journey-steps.ts'
import { issueOne, newShopper, offerVersion, publish } from './market-world.ts'

/** The main job over HTTP in workerd, with the real objects and the sandbox's tax service. */

const TEN_ROUBLES = {
  reward: { code: 'fixed', args: { amountMinor: minor(1_000), per: 'receipt' } },
} as const

beforeAll(async () => {
  await publish([{ offer: offerVersion('off_journey0001', TEN_ROUBLES), budgetMinor: 1_000_000 }])
})

describe('the main job', () => {
  test('a scanned receipt becomes money in the wallet, with a verdict for every line', async () => {
    const shopper = await newShopper()
    const paper = await issueOne({ lines: 4 })
    const receipt = await scan(shopper, paper.qr)
    expect(receipt).toMatchObject({ state: 'credited', rewardMinor: 1_000 })
    expect(receipt.lines).toHaveLength(4)
    expect(receipt.timeline.map(({ step }) => step)).toEqual([
      'submitted',
      'claimed',
      'authority_answered',
      'awaiting_budget',
      'credited',
    ])
    expect((await walletOf(shopper)).availableMinor).toBe(1_000)
    const history = await good<{ items: Posting[] }>(
      await shopper.call('GET', '/v1/wallet/history'),
    )
    expect(history.items[0]).toMatchObject({ kind: 'accrual', receiptId: receipt.id })
  })
})
