import { beforeEach, expect, test, vi } from 'vitest'
import { minor } from '#schema/money'
import { MemoryStorage } from '../../testing/memory-storage.ts'
import { keepPayout, pendingPayout, settlePayout } from './pending-payout.ts'

const CARD = { code: 'bank_card', cardNumber: '2200000000000004' } as const
const SBP = { code: 'sbp', phone: '+79001234567', bankId: '100000000111' } as const
const amountMinor = minor(100_00)

beforeEach(() => {
  vi.stubGlobal('localStorage', new MemoryStorage())
  newTab()
})

function newTab() {
  vi.stubGlobal('sessionStorage', new MemoryStorage())
}

test('a lost withdrawal is repeated with its id, by whoever asked for it only', () => {
  const request = keepPayout('wal_a', { amountMinor, destination: CARD })
  expect(pendingPayout('wal_a')).toEqual(request)
  expect(pendingPayout('wal_b')).toBeNull()
  expect(keepPayout('wal_a', { amountMinor, destination: CARD }).id).toBe(request.id)
  const anothers = keepPayout('wal_b', { amountMinor, destination: CARD })
  expect(anothers.id).not.toBe(request.id)
})

test('another amount or destination is another withdrawal', () => {
  const { id } = keepPayout('wal_a', { amountMinor, destination: SBP })
  expect(keepPayout('wal_a', { amountMinor: minor(1_00), destination: SBP }).id).not.toBe(id)
  expect(keepPayout('wal_a', { amountMinor, destination: CARD }).id).not.toBe(id)
})

test('the number of a card never reaches what the device keeps', () => {
  const { id } = keepPayout('wal_a', { amountMinor, destination: CARD })
  expect(JSON.stringify(localStorage)).not.toContain(CARD.cardNumber)
  newTab()
  expect(pendingPayout('wal_a')).toEqual({ id, amountMinor, destination: null })
})

test('a closed tab does not lose a withdrawal to a phone, and a settled one is gone', () => {
  const request = keepPayout('wal_a', { amountMinor, destination: SBP })
  newTab()
  expect(pendingPayout('wal_a')).toEqual(request)
  settlePayout()
  expect(pendingPayout('wal_a')).toBeNull()
})
