import { first, type SqlStore } from './sql-store.ts'

/** Operator switches of one object, durable. */
export type FlagName = 'payouts_frozen'

/** Why the switch is on, or null when it is off. */
export function readFlag(sql: SqlStore, name: FlagName): string | null {
  const row = first<{ value: string }>(sql, 'SELECT value FROM flags WHERE name = ?', name)
  return row?.value ?? null
}

export function writeFlag(sql: SqlStore, name: FlagName, value: string | null, now: number): void {
  if (value === null) sql.all('DELETE FROM flags WHERE name = ?', name)
  else {
    sql.all(
      `INSERT INTO flags (name, value, at) VALUES (?1, ?2, ?3)
       ON CONFLICT (name) DO UPDATE SET value = ?2, at = ?3`,
      name,
      value,
      now,
    )
  }
}
