import type { SqlStore, SqlValue } from './sql-store.ts'

/** The SQLite of a Durable Object as a `SqlStore`. */
export function objectSqlStore(storage: DurableObjectStorage): SqlStore {
  return {
    all<Row extends Record<string, unknown>>(query: string, ...values: SqlValue[]): Row[] {
      // Rows hold what the schema's STRICT tables hold; callers name the columns they select.
      return storage.sql.exec(query, ...values).toArray() as Row[]
    },
    transaction: (work) => storage.transactionSync(work),
  }
}
