import type { BankResubmission } from '#schema/bank-file'
import type { Database } from '../members/database.ts'
import { type Doer, recordIfChanged, staffNameIn } from '../partners/staff-actions.d1.ts'

/** What people said of files that never entered the bank, in the control plane's database. */

/** Newest first. */
export async function resubmissionsOf(db: Database, fileId: string): Promise<BankResubmission[]> {
  const { results } = await db
    .prepare(
      `SELECT number, reason, asked_at AS askedAt, ${staffNameIn('asker')} AS askedBy,
         asked_by AS askerId, confirmed_at AS confirmedAt,
         ${staffNameIn('confirmer')} AS confirmedBy
       FROM bank_resubmissions LEFT JOIN users AS asker ON asker.id = asked_by
         LEFT JOIN users AS confirmer ON confirmer.id = confirmed_by
       WHERE file_id = ? ORDER BY number DESC`,
    )
    .bind(fileId)
    .all<BankResubmission>()
  return results
}

export async function isAnswered(db: Database, fileId: string): Promise<boolean> {
  const query = 'SELECT 1 FROM bank_reports WHERE file_id = ? LIMIT 1'
  return (await db.prepare(query).bind(fileId).first()) !== null
}

/** Keeps what somebody says; of two at one moment the first counts, and the other is none. */
export async function keepResubmission(
  db: Database,
  fileId: string,
  { number, reason }: Pick<BankResubmission, 'number' | 'reason'>,
  doer: Doer,
): Promise<void> {
  await db.batch([
    db
      .prepare(
        `INSERT INTO bank_resubmissions (file_id, number, reason, asked_by, asked_at)
         VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (file_id, number) DO NOTHING`,
      )
      .bind(fileId, number, reason, doer.actorId, doer.at),
    recordIfChanged(db, {
      ...doer,
      partnerId: null,
      action: 'bank_file.not_delivered',
      subject: fileId,
      detail: reason,
    }),
  ])
}

/** Says it anew of today; of two at one moment the first counts. */
export async function askAnew(
  db: Database,
  fileId: string,
  { number, askedAt }: Pick<BankResubmission, 'number' | 'askedAt'>,
  { reason, ...doer }: Doer & Pick<BankResubmission, 'reason'>,
): Promise<void> {
  await db.batch([
    db
      .prepare(
        `UPDATE bank_resubmissions SET reason = ?4, asked_by = ?5, asked_at = ?6
         WHERE file_id = ?1 AND number = ?2 AND asked_at = ?3 AND confirmed_at IS NULL`,
      )
      .bind(fileId, number, askedAt, reason, doer.actorId, doer.at),
    recordIfChanged(db, {
      ...doer,
      partnerId: null,
      action: 'bank_file.not_delivered',
      subject: fileId,
      detail: reason,
    }),
  ])
}

export type WrittenAgain = {
  readonly number: number
  /** What is confirmed is what was said then. */
  readonly askedAt: string
  readonly hash: string
  readonly sealed: string
}

/** From now on this is the file. Of two at one moment the second changes nothing. */
export async function keepWrittenAgain(
  db: Database,
  fileId: string,
  { number, askedAt, hash, sealed }: WrittenAgain,
  doer: Doer,
): Promise<void> {
  await db.batch([
    db
      .prepare(
        `UPDATE bank_resubmissions
         SET confirmed_by = ?3, confirmed_at = ?4, hash = ?5, content_sealed = ?6
         WHERE file_id = ?1 AND number = ?2 AND asked_at = ?7 AND confirmed_at IS NULL`,
      )
      .bind(fileId, number, doer.actorId, doer.at, hash, sealed, askedAt),
    recordIfChanged(db, {
      ...doer,
      partnerId: null,
      action: 'bank_file.resubmit',
      subject: fileId,
      detail: `${number} · ${hash}`,
    }),
  ])
}
