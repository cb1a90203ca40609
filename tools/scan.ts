/**
 * Reads fiscal codes: `npm run -s scan -- FILE [--keys KEYS.json]`.
 *
 * FILE has a code per line: plain text, a JSON string, or `{"qr":"…"}`; `-` is the standard input.
 * Lines are UTF-8, or ISO-8859-1 where they are not, as Chilean stamps are. KEYS is a JSON object:
 * certificate serial, `kid` or SHA-256 of a key (hex) → JWK or PEM. A key that is in a code itself
 * is also found by what it is, whatever its name.
 *
 * Prints one JSON object per line, in order: `{"kind":"fiscal","country","identity","issuer",
 * "totalMinor","currency","issuedAt","operation","trust","signature"}`, what is not in the code
 * being null, or `{"kind":"unknown","reason"}`, with `country` and `field` where they are known.
 * `trust` is `signed`, `checksum`, `lookup` or `reference`. A valid signature by a key that KEYS
 * does not have carries `"key":"unregistered"`; one that does not cover the total carries
 * `"covers":"document"`. Bad input is one sentence on standard error and exit code 2.
 */

import { createReadStream, readFileSync } from 'node:fs'
import { sha256 } from '@noble/hashes/sha2.js'
import { hexOf } from '#fiscal/base64'
import type { CodeReading, FiscalCode } from '#fiscal/code'
import { readCode } from '#fiscal/registry'
import type { Jwk, KeyRing, RegisteredKey } from '#fiscal/signature/key-ring'
import { type Proof, proveCode } from '#fiscal/signature/prove'
import { pointOf } from '#fiscal/signature/public-key'
import { fromCaller } from './local/caller.ts'
import { linesOf } from './local/lines.ts'

/** Input the person can mend; its message is what they read. */
class BadInput extends Error {}

const EXIT_BAD_INPUT = 2
const USAGE = 'Usage: npm run -s scan -- FILE [--keys KEYS.json]'
/** No code is longer; the rest of such a line is not kept. */
const LINE_BYTES_MAX = 65_536
const OUTPUT_LINES_AT_ONCE = 500

/** Hex in any spelling is one name: `1A:2B`, `001a2b`. */
function keyName(id: string): string {
  const bare = id.replace(/[:\s]/g, '')
  return /^[0-9a-f]+$/i.test(bare) ? bare.toLowerCase().replace(/^0+(?=.)/, '') : id
}

function isKey(value: unknown): value is Jwk | string {
  if (typeof value === 'string') return value.includes('-----BEGIN ')
  return typeof value === 'object' && value !== null && 'kty' in value
}

function registered(key: Jwk | string): RegisteredKey {
  return { key, validFrom: null, validUntil: null, revokedAt: null, registeredBy: 'KEYS' }
}

function readKeys(file: string): KeyRing {
  let told: unknown
  try {
    told = JSON.parse(readFileSync(fromCaller('scan', file), 'utf8'))
  } catch (cause) {
    throw new BadInput(`${file} cannot be read as JSON.`, { cause })
  }
  if (typeof told !== 'object' || told === null || Array.isArray(told)) {
    throw new BadInput(`${file} is not an object of keys by their names.`)
  }
  const keys = new Map<string, RegisteredKey>()
  for (const [id, key] of Object.entries(told)) {
    if (!isKey(key)) throw new BadInput(`${file}: the key "${id}" is neither a JWK nor PEM.`)
    keys.set(keyName(id), registered(key))
    const point = pointOf(key)
    if (point !== null) keys.set(keyName(hexOf(sha256(point))), registered(key))
  }
  return { find: ({ id }) => Promise.resolve(keys.get(keyName(id)) ?? null) }
}

/** The code in a line: a JSON string, the `qr` of a JSON object, or the line itself. */
function codeIn(line: string): string {
  if (!/^\s*["{]/.test(line)) return line
  try {
    const told: unknown = JSON.parse(line)
    if (typeof told === 'string') return told
    const hasCode = typeof told === 'object' && told !== null && 'qr' in told
    return hasCode && typeof told.qr === 'string' ? told.qr : line
  } catch {
    return line
  }
}

function fiscalLine(code: FiscalCode, { signature, trust, covers, key }: Proof): object {
  const isOurs = signature === 'valid' && trust === 'signed_unregistered' && key !== null
  return {
    kind: 'fiscal',
    country: code.country.toUpperCase(),
    identity: code.identity,
    issuer: code.issuer,
    totalMinor: code.totalMinor,
    currency: code.currency,
    issuedAt: code.issuedAt,
    operation: code.operation,
    trust: trust === 'signed_unregistered' ? 'signed' : trust,
    signature,
    ...(isOurs && { key: 'unregistered' }),
    ...(covers === 'document' && { covers }),
  }
}

function unknownLine({ country, reason, field }: Extract<CodeReading, { ok: false }>): object {
  return {
    kind: 'unknown',
    reason,
    ...(country !== null && { country: country.toUpperCase() }),
    ...(field !== undefined && { field }),
  }
}

async function answer(line: string | null, keys: KeyRing): Promise<string> {
  const reading: CodeReading =
    line === null ? { ok: false, country: null, reason: 'too_long' } : readCode(codeIn(line))
  const told = reading.ok
    ? fiscalLine(reading.code, await proveCode(reading.code, keys))
    : unknownLine(reading)
  return `${JSON.stringify(told)}\n`
}

/** Writes all of the text, waiting where the reader is slow. */
function write(text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    process.stdout.write(text, (error) => (error ? reject(error) : resolve()))
  })
}

function parametersOf(args: readonly string[]): { file: string; keys: KeyRing } {
  const at = args.indexOf('--keys')
  const keysFile = at < 0 ? undefined : args[at + 1]
  const files = at < 0 ? args : args.toSpliced(at, 2)
  const [file] = files
  const isComplete = at < 0 || keysFile !== undefined
  if (file === undefined || files.length > 1 || !isComplete || (file !== '-' && /^--/.test(file))) {
    throw new BadInput(USAGE)
  }
  const none: KeyRing = { find: () => Promise.resolve(null) }
  return { file, keys: keysFile === undefined ? none : readKeys(keysFile) }
}

async function run(args: readonly string[]): Promise<void> {
  const { file, keys } = parametersOf(args)
  const input = file === '-' ? process.stdin : createReadStream(fromCaller('scan', file))
  let answers: string[] = []
  try {
    for await (const line of linesOf(input, LINE_BYTES_MAX)) {
      answers.push(await answer(line, keys))
      if (answers.length < OUTPUT_LINES_AT_ONCE) continue
      await write(answers.join(''))
      answers = []
    }
  } catch (cause) {
    const isFile = cause instanceof Error && 'code' in cause && cause.code !== 'EPIPE'
    throw isFile ? new BadInput(`${file} cannot be read.`, { cause }) : cause
  }
  await write(answers.join(''))
}

/** A reader that has seen enough (`| head`) is no failure. */
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0)
  throw error
})

try {
  await run(process.argv.slice(2))
} catch (error) {
  if (!(error instanceof BadInput)) throw error
  process.stderr.write(`${error.message}\n`)
  process.exitCode = EXIT_BAD_INPUT
}
