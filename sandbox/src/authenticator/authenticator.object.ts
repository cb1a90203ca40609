import { DurableObject } from 'cloudflare:workers'
import type { SandboxEnv } from '../env.ts'
import { type Account, type CurrentCode, currentCode } from './account.ts'

/** Accounts kept; older ones are forgotten. */
const ACCOUNTS_MAX = 200

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS account (
    id INTEGER PRIMARY KEY,
    issuer TEXT NOT NULL,
    label TEXT NOT NULL,
    uri TEXT NOT NULL,
    UNIQUE (issuer, label)
  ) STRICT`

export type ShownAccount = Pick<Account, 'issuer' | 'label'> & CurrentCode & { id: number }

/** Stands in for the authenticator app on a phone: keeps secrets, shows the codes of now. */
export class Authenticator extends DurableObject<SandboxEnv> {
  private readonly sql: SqlStorage

  constructor(state: DurableObjectState, env: SandboxEnv) {
    super(state, env)
    this.sql = state.storage.sql
    this.sql.exec(SCHEMA)
  }

  /** Adds an account; the same issuer and label again replaces the secret. */
  add(account: Account): ShownAccount {
    const { id } = this.sql
      .exec<{ id: number }>(
        `INSERT INTO account (issuer, label, uri) VALUES (?, ?, ?)
         ON CONFLICT (issuer, label) DO UPDATE SET uri = excluded.uri RETURNING id`,
        account.issuer,
        account.label,
        account.uri,
      )
      .one()
    this.sql.exec('DELETE FROM account WHERE id <= ?', id - ACCOUNTS_MAX)
    return shown(id, account, Date.now())
  }

  /** Newest first; `label` is a part of the account's label. */
  list(label: string): ShownAccount[] {
    const now = Date.now()
    return this.sql
      .exec<Account & { id: number }>(
        'SELECT * FROM account WHERE instr(lower(label), ?) > 0 ORDER BY id DESC',
        label.toLowerCase(),
      )
      .toArray()
      .map((row) => shown(row.id, row, now))
  }

  forget(id: number): void {
    this.sql.exec('DELETE FROM account WHERE id = ?', id)
  }
}

function shown(id: number, account: Account, now: number): ShownAccount {
  return { id, issuer: account.issuer, label: account.label, ...currentCode(account, now) }
}
