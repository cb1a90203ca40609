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

/** Totals by class and kind, in the order of the chart of accounts as it comes. */
export function classTotals(rows: readonly AccountRow[]): ClassTotal[] {
  const totals = new Map<string, ClassTotal>()
  for (const { code, kind, balanceMinor } of rows) {
    const name = accountClass(code)
    const key = `${kind} ${name}`
    const before = totals.get(key) ?? { name, kind, accounts: 0, balanceMinor: 0 }
    totals.set(key, {
      ...before,
      accounts: before.accounts + 1,
      balanceMinor: before.balanceMinor + balanceMinor,
    })
  }
  return [...totals.values()]
}
