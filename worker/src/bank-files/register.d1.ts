import type { CurrencyCode } from '#schema/currency'
import type { MarketCode } from '#schema/market'
import type { Database, Statement } from '../members/database.ts'
import { SEAL_NONCE_BYTES, sealText } from '../payouts/seal.ts'
import type { InstructionRegister } from './bank-transfers.ts'
import type { Instruction } from './instruction.ts'
import type { SaidAnswer } from './standing.ts'

/** The register of instructions in the control plane's database. */

export type SealPorts = {
  readonly sealKey: string
  readonly random: (bytes: number) => Uint8Array<ArrayBuffer>
}

type InstructionRow = {
  key: string
  market: MarketCode
  walletId: string
  payoutId: string
  amountMinor: number
  currency: CurrencyCode
  masked: string
  fileId: string | null
  writtenAgainAt: string | null
}

type SaidRow = Omit<SaidAnswer, 'isConfirmed' | 'isOfWholeFile'> & {
  key: string
  isConfirmed: 0 | 1
  isOfWholeFile: 0 | 1
}

const SELECT = `SELECT bank_instructions.key, market, wallet_id AS walletId,
    payout_id AS payoutId, amount_minor AS amountMinor, currency, destination_masked AS masked,
    file_id AS fileId,
    (SELECT max(confirmed_at) FROM bank_resubmissions
     WHERE bank_resubmissions.file_id = bank_file_entries.file_id) AS writtenAgainAt
  FROM bank_instructions LEFT JOIN bank_file_entries USING (key)`

/**
 * All that the bank said, in the order of its own clock; `key` in a list of JSON. Whether a report
 * refuses its whole file is counted for refusals alone.
 */
const SAID = `SELECT bank_answers.key, status, amount, currency, reason, scope, said_at AS saidAt,
    confirmed_at IS NOT NULL AS isConfirmed,
    CASE WHEN status = 'RJCT' THEN
      (SELECT count(*) FROM bank_answers AS other
       WHERE other.report_hash = hash AND other.status = 'RJCT')
      = (SELECT entries FROM bank_files WHERE id = file_id) ELSE 0 END AS isOfWholeFile
  FROM bank_answers JOIN bank_reports ON hash = report_hash
  WHERE bank_answers.key IN (SELECT value FROM json_each(?))
  ORDER BY said_at, brought_at, hash, position`

export function instructionRegister(
  db: Database,
  { sealKey, random, now }: SealPorts & { now: () => number },
): InstructionRegister {
  const moment = () => new Date(now()).toISOString()
  return {
    async add({ key, market, walletId, payoutId, amountMinor, currency, masked, destination }) {
      const seal = { key: sealKey, boundTo: key, nonce: random(SEAL_NONCE_BYTES) }
      const sealed = await sealText(JSON.stringify(destination), seal)
      await db
        .prepare(
          `INSERT INTO bank_instructions (key, market, wallet_id, payout_id, amount_minor,
             currency, destination_masked, destination_sealed, asked_at)
           VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) ON CONFLICT (key) DO NOTHING`,
        )
        .bind(key, market, walletId, payoutId, amountMinor, currency, masked, sealed, moment())
        .run()
    },
    async confirm(key) {
      await db
        .prepare(
          'UPDATE bank_instructions SET confirmed_at = ?2 WHERE key = ?1 AND confirmed_at IS NULL',
        )
        .bind(key, moment())
        .run()
    },
    async find(key) {
      const rows = await withSaid(
        db,
        db.prepare(`${SELECT} WHERE bank_instructions.key = ?`).bind(key),
      )
      return rows[0] ?? null
    },
  }
}

/** The instructions of files, in the order of their keys. */
export function instructionsOf(db: Database, fileIds: readonly string[]): Promise<Instruction[]> {
  const query = `${SELECT} WHERE file_id IN (SELECT value FROM json_each(?))
    ORDER BY bank_instructions.key`
  return withSaid(db, db.prepare(query).bind(JSON.stringify(fileIds)))
}

/** Those of these keys that are kept. */
export function instructionsUnder(db: Database, keys: readonly string[]): Promise<Instruction[]> {
  const query = `${SELECT} WHERE bank_instructions.key IN (SELECT value FROM json_each(?))`
  return withSaid(db, db.prepare(query).bind(JSON.stringify(keys)))
}

/**
 * A page of the instructions that were asked for since a moment or that the bank has spoken of
 * since, behind a key: for the audit.
 */
export function instructionsSince(
  db: Database,
  since: string,
  limit: number,
  after: string,
): Promise<Instruction[]> {
  const query = `${SELECT} WHERE bank_instructions.key IN (
      SELECT key FROM bank_instructions WHERE asked_at >= ?1
      UNION SELECT bank_answers.key FROM bank_reports
        JOIN bank_answers ON report_hash = hash WHERE brought_at >= ?1
      UNION SELECT bank_answers.key FROM bank_reports
        JOIN bank_answers ON report_hash = hash WHERE confirmed_at >= ?1)
      AND bank_instructions.key > ?2
    ORDER BY bank_instructions.key LIMIT ?3`
  return withSaid(db, db.prepare(query).bind(since, after, limit))
}

async function withSaid(db: Database, query: Statement): Promise<Instruction[]> {
  const { results } = await query.all<InstructionRow>()
  if (results.length === 0) return []
  const keys = JSON.stringify(results.map(({ key }) => key))
  const said = await db.prepare(SAID).bind(keys).all<SaidRow>()
  const answers = said.results.map((row) => ({
    ...row,
    isConfirmed: row.isConfirmed === 1,
    isOfWholeFile: row.isOfWholeFile === 1,
  }))
  const byKey = Map.groupBy(answers, ({ key }) => key)
  return results.map((row) => ({ ...row, said: byKey.get(row.key) ?? [] }))
}
