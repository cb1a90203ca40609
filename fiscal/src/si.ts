import { type CodeReading, complete, fiscalCode } from './code.ts'
import type { FiscalFormat } from './format.ts'
import { compactClock } from './moment.ts'

/**
 * Slovenia (FURS, technical documentation): 60 digits. The protective mark (ZOI) as a decimal of
 * 39, the issuer's tax number of 8, the time of 12, and the sum of these digits modulo 10.
 */

const DIGITS = /^(\d{39})(\d{8})(\d{12})\d$/
const MARK_BITS = 128n

function isSummed(digits: string): boolean {
  let sum = 0
  for (let at = 0; at < digits.length - 1; at += 1) sum += digits.charCodeAt(at) - 0x30
  return sum % 10 === Number(digits.at(-1))
}

function markOf(decimal: string): string | null {
  const value = BigInt(decimal)
  return value >> MARK_BITS === 0n ? value.toString(16).padStart(32, '0') : null
}

/** Sixty digits that do not add up are no receipt: any long number could be such. */
function readText(text: string): CodeReading | null {
  const parts = DIGITS.exec(text)
  if (parts === null || !isSummed(text)) return null
  const [, mark = '', taxNumber = '', time = ''] = parts
  const read = complete('si', { mark: markOf(mark), time: compactClock(`20${time}`) })
  if (!read.ok) return read
  return fiscalCode({
    country: 'si',
    identity: [read.fields.mark],
    issuer: taxNumber,
    totalMinor: null,
    currency: 'EUR',
    issuedAt: read.fields.time,
    operation: null,
    trust: 'checksum',
    officialPage: null,
  })
}

export const slovenia: FiscalFormat = { country: 'si', domains: [], readText }
