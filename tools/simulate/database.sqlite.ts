import { readFileSync } from 'node:fs'
import { DatabaseSync, type StatementSync } from 'node:sqlite'
import { fileURLToPath } from 'node:url'
import { type Migration, migrate, type SqlStore, type SqlValue } from '#worker/cells/sql-store'

/**
 * Databases in memory with the real schema. Making one costs more than a whole simulation, so they
 * are kept: a seed runs inside one outer transaction that is rolled back when the seed is over.
 */
export type DatabaseKind = 'cell' | 'directory' | 'budget' | 'book'

const schemaFile = (name: string): Migration => ({
  name,
  sql: readFileSync(
    fileURLToPath(new URL(`../../schema/sql/cell/${name}.sql`, import.meta.url)),
    'utf8',
  ),
})

/** The same files in the same order as the objects' own list. */
const SCHEMAS: Record<DatabaseKind, readonly string[]> = {
  cell: [
    '0001_book',
    '0002_tasks',
    '0003_cell',
    '0007_no_counters',
    '0008_receipts_by_fingerprint',
    '0009_photos',
    '0010_receipt_sales',
    '0012_reviews',
    '0013_photo_shots',
    '0014_returns',
    '0016_photo_countries',
    '0017_named_returns',
    '0018_desk',
    '0019_photos_of_waiting',
    '0020_review_countries',
  ],
  directory: [
    '0004_directory',
    '0006_directory_refusals',
    '0011_directory_purchases',
    '0015_directory_identities',
    '0021_directory_moments',
  ],
  budget: ['0001_book', '0005_budget'],
  book: ['0001_book', '0002_tasks'],
}

const spare = new Map<DatabaseKind, Database[]>()

/** One party's durable memory. It outlives the party's crashes. */
export class Database {
  readonly kind: DatabaseKind
  readonly #database = new DatabaseSync(':memory:')
  readonly #statements = new Map<string, StatementSync>()

  constructor(kind: DatabaseKind) {
    this.kind = kind
    migrate(this.store(), SCHEMAS[kind].map(schemaFile))
  }

  /** Takes a clean database out of the spare ones, or makes one. */
  static open(kind: DatabaseKind): Database {
    const database = spare.get(kind)?.pop() ?? new Database(kind)
    database.exec('BEGIN')
    return database
  }

  /** Forgets everything since `open`. */
  close(): void {
    this.exec('ROLLBACK')
    spare.set(this.kind, [...(spare.get(this.kind) ?? []), this])
  }

  exec(query: string): void {
    this.#database.exec(query)
  }

  all<Row extends Record<string, unknown>>(query: string, ...values: SqlValue[]): Row[] {
    let statement = this.#statements.get(query)
    if (!statement) {
      statement = this.#database.prepare(query)
      this.#statements.set(query, statement)
    }
    // The rows are what the STRICT tables hold; callers name the columns they select.
    return statement.all(...values) as Row[]
  }

  /** A store on this database without any faults. */
  store(): SqlStore {
    return {
      all: (query, ...values) => this.all(query, ...values),
      transaction: (work) => this.transaction(work),
    }
  }

  transaction<Result>(work: () => Result): Result {
    this.all('SAVEPOINT work')
    try {
      const result = work()
      this.all('RELEASE work')
      return result
    } catch (cause) {
      this.all('ROLLBACK TO work')
      this.all('RELEASE work')
      throw cause
    }
  }
}
