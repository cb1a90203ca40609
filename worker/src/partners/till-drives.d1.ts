import type { Database } from '../members/database.ts'
import type { DriveOutcome, SeenDrive } from '../receipts/verify.ts'

/**
 * Records the drive of a till if that is news. A drive that is no unknown shop's any more leaves
 * the operator's list. The same receipt again changes nothing.
 */
export async function learnDrive(
  db: Database,
  { registration, fiscalDrive, seenAt }: SeenDrive,
): Promise<DriveOutcome> {
  const [update, , settled] = await db.batch<{ known: number }>([
    db
      .prepare(
        `UPDATE tills SET fiscal_drive = ?2, drive_seen_at = ?3
         WHERE registration = ?1 AND fiscal_drive IS NOT ?2
           AND (drive_seen_at IS NULL OR drive_seen_at < ?3)
           AND NOT EXISTS (SELECT 1 FROM tills AS other WHERE other.fiscal_drive = ?2)
           AND NOT EXISTS (
             SELECT 1 FROM store_drives
             WHERE store_drives.fiscal_drive = ?2 AND store_drives.store_id <> tills.store_id
           )`,
      )
      .bind(registration, fiscalDrive, seenAt),
    db
      .prepare(`DELETE FROM unknown_stores WHERE changes() > 0 AND fiscal_drive = ?`)
      .bind(fiscalDrive),
    db
      .prepare(
        `SELECT 1 AS known FROM tills
         WHERE registration = ?1 AND (fiscal_drive = ?2 OR drive_seen_at >= ?3)`,
      )
      .bind(registration, fiscalDrive, seenAt),
  ])
  if ((update?.meta.changes ?? 0) > 0) return 'learned'
  return settled?.results.length === 0 ? 'elsewhere' : 'kept'
}
