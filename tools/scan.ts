/**
 * Reads fiscal codes: `npm run -s scan -- FILE [--keys KEYS.json]`.
 *
 * FILE has a code per line: plain text, a JSON string, or `{"qr":"…"}`; `-` is the standard input.
 * Lines are UTF-8, or ISO-8859-1 where they are not, as Chilean stamps are. KEYS is a JSON object,
 * certificate serial, `kid` or SHA-256 of a key → JWK or PEM, or a JWKS. A key is also found by
 * what it says of itself (`kid`, a certificate's serial, SHA-256 of the key), whatever its name.
 *
 * Prints one JSON object per line, in order: `{"kind":"fiscal","country","identity","issuer",
 * "totalMinor","currency","issuedAt","operation","trust","signature"}`, what is not in the code
 * being null, or `{"kind":"unknown","reason"}`, with `country` and `field` where they are known.
 * `trust` is `signed`, `checksum`, `needs lookup` or `reference`. A valid signature by a key that
 * KEYS does not have carries `"key":"unregistered"`, by a certificate that was not valid then
 * `"key":"not_valid_then"`; one that does not cover the total carries `"covers":"document"`. Bad
 * input is one sentence on standard error and exit code 2.
 */

import { createReadStream, readFileSync } from 'node:fs'
import type { CodeReading, FiscalCode, Trust } from '#fiscal/code'
import { readCode } from '#fiscal/registry'
import type { KeyRing } from '#fiscal/signature/key-ring'
import { type Proof, proveCode } from '#fiscal/signature/prove'
import { fromCaller } from './local/caller.ts'
import { keyRingOf } from './local/key-file.ts'
import { linesOf } from './local/lines.ts'

/** Input the person can mend; its message is what they read. */
class BadInput extends Error {}

const EXIT_BAD_INPUT = 2
const USAGE = 'Usage: npm run -s scan -- FILE [--keys KEYS.json]'
/** No code is longer; the rest of such a line is not kept. */
const LINE_BYTES_MAX = 65_536
const OUTPUT_LINES_AT_ONCE = 500

function readKeys(file: string): KeyRing {
  let told: unknown
  try {
    told = JSON.parse(readFileSync(fromCaller('scan', file), 'utf8').replace(/^\ufeff/, ''))
  } catch (cause) {
    throw new BadInput(`${file} cannot be read as JSON.`, { cause })
  }
  const ring = keyRingOf(told)
  if (typeof ring === 'string') throw new BadInput(`${file} ${ring}`)
  return ring
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

/** The classes as people name them. Whose key it is stands apart from what it signed. */
const CLASSES: Readonly<Record<Trust, string>> = {
  signed: 'signed',
  signed_unregistered: 'signed',
  checksum: 'checksum',
  lookup: 'needs lookup',
  reference: 'reference',
}

function fiscalLine(code: FiscalCode, { signature, trust, covers, trouble }: Proof): object {
  const isStrange = signature === 'valid' && trust === 'signed_unregistered'
  return {
    kind: 'fiscal',
    country: code.country.toUpperCase(),
    identity: code.identity,
    issuer: code.issuer,
    totalMinor: code.totalMinor,
    currency: code.currency,
    issuedAt: code.issuedAt,
    operation: code.operation,
    trust: CLASSES[trust],
    signature,
    ...(isStrange && { key: trouble ?? 'unregistered' }),
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
