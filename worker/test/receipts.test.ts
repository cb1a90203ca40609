import { beforeAll, describe, expect, test } from 'vitest'
import { MARKETS } from '#schema/market'
import { minor } from '#schema/money'
import type { Problem } from '#schema/problem'
import type { Receipt } from '#schema/receipt'
import type { Verdict } from '#schema/verdict'
import { CHAINS } from '../../sandbox/src/catalogue.ts'
import { type Caller, good, signInOperator } from './actors.ts'
import { cellFor, claim, eventually, scan, vouched, walletNumber } from './journey-steps.ts'
import {
  type Issued,
  issueOne,
  newShopper,
  offerVersion,
  publish,
  retailer,
  turn,
  world,
} from './market-world.ts'

/** What a shopper may bring, and the words in which each of it is answered. */

const DAY_MS = 86_400_000
const HOUR_MS = 3_600_000

/** The wall-clock minute `ms` from now, as the clock on a wall at UTC shows it. */
const wallAt = (ms: number) => new Date(Date.now() + ms).toISOString().slice(0, 16)
const yesterday = wallAt(-DAY_MS).slice(0, 10)

const FIXED = 'off_fixed000001'
const BRAND = 'off_brand000001'
const DATED = 'off_dated000001'

let shopper: Caller
let version = 0

beforeAll(async () => {
  const fixed = (amountMinor: number) =>
    ({ code: 'fixed', args: { amountMinor: minor(amountMinor), per: 'receipt' } }) as const
  version = await publish([
    { offer: offerVersion(FIXED, { reward: fixed(100) }), budgetMinor: 1_000_000 },
    {
      offer: offerVersion(BRAND, {
        reward: { code: 'percent', args: { rateBps: 1_000 } },
        target: { code: 'brand', args: { brand: 'Млечный бор' } },
      }),
      budgetMinor: 100_000_000,
    },
    {
      offer: offerVersion(DATED, {
        reward: fixed(700),
        retailers: [retailer('okean')],
        startsAt: `${yesterday}T00:00`,
      }),
      budgetMinor: 1_000_000,
    },
  ])
  await turn({ key: 'tax.processing_ms', value: 0 })
  shopper = await newShopper()
})

const post = (source: Record<string, unknown>) =>
  shopper.call('POST', '/v1/receipts', { source: { code: 'qr', ...source } })

async function problemOf(text: string): Promise<Record<string, unknown>> {
  return (await post({ text })).json()
}

describe('a code', () => {
  test.each([
    ['words', 'Спасибо за покупку'],
    ['a link to a shop', 'https://shop.example/promo?id=1'],
    ['a bar code', '4607025392200'],
    ['a sum below zero', 't=20261121T1842&s=-1.00&fn=9999078900000001&i=1&fp=1&n=1'],
    ['a month that is none', 't=20261321T1842&s=1.00&fn=9999078900000001&i=1&fp=1&n=1'],
    ['a drive of 15 digits', 't=20261121T1842&s=1.00&fn=999907890000000&i=1&fp=1&n=1'],
    ['a sign beyond 32 bits', 't=20261121T1842&s=1.00&fn=9999078900000001&i=1&fp=9876543210&n=1'],
    ['a kind that is none', 't=20261121T1842&s=1.00&fn=9999078900000001&i=1&fp=1&n=7'],
    ['two different sums', 't=20261121T1842&s=1.00&s=2.00&fn=9999078900000001&i=1&fp=1&n=1'],
  ])('that is %s is not a fiscal code', async (_, text) => {
    const answer = await post({ text })
    expect(answer.status).toBe(422)
    expect(await answer.json()).toMatchObject({ code: 'not_a_fiscal_code' })
  })

  test('of another country is recognised, and named', async () => {
    const german =
      'V0;955002-00;Kassenbeleg-V1;Beleg^0.00_2.55_0.00_0.00_0.00^2.55:Bar;18;112;' +
      '2019-07-10T18:41:04.000Z;2019-07-10T18:41:04.000Z;ecdsa-plain-SHA256;unixTime;MEQ=;BHhW'
    expect(await problemOf(german)).toMatchObject({ code: 'foreign_receipt', country: 'de' })
  })

  test('with a sum without a dot is asked about, never guessed', async () => {
    const { qr, scan: issued } = await issueOne()
    const roubles = qr.replace(/s=[\d.]+/, `s=${issued.totalMinor}`)
    const asked = await problemOf(roubles)
    expect(asked).toMatchObject({ code: 'ambiguous_sum', sumDigits: String(issued.totalMinor) })
    const answer = await post({ text: roubles, sumUnit: 'kopecks' })
    const receipt = await good<Receipt>(answer)
    expect(receipt.totalMinor).toBe(issued.totalMinor)
  })

  test('of an operator’s own link says what is missing, with what was recognised', async () => {
    const { scan: issued } = await issueOne()
    const { fn, i, fp } = issued
    const problem = await problemOf(`https://check.yandex.ru/?n=${i}&fn=${fn}&fpd=${fp}`)
    expect(problem).toMatchObject({
      code: 'receipt_incomplete',
      missing: ['t', 's'],
      recognised: { fn, i, fp },
    })
  })

  test('typed by hand is the same receipt as its code', async () => {
    const paper = await issueOne()
    const scanned = await good<Receipt>(await post({ text: paper.qr }))
    const body = { source: { code: 'fields', fields: paper.scan } }
    const typed = await shopper.call('POST', '/v1/receipts', body)
    expect(typed.status).toBe(200)
    expect((await good<Receipt>(typed)).id).toBe(scanned.id)
  })
})

describe('a receipt that earns nothing, whatever is on it', () => {
  test.each([
    ['a purchase from a person', 3],
    ['a return of such a purchase', 4],
  ])('%s (kind %i) is answered at once', async (_, kind) => {
    const { qr } = await issueOne({ kind })
    expect(await good<Receipt>(await post({ text: qr }))).toMatchObject({
      state: 'rejected',
      reason: { code: 'not_a_sale', seen: String(kind) },
    })
  })

  test.each([
    ['400 days old', -400 * DAY_MS, 'too_old'],
    ['31 days old', -31 * DAY_MS, 'too_old'],
    ['from tomorrow', DAY_MS, 'from_the_future'],
    ['an hour beyond the easternmost clock', 13 * HOUR_MS, 'from_the_future'],
  ])('one %s says so, with the time it has', async (_, ms, code) => {
    const time = wallAt(ms)
    const { qr } = await issueOne({ time })
    const receipt = await good<Receipt>(await post({ text: qr }))
    expect(receipt).toMatchObject({ state: 'rejected', reason: { code, seen: time } })
    expect(receipt.nextCheckAt).toBeNull()
  })

  test('one too late for the offer is refused by the offer, not by the network', async () => {
    const receipt = await scan(shopper, (await issueOne({ time: wallAt(-20 * DAY_MS) })).qr)
    expect(receipt).toMatchObject({ state: 'no_reward', reason: { code: 'nothing_matched' } })
    const verdict = receipt.verdicts.find(({ offerId }) => offerId === FIXED)
    expect(verdict).toMatchObject({ rule: 'submitted_late', action: 'submit_sooner' })
    expect(verdict?.needed).toMatchObject({ kind: 'time' })
  })
})

describe('a receipt of 300 lines', () => {
  test('gets a verdict for every line, and pays each that an offer is on', async () => {
    const support = await signInOperator(world, 'support')
    const paper = await issueOne({ lines: 300 })
    const receipt = await scan(shopper, paper.qr)
    expect(receipt.state).toBe('credited')
    expect(receipt.lines.map(({ name, sumMinor }) => [name, sumMinor])).toEqual(
      paper.lines.map(({ name, sumMinor }) => [name, sumMinor]),
    )
    const path = `/v1/operator/receipts/${receipt.id}/explain`
    const { verdicts } = await good<{ verdicts: Verdict[] }>(await support.call('GET', path))
    const judged = new Set(verdicts.map(({ line }) => line))
    for (const { index } of receipt.lines) expect(judged).toContain(index)
    const paid = verdicts.filter(({ offerId, rule }) => offerId === BRAND && rule === 'rewarded')
    expect(paid.length).toBeGreaterThan(0)
    const ofLines = receipt.lines.reduce((sum, { rewardMinor }) => sum + rewardMinor, 0)
    expect(ofLines).toBe(paid.reduce((sum, { rewardMinor }) => sum + rewardMinor, 0))
    expect(receipt.rewardMinor).toBe(ofLines + 100)
  })
})

describe('the record behind a line', () => {
  const reasons = async (who: Caller, id: string, query = '') => {
    const answer = await who.call('GET', `/v1/receipts/${id}/explain${query}`)
    return (await good<{ verdicts: Verdict[] }>(answer)).verdicts
  }

  test('names every offer to its own shopper, also those on other goods', async () => {
    const receipt = await scan(shopper, (await issueOne()).qr)
    const [line] = receipt.lines
    const ofLine = await reasons(shopper, receipt.id, '?line=0')
    expect(ofLine).toEqual(expect.arrayContaining(line?.verdicts ?? []))
    expect(ofLine.map(({ offerId }) => offerId)).toContain(BRAND)
    expect(ofLine.every(({ line }) => line === 0)).toBe(true)
    const ofAll = await reasons(shopper, receipt.id)
    expect(ofAll.map(({ offerId }) => offerId).sort()).toEqual([DATED, FIXED])
  })

  test('says the same for a line that no offer is on', async () => {
    const lines = [{ name: 'Пакет-майка', priceMinor: 990 }]
    const receipt = await scan(shopper, (await issueOne({ lines })).qr)
    expect(receipt.lines[0]?.verdicts.some(({ offerId }) => offerId === BRAND)).toBe(false)
    const [verdict] = (await reasons(shopper, receipt.id, '?line=0')).filter(
      ({ offerId }) => offerId === BRAND,
    )
    expect(verdict).toMatchObject({ rewardMinor: 0, offerTitle: expect.anything() })
  })

  test('is empty before a receipt is judged, and nobody else’s', async () => {
    const { qr } = await issueOne({ kind: 2 })
    const refused = await good<Receipt>(await post({ text: qr }))
    expect(await reasons(shopper, refused.id)).toEqual([])
    const other = await newShopper()
    const answer = await other.call('GET', `/v1/receipts/${refused.id}/explain`)
    expect(answer.status).toBe(404)
  })
})

describe('clocks and days', () => {
  test('a till in Vladivostok is not in the future for a server in UTC', async () => {
    const receipt = await scan(shopper, (await issueOne({ chain: 'okean' })).qr)
    expect(receipt.state).toBe('credited')
    expect(Date.parse(`${receipt.purchasedAt}Z`)).toBeGreaterThan(Date.now() + 9 * HOUR_MS)
  })

  test('an offer begins at midnight on the shop’s own clock', async () => {
    const before = wallAt(-2 * DAY_MS).slice(0, 10)
    const late = await scan(
      shopper,
      (await issueOne({ chain: 'okean', time: `${before}T23:59` })).qr,
    )
    const early = await scan(
      shopper,
      (await issueOne({ chain: 'okean', time: `${yesterday}T00:00` })).qr,
    )
    const rules = [late, early].map(
      ({ verdicts }) => verdicts.find(({ offerId }) => offerId === DATED)?.rule,
    )
    expect(rules).toEqual(['before_start', 'rewarded'])
  })
})

describe('daily limits', () => {
  const TILLS = CHAINS.flatMap(({ id, stores }) =>
    stores.flatMap(({ tills }) => tills.map(({ fiscalDrive }) => ({ chain: id, fiscalDrive }))),
  )

  /** A receipt of a day, vouched for by hand so that the tax service's seconds do not add up. */
  async function earn(walletId: string, draft: Record<string, unknown>): Promise<Receipt> {
    await turn({ key: 'tax.fault', value: 'daily_limit' })
    const paper: Issued = await issueOne({ lines: [{ name: 'Товар', priceMinor: 500 }], ...draft })
    const id = await claim(walletId, paper)
    const cell = cellFor(walletId)
    await cell.authorityAnswered(id, vouched(paper, version))
    return eventually(async () => {
      const receipt = await cell.receipt(walletId, id, null)
      const ended = receipt?.state === 'credited' || receipt?.state === 'no_reward'
      if (!receipt || !ended) throw new Error(`still ${receipt?.state}`)
      return receipt
    })
  }

  test('five a till and day: the sixth says so, the next till and the next day pay', async () => {
    const walletId = walletNumber('till', 0)
    const [till, other] = TILLS
    const time = `${yesterday}T12:00`
    for (let count = 0; count < 5; count += 1) {
      expect((await earn(walletId, { ...till, time })).state).toBe('credited')
    }
    expect(await earn(walletId, { ...till, time })).toMatchObject({
      state: 'no_reward',
      reason: { code: 'till_limit', seen: '5', needed: '5' },
    })
    expect((await earn(walletId, { ...other, time })).state).toBe('credited')
    expect((await earn(walletId, { ...till, time: wallAt(-3 * DAY_MS) })).state).toBe('credited')
  }, 60_000)

  test('twenty a day: midnight of the shop ends it, and only credited ones count', async () => {
    const walletId = walletNumber('day', 0)
    // Nothing on it can earn: it uses up no quota.
    const late = { ...TILLS[0], time: wallAt(-20 * DAY_MS) }
    expect((await earn(walletId, late)).state).toBe('no_reward')
    for (let count = 0; count < 20; count += 1) {
      const draft = { ...TILLS[count % 5], time: `${yesterday}T23:59` }
      expect((await earn(walletId, draft)).state, `receipt ${count}`).toBe('credited')
    }
    const last = { ...TILLS[6], time: `${yesterday}T23:59` }
    expect(await earn(walletId, last)).toMatchObject({
      state: 'no_reward',
      reason: { code: 'daily_limit', seen: '20', needed: '20' },
    })
    const next = new Date(Date.parse(`${yesterday}T00:00Z`) + DAY_MS).toISOString().slice(0, 10)
    expect((await earn(walletId, { ...TILLS[6], time: `${next}T00:00` })).state).toBe('credited')
  }, 60_000)
})

test('made-up receipts without end are put off, and the answer says until when', async () => {
  await turn({ key: 'tax.fault', value: 'daily_limit' })
  const guesser = await newShopper()
  const guess = (i: number) => {
    const day = yesterday.replaceAll('-', '')
    const text = `t=${day}T1200&s=1.00&fn=9999078900000001&i=${i}&fp=7&n=1`
    return guesser.call('POST', '/v1/receipts', { source: { code: 'qr', text } })
  }
  const most = MARKETS.ru.uncreditedPerHourMax
  for (let sent = 1; sent <= most; sent += 1) expect((await guess(sent)).status).toBe(202)
  const refused = await guess(most + 1)
  expect(refused.status).toBe(429)
  const { code, retryAfter } = await refused.json<Problem>()
  expect(code).toBe('submissions_exhausted')
  expect(refused.headers.get('retry-after')).toBe(String(retryAfter))
  expect(retryAfter).toBeGreaterThan(3_000)
  expect(retryAfter).toBeLessThanOrEqual(3_600)
  expect((await guess(1)).status).toBe(200)
}, 60_000)
