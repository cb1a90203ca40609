import { expect, test } from 'vitest'
import { transactionId } from './transaction-id.ts'
import { createWise } from './wise.fetch.ts'

const asked = { id: 'x', walletId: 'wal_a', amountMinor: 500, firstSentAt: 1_800_000_000_000 }
const key = await transactionId('at', asked)

const other = { id: 1, customerTransactionId: 'another' }
const ours = {
  id: 7,
  status: 'processing',
  sourceCurrency: 'EUR',
  targetCurrency: 'EUR',
  targetValue: 5,
  customerTransactionId: key,
}

/** A provider whose whole list is this, in pages as it is asked for them. */
function searching(list: readonly object[], status = 200) {
  const asks: URLSearchParams[] = []
  const wise = createWise({
    base: 'https://api.wise.test',
    token: 't',
    profileId: '9',
    market: 'at',
    send: async ({ url }) => {
      const { searchParams } = new URL(url)
      asks.push(searchParams)
      const from = Number(searchParams.get('offset'))
      const page = list.slice(from, from + Number(searchParams.get('limit')))
      return Response.json(page, { status })
    },
  })
  return { find: () => wise.find(asked), asks }
}

test('a search looks through every page of the day, and only of our profile', async () => {
  const { find, asks } = searching([...Array.from({ length: 150 }, () => other), ours])
  expect(await find()).toEqual({ kind: 'pending', providerId: '7' })
  expect(asks.map((query) => query.get('offset'))).toEqual(['0', '100'])
  const [first] = asks
  expect(first?.get('profile')).toBe('9')
  const spanOf = ['createdDateStart', 'createdDateEnd'].map(
    (name) => (Date.parse(first?.get(name) ?? '') - asked.firstSentAt) / 3_600_000,
  )
  // Sending stops at 23 hours (schedule.ts): nothing of ours can be later.
  expect(spanOf).toEqual([-1, 24])
})

test('absence is told only after the last page, and never of a list too long to read', async () => {
  expect(await searching([other]).find()).toEqual({ kind: 'absent' })
  const endless = searching(Array.from({ length: 6_000 }, () => other))
  expect((await endless.find()).kind).toBe('unknown')
  expect(endless.asks).toHaveLength(50)
  expect((await searching([], 500).find()).kind).toBe('unknown')
})

test('ours twice, on two pages, is loud', async () => {
  const { find } = searching([
    ours,
    ...Array.from({ length: 120 }, () => other),
    { ...ours, id: 8 },
  ])
  expect(await find()).toMatchObject({ kind: 'unknown', detail: expect.stringContaining('2 tran') })
})
