import { spawn } from 'node:child_process'
import { mkdir, readFile, rm } from 'node:fs/promises'
import path from 'node:path'
import { LOCAL, ROOT } from '../local/place.ts'
import { commandOf } from '../local/program.ts'
import { ofVitest, type Tally, type VitestReport } from './tally.ts'

const OUTPUT_CHARS_KEPT = 200_000

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

type Share = { readonly workers: number; readonly printed: 'live' | 'after' }
/** Two test files at once: those in workerd mostly wait for each other's clocks. */
const WHOLE: Share = { workers: 2, printed: 'live' }

/** Runs one project of `vitest.config.ts`. */
export async function runVitest(project: string, share: Share = WHOLE): Promise<Tally> {
  const file = path.join(LOCAL, 'test', `${project}.json`)
  await mkdir(path.dirname(file), { recursive: true })
  await rm(file, { force: true })
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`]
  const workers = `--maxWorkers=${share.workers}`
  const parameters = ['run', '--project', project, '--silent=passed-only', workers, ...reporters]
  const { code } = await run(commandOf('vitest'), parameters, share.printed)
  const text = await readFile(file, 'utf8').catch(() => null)
  return ofVitest(text === null ? null : (JSON.parse(text) as VitestReport), code)
}
