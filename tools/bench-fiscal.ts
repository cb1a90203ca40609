/**
 * Measures fiscal codes: `npm run -s bench:fiscal`. Codes read and signatures verified per second,
 * in workerd; and what each format adds to a bundle, which is what would go without it (minified,
 * gzipped). The last line is JSON.
 */

import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import { convertV4MiniflareOptions, Miniflare } from 'miniflare'
import { ROOT } from './local/place.ts'

const SECONDS_MIN = 1
const READ_BATCH = 2_000
const PROVE_BATCH = 50

/** Reads, and verifies when asked, each text so many times; whatever is not as it should be fails. */
const WORKER = `
import { readCode } from './fiscal/src/registry.ts'
import { proveCode } from './fiscal/src/signature/prove.ts'
function registered(key) {
  return { key, validFrom: null, validUntil: null, revokedAt: null, registeredBy: 'bench' }
}
export default {
  async fetch(request) {
    const { texts, keys, rounds, proves } = await request.json()
    const ring = { find: async ({ id }) => (id in keys ? registered(keys[id]) : null) }
    for (let round = 0; round < rounds; round += 1) {
      for (const text of texts) {
        const reading = readCode(text)
        if (!reading.ok) throw new Error(text)
        if (!proves) continue
        const { signature } = await proveCode(reading.code, ring)
        if (signature !== 'valid') throw new Error(text)
      }
    }
    return new Response('done')
  },
}
`

async function bundleOf(contents: string): Promise<Uint8Array> {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: ROOT, loader: 'ts' },
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    target: 'es2024',
    conditions: ['workerd', 'worker', 'browser'],
    logLevel: 'error',
  })
  const [file] = outputFiles
  if (file === undefined) throw new Error('esbuild gave no bundle')
  return file.contents
}

const gzipBytes = (bytes: Uint8Array) => gzipSync(bytes, { level: 9 }).length

type Format = { readonly name: string; readonly file: string }

/** The formats as the registry imports them. */
async function formats(): Promise<Format[]> {
  const folder = path.join(ROOT, 'fiscal/src')
  const foreign = await readFile(path.join(folder, 'foreign.ts'), 'utf8')
  const imports = foreign.matchAll(/^import \{ ([\w, ]+) \} from '(\.\/[\w-]+\.ts)'/gm)
  return Array.from(imports, ([, names = '', file = '']) =>
    names.split(', ').map((name) => ({ name, file })),
  ).flat()
}

function readerOf(formats: readonly Format[]): string {
  const imports = formats.map(({ name, file }) => `import { ${name} } from './fiscal/src/${file}'`)
  const names = formats.map(({ name }) => name).join(', ')
  return [
    ...imports,
    `import { readWith } from './fiscal/src/find.ts'`,
    `export const read = (text) => readWith([${names}], text)`,
  ].join('\n')
}

/** Bytes that a bundle of all formats loses without each; TaxCore's four places are one. */
async function addedBytes(): Promise<Record<string, number>> {
  const all = await formats()
  const whole = gzipBytes(await bundleOf(readerOf(all)))
  const added: Record<string, number> = {}
  for (const file of new Set(all.map((format) => format.file))) {
    const rest = all.filter((format) => format.file !== file)
    const name = path.basename(file, '.ts')
    added[name] = whole - gzipBytes(await bundleOf(readerOf(rest)))
  }
  return added
}

async function bundleBytes(): Promise<Record<string, number>> {
  const reader = `export { readCode } from './fiscal/src/registry.ts'`
  const prover = `${reader}\nexport { proveCode } from './fiscal/src/signature/prove.ts'`
  const phone = `export { parseRuQr } from './fiscal/src/ru.ts'`
  return {
    parseRuQr: gzipBytes(await bundleOf(phone)),
    readCode: gzipBytes(await bundleOf(reader)),
    readAndProve: gzipBytes(await bundleOf(prover)),
  }
}

type Sample = { country: string; text: string; signature: string }

async function samples(): Promise<Sample[]> {
  const corpus = path.join(ROOT, 'fiscal/corpus')
  const codes = await readFile(path.join(corpus, 'codes.json'), 'utf8')
  const austrian = await readFile(path.join(corpus, 'at-receipts.jsonl'), 'utf8')
  const first: { text: string } = JSON.parse(austrian.split('\n', 1)[0] ?? '')
  const others: readonly Sample[] = JSON.parse(codes)
  return [{ country: 'at', text: first.text, signature: 'valid' }, ...others]
}

type Load = { texts: readonly string[]; keys: object; proves: boolean }

/** Codes per second: rounds are asked for until the time is long enough to trust. */
async function perSecond(worker: Miniflare, load: Load, batch: number): Promise<number> {
  const ask = async (rounds: number) => {
    const body = JSON.stringify({ ...load, rounds })
    const started = performance.now()
    const response = await worker.dispatchFetch('http://bench/', { method: 'POST', body })
    if (!response.ok) throw new Error(await response.text())
    return (performance.now() - started) / 1000
  }
  await ask(Math.ceil(batch / load.texts.length))
  let rounds = Math.ceil(batch / load.texts.length)
  let seconds = await ask(rounds)
  while (seconds < SECONDS_MIN) {
    rounds = Math.ceil(rounds * Math.max(2, (SECONDS_MIN * 1.2) / seconds))
    seconds = await ask(rounds)
  }
  return Math.round((rounds * load.texts.length) / seconds)
}

function table(title: string, rows: Readonly<Record<string, number>>): void {
  console.log(title)
  for (const [name, value] of Object.entries(rows)) {
    console.log(`${value.toLocaleString('en').padStart(12)}  ${name}`)
  }
}

async function speeds(): Promise<{ read: number; verified: Record<string, number> }> {
  const script = new TextDecoder().decode(await bundleOf(WORKER))
  const worker = new Miniflare(
    convertV4MiniflareOptions({
      name: 'bench',
      modules: [{ type: 'ESModule', path: 'index.mjs', contents: script }],
      compatibilityDate: '2026-11-01',
      cf: false,
    }),
  )
  const keys: object = JSON.parse(
    await readFile(path.join(ROOT, 'fiscal/corpus/keys.json'), 'utf8'),
  )
  const all = await samples()
  const textsOf = (country: string) =>
    all.filter((one) => one.country === country && one.signature === 'valid').map((s) => s.text)
  try {
    const texts = all.map(({ text }) => text)
    const read = await perSecond(worker, { texts, keys, proves: false }, READ_BATCH)
    // The last German sample is the one of DSFinV-K, whose device has a brainpool key.
    const german = textsOf('de')
    const brainpool = german.pop() ?? ''
    const signed: Record<string, readonly string[]> = {
      'AT, ES256': textsOf('at'),
      'DE, P-256': german,
      'DE, brainpoolP256r1': [brainpool],
      'IN, RS256': textsOf('in'),
      'CL, RSA-SHA1 of 512 bits': textsOf('cl'),
      'SA, secp256k1': textsOf('sa'),
    }
    const verified: Record<string, number> = {}
    for (const [name, codes] of Object.entries(signed)) {
      verified[name] = await perSecond(worker, { texts: codes, keys, proves: true }, PROVE_BATCH)
    }
    return { read, verified }
  } finally {
    await worker.dispose()
  }
}

const { read, verified } = await speeds()
const [added, bundles] = [await addedBytes(), await bundleBytes()]
table('Codes read per second, all samples in turn', { all: read })
table('Signatures verified per second, reading included', verified)
table('Bytes added by a format, gzipped', added)
table('Bytes of a bundle, gzipped', bundles)
console.log(JSON.stringify({ readPerSecond: read, verifiedPerSecond: verified, added, bundles }))
