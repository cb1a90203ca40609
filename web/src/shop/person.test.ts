import { beforeEach, expect, test, vi } from 'vitest'
import { minor } from '#schema/money'
import { MemoryStorage } from '../testing/memory-storage.ts'
import { keepPayout, pendingPayout } from './money/pending-payout.ts'
import { forgetPerson, personCame, personHere } from './person.ts'

const dropped: string[] = []

beforeEach(() => {
  vi.stubGlobal('localStorage', new MemoryStorage())
  vi.stubGlobal('sessionStorage', new MemoryStorage())
  dropped.length = 0
  vi.stubGlobal('caches', {
    keys: async () => ['api-seen', 'precache'],
    delete: async (name: string) => dropped.push(name),
  })
})

function askForMoney() {
  const destination = { code: 'sbp', phone: '+79001234567', bankId: '1' } as const
  keepPayout('wal_a', { amountMinor: minor(100), destination })
}

test('the answers and the withdrawal of one person are gone before another one reads', async () => {
  expect(await personCame('usr_a')).toBe(false)
  askForMoney()
  expect(await personCame('usr_a')).toBe(false)
  expect(pendingPayout('wal_a')).not.toBeNull()
  expect(dropped).toEqual([])

  expect(await personCame('usr_b')).toBe(true)
  expect(personHere()).toBe('usr_b')
  expect(pendingPayout('wal_a')).toBeNull()
  expect(dropped).toEqual(['api-seen'])
})

test('a sign-out leaves nobody here, and keeps the pages of the app', async () => {
  await personCame('usr_a')
  askForMoney()
  await forgetPerson()
  expect(personHere()).toBeNull()
  expect(JSON.stringify([localStorage, sessionStorage])).toBe('[{},{}]')
  expect(dropped).toEqual(['api-seen'])
})

test('a browser that keeps nothing still lets people in', async () => {
  vi.stubGlobal('localStorage', undefined)
  expect(await personCame('usr_a')).toBe(false)
  await expect(forgetPerson()).resolves.toBeUndefined()
})
