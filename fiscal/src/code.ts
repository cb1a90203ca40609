import type { Seal } from './seal.ts'
import { ZONES } from './zone.ts'

/** Countries whose receipt codes are read, each with a real or official sample behind its format. */
export type FiscalCountry =
  | 'al'
  | 'ar'
  | 'at'
  | 'az'
  | 'ba'
  | 'br'
  | 'cl'
  | 'de'
  | 'es'
  | 'fj'
  | 'gr'
  | 'hr'
  | 'in'
  | 'ke'
  | 'kg'
  | 'kz'
  | 'md'
  | 'me'
  | 'mx'
  | 'pt'
  | 'rs'
  | 'ru'
  | 'sa'
  | 'si'
  | 'sk'
  | 'tz'
  | 'ua'
  | 'uz'
  | 'ws'

/** Only sales earn, returns reverse. `other`: an order, an invoice correction, a purchase from. */
export type Operation = 'sale' | 'return' | 'training' | 'copy' | 'annulled' | 'other'

/**
 * What may be believed. `signed`: a signature over total and time by a registered key.
 * `signed_unregistered`: such a signature, by a key that nobody has vouched for (whoever holds any
 * key can make one), or by one that we do not have. `checksum`: typing errors are noticed, forgery
 * is not. `lookup`: a service of the state answers programs. `reference`: only a person can look.
 */
export type Trust = 'signed' | 'signed_unregistered' | 'checksum' | 'lookup' | 'reference'

/** What a text proves before any key is asked: never a signature. `proveCode` says the rest. */
type UnprovedTrust = Exclude<Trust, 'signed' | 'signed_unregistered'>

/** What the code does not say. `operation`: a sale is assumed. `time_of_day`: only the day is. */
type Missing = 'issuer' | 'total' | 'currency' | 'issued_at' | 'time_of_day' | 'operation'

/**
 * How a code tells the time. `instant`: one of the world's. `wall`: what the clock on the shop's
 * wall showed; `day`: its date alone. `zone`: where that clock hangs, an IANA name; null where the
 * country has several and the code does not say which.
 */
type Clock =
  | { readonly kind: 'instant' }
  | { readonly kind: 'wall' | 'day'; readonly zone: string | null }

/** One receipt of any country as its code tells it. Plain data, all but the bytes of `seal`. */
export type FiscalCode = {
  readonly country: FiscalCountry
  /** Network-wide and canonical: every spelling of one receipt gives this text. */
  readonly identity: string
  /** The seller's tax number, where the code has it. */
  readonly issuer: string | null
  /**
   * The total in minor units (ISO 4217), with the sign that the code gives it: a German or
   * Austrian return is negative. Null when it is not in the code.
   */
  readonly totalMinor: number | null
  /** ISO 4217. Null when the code names a currency that we do not know. */
  readonly currency: string | null
  /**
   * A wall clock without zone (`2026-11-21T18:42`, with seconds where the code has them, or the day
   * alone), or an instant that ends in `Z`.
   */
  readonly issuedAt: string | null
  /** By which clock `issuedAt` is to be read; null when there is none. */
  readonly clock: Clock | null
  /** A sale where the code does not tell: `missing` has `operation` then. */
  readonly operation: Operation
  readonly trust: UnprovedTrust
  readonly missing: readonly Missing[]
  /** The state's own page about this receipt, rebuilt from its fields, never the scanned link. */
  readonly officialPage: string | null
  /** What the state's look-up asks for, by its own names; null where no program may ask. */
  readonly lookup: Readonly<Record<string, string>> | null
  /** What `proveCode` verifies; null when there is no signature to verify. */
  readonly seal: Seal | null
}

/**
 * `field`: named and out of its rule. `incomplete`: named and absent. `checksum`: it contradicts
 * itself. `test_environment`: a host where anybody may make receipts.
 */
export type RefusalReason =
  | 'too_long'
  | 'not_a_fiscal_code'
  | 'unknown_host'
  | 'test_environment'
  | 'field'
  | 'incomplete'
  | 'checksum'

export type CodeRefusal = {
  readonly ok: false
  /** Whose receipt it would be; null when it is nobody's that we know. */
  readonly country: FiscalCountry | null
  readonly reason: RefusalReason
  readonly field?: string
}

export type CodeReading = { readonly ok: true; readonly code: FiscalCode } | CodeRefusal

export function refuse(
  country: FiscalCountry | null,
  reason: RefusalReason,
  field?: string,
): CodeRefusal {
  return { ok: false, country, reason, ...(field !== undefined && { field }) }
}

type Told = Omit<FiscalCode, 'identity' | 'clock' | 'operation' | 'missing' | 'lookup' | 'seal'> & {
  /** The parts of the identity after the country. */
  readonly identity: readonly (string | number)[]
  /** Null when the code does not tell: a sale is assumed, and said to be. */
  readonly operation: Operation | null
  readonly lookup?: FiscalCode['lookup']
  readonly seal?: Seal | null
  /** Whose numbering the identity belongs to, where one platform serves several countries. */
  readonly numbering?: FiscalCountry
}

/** Completes what a country's file has read with what follows from it. */
export function fiscalCode({ numbering, lookup = null, seal = null, ...told }: Told): CodeReading {
  const missing: Missing[] = []
  if (told.issuer === null) missing.push('issuer')
  if (told.totalMinor === null) missing.push('total')
  if (told.currency === null) missing.push('currency')
  if (told.issuedAt === null) missing.push('issued_at')
  const clock = clockOf(told)
  if (clock?.kind === 'day') missing.push('time_of_day')
  if (told.operation === null) missing.push('operation')
  return {
    ok: true,
    code: {
      ...told,
      identity: [numbering ?? told.country, ...told.identity.map(identityPart)].join(':'),
      clock,
      operation: told.operation ?? 'sale',
      missing,
      lookup,
      seal,
    },
  }
}

function clockOf({ country, issuedAt }: Pick<Told, 'country' | 'issuedAt'>): Clock | null {
  if (issuedAt === null) return null
  if (issuedAt.endsWith('Z')) return { kind: 'instant' }
  const kind = issuedAt.length === 'YYYY-MM-DD'.length ? 'day' : 'wall'
  return { kind, zone: ZONES[country] }
}

/** Parts stay apart whatever they hold: `a:b` + `c` is not `a` + `b:c`. */
function identityPart(part: string | number): string {
  return String(part).replace(/[%:\s]/g, (mark) => encodeURIComponent(mark))
}

type Present<Fields> = { readonly [Name in keyof Fields]: NonNullable<Fields[Name]> }

/** All fields, or the refusal that names the first null among them. */
export function complete<Fields extends Record<string, unknown>>(
  country: FiscalCountry,
  fields: Fields,
): { readonly ok: true; readonly fields: Present<Fields> } | CodeRefusal {
  const bad = Object.keys(fields).find((name) => fields[name] === null)
  if (bad !== undefined) return refuse(country, 'field', bad)
  return { ok: true, fields: fields as Present<Fields> }
}
