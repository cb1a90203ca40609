import type { FiscalCountry } from '#fiscal/code'
import { printRuQr } from '#fiscal/ru'
import { minor } from '#schema/money'
import type { RuScan } from '#schema/receipt'
import type { Fields } from './fields.ts'
import { foreignIdentityOf } from './foreign-identity.ts'

/**
 * The fiscal identity rebuilt of the printed numbers. The authority knows the answer; what is
 * judged here is only whether the numbers deserve the question, because a refused question
 * (code 406 in Russia) may not be repeated, and a wrong one would claim somebody else's receipt.
 */
export type PrintedIdentity = {
  readonly country: FiscalCountry
  /** The code that the till would have printed: it goes the way of a scan. */
  readonly text: string
  /** Of Russia alone. */
  readonly scan: RuScan | null
  /** Every number stands on more than one reading and on a check: ask like a scan. */
  readonly isProved: boolean
  /** What is missing to that, as codes. */
  readonly reasons: readonly string[]
}

/** Null when a part of the identity is not on the print, or its country is none of ours. */
export function identityOf(fields: Fields): PrintedIdentity | null {
  const russian = russianOf(fields)
  if (russian !== null) return russian
  const foreign = foreignIdentityOf(fields)
  return foreign && { ...foreign, scan: null, isProved: foreign.reasons.length === 0 }
}

function russianOf(fields: Fields): PrintedIdentity | null {
  const { fn, fd, fp, date, time, totalMinor } = fields
  if (fn === null || fd === null || fp === null) return null
  if (date === null || time === null || totalMinor === null) return null
  if (!/^\d{16}$/.test(fn.value)) return null
  const scan: RuScan = {
    time: `${date.value}T${time.value}`,
    totalMinor: minor(totalMinor.value),
    fn: fn.value,
    i: Number(fd.value),
    fp: Number(fp.value),
    kind: 1,
  }
  const reasons = [
    ...(['fn', 'fd', 'fp'] as const).flatMap((name) =>
      fields[name]?.reason === 'readings_agree' ? [] : [`${name}_not_agreed`],
    ),
    ...(fields.taxNumber?.certainty === 'proved' ? [] : ['tax_number_not_proved']),
    ...(date.reason === 'readings_agree' ? [] : ['date_not_agreed']),
    ...(time.reason === 'readings_agree' ? [] : ['time_not_agreed']),
    ...(totalMinor.certainty === 'proved' ? [] : ['total_not_proved']),
  ]
  return { country: 'ru', text: printRuQr(scan), scan, isProved: reasons.length === 0, reasons }
}
