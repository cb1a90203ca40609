/**
 * The part of D1 that the control plane uses, spelled out so that the application's types do not
 * depend on the platform's. A real `D1Database` fits it.
 */
export interface Statement {
  bind(...values: unknown[]): Statement
  first<Row>(): Promise<Row | null>
  all<Row>(): Promise<{ results: Row[] }>
  run(): Promise<{ meta: { changes: number } }>
}

export interface Database {
  prepare(sql: string): Statement
  /** The only transaction: all statements, or none. */
  batch<Row>(statements: Statement[]): Promise<{ results: Row[]; meta: { changes: number } }[]>
  exec(sql: string): Promise<unknown>
}
