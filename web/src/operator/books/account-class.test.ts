import { expect, it } from 'vitest'
import { AccountRow } from '#schema/operator'
import { accountClass, classTotals } from './account-class.ts'

it('accounts of one meaning are one class, whosever they are', () => {
  expect(accountClass('wallet:wal_0001:held')).toBe('wallet:held')
  expect(accountClass('wallet:*:held')).toBe('wallet:held')
  expect(accountClass('escrow:off_0001')).toBe('escrow')
  expect(accountClass('clearing:payouts')).toBe('clearing:payouts')
  expect(accountClass('clearing:funding:off_0001')).toBe('clearing:funding')
})

it('both sides of a clearing meet in one total, so that zero can be seen', () => {
  const row = (cell: string, balanceMinor: number) =>
    AccountRow.parse({ cell, code: 'clearing:off_0001', kind: 'mirror', balanceMinor })
  expect(classTotals([row('cell-0', -500), row('budget', 500)])).toEqual([
    { name: 'clearing', kind: 'mirror', accounts: 2, balanceMinor: 0 },
  ])
})
