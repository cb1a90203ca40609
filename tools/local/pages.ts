import { existsSync } from 'node:fs'
import path from 'node:path'
import { fingerprintOf, onceFor } from './fingerprint.ts'
import { LOCAL, ROOT } from './place.ts'
import { commandOf, runProgram } from './program.ts'

const WEB = path.join(ROOT, 'web')
const BUILT = path.join(WEB, 'out', '_headers')
const SOURCES = ['web', 'schema/src', 'package-lock.json'].map((name) => path.join(ROOT, name))
const MADE =
  /[\\/]web[\\/](out|\.next|public[\\/]zxing|public[\\/]reference[\\/]swagger-ui[^\\/]*)([\\/]|$)|\.test\.tsx?$|next-env\.d\.ts$|\.tsbuildinfo$/

/** The four steps of the pages: public files, export, service worker, security headers. */
async function buildPages(): Promise<void> {
  const env = { NEXT_TELEMETRY_DISABLED: '1', NODE_ENV: 'production' }
  const steps: [name: string, script: string, parameters: string[]][] = [
    ['prepare', path.join(WEB, 'prepare.ts'), []],
    ['export', commandOf('next'), ['build', WEB]],
    ['offline', path.join(WEB, 'offline.ts'), []],
    ['csp', path.join(WEB, 'csp.ts'), []],
  ]
  for (const [name, script, parameters] of steps) {
    const log = path.join(LOCAL, 'log', `pages-${name}.log`)
    await runProgram(script, parameters, { log, env })
  }
}

/** Builds the pages when their sources have changed since the last build; `say` hears about it. */
export async function ensurePages(say: (words: string) => void): Promise<void> {
  const task = {
    stamp: path.join(LOCAL, 'stamp', 'pages'),
    fingerprint: await fingerprintOf(SOURCES, (file) => !MADE.test(file)),
    isStillThere: existsSync(BUILT),
  }
  const started = Date.now()
  const ran = await onceFor(task, () => {
    say('Building the pages: half a minute, once for every change of their sources…')
    return buildPages()
  })
  if (ran) say(`The pages are built: ${Math.round((Date.now() - started) / 1000)} s.`)
}
