import { rmSync } from 'node:fs'
import { cloudflareTest, readD1Migrations } from '@cloudflare/vitest-plugin'
import { build } from 'esbuild'
import { defineConfig } from 'vitest/config'
import { ocrModules } from './tools/local/ocr-modules.ts'
import { LOCAL_SECRETS } from './tools/local-secrets.ts'

/**
 * Three projects: pure code in Node, the network's Worker in workerd with the reader of photos, the
 * publisher of catalogues and the sandbox as its outside world, and the sandbox itself in workerd.
 * Run one with `--project NAME`.
 */

/** Of this run alone: another one may play beside it. */
const BUNDLES = `.local/test/${process.pid}`
const SANDBOX_BUNDLE = `${BUNDLES}/sandbox.mjs`
const OCR_BUNDLE = `${BUNDLES}/ocr`
const PUBLISHER_BUNDLE = `${BUNDLES}/publisher.mjs`
process.once('exit', () => rmSync(BUNDLES, { recursive: true, force: true }))
/** What `ocr/wrangler.toml` says of its assets. */
const OCR_MODELS = {
  directory: 'node_modules/@tesseract.js-data',
  binding: 'MODELS',
  routerConfig: { has_user_worker: true, invoke_user_worker_ahead_of_assets: true },
}

const OPENED = 'worker/test/opened/*.test.ts'

let outside: ReturnType<typeof ocrModules> | null = null

/** Bundles the Workers beside the network when the first test in workerd starts, once. */
function bundleOutside(): ReturnType<typeof ocrModules> {
  outside ??= Promise.all([
    bundle('sandbox/src/index.ts', SANDBOX_BUNDLE),
    bundle('worker/src/publisher.ts', PUBLISHER_BUNDLE),
  ]).then(() => ocrModules(OCR_BUNDLE))
  return outside
}

async function bundle(entry: string, outfile: string): Promise<void> {
  await build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    format: 'esm',
    target: 'es2024',
    conditions: ['workerd', 'worker', 'browser'],
    external: ['cloudflare:*', 'node:*'],
    logLevel: 'error',
  })
}

/** What `publisher/wrangler.toml` binds: the storage of the network's Worker. */
const PUBLISHER_STORAGE = {
  d1Databases: { DB: '00000000-0000-0000-0000-000000000001' },
  r2Buckets: { SNAPSHOTS: 'kopilka-snapshots' },
}

const SANDBOX_OBJECTS = {
  STATE: { className: 'SandboxState', useSQLite: true },
  PAYMENTS: { className: 'PaymentProvider', useSQLite: true },
  OUTBOX: { className: 'Outbox', useSQLite: true },
  BANK: { className: 'Bank', useSQLite: true },
  AUTHENTICATOR: { className: 'Authenticator', useSQLite: true },
}

/** The tax service alone, so that its faults are felt; the others have a test of their own. */
const FNS_ALONE = JSON.stringify([{ name: 'fns', perDayMax: null, costMinor: 0 }])

/** What `sandbox/wrangler.toml` sets; a bundle in Miniflare does not read it. */
const SANDBOX_VARS = {
  MASTER_TOKEN: LOCAL_SECRETS.FNS_MASTER_TOKEN,
  FISCAL_SIGN_KEY: 'sandbox-fiscal-sign-key',
  PROVERKACHEKA_TOKEN: LOCAL_SECRETS.PROVERKACHEKA_TOKEN,
  OFD_TOKEN_SECRET: LOCAL_SECRETS.OFD_TOKEN_SECRET,
  PAYOUT_AGENT_ID: '100500',
  PAYOUT_SECRET: LOCAL_SECRETS.YOOKASSA_SECRET,
  WISE_TOKEN: LOCAL_SECRETS.WISE_TOKEN,
  WISE_PROFILE_ID: '700100',
  SMS_API_KEY: LOCAL_SECRETS.SMS_API_KEY,
  MAIL_API_KEY: LOCAL_SECRETS.MAIL_API_KEY,
  WEBHOOK_URL: '',
}

/** The home market over four cells, and countries that `wrangler.toml` does not open. */
const OTHER_CELLS = [
  ...[0, 1, 2, 3].map((index) => ({
    from: index * 1024,
    to: index * 1024 + 1023,
    cell: `cell-${index}`,
  })),
  ...['hr', 'pt', 'rs', 'sk'].map((market) => ({
    from: 0,
    to: 4095,
    cell: `${market}.cell-0`,
  })),
]

async function workerProject(
  name: string,
  bindings: Record<string, unknown>,
  include: string[],
  exclude: string[] = [],
) {
  const migrations = await readD1Migrations('schema/sql/control')
  return {
    plugins: [
      cloudflareTest(async () => ({
        wrangler: { configPath: './wrangler.toml' },
        miniflare: {
          bindings: {
            TEST_MIGRATIONS: migrations,
            RU_CHANNELS: FNS_ALONE,
            ...LOCAL_SECRETS,
            ...bindings,
          },
          serviceBindings: { SANDBOX: 'sandbox' },
          outboundService: 'sandbox',
          workers: [
            {
              name: 'sandbox',
              modules: [{ type: 'ESModule', path: SANDBOX_BUNDLE }],
              compatibilityDate: '2026-11-01',
              compatibilityFlags: ['nodejs_compat'],
              bindings: SANDBOX_VARS,
              durableObjects: SANDBOX_OBJECTS,
            },
            {
              name: 'kopilka-ocr',
              ...(await bundleOutside()),
              assets: OCR_MODELS,
              compatibilityDate: '2026-11-01',
            },
            {
              name: 'kopilka-publisher',
              modules: [{ type: 'ESModule', path: PUBLISHER_BUNDLE }],
              compatibilityDate: '2026-11-01',
              ...PUBLISHER_STORAGE,
            },
          ],
        },
      })),
    ],
    test: { name, include, exclude, testTimeout: 30_000, hookTimeout: 60_000 },
  }
}

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: [
            '{schema,fiscal,worker,ocr,sandbox,web,tools}/**/*.test.{ts,tsx}',
            'tidy.test.ts',
          ],
          exclude: ['**/node_modules/**', 'worker/test/**', 'sandbox/test/**', 'web/test/**'],
          testTimeout: 60_000,
        },
      },
      await workerProject('workerd', {}, ['worker/test/**/*.test.ts'], [OPENED]),
      await workerProject('other-cells', { CELL_MAP: JSON.stringify(OTHER_CELLS) }, [
        'worker/test/journey*.test.ts',
        OPENED,
      ]),
      {
        plugins: [cloudflareTest({ wrangler: { configPath: './sandbox/wrangler.toml' } })],
        test: { name: 'sandbox', include: ['sandbox/test/**/*.test.ts'], testTimeout: 30_000 },
      },
    ],
  },
})
