import type { AccountRow } from '#schema/operator'

/** One class of accounts over all books: its name without the ids, and what it adds up to. */
export interface ClassTotal {
  name: string
  kind: AccountRow['kind']
  accounts: number
  balanceMinor: number
}

/** `wallet:wal_x:held`, `wallet:*:held` → `wallet:held`; `escrow:off_x` → `escrow`: an id has a `_`. */
export function accountClass(code: string): string {
  return code
    .split(':')
    .filter((part) => part !== '*' && !part.includes('_'))
    .join(':')
}

/**
 * The book keeps what it owes as positive and what it has as negative; people read both as
 * positive.
 */
export function shownBalance({ kind, balanceMinor }: AccountRow): number {
  const isDebit = kind === 'asset' || kind === 'expense'
  return isDebit && balanceMinor !== 0 ? -balanceMinor : balanceMinor
}

/** Totals by class and kind, in the order of the chart of accounts as it comes. */
export function classTotals(rows: readonly AccountRow[]): ClassTotal[] {
  const totals = new Map<string, ClassTotal>()
  for (const row of rows) {
    const { code, kind } = row
    const name = accountClass(code)
    const key = `${kind} ${name}`
    const before = totals.get(key) ?? { name, kind, accounts: 0, balanceMinor: 0 }
    totals.set(key, {
      ...before,
      accounts: before.accounts + 1,
      balanceMinor: before.balanceMinor + shownBalance(row),
    })
  }
  return [...totals.values()]
}
