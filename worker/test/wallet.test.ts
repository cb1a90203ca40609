import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { minor } from '#schema/money'
import type { Receipt } from '#schema/receipt'
import type { Posting } from '#schema/wallet'
import { type Caller, good } from './actors.ts'
import { follow, ringCells, scan, submit, travel, walletOf } from './journey-steps.ts'
import {
  issue,
  issueOne,
  newShopper,
  offerVersion,
  publish,
  retailer,
  turn,
} from './market-world.ts'
import { codeOf, order, provenAgo, request } from './payout-steps.ts'

/** The wallet: what is held until when, what can be taken out, and why each kopeck moved. */

const DAY_MS = 86_400_000
const HOUR_MS = 3_600_000

beforeAll(async () => {
  const fixed = (amountMinor: number) =>
    ({ code: 'fixed', args: { amountMinor: minor(amountMinor), per: 'receipt' } }) as const
  await publish([
    {
      offer: offerVersion('off_held0000001', {
        reward: fixed(2_000),
        holdDays: 14,
        retailers: [retailer('lad')],
      }),
      budgetMinor: 1_000_000,
    },
    {
      offer: offerVersion('off_atonce00001', {
        reward: fixed(300),
        retailers: [retailer('lad'), retailer('ugol')],
      }),
      budgetMinor: 1_000_000,
    },
  ])
  await turn({ key: 'tax.processing_ms', value: 0 })
})

afterEach(() => {
  vi.useRealTimers()
})

async function historyOf(shopper: Caller, query = ''): Promise<Posting[]> {
  const page = await good<{ items: Posting[] }>(
    await shopper.call('GET', `/v1/wallet/history${query}`),
  )
  return page.items
}

describe('held money', () => {
  test('has a date, becomes available at it by itself, and once', async () => {
    const shopper = await newShopper()
    const receipt = await scan(shopper, (await issueOne({ chain: 'lad' })).qr)
    expect(receipt).toMatchObject({ rewardMinor: 2_300, heldMinor: 2_000 })
    const due = Date.parse(receipt.availableAt ?? '')
    expect(due).toBeGreaterThanOrEqual(Date.now() + 14 * DAY_MS - 60_000)
    expect(due).toBeLessThanOrEqual(Date.now() + 14 * DAY_MS + HOUR_MS)
    expect(await walletOf(shopper)).toMatchObject({
      availableMinor: 300,
      heldMinor: 2_000,
      held: [{ availableAt: receipt.availableAt, amountMinor: 2_000 }],
    })

    travel(13 * DAY_MS)
    await ringCells()
    expect(await walletOf(shopper)).toMatchObject({ availableMinor: 300, heldMinor: 2_000 })

    travel(DAY_MS + HOUR_MS)
    await ringCells()
    await ringCells()
    // Kills "matured at every alarm": the sum is there once.
    expect(await walletOf(shopper)).toMatchObject({
      availableMinor: 2_300,
      heldMinor: 0,
      held: [],
      earnedMinor: 2_300,
    })
    const [released] = await historyOf(shopper)
    expect(released).toMatchObject({ kind: 'hold_released', amountMinor: 2_000 })
  })

  test('cannot be withdrawn before its date', async () => {
    const shopper = await newShopper()
    await good(await shopper.call('POST', '/v1/me/adult', { dateOfBirth: '1990-05-05' }))
    await scan(shopper, (await issueOne({ chain: 'lad' })).qr)
    await provenAgo(shopper, 0)
    const early = await request(shopper, order({ amountMinor: 301 }))
    expect([early.status, await codeOf(early)]).toEqual([409, 'wallet_short'])
    expect((await request(shopper, order({ amountMinor: 300 }))).status).toBe(202)
    expect(await walletOf(shopper)).toMatchObject({ availableMinor: 0, heldMinor: 2_000 })
  })
})

describe('the history', () => {
  test('names receipt, shop and offer of every accrual', async () => {
    const shopper = await newShopper()
    const receipt = await scan(shopper, (await issueOne({ chain: 'lad' })).qr)
    const items = await historyOf(shopper)
    expect(items).toHaveLength(2)
    for (const item of items) {
      expect(item).toMatchObject({
        kind: 'accrual',
        receiptId: receipt.id,
        storeName: receipt.storeName,
        offerTitle: { ru: item.offerId, en: item.offerId },
      })
    }
    const held = items.find(({ amountMinor }) => amountMinor === 2_000)
    expect(held?.availableAt).toBe(receipt.availableAt)
  })

  test('and the list of receipts are paged without gaps and repeats', async () => {
    const shopper = await newShopper()
    const papers = await issue({ chain: 'ugol', lines: 1, count: 5 })
    const receipts = await Promise.all(papers.map(({ qr }) => submit(shopper, qr)))
    await Promise.all(receipts.map((receipt: Receipt) => follow(shopper, receipt)))
    for (const [path, expected] of [
      ['/v1/wallet/history', 5],
      ['/v1/receipts', 5],
    ] as const) {
      const seen: string[] = []
      let cursor: string | null = ''
      while (cursor !== null) {
        const query: string = cursor === '' ? '?limit=2' : `?limit=2&cursor=${cursor}`
        const page: { items: { id: string }[]; nextCursor: string | null } = await good(
          await shopper.call('GET', path + query),
        )
        expect(page.items.length).toBeLessThanOrEqual(2)
        seen.push(...page.items.map(({ id }) => id))
        cursor = page.nextCursor
      }
      expect(new Set(seen).size, path).toBe(seen.length)
      expect(seen, path).toHaveLength(expected)
    }
  })
})
