import { publishSnapshot } from '../offers/publish-snapshot.ts'
import { endPassedOffers, settleEndedOffers } from '../offers/settle-ended.ts'
import { forgetEvents } from '../reports/count-event.d1.ts'
import { finishDeposits } from './invoices.d1.ts'
import type { ControlPorts } from './ports.ts'

/**
 * What the control plane does by the clock, every few minutes. Each part is idempotent and stands
 * alone.
 */
export async function runControlTimetable(ports: ControlPorts, nowMs: number): Promise<void> {
  const now = new Date(nowMs).toISOString()
  await finishDeposits(ports, now)
  await endPassedOffers(ports, now)
  await settleEndedOffers(ports, now)
  await publishSnapshot(ports, 'ru', now)
  await forgetEvents(ports.db, nowMs)
}
