import { z } from 'zod'
import { AuditReport } from '#schema/operator'
import type { Page } from '#schema/page'
import type { Checkpoint } from '../audit/checkpoint.ts'
import { pageOfRows } from '../http/page.ts'
import type { Database } from '../members/database.ts'

const Totals = z.record(z.string(), z.number())

/** Keeps what left an object; the first word about a sequence stays. */
export async function keepCheckpoint(
  db: Database,
  object: string,
  checkpoint: Checkpoint,
  at: string,
): Promise<void> {
  await db
    .prepare(
      `INSERT OR IGNORE INTO checkpoints (object, sequence, at, hash, totals)
       VALUES (?, ?, ?, ?, ?)`,
    )
    .bind(object, checkpoint.sequence, at, checkpoint.hash, JSON.stringify(checkpoint.totals))
    .run()
}

export async function keepAudit(db: Database, report: AuditReport): Promise<void> {
  await db
    .prepare('INSERT INTO audits (id, started_at, coherent, report) VALUES (?, ?, ?, ?)')
    .bind(report.id, report.startedAt, report.coherent ? 1 : 0, JSON.stringify(report))
    .run()
}

/** Audits, newest first, started before an instant. */
export async function listAudits(
  db: Database,
  before: string | null,
  limit: number,
): Promise<Page<AuditReport>> {
  const { results } = await db
    .prepare(
      `SELECT started_at, report FROM audits WHERE ?1 IS NULL OR started_at < ?1
       ORDER BY started_at DESC LIMIT ?2`,
    )
    .bind(before, limit + 1)
    .all<{ started_at: string; report: string }>()
  return pageOfRows(
    results,
    limit,
    (row) => [row.started_at],
    (row) => AuditReport.parse(JSON.parse(row.report)),
  )
}

/** The newest checkpoint of each object, and its oldest: between them history is held at both ends. */
export async function latestCheckpoints(
  db: Database,
): Promise<(Checkpoint & { object: string })[]> {
  const { results } = await db
    .prepare(
      `SELECT object, sequence, hash, totals FROM checkpoints WHERE (object, sequence) IN (
         SELECT object, max(sequence) FROM checkpoints GROUP BY object
         UNION SELECT object, min(sequence) FROM checkpoints GROUP BY object)`,
    )
    .all<{ object: string; sequence: number; hash: string; totals: string }>()
  return results.map((row) => ({ ...row, totals: Totals.parse(JSON.parse(row.totals)) }))
}
