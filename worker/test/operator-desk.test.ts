import { env } from 'cloudflare:workers'
import { beforeAll, describe, expect, test } from 'vitest'
import type {
  AccountRow,
  AuditLogEntry,
  OperatorPayout,
  OperatorReceipt,
  SearchHit,
  TransferRow,
} from '#schema/operator'
import type { Payout } from '#schema/payout'
import type { Receipt } from '#schema/receipt'
import { directoryOf, shardOf } from '../src/cells/route-of.ts'
import { type Caller, good, signInOperator } from './actors.ts'
import { cellFor, claim, eventually, settings, submit, vouched } from './journey-steps.ts'
import {
  BRAND_PARTNER,
  type Issued,
  issueOne,
  newShopper,
  registerOffers,
  turn,
  world,
} from './market-world.ts'
import {
  earn,
  followPayout,
  GENEROUS,
  marketVersion,
  order,
  payee,
  publishGenerousMarket,
  withdraw,
} from './payout-steps.ts'

/** The operator's desk over live objects: everything is found, every action leaves its name. */

let admin: Caller
let support: Caller
let finance: Caller
let shopper: Caller
let payout: Payout

beforeAll(async () => {
  await publishGenerousMarket()
  admin = await signInOperator(world, 'admin')
  support = await signInOperator(world, 'support')
  finance = await signInOperator(world, 'finance')
  shopper = await payee(50_000)
  payout = await followPayout(shopper, await withdraw(shopper))
})

const read = async <Body>(by: Caller, path: string) => good<Body>(await by.call('GET', path))
const hitsOf = async (q: string) => {
  const path = `/v1/operator/search?q=${encodeURIComponent(q)}`
  return (await read<{ items: SearchHit[] }>(support, path)).items
}
const receiptAtDesk = (id: string) => read<OperatorReceipt>(support, `/v1/operator/receipts/${id}`)
const act = (by: Caller, id: string, action: 'retry' | 'release', reason = 'по обращению 42') =>
  by.call('POST', `/v1/operator/receipts/${id}/${action}`, { reason })
const codeOf = async (response: Response) => (await response.json<{ code: string }>()).code

/** A receipt that waits for the tax service, which is not asked in this file. */
async function waitingReceipt(by: Caller): Promise<{ id: string; paper: Issued }> {
  const paper = await issueOne()
  return { paper, id: await claim(by.walletId, paper) }
}

describe('one search', () => {
  test('finds a receipt by id, by its printed numbers and by its whole code', async () => {
    const { id, paper } = await waitingReceipt(shopper)
    const { fn, i, fp } = paper.scan
    for (const q of [id, `${fn}:${i}:${fp}`, `${fn} ${i} ${fp}`, paper.qr]) {
      expect(await hitsOf(q), q).toContainEqual(expect.objectContaining({ kind: 'receipt', id }))
    }
  })

  test('finds a receipt that holds no claim: people call about the refused one', async () => {
    const { id, paper } = await waitingReceipt(shopper)
    const second = await newShopper()
    const refused = await submit(second, paper.qr)
    await eventually(async () => {
      expect((await receiptAtDesk(refused.id)).receipt.state).toBe('duplicate')
    })
    const { fn, i, fp } = paper.scan
    for (const q of [`${fn}:${i}:${fp}`, paper.qr]) {
      const ids = (await hitsOf(q)).map((hit) => hit.id)
      expect(ids.sort(), q).toEqual([id, refused.id].sort())
    }
    const path = `/v1/operator/receipts?wallet=${second.walletId}`
    const { items } = await read<{ items: Receipt[] }>(support, path)
    expect(items.map((receipt) => receipt.id)).toEqual([refused.id])
  })

  test('finds a payout, a transfer and a shopper; and nothing for nothing', async () => {
    expect(await hitsOf(payout.id)).toContainEqual(
      expect.objectContaining({ kind: 'payout', id: payout.id }),
    )
    expect(await hitsOf(`${payout.id}:closed`)).toContainEqual(
      expect.objectContaining({ kind: 'transfer' }),
    )
    const row = await env.DB.prepare('SELECT phone FROM users WHERE id = ?')
      .bind(shopper.userId)
      .first<{ phone: string }>()
    expect(await hitsOf(row?.phone ?? '')).toContainEqual(
      expect.objectContaining({ kind: 'shopper', id: shopper.walletId }),
    )
    expect(await hitsOf('нет такого')).toEqual([])
  })

  test('finds a partner by its name, and not everybody by a question of signs alone', async () => {
    await registerOffers([GENEROUS])
    const brand = expect.objectContaining({ kind: 'partner', id: BRAND_PARTNER })
    expect(await hitsOf('БРЕНД')).toContainEqual(brand)
    for (const q of ['«»', '!!', '%%', '__']) expect(await hitsOf(q), q).toEqual([])
  })
})

describe('a receipt at the desk', () => {
  test('shows its journey, its transfers and whose it is, masked', async () => {
    const { items } = await read<{ items: Receipt[] }>(
      support,
      '/v1/operator/receipts?state=credited',
    )
    const credited = await receiptAtDesk(items[0]?.id ?? '')
    expect(credited.actions).toEqual([])
    expect(credited.transfers.map(({ code }) => code).sort()).toEqual(['fee', 'reward'])
    expect(credited.receipt.timeline.at(-1)?.step).toBe('credited')
    expect(credited.shopperMasked).toMatch(/^\+7 9.*··.*\d\d$/)
  })

  test('is released with a reason: shut, its claim free, the log names who', async () => {
    const [holder, other] = [await newShopper(), await newShopper()]
    const { id, paper } = await waitingReceipt(holder)
    expect((await receiptAtDesk(id)).actions).toEqual(['retry', 'release'])
    const released = await good<OperatorReceipt>(await act(support, id, 'release', 'чужой чек'))
    expect(released.receipt).toMatchObject({
      state: 'released',
      reason: { code: 'staff_released' },
    })
    const { fn, i, fp } = paper.scan
    const fingerprint = `ru:${fn}:${i}:${fp}`
    const shard = shardOf(fingerprint, settings.DIRECTORY_SHARDS)
    await eventually(async () => {
      expect(await directoryOf(env, shard).holderOf(fingerprint)).toBeNull()
    })
    // Kills "release without tombstone": the answer that was on its way pays nobody.
    await cellFor(holder.walletId).authorityAnswered(id, vouched(paper, marketVersion()))
    const late = await cellFor(holder.walletId).receipt(holder.walletId, id, null)
    expect(late).toMatchObject({ state: 'released', rewardMinor: 0 })
    expect((await submit(other, paper.qr)).state).toBe('received')
    const log = await read<{ items: AuditLogEntry[] }>(admin, '/v1/operator/audit-log')
    expect(log.items).toContainEqual(
      expect.objectContaining({
        actorId: support.userId,
        action: 'receipt.release',
        subject: id,
        detail: 'чужой чек',
      }),
    )
  })

  test('that has been credited is neither retried nor released', async () => {
    const { items } = await read<{ items: Receipt[] }>(
      support,
      '/v1/operator/receipts?state=credited',
    )
    const id = items[0]?.id ?? ''
    for (const action of ['retry', 'release'] as const) {
      const refused = await act(support, id, action)
      expect([refused.status, await codeOf(refused)], action).toEqual([409, 'not_now'])
    }
  })

  test('is not touched without a reason', async () => {
    const { id } = await waitingReceipt(shopper)
    expect((await act(support, id, 'release', '')).status).toBe(400)
    expect((await receiptAtDesk(id)).receipt.state).toBe('verifying')
  })
})

describe('a payout at the desk', () => {
  test('is listed by state, and read with what the provider said', async () => {
    const arrived = await read<{ items: OperatorPayout[] }>(
      finance,
      '/v1/operator/payouts?state=arrived',
    )
    expect(arrived.items.map(({ id }) => id)).toContain(payout.id)
    const seen = await read<OperatorPayout>(finance, `/v1/operator/payouts/${payout.id}`)
    expect(seen).toMatchObject({ attempts: 1, lastError: null, walletId: shopper.walletId })
    expect(seen.providerId).toMatch(/^po-/)
  })

  test('that has ended is not asked about again; one on its way is, at once', async () => {
    const ask = (id: string) =>
      finance.call('POST', `/v1/operator/payouts/${id}/ask-again`, { reason: 'звонок' })
    expect(await codeOf(await ask(payout.id))).toBe('not_now')
    await turn({ key: 'payouts.pending_ms', value: 1_000 })
    const waiting = await withdraw(shopper, order())
    await followPayout(shopper, waiting, ({ state }) => state === 'on_its_way')
    expect((await ask(waiting.id)).status).toBe(200)
    expect((await followPayout(shopper, waiting)).state).toBe('arrived')
    await turn({ key: 'payouts.pending_ms', value: 0 })
  })
})

describe('the books', () => {
  test('balance to zero in every object', async () => {
    await earn(shopper.walletId, 7_700)
    const { items } = await read<{ items: AccountRow[] }>(finance, '/v1/operator/books')
    const sums = new Map<string, number>()
    for (const { cell, balanceMinor } of items) {
      sums.set(cell, (sums.get(cell) ?? 0) + balanceMinor)
    }
    expect(sums.size).toBeGreaterThan(1)
    expect([...sums.values()].filter((sum) => sum !== 0)).toEqual([])
  })

  test('show the transfers of one payout, newest first, in every book it touched', async () => {
    const path = `/v1/operator/books/transfers?reference=${payout.id}`
    const { items } = await read<{ items: TransferRow[] }>(finance, path)
    expect(items.map(({ code }) => code).sort()).toEqual([
      'payout_asked',
      'payout_paid',
      'payout_succeeded',
    ])
    const times = items.map(({ at }) => at)
    expect(times).toEqual([...times].sort().reverse())
  })
})

describe('the bank list', () => {
  test('is the provider’s; without it a payout only lacks the bank’s name', async () => {
    const banks = async () => shopper.call('GET', '/v1/payouts/banks')
    const { items } = await good<{ items: { id: string; name: string }[] }>(await banks())
    expect(items).toContainEqual({ id: '100000000111', name: 'Сбербанк' })
    await turn({ key: 'payouts.banks', value: true })
    expect(await codeOf(await banks())).toBe('upstream_unavailable')
    const nameless = await followPayout(shopper, await withdraw(shopper))
    expect(nameless).toMatchObject({ state: 'arrived', destination: { bankName: null } })
    await turn({ key: 'payouts.banks', value: null })
  })
})
