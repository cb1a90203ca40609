import { beforeAll, describe, expect, test } from 'vitest'
import { printHr } from '#fiscal/print/hr'
import { minor } from '#schema/money'
import type { Page } from '#schema/page'
import type { Receipt } from '#schema/receipt'
import type { ReviewCase, ReviewSummary } from '#schema/review'
import { wallMinuteIn } from '../../src/offers/wall.ts'
import { type Caller, good, signInOperator } from '../actors.ts'
import { eventually, follow, submit } from '../journey-steps.ts'
import { newShopper, offerVersion, publish, world } from '../market-world.ts'
import { inMarket } from '../photo-steps.ts'

/**
 * Croatia numbers a receipt twice, and nobody whom programs may ask knows which two numbers are
 * one. Where the operator lets its codes pay by themselves, a receipt is still paid once.
 */

const REWARD = 100
let support: Caller
let papers = 0

beforeAll(async () => {
  const reward = { code: 'fixed', args: { amountMinor: minor(REWARD), per: 'receipt' } } as const
  const rule = { reward, withoutLines: 'earns' } as const
  const offer = { ...offerVersion('off_croatia0001', rule), market: 'hr' as const }
  await publish([{ offer, budgetMinor: 100_000 }], 'hr')
  const admin = await signInOperator(world, 'admin')
  const change = { trust: 'reference', rule: 'pays', reason: 'a pilot of one chain' }
  await good(await admin.call('PUT', '/v1/operator/markets/hr/trust', change))
  support = await signInOperator(world, 'support')
}, 60_000)

type Paper = { readonly zki: string; readonly jir: string }

const now = () => wallMinuteIn(new Date().toISOString(), 'Europe/Zagreb')

/** The two codes of one receipt, each paper of a total of its own. */
function printed(totalMinor = 1_000 + papers, time = now()): Paper {
  papers += 1
  const mark = papers.toString(16).padStart(4, '0')
  const jir = `${crypto.randomUUID().slice(0, -4)}${mark}`
  const zki = `${crypto.randomUUID().replaceAll('-', '').slice(0, -4)}${mark}`
  const online = printHr({ jir, time: `${time}:07`, totalMinor })
  return { jir: online, zki: online.replace(/jir=[^&]+/, `zki=${zki}`) }
}

const croatian = async () => inMarket(await newShopper(), 'hr')
const scan = async (by: Caller, text: string) => follow(by, await submit(by, text))
const again = async (by: Caller, { id }: Receipt) =>
  good<Receipt>(await by.call('GET', `/v1/receipts/${id}`))

/** The comparison that a receipt waits for, taken by a reviewer. */
async function comparison({ id }: Receipt): Promise<ReviewCase> {
  const found = await eventually(async () => {
    const path = '/v1/operator/reviews?kind=collision'
    const { items } = await good<Page<ReviewSummary>>(await support.call('GET', path))
    const one = items.find((item) => item.id.slice(4) === id.slice(4))
    if (!one) throw new Error('not in the queue')
    return one
  })
  return good<ReviewCase>(await support.call('POST', `/v1/operator/reviews/${found.id}/claim`))
}

const decide = async ({ id, version }: ReviewCase, decision: object) =>
  good(await support.call('POST', `/v1/operator/reviews/${id}/decide`, { version, ...decision }))

const APART = { outcome: 'approve', document: null, distinctFrom: [] }
const SAME = { outcome: 'decline', reason: 'already_used', note: '' }

describe('the two codes of one receipt', () => {
  test.each([
    ['zki', 'jir'],
    ['jir', 'zki'],
  ] as const)('%s before %s pay once, and a person compares them', async (first, second) => {
    const paper = printed()
    const [one, other] = [await croatian(), await croatian()]
    const paid = await scan(one, paper[first])
    expect(paid).toMatchObject({ state: 'credited', rewardMinor: REWARD })
    const held = await scan(other, paper[second])
    expect(held).toMatchObject({ state: 'duplicate', reason: { code: 'being_compared' } })
    const review = await comparison(held)
    expect(review.claims).toMatchObject([
      { receiptId: paid.id, isOwn: false, state: 'credited', numbering: first },
      { receiptId: held.id, isOwn: true, state: 'duplicate', numbering: second },
    ])
    expect(review.claims[0]?.officialPage).toContain(`${first}=`)
    expect(review.collisions).toMatchObject([{ receiptId: paid.id, isSameWallet: false }])
    await decide(review, SAME)
    expect(await eventually(() => closed(other, held))).toMatchObject({ rewardMinor: 0 })
    expect(await again(one, paid)).toMatchObject({ state: 'credited', rewardMinor: REWARD })
  })

  test('pay once when both come at once', async () => {
    for (let round = 0; round < 5; round += 1) {
      const paper = printed()
      const [one, other] = [await croatian(), await croatian()]
      const seen = await Promise.all([scan(one, paper.zki), scan(other, paper.jir)])
      expect(seen.map(({ state }) => state).sort()).toEqual(['credited', 'duplicate'])
      expect(seen.reduce((sum, { rewardMinor }) => sum + rewardMinor, 0)).toBe(REWARD)
    }
  }, 60_000)

  test('are one receipt in one wallet, without a person', async () => {
    const paper = printed()
    const shopper = await croatian()
    const paid = await scan(shopper, paper.jir)
    expect(await scan(shopper, paper.zki)).toMatchObject({
      state: 'duplicate',
      reason: { code: 'already_claimed_by_you', receiptId: paid.id },
    })
  })
})

async function closed(by: Caller, receipt: Receipt): Promise<Receipt> {
  const seen = await again(by, receipt)
  if (seen.reason?.code !== 'already_claimed') throw new Error(`still ${seen.reason?.code}`)
  return seen
}

describe('two receipts of one minute and total', () => {
  test('under different numbers wait for a person, and are both paid', async () => {
    const [one, other] = [await croatian(), await croatian()]
    const time = now()
    expect((await scan(one, printed(77_700, time).zki)).state).toBe('credited')
    const held = await scan(other, printed(77_700, time).jir)
    expect(held.reason).toMatchObject({ code: 'being_compared' })
    await decide(await comparison(held), APART)
    const judged = await eventually(async () => {
      const seen = await again(other, held)
      if (seen.state === 'duplicate') throw new Error('still compared')
      return follow(other, seen)
    })
    expect(judged).toMatchObject({ state: 'credited', rewardMinor: REWARD })
  })

  test('under numbers of one kind are two without a person', async () => {
    const time = now()
    const seen = [
      await scan(await croatian(), printed(88_800, time).jir),
      await scan(await croatian(), printed(88_800, time).jir),
    ]
    expect(seen.map(({ state }) => state)).toEqual(['credited', 'credited'])
  })
})
