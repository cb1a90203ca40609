import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { MARKETS } from '#schema/market'
import { minor } from '#schema/money'
import type { CodeScan } from '#schema/receipt'
import { proveCell } from '#worker/audit/cell-proof'
import { receiptView } from '#worker/cells/receipt-view'
import { offerOf } from '#worker/offers/sample.test-data'
import { wallMinuteAt } from '#worker/receipts/journey'
import { Reviewing, taken } from './reviewing.ts'

/**
 * Codes that do not say when or for how much: whoever vouches for them says it, and by that they
 * are told from other purchases, counted, shown and reported.
 */

const offer = offerOf('a')
const BOUGHT = '2026-11-21T18:42'
const YESTERDAY = '2026-11-20'
let world: Reviewing
let codes: number

beforeEach(() => {
  codes = 0
  world = new Reviewing('uz')
  world.publish(offer)
  // The first one waits for the lease.
  credited({ walletId: 'wal_9', time: '2026-11-19T10:00' })
  world.lease(offer.offerId, 1_000_000)
})

afterEach(() => {
  // Whatever happened: no promise of the book is broken.
  const wrong = proveCell(world.cell.ctx.sql, world.now).filter(
    ({ what }) => !what.endsWith('late'),
  )
  world.close()
  expect(wrong).toEqual([])
})

type Bought = { walletId?: string; time?: string; missing?: string[] }

/** Scans a code now and has its voucher say when it was bought. */
function credited({ walletId = 'wal_1', time = BOUGHT, missing = ['total', 'issued_at'] }: Bought) {
  codes += 1
  const isDay = missing.includes('time_of_day')
  const scan: CodeScan = {
    country: 'uz',
    text: '',
    time: isDay ? `${time.slice(0, 10)}T00:00` : wallMinuteAt(world.now, 5 * 3_600_000),
    totalMinor: minor(isDay ? 10_000 : 0),
    operation: 'sale',
    issuer: null,
    till: null,
    trust: 'lookup',
    signature: 'absent',
    missing,
    officialPage: null,
  }
  const fingerprint = `uz:${codes}`
  return world.confirm({ walletId, scan, fingerprint, contentKey: fingerprint }, { time })
}

/** A photo of that purchase, approved by a reviewer. */
async function approved(walletId: string) {
  const purchase = { time: BOUGHT }
  const review = world.ask(world.photo(walletId), purchase)
  taken(world.approve(review, 'usr_a', purchase))
  await world.run()
  await world.run()
  return world.reviewRow(review.id)
}

describe('a code that tells no minute', () => {
  it.each([
    ['nor its total', BOUGHT, ['total', 'issued_at']],
    ['but its day', BOUGHT, ['time_of_day']],
    ['by the clock of its shop', '2026-11-21T18:39', ['total', 'issued_at']],
  ])('%s pays once beside a photo of its paper', async (_, time, missing) => {
    expect(credited({ time, missing }).state).toBe('credited')
    for (const walletId of ['wal_1', 'wal_2']) {
      const review = await approved(walletId)
      expect(review).toMatchObject({ state: 'declined', reason: 'already_used' })
    }
    expect(world.credited()).toHaveLength(2)
  })

  it.each([BOUGHT, '2026-11-21T18:39'])('pays once after such a photo, at %s', async (time) => {
    const review = await approved('wal_1')
    expect(credited({ time })).toMatchObject({
      state: 'duplicate',
      reason: { code: 'already_claimed_by_you', receiptId: review.receiptId },
    })
    expect(world.credited()).toHaveLength(2)
  })

  it('is another purchase than one of another hour', async () => {
    expect(credited({ time: '2026-11-21T17:42' }).state).toBe('credited')
    expect((await approved('wal_1')).state).toBe('approved')
    expect(world.credited()).toHaveLength(3)
  })

  it('is shown and reported as its voucher says it', () => {
    const time = `${YESTERDAY}T12:00`
    const { id } = credited({ time })
    const said = { purchasedAt: time, totalMinor: 10_000 }
    expect(receiptView(world.cell.ctx, world.row(id))).toMatchObject(said)
    const events = world.cell
      .dueOutside(world.now, 100)
      .flatMap(({ body }) => (body.kind === 'event' ? body.event : []))
    expect(events).toContainEqual(expect.objectContaining({ receiptId: id, ...said }))
  })

  it('counts on the day on which it was bought', () => {
    const { receiptsPerTillMax } = MARKETS.uz
    for (let count = 0; count < receiptsPerTillMax; count += 1) {
      expect(credited({ time: `${YESTERDAY}T12:0${count}` }).state).toBe('credited')
    }
    const reason = { code: 'till_limit' }
    expect(credited({ time: `${YESTERDAY}T13:00` })).toMatchObject({ state: 'no_reward', reason })
    expect(credited({ time: BOUGHT }).state).toBe('credited')
  })
})
