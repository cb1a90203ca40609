import type { AuditReport } from '#schema/operator'
import type { Env, Settings } from '../env.ts'

export async function auditNow(_env: Env, _settings: Settings, _now: number): Promise<AuditReport> {
  throw new Error('the auditor is being wired')
}
