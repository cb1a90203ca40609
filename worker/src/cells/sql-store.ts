/**
 * The port to an object's own SQLite: synchronous, one writer, transactions that roll back when the
 * callback throws. Durable Objects implement it, and so does the simulator, with the same SQL.
 */
export type SqlValue = string | number | null | Uint8Array

export type SqlStore = {
  /** Runs one statement; rows as plain objects. */
  all<Row extends Record<string, unknown>>(query: string, ...values: SqlValue[]): Row[]
  transaction<Result>(work: () => Result): Result
}

/** The first row, or null. */
export function first<Row extends Record<string, unknown>>(
  sql: SqlStore,
  query: string,
  ...values: SqlValue[]
): Row | null {
  return sql.all<Row>(query, ...values)[0] ?? null
}

/** A schema file with the name it is remembered by. */
export type Migration = { readonly name: string; readonly sql: string }

/** Applies what has not been applied yet, each file in its own transaction, in order. */
export function migrate(sql: SqlStore, migrations: readonly Migration[]): void {
  sql.all('CREATE TABLE IF NOT EXISTS migrations (name TEXT PRIMARY KEY) STRICT')
  for (const migration of migrations) {
    if (first(sql, 'SELECT name FROM migrations WHERE name = ?', migration.name)) continue
    sql.transaction(() => {
      for (const statement of statementsOf(migration.sql)) sql.all(statement)
      sql.all('INSERT INTO migrations (name) VALUES (?)', migration.name)
    })
  }
}

/**
 * Splits a schema file into statements: a semicolon at the end of a line ends one, save in a
 * trigger.
 */
export function statementsOf(text: string): string[] {
  const statements: string[] = []
  let current = ''
  for (const line of text.split('\n')) {
    if (line.startsWith('--')) continue
    current += `${line}\n`
    const inTrigger = /^\s*CREATE TRIGGER/.test(current) && !/END;\s*$/.test(current)
    if (!inTrigger && /;\s*$/.test(line)) {
      statements.push(current.trim())
      current = ''
    }
  }
  return statements
}
