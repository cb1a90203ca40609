import { env } from 'cloudflare:workers'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { AuditReport, OperatorPayout } from '#schema/operator'
import type { Payout } from '#schema/payout'
import { cellNameOf, cellOf } from '../src/cells/route-of.ts'
import { type Caller, good, signInOperator, stranger } from './actors.ts'
import { cellFor, eventually, settings, walletOf } from './journey-steps.ts'
import { registerOffers, turn, world } from './market-world.ts'
import {
  followPayout,
  GENEROUS,
  notification,
  paidLate,
  payee,
  publishGenerousMarket,
  withdraw,
} from './payout-steps.ts'

/** A payout that the provider pays after its money has come back: the loss must be noticed. */

const BALANCE = 50_000

let finance: Caller
let shopper: Caller
let back: Payout

beforeAll(async () => {
  await publishGenerousMarket()
  await registerOffers([GENEROUS])
  finance = await signInOperator(world, 'finance')
})

beforeEach(async () => {
  shopper = await payee(BALANCE)
  await turn({ key: 'payouts.refuse', value: 400, remaining: 1 })
  back = await followPayout(shopper, await withdraw(shopper))
  expect(back.state).toBe('came_back')
})

const cell = () => cellFor(shopper.walletId)
const atDesk = async () =>
  good<OperatorPayout>(await finance.call('GET', `/v1/operator/payouts/${back.id}`))

describe('a payment after its money came back', () => {
  test('told by a webhook stops the cell, and says why', async () => {
    const late = await paidLate(shopper, back)
    const news = notification(late, 'payout.succeeded')
    expect((await stranger(world).call('POST', '/v1/hooks/yookassa', news)).status).toBe(200)
    // Kills "an ended payout has no news": the bank would be short without anybody knowing.
    await eventually(async () => expect(await cell().payoutsFrozen()).toContain(back.id))
    expect((await atDesk()).lastError).toContain('after its money had come back')
    expect((await walletOf(shopper)).availableMinor).toBe(BALANCE)
    await cell().freezePayouts(null)
  })

  test('that nobody told of is found by the audit, by search if it has no name', async () => {
    expect((await atDesk()).providerId).toBeNull()
    await paidLate(shopper, back)
    const report = await good<AuditReport>(await finance.call('POST', '/v1/operator/audits'))
    const where = cellNameOf(settings.CELL_MAP, 'ru', shopper.walletId)
    const what = `payout ${back.id} came_back, the provider says succeeded`
    expect(report.findings).toContainEqual({ invariant: 'I6', where, what })
    expect(report.frozenCells).toEqual([where])
    await cellOf(env, where).freezePayouts(null)
  })

  test('that never happened changes nothing when the operator asks again', async () => {
    const path = `/v1/operator/payouts/${back.id}/ask-again`
    expect((await finance.call('POST', path, { reason: 'a call' })).status).toBe(200)
    await eventually(async () => expect((await atDesk()).attempts).toBe(2))
    expect(await cell().payoutsFrozen()).toBeNull()
    expect(await walletOf(shopper)).toMatchObject({ availableMinor: BALANCE, payingMinor: 0 })
  })
})

describe('an audit', () => {
  test('holds every ended payout against the provider, page by page', async () => {
    const answers = await cell().endedPayouts(0, '', 1)
    expect(answers).toHaveLength(1)
    const rest = await cell().endedPayouts(0, answers[0]?.id ?? '', 100)
    expect([...answers, ...rest].map(({ id }) => id)).toContain(back.id)
    expect(rest.map(({ id }) => id)).not.toContain(answers[0]?.id)
    expect(await cell().endedPayouts(Date.now() + 60_000, '', 100)).toEqual([])
  })
})
