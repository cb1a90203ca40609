import { beforeAll, describe, expect, test } from 'vitest'
import { minor } from '#schema/money'
import type { Receipt } from '#schema/receipt'
import type { Wallet } from '#schema/wallet'
import { type Caller, good } from './actors.ts'
import { issue, newShopper, offerVersion, publish } from './market-world.ts'

/** The main job over HTTP in workerd, with the real objects and the sandbox's tax service. */

const TEN_ROUBLES = {
  reward: { code: 'fixed', args: { amountMinor: minor(1_000), per: 'receipt' } },
} as const

const TITLE = { ru: 'Десять рублей за чек', en: 'Ten roubles a receipt' }

beforeAll(async () => {
  const offer = { ...offerVersion('off_journey0001', TEN_ROUBLES), title: TITLE }
  await publish([{ offer, budgetMinor: 1_000_000 }])
})

/** Follows a receipt by its long poll until it is at rest. */
async function follow(shopper: Caller, receipt: Receipt): Promise<Receipt> {
  let seen = receipt
  while (['received', 'verifying', 'awaiting_budget'].includes(seen.state)) {
    const path = `/v1/receipts/${seen.id}?after=${seen.version}`
    seen = await good<Receipt>(await shopper.call('GET', path))
  }
  return seen
}

async function submit(shopper: Caller, text: string): Promise<Receipt> {
  const body = { source: { code: 'qr', text } }
  return good<Receipt>(await shopper.call('POST', '/v1/receipts', body))
}

describe('the main job', () => {
  test('a scanned receipt becomes money in the wallet, with a verdict for every line', async () => {
    const shopper = await newShopper()
    const [paper] = await issue({ chain: 'berezka', lines: 4 })
    if (!paper) throw new Error('no receipt')
    const submitted = await submit(shopper, paper.qr)
    expect(submitted.state).toBe('received')
    const receipt = await follow(shopper, submitted)
    expect(receipt.state).toBe('credited')
    expect(receipt.rewardMinor).toBe(1_000)
    expect(receipt.lines).toHaveLength(4)
    const wallet = await good<Wallet>(await shopper.call('GET', '/v1/wallet'))
    expect(wallet.availableMinor).toBe(1_000)
    const history = await good<{ items: { kind: string; receiptId: string }[] }>(
      await shopper.call('GET', '/v1/wallet/history'),
    )
    expect(history.items[0]).toMatchObject({
      kind: 'accrual',
      receiptId: receipt.id,
      offerTitle: TITLE,
    })
    expect(receipt.verdicts[0]).toMatchObject({ rule: 'rewarded', offerTitle: TITLE })
  })
})
