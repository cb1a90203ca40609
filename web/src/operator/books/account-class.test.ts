import { expect, it } from 'vitest'
import { AccountRow } from '#schema/operator'
import { accountClass, classTotals, shownBalance } from './account-class.ts'

it('accounts of one meaning are one class, whosever they are', () => {
  expect(accountClass('wallet:wal_0001:held')).toBe('wallet:held')
  expect(accountClass('wallet:*:held')).toBe('wallet:held')
  expect(accountClass('escrow:off_0001')).toBe('escrow')
  expect(accountClass('clearing:payouts')).toBe('clearing:payouts')
  expect(accountClass('clearing:funding:off_0001')).toBe('clearing:funding')
})

it('money in the bank is shown as money that is there', () => {
  const row = (kind: 'asset' | 'liability', balanceMinor: number) =>
    shownBalance(AccountRow.parse({ cell: 'network', code: 'bank', kind, balanceMinor }))
  expect(row('asset', -700)).toBe(700)
  expect(row('liability', 700)).toBe(700)
  expect(Object.is(row('asset', 0), 0)).toBe(true)
})

it('both sides of a clearing meet in one total, so that zero can be seen', () => {
  const row = (cell: string, balanceMinor: number) =>
    AccountRow.parse({ cell, code: 'clearing:off_0001', kind: 'mirror', balanceMinor })
  expect(classTotals([row('cell-0', -500), row('budget', 500)])).toEqual([
    { name: 'clearing', kind: 'mirror', accounts: 2, balanceMinor: 0 },
  ])
})
