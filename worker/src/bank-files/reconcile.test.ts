import { expect, test } from 'vitest'
import type { PayoutState } from '#schema/payout'
import type { Instruction } from './instruction.ts'
import { contradictionOf, lagsBehind } from './reconcile.ts'

const ID = '0b8f0a5e-6f5b-4d0c-9d2a-7b1c3e4f5a6b'
const WALLET = 'wal_00000000000000000001'

const instruction = (status: string | null): Instruction => ({
  key: 'k',
  market: 'kz',
  walletId: WALLET,
  payoutId: ID,
  amountMinor: 104_00,
  currency: 'KZT',
  masked: 'KZ•• … 0100',
  fileId: 'f',
  writtenAgainAt: null,
  said: status
    ? [
        {
          status,
          saidAt: '2026-11-23T10:00:00.000Z',
          amount: null,
          currency: null,
          reason: null,
          scope: 'transfer',
          isConfirmed: true,
          isOfWholeFile: false,
        },
      ]
    : [],
})
const payout = (state: PayoutState) => ({ id: ID, walletId: WALLET, amountMinor: 104_00, state })

test.each([
  [null, 'asked'],
  [null, 'on_its_way'],
  ['ACSC', 'on_its_way'],
  ['ACSC', 'arrived'],
  ['RJCT', 'on_its_way'],
  ['RJCT', 'came_back'],
  ['RJCT', 'arrived'],
] as const)('the cell may lag behind the bank: %s while %s', (status, state) => {
  expect(contradictionOf(instruction(status), payout(state))).toBeNull()
})

test.each([
  [null, 'arrived', 'has not said so'],
  ['ACSP', 'arrived', 'has not said so'],
  [null, 'came_back', 'may pay'],
  ['ACSP', 'came_back', 'may pay'],
  ['ACSC', 'came_back', 'may pay'],
] as const)('it never runs ahead of it: %s while %s', (status, state, words) => {
  expect(contradictionOf(instruction(status), payout(state))).toContain(words)
})

test.each([
  ['ACSC', 'on_its_way', true],
  ['RJCT', 'on_its_way', true],
  ['RJCT', 'arrived', true],
  ['ACSC', 'arrived', false],
  ['RJCT', 'came_back', false],
  ['ACSC', 'came_back', false],
  ['ACSP', 'on_its_way', false],
  [null, 'arrived', false],
] as const)('the cell is told what it has not heard: %s while %s', (status, state, lags) => {
  expect(lagsBehind(instruction(status), payout(state))).toBe(lags)
})

test('a payout of nobody, of another wallet or of another amount is told', () => {
  expect(contradictionOf(instruction(null), undefined)).toContain('no such payout')
  const other = { ...payout('on_its_way'), walletId: 'wal_2' }
  expect(contradictionOf(instruction(null), other)).toContain('no such payout')
  const more = { ...payout('on_its_way'), amountMinor: 105_00 }
  expect(contradictionOf(instruction(null), more)).toContain('stands with the bank as 10400')
})
