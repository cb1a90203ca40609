import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { ROOT } from './place.ts'

const MINUTE_MS = 60_000

/** The schedules of the network's Worker, as `wrangler.toml` declares them. */
export async function schedules(): Promise<string[]> {
  const text = await readFile(path.join(ROOT, 'wrangler.toml'), 'utf8')
  const list = /^crons\s*=\s*\[([^\]]*)\]/m.exec(text)?.[1] ?? ''
  return [...list.matchAll(/"([^"]+)"/g)].flatMap(([, cron]) => (cron ? [cron] : []))
}

/**
 * Whether a schedule is due in the minute of `now` (epoch milliseconds, UTC). Knows the five fields
 * with a number, a list, a star and a step of a star: what our schedules use. Throws on others.
 */
export function isDue(cron: string, now: number): boolean {
  const at = new Date(now)
  const values = [
    at.getUTCMinutes(),
    at.getUTCHours(),
    at.getUTCDate(),
    at.getUTCMonth() + 1,
    at.getUTCDay(),
  ]
  const fields = cron.trim().split(/\s+/)
  if (fields.length !== values.length) throw new Error(`not a schedule of five fields: ${cron}`)
  return fields.every((field, index) => matches(field, values[index] ?? 0))
}

function matches(field: string, value: number): boolean {
  if (field === '*') return true
  const step = /^\*\/(\d+)$/.exec(field)?.[1]
  if (step !== undefined) return value % Number(step) === 0
  if (!/^\d+(,\d+)*$/.test(field)) throw new Error(`not a schedule we can follow: ${field}`)
  return field.split(',').map(Number).includes(value)
}

/**
 * Plays the platform's clock, which a local run lacks: calls the handler of every schedule that is
 * due, once a minute, until the returned function is called.
 */
export async function startClock(origin: string): Promise<() => void> {
  const crons = await schedules()
  const tick = () => {
    for (const cron of crons.filter((one) => isDue(one, Date.now()))) {
      const url = `${origin}/cdn-cgi/handler/scheduled?cron=${encodeURIComponent(cron)}`
      fetch(url).catch(() => {
        // The Worker is being restarted: the schedule comes again.
      })
    }
  }
  const timer = setInterval(tick, MINUTE_MS)
  return () => clearInterval(timer)
}
