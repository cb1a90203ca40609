import { readFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import path from 'node:path'
import { LOCAL_SECRETS, outsideVars } from '../local-secrets.ts'
import { fingerprintOf, onceFor } from './fingerprint.ts'
import { originOf, type Place, ROOT } from './place.ts'
import { commandOf, endOfLog, type Program, runProgram, startProgram } from './program.ts'

const HOST = '127.0.0.1'
const READY_MS_MAX = 90_000
const ASK_AGAIN_MS = 150
const MIGRATIONS = path.join(ROOT, 'schema', 'sql', 'control')

/** The Workers of one place, running. */
export type Network = {
  readonly origin: string
  readonly sandbox: string
  /** Resolves with the name of the first of them that ends. */
  readonly ended: Promise<string>
  stop(): Promise<void>
}

/** Where D1, objects and buckets of the network's Worker are kept. */
export const stateOf = (place: Place) => path.join(place.folder, 'state', 'network')

/** Keeps wrangler silent, inside our folder, and off the wires. */
export function quiet(place: Place): Record<string, string> {
  return {
    CI: '1',
    CLOUDFLARE_CF_FETCH_ENABLED: 'false',
    WRANGLER_CACHE_DIR: path.join(place.folder, 'cache'),
    WRANGLER_HIDE_BANNER: 'true',
    WRANGLER_LOG_PATH: path.join(place.folder, 'log', 'wrangler'),
    WRANGLER_NO_SKILLS_UPDATE_PROMPTS: 'true',
    WRANGLER_REGISTRY_PATH: path.join(place.folder, 'registry'),
    WRANGLER_SEND_ERROR_REPORTS: 'false',
    WRANGLER_SEND_METRICS: 'false',
    X_LOCAL_EXPLORER: 'false',
  }
}

/** Brings the control plane's database of a place up to date; nothing happens when it is. */
export async function migrate(place: Place): Promise<void> {
  const task = {
    stamp: path.join(place.folder, 'state', 'migrated'),
    fingerprint: await fingerprintOf([MIGRATIONS], (file) => file.endsWith('.sql')),
  }
  const apply = ['d1', 'migrations', 'apply', 'DB', '--local', '--persist-to', stateOf(place)]
  await onceFor(task, () =>
    runProgram(commandOf('wrangler'), apply, {
      log: path.join(place.folder, 'log', 'migrations.log'),
      env: quiet(place),
    }),
  )
}

/** Refuses with a sentence when another program has one of the two ports. */
export async function requirePorts(place: Place): Promise<void> {
  for (const port of [place.port, place.sandboxPort]) {
    if (await isFree(port)) continue
    throw new Error(
      `Port ${port} is taken by another program. Stop it, or choose other ports:\n` +
        `  KOPILKA_PORT=${place.port + 1000} SANDBOX_PORT=${place.sandboxPort + 1000} npm start`,
    )
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer()
    probe.once('error', () => resolve(false))
    probe.listen(port, HOST, () => probe.close(() => resolve(true)))
  })
}

/**
 * Starts the Workers and waits until they answer. The reader of photos is found by its name: it has
 * no address that anybody knows.
 */
export async function startNetwork(place: Place): Promise<Network> {
  await requirePorts(place)
  const origin = originOf(place.port)
  const sandbox = originOf(place.sandboxPort)
  const programs = {
    reader: dev(place, 'reader', ['ocr/wrangler.toml'], 0, {}),
    sandbox: dev(place, 'sandbox', ['sandbox/wrangler.toml'], place.sandboxPort, {
      WEBHOOK_URL: `${origin}/v1/hooks/yookassa`,
    }),
    // The publisher beside it in one process, because both open the same database and bucket.
    network: dev(place, 'network', ['wrangler.toml', 'publisher/wrangler.toml'], place.port, {
      BASE_URL: origin,
      ...outsideVars(sandbox),
      ...LOCAL_SECRETS,
    }),
  }
  const all = Object.values(programs)
  const stop = async () => void (await Promise.all(all.map((program) => program.stop())))
  try {
    await Promise.all([
      answers(`${sandbox}/`, programs.sandbox),
      answers(`${origin}/healthz`, programs.network),
      isReady(programs.reader),
    ])
  } catch (error) {
    await stop()
    throw error
  }
  const ends = Object.entries(programs).map(([name, { ended }]) => ended.then(() => name))
  return { origin, sandbox, ended: Promise.race(ends), stop }
}

function dev(
  place: Place,
  name: string,
  configs: readonly string[],
  port: number,
  vars: Record<string, string>,
): Program {
  const state = path.join(place.folder, 'state', name)
  const described = configs.flatMap((config) => ['--config', config])
  const fixed = ['dev', ...described, '--local', '--ip', HOST, '--inspector-port', '0']
  const own = ['--port', String(port), '--persist-to', state]
  const given = Object.entries(vars).flatMap(([key, value]) => ['--var', `${key}:${value}`])
  return startProgram(commandOf('wrangler'), [...fixed, ...own, ...given], {
    log: path.join(place.folder, 'log', `${name}.log`),
    env: quiet(place),
  })
}

/** Waits until wrangler says that a Worker without a port of its own is ready. */
async function isReady(program: Program): Promise<void> {
  const deadline = Date.now() + READY_MS_MAX
  let hasEnded = false
  void program.ended.then(() => {
    hasEnded = true
  })
  while (!hasEnded && Date.now() < deadline) {
    if ((await readFile(program.log, 'utf8')).includes('Ready on')) return
    await new Promise((resolve) => setTimeout(resolve, ASK_AGAIN_MS))
  }
  throw new Error(`the reader of photos is not ready:\n${await endOfLog(program.log)}`)
}

async function answers(url: string, program: Program): Promise<void> {
  let hasEnded = false
  void program.ended.then(() => {
    hasEnded = true
  })
  const deadline = Date.now() + READY_MS_MAX
  while (!hasEnded && Date.now() < deadline) {
    const response = await fetch(url, { signal: AbortSignal.timeout(10_000) }).catch(() => null)
    if (response?.ok) return
    await new Promise((resolve) => setTimeout(resolve, ASK_AGAIN_MS))
  }
  const why = hasEnded ? 'ended instead of answering' : `did not answer within ${READY_MS_MAX} ms`
  throw new Error(`${url} ${why}:\n${await endOfLog(program.log)}`)
}
