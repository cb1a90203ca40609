import { readFileSync } from 'node:fs'
import type { FiscalCode, FiscalCountry, Trust } from './code.ts'
import type { Jwk, KeyRing, RegisteredKey } from './signature/key-ring.ts'
import type { Signature } from './signature/prove.ts'

/** The committed samples and what is true of each. */

const textOf = (file: string) => readFileSync(new URL(`../corpus/${file}`, import.meta.url), 'utf8')

type Truth = Pick<
  FiscalCode,
  'identity' | 'issuer' | 'totalMinor' | 'currency' | 'issuedAt' | 'operation'
>

/** `sample`: real or official. `derived`: a sample in another spelling of its format. */
type Sample = {
  readonly country: FiscalCountry
  readonly origin: 'sample' | 'derived' | 'synthetic' | 'constructed' | 'anonymised'
  readonly text: string
  readonly truth: Truth
  readonly signature: Signature
  readonly trust: Trust
}

type AtSample = { readonly text: string; readonly type: string; readonly failed: boolean }

export const SAMPLES: readonly Sample[] = JSON.parse(textOf('codes.json'))
export const AT_SAMPLES = textOf('at-receipts.jsonl')
  .trim()
  .split('\n')
  .map((line): AtSample => JSON.parse(line))
const KEYS: Readonly<Record<string, Jwk>> = JSON.parse(textOf('keys.json'))

export function registered(key: Jwk | string): RegisteredKey {
  return { key, validFrom: null, validUntil: null, revokedAt: null, registeredBy: 'the corpus' }
}

export function ringOf(keys: Readonly<Record<string, RegisteredKey>>): KeyRing {
  return { find: ({ id }) => Promise.resolve(keys[id] ?? null) }
}

/** The keys of the Austrian and Indian samples. */
export const RING = ringOf(
  Object.fromEntries(Object.entries(KEYS).map(([id, key]) => [id, registered(key)])),
)
export const NO_KEYS = ringOf({})

export function sampleOf(country: FiscalCountry, at = 0): string {
  const sample = SAMPLES.filter((one) => one.country === country)[at]
  if (sample === undefined) throw new Error(`no sample ${at} of ${country}`)
  return sample.text
}
