import { env } from 'cloudflare:workers'
import { beforeAll, describe, expect, test } from 'vitest'
import { minor } from '#schema/money'
import type { Receipt } from '#schema/receipt'
import { directoryOf, shardOf } from '../src/cells/route-of.ts'
import { good } from './actors.ts'
import {
  cellFor,
  cells,
  eventually,
  follow,
  missingMinor,
  moneyOf,
  rowsOf,
  scan,
  settings,
  submissionOf,
  submit,
  walletNumber,
  walletOf,
} from './journey-steps.ts'
import { costOf, issue, issueOne, newShopper, offerVersion, publish, turn } from './market-world.ts'

/** A fiscal receipt is credited once, network-wide, by its identity and never by its spelling. */

const OFFER = 'off_claims00001'

beforeAll(async () => {
  await publish([
    {
      offer: offerVersion(OFFER, {
        reward: { code: 'fixed', args: { amountMinor: minor(1_000), per: 'receipt' } },
      }),
      budgetMinor: 10_000_000,
    },
  ])
  await turn({ key: 'tax.processing_ms', value: 0 })
})

/** Eight ways in which phones and operators spell one and the same code. */
function spellings(qr: string): string[] {
  const field = (name: string) => new RegExp(`(?:^|&)${name}=([^&]*)`).exec(qr)?.[1] ?? ''
  const [t, s, fn, i, fp] = ['t', 's', 'fn', 'i', 'fp'].map(field)
  return [
    qr,
    `  ${qr}\n`,
    qr.split('&').reverse().join('&'),
    `t=${t}59&s=${s}&fn=${fn}&i=${i}&fp=${fp}&n=1`,
    `t=${t?.toLowerCase()}&s=${s}&fn=${fn}&i=${i}&fp=${fp}&n=1`,
    `t=${t}&s=${s}&fn=${fn}&i=${i?.padStart(10, '0')}&fp=${fp?.padStart(10, '0')}&n=1`,
    `t=${t}&s=${s?.replace('.', ',')}&fn=${fn}&i=${i}&fp=${fp}&n=1`,
    `https://consumer.1-ofd.ru/v1?${qr}`,
  ]
}

describe('the same receipt', () => {
  test('from the same wallet is the same work: the same id, and 200 instead of 202', async () => {
    const shopper = await newShopper()
    const { qr } = await issueOne()
    const body = (text: string) => ({ source: { code: 'qr', text } })
    const first = await shopper.call('POST', '/v1/receipts', body(qr))
    expect(first.status).toBe(202)
    const { id } = await good<Receipt>(first)
    for (const text of spellings(qr)) {
      const again = await shopper.call('POST', '/v1/receipts', body(text))
      expect(again.status, text).toBe(200)
      expect((await good<Receipt>(again)).id, text).toBe(id)
    }
    const receipt = await follow(shopper, { id } as Receipt)
    expect(receipt.state).toBe('credited')
    // Kills the mutant "credit at every answer": one posting, however often it was sent.
    expect((await walletOf(shopper)).availableMinor).toBe(1_000)
  })

  test('from another shopper is a duplicate that says when and, masked, by whom', async () => {
    const [first, second] = [await newShopper(), await newShopper()]
    const { qr } = await issueOne()
    const credited = await scan(first, qr)
    const me = await good<{ phoneMasked: string }>(await first.call('GET', '/v1/me'))
    const duplicate = await scan(second, qr)
    expect(duplicate).toMatchObject({
      state: 'duplicate',
      rewardMinor: 0,
      reason: { code: 'already_claimed', by: me.phoneMasked },
    })
    const claimedAt = credited.timeline.find(({ step }) => step === 'claimed')?.at ?? ''
    expect(Math.abs(Date.parse(duplicate.reason?.at ?? '') - Date.parse(claimedAt))).toBeLessThan(
      5_000,
    )
    expect(JSON.stringify(duplicate)).not.toContain(first.walletId)
    expect(JSON.stringify(duplicate)).not.toContain(credited.id)
    expect((await walletOf(second)).availableMinor).toBe(0)
  })

  test('from 64 wallets at once, in every spelling, is credited to exactly one', async () => {
    const { qr, scan: issued } = await issueOne()
    const texts = spellings(qr)
    const wallets = Array.from({ length: 64 }, (_, index) => walletNumber('many', index))
    const before = await moneyOf(OFFER)
    const answers = await Promise.all(
      wallets.map(async (walletId, index) => {
        const submission = await submissionOf(walletId, texts[index % texts.length] ?? qr)
        return cellFor(walletId).submit(submission)
      }),
    )
    const ids = answers.map((answer) => ('receipt' in answer ? answer.receipt.id : ''))
    expect(new Set(ids).size).toBe(64)
    const states = await eventually(async () => {
      const seen = await Promise.all(
        wallets.map((walletId, at) => cellFor(walletId).receipt(walletId, ids[at] ?? '', null)),
      )
      const ended = seen.map((receipt) => receipt?.state)
      expect(ended.every((state) => state === 'credited' || state === 'duplicate')).toBe(true)
      return ended
    })
    // Kills the mutants "claim by raw text" and "check, then write" of the directory.
    expect(states.filter((state) => state === 'credited')).toHaveLength(1)
    const fingerprint = `ru:${issued.fn}:${issued.i}:${issued.fp}`
    const holder = await directoryOf(env, shardOf(fingerprint, settings.DIRECTORY_SHARDS)).holderOf(
      fingerprint,
    )
    expect(ids[states.indexOf('credited')]).toBe(holder)
    const after = await moneyOf(OFFER)
    expect(after.rewardsMinor + after.feesMinor - before.rewardsMinor - before.feesMinor).toBe(
      costOf(1_000),
    )
    expect(missingMinor(after)).toBe(0)
  })

  test('eight people over HTTP at once: one is paid, seven are told who was first', async () => {
    const people = await Promise.all(Array.from({ length: 8 }, () => newShopper()))
    const texts = spellings((await issueOne()).qr)
    const receipts = await Promise.all(
      people.map((person, index) => scan(person, texts[index] ?? '')),
    )
    const paid = receipts.filter(({ state }) => state === 'credited')
    const told = receipts.filter(({ reason }) => reason?.code === 'already_claimed')
    expect([paid.length, told.length]).toEqual([1, 7])
    const winner = people[receipts.findIndex(({ state }) => state === 'credited')]
    if (!winner) throw new Error('nobody was paid')
    const me = await good<{ phoneMasked: string }>(await winner.call('GET', '/v1/me'))
    expect(told.every(({ reason }) => reason?.by === me.phoneMasked)).toBe(true)
  })
})

describe('different receipts', () => {
  test('with one number but another sign are different identities', async () => {
    const shopper = await newShopper()
    const { qr } = await issueOne()
    const other = qr.replace(/fp=(\d+)/, (_, fp: string) => `fp=${(Number(fp) % 1_000) + 1}`)
    const [a, b] = [await submit(shopper, qr), await submit(shopper, other)]
    expect(a.id).not.toBe(b.id)
  })

  test('of one shopper live in one cell, wherever the wallet is', async () => {
    const shopper = await newShopper()
    for (const paper of await issue({ chain: 'ugol', lines: 1, count: 3 })) {
      await submit(shopper, paper.qr)
    }
    const held = await Promise.all(
      cells.map(async (name) => {
        const stub = env.CELLS.get(env.CELLS.idFromName(name))
        const query = 'SELECT count(*) AS n FROM receipts WHERE wallet_id = ?'
        return (await rowsOf<{ n: number }>(stub, query, shopper.walletId))[0]?.n ?? 0
      }),
    )
    expect(held.filter((count) => count > 0)).toEqual([3])
  })
})
