import { env } from 'cloudflare:workers'
import { beforeAll, describe, expect, test } from 'vitest'
import { type AtReceipt, printAt } from '#fiscal/print/at'
import { minor } from '#schema/money'
import type { Receipt } from '#schema/receipt'
import type { Posting, Wallet } from '#schema/wallet'
import { wallMinuteIn } from '../src/offers/wall.ts'
import { type Caller, good } from './actors.ts'
import { eventually, follow, scan, submit, walletOf } from './journey-steps.ts'
import { type Issued, issueOne, newShopper, offerVersion, publish, turn } from './market-world.ts'
import { order, provenAgo, withdraw } from './payout-steps.ts'

/** Goods go back to the shop, and what they had earned goes back to the offer. */

const OFFER = 'off_tenth000001'
const AUSTRIAN = 'off_austria0002'
const SERIAL = '5a17c0df'
const MILK = { name: 'Молоко 1 л', priceMinor: 60_000 }
const BREAD = { name: 'Хлеб', priceMinor: 40_000 }

beforeAll(async () => {
  const reward = { code: 'percent', args: { rateBps: 1_000 } } as const
  await publish([{ offer: offerVersion(OFFER, { reward }), budgetMinor: 1_000_000 }])
  // Signed codes carry sums alone, so that only an offer that says so counts them.
  const rule = { reward, withoutLines: 'earns' } as const
  const austrian = { ...offerVersion(AUSTRIAN, rule), market: 'at' as const }
  await publish([{ offer: austrian, budgetMinor: 100_000 }], 'at')
  await turn({ key: 'tax.processing_ms', value: 0 })
  await turn({ key: 'payouts.pending_ms', value: 0 })
})

type Goods = { name: string; priceMinor: number }

const sell = (lines: readonly Goods[]) => issueOne({ lines })

/** The till that sold the goods takes some of them back. */
const takeBack = ({ chain, scan }: Issued, lines: readonly Goods[]) =>
  issueOne({ chain, fiscalDrive: scan.fn, lines, kind: 2 })

async function read(shopper: Caller, { id }: Receipt): Promise<Receipt> {
  return good<Receipt>(await shopper.call('GET', `/v1/receipts/${id}`))
}

async function kindsOf(shopper: Caller): Promise<[Posting['kind'], number][]> {
  const page = await good<{ items: Posting[] }>(await shopper.call('GET', '/v1/wallet/history'))
  return page.items.map(({ kind, amountMinor }) => [kind, amountMinor])
}

describe('a return', () => {
  test('takes back what its lines had earned; paid out, it is owed and recovered', async () => {
    const shopper = await newShopper()
    await good(await shopper.call('POST', '/v1/me/adult', { dateOfBirth: '1990-05-05' }))
    await provenAgo(shopper, 0)
    const paper = await sell([MILK, BREAD])
    const sale = await scan(shopper, paper.qr)
    expect(await walletOf(shopper)).toMatchObject({ availableMinor: 10_000 })

    const back = await scan(shopper, (await takeBack(paper, [BREAD])).qr)
    expect(back).toMatchObject({
      state: 'no_reward',
      isReturn: true,
      reason: { code: 'return_applied', receiptId: sale.id, amountMinor: 4_000 },
    })
    const seen = await read(shopper, sale)
    expect(seen).toMatchObject({ state: 'credited', rewardMinor: 10_000, returnedMinor: 4_000 })
    expect(seen.lines.map(({ returnedMicro }) => returnedMicro)).toEqual([0, 1_000_000])
    expect(seen.verdicts).toContainEqual(
      expect.objectContaining({ rule: 'returned', seen: { kind: 'money', amountMinor: 4_000 } }),
    )
    expect(await walletOf(shopper)).toMatchObject({ availableMinor: 6_000, owedMinor: 0 })

    await withdraw(shopper, order({ amountMinor: minor(6_000) }))
    await scan(shopper, (await takeBack(paper, [MILK])).qr)
    expect(await walletOf(shopper)).toMatchObject({ availableMinor: 0, owedMinor: 6_000 })

    await scan(shopper, (await sell([MILK, BREAD])).qr)
    expect(await walletOf(shopper)).toMatchObject({ availableMinor: 4_000, owedMinor: 0 })
    const kinds = await kindsOf(shopper)
    expect(kinds.filter(([kind]) => !kind.startsWith('payout'))).toEqual([
      ['claim_recovered', -6_000],
      ['accrual', 10_000],
      ['claim_opened', -6_000],
      ['clawback', -4_000],
      ['accrual', 10_000],
    ])
    await eventually(async () => {
      const row = await env.DB.prepare(
        'SELECT redemptions, reward_minor, fee_minor FROM offer_totals WHERE offer_id = ?',
      )
        .bind(OFFER)
        .first()
      expect(row).toEqual({ redemptions: 1, reward_minor: 10_000, fee_minor: 1_500 })
    })
  })

  test('of Austria is signed by the till that sold, and tells no goods', async () => {
    const print = await austrianTill()
    const shopper = await newShopper()
    const credited = await follow(shopper, await submit(shopper, await print(1_000)))
    expect(credited.rewardMinor).toBe(100)
    const back = await follow(shopper, await submit(shopper, await print(-400)))
    expect(back.reason).toMatchObject({ code: 'return_applied', amountMinor: 40 })
    const storno = await follow(shopper, await submit(shopper, await print(-600, 'STO')))
    expect(storno.reason).toMatchObject({ code: 'return_applied', amountMinor: 60 })
    const wallet = await shopper.call('GET', '/v1/wallet', undefined, { 'x-market': 'at' })
    expect(await good<Wallet>(wallet)).toMatchObject({ availableMinor: 0, owedMinor: 0 })
  })
})

/** A registered till; prints receipts of this much, in cents. */
async function austrianTill() {
  const curve = { name: 'ECDSA', namedCurve: 'P-256' }
  const pair = await crypto.subtle.generateKey(curve, true, ['sign', 'verify'])
  if (!('privateKey' in pair)) throw new Error('not a pair of keys')
  const key = await crypto.subtle.exportKey('jwk', pair.publicKey)
  const at = new Date().toISOString()
  await env.DB.prepare(
    `INSERT INTO fiscal_keys (id, country, provider, key_id, key, state, asked_by, asked_at,
       registered_by, registered_at)
     VALUES ('key_2', 'at', 'AT1', ?, ?, 'registered', 'x', ?, 'x', ?)`,
  )
    .bind(SERIAL, JSON.stringify(key), at, at)
    .run()
  let printed = 0
  const time = `${wallMinuteIn(new Date().toISOString(), 'Europe/Vienna')}:07`
  const sign = async (message: Uint8Array) =>
    new Uint8Array(
      await crypto.subtle.sign(
        { name: 'ECDSA', hash: 'SHA-256' },
        pair.privateKey,
        new Uint8Array(message),
      ),
    )
  return (amountMinor: number, turnover: AtReceipt['turnover'] = new Uint8Array(8)) => {
    printed += 1
    const totalsMinor = [amountMinor, 0, 0, 0, 0] as const
    const numbered = { provider: 'AT1', till: 'KASSE-2', receipt: `${Date.now()}-${printed}` }
    const chain = new Uint8Array(8)
    return printAt({ ...numbered, time, totalsMinor, turnover, serial: SERIAL, chain }, sign)
  }
}
