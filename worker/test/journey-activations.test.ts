import { runInDurableObject } from 'cloudflare:test'
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { minor } from '#schema/money'
import type { OfferRule, OfferVersion } from '#schema/offer'
import type { Receipt } from '#schema/receipt'
import {
  cellFor,
  claim,
  eventually,
  missingMinor,
  moneyOf,
  ringCells,
  rowsOf,
  travel,
  vouched,
  walletNumber,
} from './journey-steps.ts'
import {
  costOf,
  type Issued,
  issueOne,
  offerVersion,
  publish,
  retailer,
  turn,
} from './market-world.ts'

/** An activated offer is never snatched away, and a slot is promised once. */

const DAY_MS = 86_400_000
const fixed = (amountMinor: number, chain: string): Partial<OfferRule> => ({
  reward: { code: 'fixed', args: { amountMinor: minor(amountMinor), per: 'receipt' } },
  retailers: [retailer(chain)],
})

const slots = offerVersion('off_slots000100', fixed(1_000, 'yantar'))
const kept = offerVersion('off_kept0000001', fixed(1_000, 'list'))
const lapsing = offerVersion('off_lapsing0001', fixed(1_000, 'lad'))
const greedy = offerVersion('off_greedy00001', {
  reward: { code: 'percent', args: { rateBps: 10_000 } },
  retailers: [retailer('okean')],
})

let version = 0

beforeAll(async () => {
  version = await publish([
    { offer: slots, budgetMinor: 100 * costOf(1_000) },
    { offer: kept, budgetMinor: costOf(1_000) },
    { offer: lapsing, budgetMinor: costOf(1_000) },
    { offer: greedy, budgetMinor: costOf(1_000) },
  ])
  // Nobody is asked while the quota is used up: these tests vouch by hand.
  await turn({ key: 'tax.fault', value: 'daily_limit' })
})

afterEach(() => {
  vi.useRealTimers()
})

function activate(walletId: string, offer: OfferVersion, days = 14) {
  return cellFor(walletId).activate({
    walletId,
    offer,
    costMinor: costOf(1_000),
    expiresAt: Date.now() + days * DAY_MS,
  })
}

/** Activates, and comes again while the network says that it is busy, as a client does. */
async function activateInTheEnd(walletId: string, offer: OfferVersion) {
  return eventually(async () => {
    const answer = await activate(walletId, offer)
    if ('problem' in answer && answer.problem === 'overloaded') throw new Error('busy')
    return answer
  }, 100_000)
}

const paperAt = (chain: string, priceMinor = 5_000): Promise<Issued> =>
  issueOne({ chain, lines: [{ name: 'Товар', priceMinor }] })

/** Claims a receipt for the wallet and lets the tax service vouch for it; the receipt at rest. */
async function earn(walletId: string, paper: Issued): Promise<Receipt> {
  const cell = cellFor(walletId)
  const id = await claim(walletId, paper)
  await cell.authorityAnswered(id, vouched(paper, version))
  return eventually(async () => {
    const receipt = await cell.receipt(walletId, id, null)
    const ended = receipt?.state === 'credited' || receipt?.state === 'no_reward'
    if (!receipt || !ended) throw new Error(`still ${receipt?.state}`)
    return receipt
  })
}

const ruleOf = (receipt: Receipt, offer: OfferVersion) =>
  receipt.verdicts.find((verdict) => verdict.offerId === offer.offerId)?.rule

describe('slots', () => {
  test('1,000 at once on 100 slots: exactly 100 have one, the others are told', async () => {
    const answers = await Promise.all(
      Array.from({ length: 1_000 }, (_, index) =>
        activateInTheEnd(walletNumber('slot', index), slots),
      ),
    )
    const active = answers.filter((answer) => 'reservedMinor' in answer)
    const told = answers.filter((answer) => 'problem' in answer)
    // Kills "no budget guard" (more) and "a remainder in another cell is lost" (fewer).
    expect(active).toHaveLength(100)
    expect(new Set(told.map((answer) => JSON.stringify(answer)))).toEqual(
      new Set([JSON.stringify({ problem: 'budget_exhausted' })]),
    )
    const money = await moneyOf(slots.offerId)
    expect(money).toMatchObject({ reservedMinor: 100 * costOf(1_000), rewardsMinor: 0 })
    expect(missingMinor(money)).toBe(0)
  }, 120_000)

  test('activating again answers with the same reservation and takes no second slot', async () => {
    const walletId = walletNumber('kept', 0)
    const first = await activate(walletId, kept)
    const again = await activate(walletId, kept)
    expect(again).toEqual(first)
    expect((await moneyOf(kept.offerId)).reservedMinor).toBe(costOf(1_000))
  })

  test('one reservation is refused only what the budget does not have', async () => {
    // A receipt asks for far more than is left in the very moment in which somebody activates.
    const walletId = walletNumber('greedy', 0)
    const paper = await paperAt('okean', 900_000)
    const id = await claim(walletId, paper)
    const answer = await runInDurableObject(cellFor(walletId), async (cell) => {
      const judged = cell.authorityAnswered(id, vouched(paper, version))
      await judged
      return cell.activate({
        walletId,
        offer: greedy,
        costMinor: costOf(1_000),
        expiresAt: Date.now() + DAY_MS,
      })
    })
    // Kills "exhausted for one is exhausted for all who wait" in the activation's waiting.
    expect(answer).toMatchObject({ reservedMinor: costOf(1_000) })
  })
})

describe('a reservation', () => {
  test('pays its shopper when the open budget is empty, and is used up by that', async () => {
    const [holder, other] = [walletNumber('kept', 0), walletNumber('kept', 1)]
    expect(ruleOf(await earn(other, await paperAt('list')), kept)).toBe('budget_exhausted')
    const paid = await earn(holder, await paperAt('list'))
    expect(paid).toMatchObject({ state: 'credited', rewardMinor: 1_000 })
    // Kills "the reservation stays": the next receipt finds neither it nor money.
    expect(ruleOf(await earn(holder, await paperAt('list')), kept)).toBe('budget_exhausted')
    const money = await moneyOf(kept.offerId)
    expect(money).toMatchObject({ reservedMinor: 0, rewardsMinor: 1_000, leftMinor: 0 })
    expect(missingMinor(money)).toBe(0)
  })

  test('lapses at its time, and its money pays somebody else', async () => {
    const [holder, other] = [walletNumber('lapsing', 0), walletNumber('lapsing', 1)]
    expect(await activate(holder, lapsing)).toMatchObject({ reservedMinor: costOf(1_000) })
    travel(13 * DAY_MS)
    await ringCells()
    // Kills "lapse at any alarm": its day has not come.
    expect((await moneyOf(lapsing.offerId)).reservedMinor).toBe(costOf(1_000))
    travel(2 * DAY_MS)
    await ringCells()
    await ringCells()
    expect((await moneyOf(lapsing.offerId)).reservedMinor).toBe(0)
    const states = await rowsOf<{ state: string }>(
      cellFor(holder),
      'SELECT state FROM activations WHERE wallet_id = ?',
      holder,
    )
    expect(states).toEqual([{ state: 'lapsed' }])
    // Nobody spends it in that cell, so it goes back to the budget, for whoever comes next.
    travel(60_000)
    await ringCells()
    await eventually(async () => {
      expect((await moneyOf(lapsing.offerId)).leftMinor).toBe(costOf(1_000))
    })
    vi.useRealTimers()
    const paid = await earn(other, await paperAt('lad'))
    expect(paid.state).toBe('credited')
    expect(missingMinor(await moneyOf(lapsing.offerId))).toBe(0)
  }, 60_000)
})
