/**
 * Switches make the simulated services late, wrong, slow or down. A switch is a JSON value under a
 * key, for the next `remaining` uses or until it is cleared (`remaining` null).
 */
type Scalar = string | number | boolean | null

/** One level deep: a recursive type has no end for the types of remote calls. */
export type SwitchValue = Scalar | Scalar[] | { [key: string]: Scalar }

export type Switch = { key: string; value: SwitchValue; remaining: number | null }

type SwitchRow = { key: string; value: string; remaining: number | null }

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS switch (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL CHECK (json_valid(value)),
    remaining INTEGER CHECK (remaining > 0)
  ) STRICT, WITHOUT ROWID`

export type Switches = ReturnType<typeof createSwitches>

/** Keeps switches in the SQLite storage of a Durable Object, with a copy in memory for speed. */
export function createSwitches(sql: SqlStorage) {
  sql.exec(SCHEMA)
  const known = new Map<string, Switch>()
  for (const row of sql.exec<SwitchRow>('SELECT key, value, remaining FROM switch')) {
    known.set(row.key, { ...row, value: JSON.parse(row.value) })
  }

  function set(key: string, value: SwitchValue, remaining: number | null): void {
    sql.exec(
      `INSERT INTO switch (key, value, remaining) VALUES (?, ?, ?)
       ON CONFLICT (key) DO UPDATE SET value = excluded.value, remaining = excluded.remaining`,
      key,
      JSON.stringify(value),
      remaining,
    )
    known.set(key, { key, value, remaining })
  }

  function clear(key: string): void {
    sql.exec('DELETE FROM switch WHERE key = ?', key)
    known.delete(key)
  }

  /** The value, counting this as one use; null when the switch is off. */
  function take(key: string): SwitchValue {
    const found = known.get(key)
    if (found === undefined) return null
    if (found.remaining === 1) clear(key)
    else if (found.remaining !== null) set(key, found.value, found.remaining - 1)
    return found.value
  }

  return {
    set,
    clear,
    take,
    /** The value without counting a use; null when the switch is off. */
    peek: (key: string): SwitchValue => known.get(key)?.value ?? null,
    list: (): Switch[] => [...known.values()].sort((a, b) => (a.key < b.key ? -1 : 1)),
  }
}
