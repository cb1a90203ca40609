import { env } from 'cloudflare:workers'
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { minor } from '#schema/money'
import type { AuthorityHealth, OperatorReceipt } from '#schema/operator'
import type { Receipt, ReceiptReasonCode, ReceiptState } from '#schema/receipt'
import { authorityOf, directoryOf, shardOf } from '../src/cells/route-of.ts'
import { type Caller, good, signInOperator } from './actors.ts'
import {
  eventually,
  follow,
  ringCells,
  scan,
  settings,
  submit,
  travel,
  walletOf,
} from './journey-steps.ts'
import {
  deliver,
  type Issued,
  issueOne,
  newShopper,
  offerVersion,
  publish,
  turn,
  turnOff,
  usesLeft,
  world,
} from './market-world.ts'

/** What the tax service can do to a receipt, and how the receipt gets over it. */

const MINUTE_MS = 60_000
const DAY_MS = 86_400_000

let shopper: Caller
let support: Caller

beforeAll(async () => {
  await publish([
    {
      offer: offerVersion('off_authority01', {
        reward: { code: 'fixed', args: { amountMinor: minor(1_000), per: 'receipt' } },
      }),
      budgetMinor: 10_000_000,
    },
  ])
  support = await signInOperator(world, 'support')
})

let tests = 0

beforeEach(async () => {
  // One till credits a wallet five times a day: four tests share a shopper.
  if (tests % 4 === 0) shopper = await newShopper()
  tests += 1
  await turn({ key: 'tax.processing_ms', value: 0 })
})

afterEach(async () => {
  vi.useRealTimers()
  await turnOff()
})

/** A receipt that has an answer of some kind: at rest, or waiting with a reason. */
const hasReason = (receipt: Receipt) => receipt.reason !== null

const ENDS: readonly ReceiptState[] = ['credited', 'no_reward', 'rejected', 'duplicate']
const hasEnded = (receipt: Receipt) => ENDS.includes(receipt.state)

async function retry(receipt: Receipt, reason = 'the service is back'): Promise<void> {
  const path = `/v1/operator/receipts/${receipt.id}/retry`
  await good<OperatorReceipt>(await support.call('POST', path, { reason }))
}

/** Counts the questions that reach the tax service while `work` runs. */
async function questionsDuring(work: () => Promise<unknown>): Promise<number> {
  await turn({ key: 'tax.slow_ms', value: 0, remaining: 1_000 })
  await work()
  return 1_000 - (await usesLeft('tax.slow_ms'))
}

/** Minutes from the submission to the next check, as the shopper is told. */
function minutesToCheck(receipt: Receipt): number {
  if (receipt.nextCheckAt === null) throw new Error('no next check is promised')
  return (Date.parse(receipt.nextCheckAt) - Date.parse(receipt.submittedAt)) / MINUTE_MS
}

describe('a service that fails', () => {
  const failures: [fault: string, reason: ReceiptReasonCode][] = [
    ['http_503', 'authority_unavailable'],
    ['internal', 'authority_unavailable'],
    ['timeout', 'authority_unavailable'],
    ['html', 'authority_unavailable'],
    ['garbage', 'authority_unavailable'],
    ['huge', 'authority_unavailable'],
    ['ip_denied', 'authority_unavailable'],
    ['token_denied', 'authority_unavailable'],
    ['http_429', 'authority_quota'],
    ['daily_limit', 'authority_quota'],
    ['method_limit', 'authority_quota'],
  ]
  const waiting: { by: Caller; receipt: Receipt }[] = []

  test.each(failures)('%s: the receipt says %s and keeps its claim', async (fault, code) => {
    await turn({ key: 'tax.fault', value: fault })
    const receipt = await follow(shopper, await submit(shopper, (await issueOne()).qr), hasReason)
    expect(receipt).toMatchObject({ state: 'verifying', reason: { code }, rewardMinor: 0 })
    expect(minutesToCheck(receipt)).toBeGreaterThan(0.4)
    waiting.push({ by: shopper, receipt })
  })

  test('every receipt that waited for it is paid when it is back', async () => {
    expect(waiting).toHaveLength(failures.length)
    for (const { receipt } of waiting) await retry(receipt)
    const ends = await Promise.all(waiting.map(({ by, receipt }) => follow(by, receipt, hasEnded)))
    expect(ends.map(({ state }) => state)).toEqual(failures.map(() => 'credited'))
  })

  test('silence is an outage after ten seconds, not a hanging receipt', async () => {
    await turn({ key: 'tax.send', value: 'silence', remaining: 1 })
    const waiting = await follow(shopper, await submit(shopper, (await issueOne()).qr), hasReason)
    expect(waiting).toMatchObject({ state: 'verifying', reason: { code: 'authority_unavailable' } })
  })

  test('a slow service costs time only', async () => {
    await turn({ key: 'tax.slow_ms', value: 2_000, remaining: 1 })
    expect((await scan(shopper, (await issueOne()).qr)).state).toBe('credited')
  })

  test('an answer that takes four polls still counts', async () => {
    await turn({ key: 'tax.processing_ms', value: 4_000 })
    expect((await scan(shopper, (await issueOne()).qr)).state).toBe('credited')
  })

  test('a forgotten message is sent once more', async () => {
    await turn({ key: 'tax.poll', value: 'message_not_found', remaining: 1 })
    expect((await scan(shopper, (await issueOne()).qr)).state).toBe('credited')
  })

  test('a refused token is changed once, and the receipt does not notice', async () => {
    expect((await scan(shopper, (await issueOne()).qr)).state).toBe('credited')
    const former = await authorityOf(env).readToken()
    await turn({ key: 'tax.send', value: 'token_denied', remaining: 1 })
    expect((await scan(shopper, (await issueOne()).qr)).state).toBe('credited')
    expect((await authorityOf(env).readToken())?.token).not.toBe(former?.token)
  })
})

describe('a used-up quota', () => {
  test('stops all questions until midnight in Moscow, and the operator reads it', async () => {
    await turn({ key: 'tax.send', value: 'daily_limit', remaining: 1 })
    const first = await follow(shopper, await submit(shopper, (await issueOne()).qr), hasReason)
    const asked = await questionsDuring(async () => {
      const second = await submit(shopper, (await issueOne()).qr)
      const waiting = await follow(shopper, second, hasReason)
      expect(waiting.reason?.code).toBe('authority_quota')
    })
    // Kills "ask anyway": each question would count against the next day.
    expect(asked).toBe(0)
    const health = await good<AuthorityHealth>(await support.call('GET', '/v1/operator/authority'))
    expect(health.state).toBe('quota')
    const nextTryAt = health.nextTryAt ?? ''
    expect(nextTryAt).toMatch(/T2(0:59:5|1:00:0)/)
    expect(Date.parse(first.nextCheckAt ?? '')).toBeGreaterThanOrEqual(Date.parse(nextTryAt))
    expect(health.channels).toEqual([
      expect.objectContaining({ name: 'fns', state: 'quota', perDayMax: null, spentMinor: 0 }),
    ])
  })
})

describe('a receipt that the tax service does not know yet', () => {
  test('waits with a date, is asked again by itself, and is paid once it arrives', async () => {
    const paper = await issueOne({ deliveredAfterMs: 3 * DAY_MS })
    const waiting = await scan(shopper, paper.qr)
    expect(waiting).toMatchObject({
      state: 'awaiting_authority',
      reason: { code: 'not_delivered_yet' },
      rewardMinor: 0,
    })
    expect(minutesToCheck(waiting)).toBe(15)
    travel(16 * MINUTE_MS)
    await ringCells()
    // Nobody scans it again: the second date is two hours after the submission.
    const later = await follow(shopper, waiting, (seen) => minutesToCheck(seen) > 15)
    expect(minutesToCheck(later)).toBe(120)
    await deliver(paper)
    travel(2 * 60 * MINUTE_MS)
    await ringCells()
    const paid = await follow(shopper, later, hasEnded)
    expect(paid).toMatchObject({ state: 'credited', rewardMinor: 1_000, nextCheckAt: null })
  })

  test('can be asked for at once by the operator, with a reason in the timeline', async () => {
    const paper = await issueOne({ deliveredAfterMs: 3 * DAY_MS })
    const waiting = await scan(shopper, paper.qr)
    await deliver(paper)
    await retry(waiting, 'the shop says that it has sent it')
    const paid = await follow(shopper, waiting, hasEnded)
    expect(paid.state).toBe('credited')
    expect(paid.timeline.map(({ step }) => step)).toContain('retried')
    expect(JSON.stringify(paid.timeline)).toContain('the shop says that it has sent it')
  })

  test('is refused after 30 days, and then belongs to whoever can prove it', async () => {
    const paper = await issueOne({ deliveredAfterMs: 40 * DAY_MS })
    const waiting = await scan(shopper, paper.qr)
    travel(30 * DAY_MS + MINUTE_MS)
    await ringCells()
    const closed = await follow(shopper, waiting, hasEnded)
    expect(closed).toMatchObject({ state: 'rejected', reason: { code: 'never_delivered' } })
    vi.useRealTimers()
    await eventually(async () => expect(await holderOf(paper)).toBeNull())
    const other = await newShopper()
    expect((await scan(other, paper.qr)).state).toBe('awaiting_authority')
  })

  test.each([['455'], ['528']])('%s from the service means "not yet"', async (code) => {
    await turn({ key: 'tax.code', value: code })
    const waiting = await scan(shopper, (await issueOne()).qr)
    expect(waiting).toMatchObject({ state: 'awaiting_authority', nextCheckAt: expect.any(String) })
  })

  test.each([['400'], ['531']])(
    '%s may be our own fault: the receipt stays open and is asked seldom',
    async (code) => {
      await turn({ key: 'tax.code', value: code })
      const waiting = await follow(shopper, await submit(shopper, (await issueOne()).qr), hasReason)
      expect(waiting).toMatchObject({
        state: 'verifying',
        reason: { code: 'authority_unavailable' },
      })
      expect(minutesToCheck(waiting)).toBe(15)
    },
  )
})

describe('a forged receipt', () => {
  const typed = (paper: Issued, totalMinor: number) => ({
    source: { code: 'fields', fields: { ...paper.scan, totalMinor } },
  })
  const type = async (by: Caller, paper: Issued, totalMinor: number) =>
    good<Receipt>(await by.call('POST', '/v1/receipts', typed(paper, totalMinor)))

  test('is refused for good, leaves the claim to its holder, is never asked again', async () => {
    const [forger, holder, third] = [await newShopper(), await newShopper(), await newShopper()]
    const paper = await issueOne()
    const dearer = paper.scan.totalMinor + 100_000
    const forged = await follow(forger, await type(forger, paper, dearer))
    expect(forged).toMatchObject({ state: 'rejected', reason: { code: 'forged' }, rewardMinor: 0 })
    await eventually(async () => expect(await holderOf(paper)).toBeNull())

    const paid = await scan(holder, paper.qr)
    expect(paid).toMatchObject({ state: 'credited', rewardMinor: 1_000 })

    const asked = await questionsDuring(async () => {
      const again = await follow(third, await type(third, paper, dearer))
      expect(again).toMatchObject({ state: 'rejected', reason: { code: 'forged' } })
      expect(again.reason?.at).toBeTruthy()
      expect((await type(forger, paper, dearer)).id).toBe(forged.id)
    })
    // Kills "a forgery is forgotten": the service forbids asking again with the same data.
    expect(asked).toBe(0)
    expect((await walletOf(forger)).availableMinor).toBe(0)
  })

  test('with the right data afterwards is a new attempt of the same person', async () => {
    const hasty = await newShopper()
    const paper = await issueOne()
    const wrong = await follow(hasty, await type(hasty, paper, paper.scan.totalMinor + 10))
    await eventually(async () => expect(await holderOf(paper)).toBeNull())
    const right = await scan(hasty, paper.qr)
    expect(right.id).not.toBe(wrong.id)
    expect(right.state).toBe('credited')
    expect((await walletOf(hasty)).availableMinor).toBe(1_000)
  })

  test('by 454 as by 406; a code that the service cannot place is not called forged', async () => {
    await turn({ key: 'tax.code', value: '454', remaining: 1 })
    const forged = await scan(shopper, (await issueOne()).qr)
    expect(forged.reason?.code).toBe('forged')
  })
})

describe('an answer about something else', () => {
  test.each([['fp'], ['total'], ['time']])(
    'another %s is not believed, and is asked again',
    async (field) => {
      await turn({ key: 'tax.wrong', value: field, remaining: 1 })
      const paper = await issueOne()
      const waiting = await follow(shopper, await submit(shopper, paper.qr), hasReason)
      expect(waiting).toMatchObject({ state: 'verifying', rewardMinor: 0 })
      await retry(waiting)
      expect((await follow(shopper, waiting, hasEnded)).state).toBe('credited')
    },
  )

  test('three times in a row ends in a refusal that names the fields', async () => {
    await turn({ key: 'tax.wrong', value: 'total' })
    let seen = await follow(shopper, await submit(shopper, (await issueOne()).qr), hasReason)
    while (seen.state === 'verifying') {
      const { version } = seen
      await retry(seen)
      // The retry itself is one version; the answer is the next.
      seen = await follow(shopper, seen, (later) => later.version > version + 1)
    }
    expect(seen).toMatchObject({
      state: 'rejected',
      reason: { code: 'differs_from_authority', fields: ['total'] },
    })
  })
})

/** The receipt that holds the identity of a paper in the directory, or null. */
async function holderOf({ scan: { fn, i, fp } }: Issued): Promise<string | null> {
  const fingerprint = `ru:${fn}:${i}:${fp}`
  const shard = shardOf(fingerprint, settings.DIRECTORY_SHARDS)
  return directoryOf(env, shard).holderOf(fingerprint)
}
