import { mkdir, rm } from 'node:fs/promises'
import path from 'node:path'
import { ensureChromium } from '../chromium.ts'
import { ensurePages } from '../local/pages.ts'
import { JOURNEYS } from './journeys.ts'
import { openReport } from './report.ts'
import { play, type Scene } from './stage.ts'
import { FOLDER, openWorld } from './world.ts'

/**
 * Plays the journeys of shopper, partner and operator in real Chromium against the built Worker, on
 * a network of its own. With arguments only the named journeys are played. Pictures and consoles of
 * failed checks stay in `.local/browser/failures`.
 */

const LANES = 4

const asked = process.argv.slice(2)
const journeys = JOURNEYS.filter(({ name }) => asked.length === 0 || asked.includes(name))
const say = (words: string) => console.log(words)
const failures = path.join(FOLDER, 'failures')

async function main(): Promise<number> {
  if (journeys.length === 0) throw new Error(`Journeys: ${JOURNEYS.map((one) => one.name)}`)
  await ensurePages(say)
  await rm(failures, { recursive: true, force: true })
  await mkdir(failures, { recursive: true })
  const report = openReport(path.join(failures, 'failures.txt'), say)
  const executable = await ensureChromium()
  const { network, filled } = await openWorld(say)
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.once(signal, () => void network.stop().then(() => process.exit(1)))
  }
  try {
    await playAll({ network, filled, executable, folder: failures, report })
    await filled
  } finally {
    await network.stop()
  }
  say(`${report.passed} passed, ${report.failed} failed`)
  return report.failed === 0 ? 0 : 1
}

/** A few journeys at once: most of their time they wait for a code that may not be sent yet. */
async function playAll(scene: Scene): Promise<void> {
  const waiting = [...journeys]
  const lane = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) await play(scene, next)
  }
  await Promise.all(Array.from({ length: LANES }, lane))
}

process.exitCode = await main().catch((error: unknown) => {
  console.error(error)
  return 1
})
