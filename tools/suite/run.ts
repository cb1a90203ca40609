import { spawn } from 'node:child_process'
import { mkdir, readFile, rm } from 'node:fs/promises'
import path from 'node:path'
import { LOCAL, ROOT } from '../local/place.ts'
import { commandOf } from '../local/program.ts'
import { ofVitest, type Tally, type VitestReport } from './tally.ts'

const OUTPUT_CHARS_KEPT = 200_000
/** Test files at once: those in workerd mostly wait for each other's clocks. */
const WORKERS = 2

/**
 * Runs a script on our Node; the end of its output is kept. `after` shows the output when it has
 * ended, for what runs beside something else.
 */
export function run(
  script: string,
  parameters: readonly string[],
  printed: 'live' | 'after' = 'live',
): Promise<{ code: number | null; output: string }> {
  const child = spawn(process.execPath, [script, ...parameters], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let output = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    if (printed === 'live') process.stdout.write(text)
    output = (output + text).slice(-OUTPUT_CHARS_KEPT)
  })
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code) => {
      if (printed === 'after') process.stdout.write(output)
      resolve({ code, output })
    })
  })
}

/** Runs one project of `vitest.config.ts`. */
export async function runVitest(project: string): Promise<Tally> {
  const file = path.join(LOCAL, 'test', `${project}.json`)
  await mkdir(path.dirname(file), { recursive: true })
  await rm(file, { force: true })
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`]
  const { code } = await run(commandOf('vitest'), [
    'run',
    '--project',
    project,
    '--silent=passed-only',
    `--maxWorkers=${WORKERS}`,
    ...reporters,
  ])
  const text = await readFile(file, 'utf8').catch(() => null)
  return ofVitest(text === null ? null : (JSON.parse(text) as VitestReport), code)
}
