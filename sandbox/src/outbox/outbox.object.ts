import { DurableObject } from 'cloudflare:workers'
import type { SandboxEnv } from '../env.ts'
import type { Channel, KeptMessage } from './message.ts'

/** Messages kept; older ones are forgotten. */
export const MESSAGES_MAX = 500

/** Both gateways decline the same message for this long. */
const REPEAT_MS = 60_000

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS message (
    id INTEGER PRIMARY KEY,
    channel TEXT NOT NULL CHECK (channel IN ('sms', 'mail')),
    recipient TEXT NOT NULL,
    subject TEXT,
    text TEXT NOT NULL,
    -- What makes two requests the same one for the gateway.
    identity TEXT NOT NULL,
    at INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX IF NOT EXISTS message_by_identity ON message (identity, at)`

type MessageRow = {
  id: number
  channel: Channel
  recipient: string
  subject: string | null
  text: string
  at: number
}

type NewMessage = Omit<KeptMessage, 'id' | 'at'> & { identity: string }

/** Every SMS and mail that "left", newest 500. */
export class Outbox extends DurableObject<SandboxEnv> {
  private readonly sql: SqlStorage

  constructor(state: DurableObjectState, env: SandboxEnv) {
    super(state, env)
    this.sql = state.storage.sql
    this.sql.exec(SCHEMA)
  }

  /** Keeps a message; null when the same one was taken within the last minute. */
  take(message: NewMessage): number | null {
    const now = Date.now()
    const { identity, channel, to, subject, text } = message
    const repeated = this.sql.exec(
      'SELECT 1 FROM message WHERE identity = ? AND at > ?',
      identity,
      now - REPEAT_MS,
    )
    if (repeated.toArray().length > 0) return null
    const { id } = this.sql
      .exec<{ id: number }>(
        `INSERT INTO message (channel, recipient, subject, text, identity, at)
         VALUES (?, ?, ?, ?, ?, ?) RETURNING id`,
        channel,
        to,
        subject,
        text,
        identity,
        now,
      )
      .one()
    this.sql.exec('DELETE FROM message WHERE id <= ?', id - MESSAGES_MAX)
    return id
  }

  /** Newest first; `to` is a part of the recipient, phones without blanks. */
  list(to: string, channel: Channel | null, limit: number): KeptMessage[] {
    return this.sql
      .exec<MessageRow>(
        `SELECT * FROM message WHERE instr(lower(recipient), ?1) > 0
           AND (?2 IS NULL OR channel = ?2)
         ORDER BY id DESC LIMIT ?3`,
        to.toLowerCase(),
        channel,
        limit,
      )
      .toArray()
      .map(({ recipient, ...row }) => ({
        id: row.id,
        channel: row.channel,
        to: recipient,
        subject: row.subject,
        text: row.text,
        at: row.at,
      }))
  }
}
