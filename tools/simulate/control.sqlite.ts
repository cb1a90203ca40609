import { readdirSync, readFileSync } from 'node:fs'
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite'
import { fileURLToPath } from 'node:url'
import type { Database, Statement } from '#worker/members/database'

/**
 * The control plane's database in memory, with the real schema, as the application's port. One is
 * made for all seeds: a story runs inside a transaction that is rolled back when it is over.
 */
const FOLDER = fileURLToPath(new URL('../../schema/sql/control/', import.meta.url))

type Bound = Statement & { readonly perform: () => { rows: unknown[]; changes: number } }

export class ControlDatabase implements Database {
  readonly #sqlite = new DatabaseSync(':memory:')
  readonly #statements = new Map<string, StatementSync>()

  constructor() {
    for (const file of readdirSync(FOLDER).sort()) {
      this.#sqlite.exec(readFileSync(FOLDER + file, 'utf8'))
    }
  }

  begin(): void {
    this.#sqlite.exec('BEGIN')
  }

  forget(): void {
    this.#sqlite.exec('ROLLBACK')
  }

  prepare(sql: string): Bound {
    return this.#bound(sql, [])
  }

  async batch<Row>(statements: Statement[]) {
    this.#sqlite.exec('SAVEPOINT batch')
    try {
      const done = (statements as Bound[]).map((statement) => {
        const { rows, changes } = statement.perform()
        return { results: rows as Row[], meta: { changes } }
      })
      this.#sqlite.exec('RELEASE batch')
      return done
    } catch (cause) {
      this.#sqlite.exec('ROLLBACK TO batch; RELEASE batch')
      throw cause
    }
  }

  async exec(sql: string): Promise<void> {
    this.#sqlite.exec(sql)
  }

  #bound(sql: string, values: readonly unknown[]): Bound {
    const perform = () => {
      const statement = this.#statements.get(sql) ?? this.#sqlite.prepare(sql)
      this.#statements.set(sql, statement)
      const inputs = values as SQLInputValue[]
      if (statement.columns().length > 0) return { rows: statement.all(...inputs), changes: 0 }
      return { rows: [], changes: Number(statement.run(...inputs).changes) }
    }
    return {
      perform,
      bind: (...bound) => this.#bound(sql, bound),
      first: async <Row>() => (perform().rows[0] as Row | undefined) ?? null,
      all: async <Row>() => ({ results: perform().rows as Row[] }),
      run: async () => ({ meta: { changes: perform().changes } }),
    }
  }
}
