import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, mkdirSync, openSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import path from 'node:path'
import { ROOT } from './place.ts'

const LOG_LINES_SHOWN = 25
const STOP_MS_MAX = 8_000

const packages = createRequire(path.join(ROOT, 'package.json'))

/** The script of a package's command: run with our Node instead of whatever `PATH` has. */
export function commandOf(packageName: string, command = packageName): string {
  const manifest = path.join(ROOT, 'node_modules', packageName, 'package.json')
  const { bin } = packages(manifest) as { bin: string | Record<string, string> }
  const script = typeof bin === 'string' ? bin : bin[command]
  if (script === undefined) throw new Error(`${packageName} has no command ${command}`)
  return path.join(path.dirname(manifest), script)
}

export type Program = {
  readonly pid: number
  readonly log: string
  /** Resolves when it has ended, with its exit code (null: by a signal). */
  readonly ended: Promise<number | null>
  /** Asks it and all its children to end, then makes them. */
  stop(): Promise<void>
}

const running = new Set<Program>()

// Whatever ends us (an error, an output that nobody reads any more), our programs end too.
process.once('exit', () => {
  for (const { pid } of running) signalGroup(pid, 'SIGTERM')
})

/** Stops every program that this process has started and that still runs. */
export async function stopPrograms(): Promise<void> {
  await Promise.all([...running].map((program) => program.stop()))
}

/** Starts a program of our Node with its output in a log file, as the head of its own group. */
export function startProgram(
  script: string,
  parameters: readonly string[],
  options: { log: string; env?: Record<string, string> },
): Program {
  mkdirSync(path.dirname(options.log), { recursive: true })
  const output = openSync(options.log, 'w')
  const child = spawn(process.execPath, [script, ...parameters], {
    cwd: ROOT,
    env: { ...process.env, ...options.env },
    stdio: ['ignore', output, output],
    detached: true,
  })
  closeSync(output)
  const { pid } = child
  if (pid === undefined) throw new Error(`${script} did not start`)
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve))
  const program = { pid, log: options.log, ended, stop: () => stopGroup(child, pid, ended) }
  running.add(program)
  void ended.then(() => running.delete(program))
  return program
}

async function stopGroup(child: ChildProcess, pid: number, ended: Promise<unknown>) {
  if (child.exitCode === null && child.signalCode === null) {
    signalGroup(pid, 'SIGTERM')
    const late = setTimeout(() => signalGroup(pid, 'SIGKILL'), STOP_MS_MAX)
    await ended
    clearTimeout(late)
  }
  // The head may have ended before its children.
  signalGroup(pid, 'SIGKILL')
}

function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal)
  } catch {
    // Nobody of the group is left.
  }
}

/** Runs a program of our Node to its end; throws with the end of its log when it fails. */
export async function runProgram(
  script: string,
  parameters: readonly string[],
  options: { log: string; env?: Record<string, string> },
): Promise<void> {
  const program = startProgram(script, parameters, options)
  const code = await program.ended
  if (code === 0) return
  const name = [path.basename(script), ...parameters].join(' ').slice(0, 80)
  throw new Error(`${name} failed (${code}):\n${await endOfLog(options.log)}`)
}

/** The last lines of a log, for the person who has to mend it. */
export async function endOfLog(log: string): Promise<string> {
  const lines = (await readFile(log, 'utf8').catch(() => '')).trimEnd().split('\n')
  return [...lines.slice(-LOG_LINES_SHOWN), `(the whole log: ${path.relative(ROOT, log)})`].join(
    '\n',
  )
}
