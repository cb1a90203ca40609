import type {
  BankFile,
  BankFileSummary,
  BankQueue,
  BankReport,
  BankStanding,
} from '#schema/bank-file'
import type { CurrencyCode } from '#schema/currency'
import type { MarketCode } from '#schema/market'
import { minor } from '#schema/money'
import type { Page } from '#schema/page'
import { type PageStart, pageOfRows } from '../http/page.ts'
import type { Database, Statement } from '../members/database.ts'
import { type Doer, recordAction, staffNameIn } from '../partners/staff-actions.d1.ts'
import { handInEndsAt } from './hand-in.ts'
import type { Instruction } from './instruction.ts'
import type { BankAnswer } from './pain-002.ts'
import { instructionsOf } from './register.d1.ts'
import { resubmissionsOf } from './resubmissions.d1.ts'
import { standingOf } from './standing.ts'

/** Files to the bank and its reports in the control plane's database. */

export type FileRow = {
  id: string
  market: MarketCode
  currency: CurrencyCode
  entries: number
  totalMinor: number
  /** Of the file as it is handed in from now on. */
  hash: string
  /** How often it was written again for another day. */
  resubmitted: number
  /** When it was made, or written again for the last time. */
  writtenAt: string
  madeBy: string
  madeByName: string
  madeAt: string
}

/** An instruction that no file has, with its sealed destination. */
export type WaitingRow = {
  key: string
  walletId: string
  amountMinor: number
  sealed: string
  askedAt: string
}

/** The message's id is the file's without its dashes: 35 characters are all that it may have. */
export const messageIdOf = (fileId: string) => fileId.replaceAll('-', '')

/** Newest first; a bank makes a few of each file. */
const REPORTS_SHOWN_MAX = 100

const FILES = `SELECT bank_files.id, market, currency, entries, total_minor AS totalMinor,
    coalesce(again.hash, bank_files.hash) AS hash, coalesce(again.number, 0) AS resubmitted,
    coalesce(again.confirmed_at, made_at) AS writtenAt,
    made_by AS madeBy, made_at AS madeAt, ${staffNameIn('users')} AS madeByName
  FROM bank_files LEFT JOIN users ON users.id = made_by
    LEFT JOIN bank_resubmissions AS again ON again.file_id = bank_files.id AND again.number =
      (SELECT max(number) FROM bank_resubmissions
       WHERE file_id = bank_files.id AND confirmed_at IS NOT NULL)`

const WAITING = 'destination_sealed IS NOT NULL AND confirmed_at IS NOT NULL'

export function findFile(db: Database, id: string): Promise<FileRow | null> {
  return db.prepare(`${FILES} WHERE bank_files.id = ?`).bind(id).first<FileRow>()
}

/** The bytes of a file, sealed, and their hash: as it was made, or as it was written again. */
export async function sealedContentOf(
  db: Database,
  id: string,
  number: number,
): Promise<SealedContent> {
  const query =
    number === 0
      ? 'SELECT content_sealed AS sealed, hash FROM bank_files WHERE id = ?1 AND ?2 = 0'
      : `SELECT content_sealed AS sealed, hash FROM bank_resubmissions
         WHERE file_id = ?1 AND number = ?2 AND confirmed_at IS NOT NULL`
  const row = await db.prepare(query).bind(id, number).first<SealedContent>()
  if (!row) throw new Error(`bank file ${id} vanished`)
  return row
}

export type SealedContent = { readonly sealed: string; readonly hash: string }

/** A page of the files made since a moment, behind a file. */
export async function filesSince(
  db: Database,
  since: string,
  limit: number,
  after: Pick<FileRow, 'madeAt' | 'id'> | null,
): Promise<FileRow[]> {
  const { results } = await db
    .prepare(
      `${FILES} WHERE made_at >= ?1 AND (made_at, bank_files.id) > (?2, ?3)
       ORDER BY made_at, bank_files.id LIMIT ?4`,
    )
    .bind(since, after?.madeAt ?? '', after?.id ?? '', limit)
    .all<FileRow>()
  return results
}

/** Confirmed instructions without a file, oldest first, behind `after`. */
export async function waitingIn(
  db: Database,
  market: MarketCode,
  limit: number,
  after: WaitingRow | null,
): Promise<WaitingRow[]> {
  const { results } = await db
    .prepare(
      `SELECT key, wallet_id AS walletId, amount_minor AS amountMinor,
         destination_sealed AS sealed, asked_at AS askedAt
       FROM bank_instructions WHERE market = ?1 AND ${WAITING}
         AND (asked_at, key) > (?2, ?3) ORDER BY asked_at, key LIMIT ?4`,
    )
    .bind(market, after?.askedAt ?? '', after?.key ?? '', limit)
    .all<WaitingRow>()
  return results
}

/** What waits in each of these markets. */
export async function queues(
  db: Database,
  markets: readonly { market: MarketCode; currency: CurrencyCode }[],
): Promise<BankQueue[]> {
  const { results } = await db
    .prepare(
      `SELECT market, count(*) AS entries, sum(amount_minor) AS totalMinor,
         min(asked_at) AS oldestAt
       FROM bank_instructions
       WHERE market IN (SELECT value FROM json_each(?)) AND ${WAITING} GROUP BY market`,
    )
    .bind(JSON.stringify(markets.map(({ market }) => market)))
    .all<{ market: MarketCode; entries: number; totalMinor: number; oldestAt: string }>()
  return markets.map(({ market, currency }) => {
    const row = results.find((one) => one.market === market)
    const { entries = 0, totalMinor = 0, oldestAt = null } = row ?? {}
    return { market, currency, entries, totalMinor: minor(totalMinor), oldestAt }
  })
}

export type NewFile = Pick<
  FileRow,
  'id' | 'market' | 'currency' | 'entries' | 'totalMinor' | 'hash'
> & {
  readonly sealed: string
  readonly keys: readonly string[]
}

/**
 * Keeps a file with its entries, or nothing. An instruction that another file has taken meanwhile
 * breaks the primary key of entries, and with it the whole batch.
 */
export async function keepFile(db: Database, file: NewFile, doer: Doer): Promise<void> {
  const { id, market, currency, entries, totalMinor, hash, sealed } = file
  const keys = JSON.stringify(file.keys)
  await db.batch([
    db
      .prepare(
        `INSERT INTO bank_files (id, market, currency, entries, total_minor, hash, content_sealed,
           made_by, made_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)`,
      )
      .bind(id, market, currency, entries, totalMinor, hash, sealed, doer.actorId, doer.at),
    db
      .prepare('INSERT INTO bank_file_entries (key, file_id) SELECT value, ?2 FROM json_each(?1)')
      .bind(keys, id),
    db
      .prepare(
        `UPDATE bank_instructions SET destination_sealed = NULL
         WHERE key IN (SELECT value FROM json_each(?))`,
      )
      .bind(keys),
    action(db, doer, 'bank_file.make', id, `${entries} · ${totalMinor} ${currency} · ${hash}`),
  ])
}

export type NewReport = {
  readonly hash: string
  readonly fileId: string
  readonly messageId: string
  readonly saidAt: string
  readonly sealed: string
  readonly answers: readonly BankAnswer[]
}

export type ReportRow = {
  hash: string
  messageId: string
  broughtBy: string
  confirmedBy: string | null
}

export function findReport(db: Database, fileId: string, hash: string): Promise<ReportRow | null> {
  return db
    .prepare(
      `SELECT hash, message_id AS messageId, brought_by AS broughtBy, confirmed_by AS confirmedBy
       FROM bank_reports WHERE file_id = ? AND hash = ?`,
    )
    .bind(fileId, hash)
    .first<ReportRow>()
}

/** From now on the report's refusals count. Of two at one moment the second changes nothing. */
export async function keepConfirmation(
  db: Database,
  fileId: string,
  { hash, messageId }: ReportRow,
  doer: Doer,
): Promise<void> {
  await db.batch([
    db
      .prepare(
        `UPDATE bank_reports SET confirmed_by = ?2, confirmed_at = ?3
         WHERE hash = ?1 AND confirmed_at IS NULL`,
      )
      .bind(hash, doer.actorId, doer.at),
    action(db, doer, 'bank_file.confirm', fileId, `${messageId} · ${hash}`),
  ])
}

/** The instructions that a report speaks of. */
export async function namedIn(db: Database, hash: string): Promise<Set<string>> {
  const { results } = await db
    .prepare('SELECT key FROM bank_answers WHERE report_hash = ?')
    .bind(hash)
    .all<{ key: string }>()
  return new Set(results.map(({ key }) => key))
}

export function hasReport(db: Database, hash: string): Promise<unknown> {
  return db.prepare('SELECT 1 FROM bank_reports WHERE hash = ?').bind(hash).first()
}

/** Keeps a report with its answers, or nothing. */
export async function keepReport(db: Database, report: NewReport, doer: Doer): Promise<void> {
  const { hash, fileId, messageId, saidAt, sealed, answers } = report
  await db.batch([
    db
      .prepare(
        `INSERT INTO bank_reports (hash, file_id, message_id, said_at, content_sealed, brought_by,
           brought_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)`,
      )
      .bind(hash, fileId, messageId, saidAt, sealed, doer.actorId, doer.at),
    db
      .prepare(
        `INSERT INTO bank_answers (report_hash, position, key, status, amount, currency, reason,
           scope)
         SELECT ?2, json_each.key, value ->> '$.key', value ->> '$.status', value ->> '$.amount',
           value ->> '$.currency', value ->> '$.reason', value ->> '$.scope' FROM json_each(?1)`,
      )
      .bind(JSON.stringify(answers), hash),
    action(db, doer, 'bank_file.report', fileId, `${messageId} · ${answers.length} · ${hash}`),
  ])
}

/** Account numbers leave the network: it is written down who took them. */
export async function recordDownload(db: Database, file: FileRow, doer: Doer): Promise<void> {
  await action(db, doer, 'bank_file.download', file.id, file.hash).run()
}

function action(
  db: Database,
  doer: Doer,
  verb: string,
  subject: string,
  detail: string,
): Statement {
  return recordAction(db, { ...doer, partnerId: null, action: verb, subject, detail })
}

/** Files, newest first, with what the bank has said of them. */
export async function listFiles(db: Database, start: PageStart): Promise<Page<BankFileSummary>> {
  const [at, id] = start.after ?? []
  const { results } = await db
    .prepare(
      `${FILES} WHERE (made_at, bank_files.id) < (?1, ?2)
       ORDER BY made_at DESC, bank_files.id DESC LIMIT ?3`,
    )
    .bind(at ?? '9', id ?? '', start.limit + 1)
    .all<FileRow>()
  const instructions = await instructionsOf(
    db,
    results.map((file) => file.id),
  )
  const byFile = Map.groupBy(instructions, ({ fileId }) => fileId)
  return pageOfRows(
    results,
    start.limit,
    (file) => [file.madeAt, file.id],
    (file) => summaryOf(file, byFile.get(file.id) ?? []),
  )
}

/** A file with every payout of it, and the reports that were brought. */
export async function viewOf(db: Database, file: FileRow): Promise<BankFile> {
  const instructions = await instructionsOf(db, [file.id])
  const { results: reports } = await db
    .prepare(
      `SELECT hash, message_id AS messageId, said_at AS saidAt, brought_at AS broughtAt,
         ${staffNameIn('bringer')} AS broughtBy, brought_by AS bringerId,
         confirmed_at AS confirmedAt, ${staffNameIn('confirmer')} AS confirmedBy,
         (SELECT count(*) FROM bank_answers
          WHERE report_hash = bank_reports.hash AND status = 'RJCT') AS refusals
       FROM bank_reports LEFT JOIN users AS bringer ON bringer.id = brought_by
         LEFT JOIN users AS confirmer ON confirmer.id = confirmed_by
       WHERE file_id = ? ORDER BY brought_at DESC, bank_reports.hash LIMIT ?`,
    )
    .bind(file.id, REPORTS_SHOWN_MAX)
    .all<BankReport>()
  const items = instructions.map((one) => {
    const { state: standing, reason, trouble } = standingOf(one, one.said)
    const { key, payoutId, masked } = one
    return { key, payoutId, amountMinor: minor(one.amountMinor), masked, standing, reason, trouble }
  })
  const resubmissions = await resubmissionsOf(db, file.id)
  const ends = handInEndsAt(file.writtenAt, file.market)
  const summary = summaryOf(file, instructions)
  return { ...summary, items, reports, handInEndsAt: ends, resubmissions }
}

function summaryOf(file: FileRow, instructions: readonly Instruction[]): BankFileSummary {
  const standings: Record<BankStanding, number> = {
    on_its_way: 0,
    settled: 0,
    refused: 0,
    returned: 0,
  }
  let troubled = 0
  for (const instruction of instructions) {
    const { state, trouble } = standingOf(instruction, instruction.said)
    standings[state] += 1
    if (trouble !== null) troubled += 1
  }
  const { id, market, currency, entries, hash, madeAt, madeByName, madeBy: makerId } = file
  const totalMinor = minor(file.totalMinor)
  const messageId = messageIdOf(id)
  const about = { id, market, currency, messageId, entries, totalMinor, hash, madeAt }
  return { ...about, madeBy: madeByName, makerId, standings, troubled }
}
