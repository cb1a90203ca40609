import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { minor } from '#schema/money'
import type { Payout } from '#schema/payout'
import { cellNameOf } from '../src/cells/route-of.ts'
import { type Caller, good } from './actors.ts'
import {
  cellFor,
  cells,
  eventually,
  ringCells,
  rowsOf,
  settings,
  travel,
  walletOf,
} from './journey-steps.ts'
import {
  codeOf,
  followPayout,
  madeByProvider,
  order,
  payee,
  publishGenerousMarket,
  readPayout,
  request,
  withdraw,
} from './payout-steps.ts'

/** Payouts that do not care in which cell a wallet lives. */

const BALANCE = 50_000
const DAY_MS = 86_400_000

beforeAll(publishGenerousMarket)

afterEach(() => {
  vi.useRealTimers()
})

const cellOfCaller = ({ walletId }: Caller) => cellNameOf(settings.CELL_MAP, 'ru', walletId)

/** Somebody whose wallet lives elsewhere, as far as there is an elsewhere. */
async function neighbourOf(shopper: Caller): Promise<Caller> {
  for (;;) {
    const other = await payee(BALANCE)
    if (cells.length === 1 || cellOfCaller(other) !== cellOfCaller(shopper)) return other
  }
}

describe('one id of two wallets', () => {
  test('is paid to the first, and never taken for paid to the second', async () => {
    const first = await payee(BALANCE)
    const second = await neighbourOf(first)
    const asked = order({ amountMinor: minor(5_000) })
    await withdraw(first, asked)
    expect((await followPayout(first, asked)).state).toBe('arrived')
    const answer = await request(second, asked)
    if (cells.length === 1) {
      expect([answer.status, await codeOf(answer)]).toEqual([409, 'id_reused'])
      return
    }
    const payout = await good<Payout>(answer)
    await followPayout(second, payout, ({ state }) => state !== 'asked')
    // A day later the provider is only searched: by the id, which finds the first wallet's payout.
    travel(DAY_MS)
    await ringCells()
    await eventually(async () => {
      const query = 'SELECT last_error AS why FROM payouts WHERE id = ?'
      const [row] = await rowsOf<{ why: string }>(cellFor(second.walletId), query, asked.id)
      expect(row?.why).toContain('of another wallet')
    })
    vi.useRealTimers()
    // Kills "any payout with our id is ours": the books would have paid what the bank has not.
    expect((await readPayout(second, asked.id)).state).toBe('on_its_way')
    expect(await madeByProvider(asked.id)).toHaveLength(1)
    expect(await walletOf(second)).toMatchObject({ payingMinor: 5_000 })
  }, 60_000)
})

describe('many withdrawals at once', () => {
  test('of one wallet never take more than there is', async () => {
    const shopper = await payee(BALANCE)
    const amountMinor = minor(3_000)
    const answers = await Promise.all(
      Array.from({ length: 25 }, () => request(shopper, order({ amountMinor }))),
    )
    const taken = answers.filter(({ status }) => status === 202)
    const short = answers.filter(({ status }) => status === 409)
    // Kills "read the balance, then post": 16 times 30 roubles fit into 500.
    expect([taken.length, short.length]).toEqual([16, 9])
    const payouts = await Promise.all(taken.map((answer) => good<Payout>(answer)))
    for (const payout of payouts) {
      expect((await followPayout(shopper, payout)).state).toBe('arrived')
    }
    expect(await walletOf(shopper)).toMatchObject({ availableMinor: 2_000, payingMinor: 0 })
  }, 60_000)
})
