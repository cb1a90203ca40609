import { mkdir, readFile, rm } from 'node:fs/promises'
import path from 'node:path'
import { build } from 'esbuild'
import { convertV4MiniflareOptions, Miniflare, type V4WorkerOptions } from 'miniflare'
import { unstable_getMiniflareWorkerOptions } from 'wrangler'
import { makeId } from '#schema/id'
import { statementsOf } from '#worker/cells/sql-store'
import { grantOperator } from '#worker/members/staff.d1'
import { ocrModules } from '../local/ocr-modules.ts'
import { originOf, ROOT } from '../local/place.ts'
import { LOCAL_SECRETS, outsideVars } from '../local-secrets.ts'
import { OPERATORS } from '../seed/people.ts'
import { seedMarket } from '../seed/seed.ts'
import { migrationFiles } from './migrations.ts'

/**
 * The Workers on bare workerd, as a machine of one's own would run them: no development server, no
 * watching, no proxy in between, so that a load measures the network.
 */
export type BenchNetwork = {
  readonly origin: string
  readonly sandbox: string
  stop(): Promise<void>
}

const PORT = 8897
const SANDBOX_PORT = 8898

/** One module with everything in it. */
async function bundle(entry: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [path.join(ROOT, entry)],
    write: false,
    bundle: true,
    format: 'esm',
    target: 'es2024',
    conditions: ['workerd', 'worker', 'browser'],
    external: ['cloudflare:*', 'node:*'],
    loader: { '.sql': 'text' },
    logLevel: 'error',
  })
  return outputFiles[0]?.text ?? ''
}

/** A Worker as its `wrangler.toml` describes it, without its pages, with other variables. */
function startWorker(
  folder: string,
  worker: {
    name: string
    config: string
    script: string
    port: number
    vars: Record<string, string>
    /** Workers that it reaches by name, in the same process. */
    others?: V4WorkerOptions[]
  },
): Miniflare {
  const { workerOptions } = unstable_getMiniflareWorkerOptions(path.join(ROOT, worker.config))
  const { assets: _, ...own } = workerOptions
  const main: V4WorkerOptions = {
    ...own,
    name: worker.name,
    bindings: { ...Object(own.bindings), ...worker.vars },
    modules: [{ type: 'ESModule', path: 'index.mjs', contents: worker.script }],
  }
  return new Miniflare(
    convertV4MiniflareOptions({
      workers: [main, ...(worker.others ?? [])],
      host: '127.0.0.1',
      port: worker.port,
      cf: false,
      resourcePersistencePath: path.join(folder, 'state', String(worker.port)),
      handleStructuredLogs: () => {},
    }),
  )
}

/** The reader of photos as its `wrangler.toml` describes it. */
export async function readerWorker(folder: string): Promise<V4WorkerOptions> {
  const config = path.join(ROOT, 'ocr/wrangler.toml')
  const { workerOptions } = unstable_getMiniflareWorkerOptions(config)
  const { assets: _, ...own } = workerOptions
  return { ...own, ...(await ocrModules(path.join(folder, 'ocr'))), name: 'kopilka-ocr' }
}

/** The publisher of catalogues as its `wrangler.toml` describes it. */
async function publisherWorker(): Promise<V4WorkerOptions> {
  const config = path.join(ROOT, 'publisher/wrangler.toml')
  const { workerOptions } = unstable_getMiniflareWorkerOptions(config)
  const contents = await bundle('worker/src/publisher.ts')
  return {
    ...workerOptions,
    name: 'kopilka-publisher',
    modules: [{ type: 'ESModule', path: 'index.mjs', contents }],
  }
}

async function startNetworkWorker(folder: string): Promise<Miniflare> {
  const outside = originOf(SANDBOX_PORT)
  return startWorker(folder, {
    name: 'kopilka',
    config: 'wrangler.toml',
    script: await bundle('worker/src/index.ts'),
    others: [await readerWorker(folder), await publisherWorker()],
    port: PORT,
    vars: {
      ...LOCAL_SECRETS,
      BASE_URL: originOf(PORT),
      ...outsideVars(outside),
    },
  })
}

/** Starts both on what stands under `folder`; what was there before is kept. */
export async function resumeNetwork(folder: string): Promise<BenchNetwork> {
  const sandbox = startWorker(folder, {
    name: 'sandbox',
    config: 'sandbox/wrangler.toml',
    script: await bundle('sandbox/src/index.ts'),
    port: SANDBOX_PORT,
    vars: { WEBHOOK_URL: `${originOf(PORT)}/v1/hooks/yookassa` },
  })
  const network = await startNetworkWorker(folder)
  await Promise.all([sandbox.ready, network.ready])
  return {
    origin: originOf(PORT),
    sandbox: originOf(SANDBOX_PORT),
    async stop() {
      await Promise.allSettled([network.dispose(), sandbox.dispose()])
    },
  }
}

/** A fresh network under `folder`: migrated, its first operators granted, seeded. */
export async function startBenchNetwork(folder: string): Promise<BenchNetwork> {
  await rm(folder, { recursive: true, force: true })
  await mkdir(folder, { recursive: true })
  await prepare(folder)
  const network = await resumeNetwork(folder)
  try {
    await seedMarket(network, Date.now(), () => {})
  } catch (error) {
    await network.stop()
    throw error
  }
  return network
}

/** Migrates the control plane and grants the operators, in a run of its own. */
async function prepare(folder: string): Promise<void> {
  const network = await startNetworkWorker(folder)
  try {
    const db = await network.getD1Database('DB')
    for (const file of await migrationFiles()) {
      for (const statement of statementsOf(await readFile(file, 'utf8'))) {
        await db.prepare(statement).run()
      }
    }
    const at = new Date().toISOString()
    for (const { email, role } of OPERATORS) {
      const newUserId = makeId('user', crypto.getRandomValues(new Uint8Array(20)))
      await grantOperator(db, { email, role, newUserId, at })
    }
  } finally {
    await network.dispose()
  }
}
