import { cellNames, cellOf } from '../cells/route-of.ts'
import { type Env, parseSettings } from '../env.ts'
import { publishSnapshot } from '../offers/publish-snapshot.ts'
import { endPassedOffers, settleEndedOffers } from '../offers/settle-ended.ts'
import { finishDeposits } from '../partners/invoices.d1.ts'
import { forgetEvents } from '../reports/count-event.d1.ts'
import { keepCheckpoint } from './audits.d1.ts'
import { auditNow } from './audits.ts'
import { controlPorts } from './control.ts'

/** The second line of `[triggers]` in wrangler.toml: once a night. */
const NIGHTLY = '17 1 * * *'

/**
 * What the clock does. Every part may run twice or late; one that fails does not stop the others.
 */
export async function runScheduled(cron: string, atMs: number, env: Env): Promise<void> {
  const settings = parseSettings(env)
  const control = controlPorts(env, settings)
  const now = new Date(atMs).toISOString()
  const parts: [string, () => Promise<unknown>][] = [
    ['checkpoint', () => checkpointCells(env, now)],
    ['finish deposits', () => finishDeposits(control, now)],
    ['end offers', () => endPassedOffers(control, now)],
    ['publish snapshot', () => publishSnapshot(control, 'ru', now)],
  ]
  if (cron === NIGHTLY) {
    parts.push(['forget events', () => forgetEvents(env.DB, atMs)])
    parts.push(['settle offers', () => settleEndedOffers(control, now)])
    parts.push(['audit', () => auditNow(env, settings, atMs)])
  }
  for (const [name, run] of parts) {
    try {
      await run()
    } catch (cause) {
      console.error(JSON.stringify({ level: 'error', scheduled: name, failure: String(cause) }))
    }
  }
}

/** What stands in the cells' books now is kept where the cells cannot reach it. */
async function checkpointCells(env: Env, at: string): Promise<void> {
  const names = cellNames(parseSettings(env))
  await Promise.all(
    names.map(async (name) => {
      const checkpoint = await cellOf(env, name).checkpoint()
      if (checkpoint) await keepCheckpoint(env.DB, name, checkpoint, at)
    }),
  )
}
