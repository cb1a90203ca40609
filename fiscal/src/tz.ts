import { type CodeReading, fiscalCode, refuse } from './code.ts'
import type { FiscalFormat } from './format.ts'
import { timeOfDay } from './moment.ts'
import { type CodeUrl, unescaped } from './url.ts'

/** Tanzania: `/CODE_HHMMSS` at the revenue authority. The time of day is there, the day is not. */

const PATH = /^\/+([0-9A-Z]{6,24})_(\d{6})\/?$/i

function readLink(link: CodeUrl): CodeReading {
  const parts = PATH.exec(unescaped(link.path))
  if (parts === null) return refuse('tz', 'incomplete', 'code')
  const [, rawCode = '', time = ''] = parts
  if (timeOfDay(time) === null) return refuse('tz', 'field', 'time')
  const code = rawCode.toUpperCase()
  return fiscalCode({
    country: 'tz',
    identity: [code],
    issuer: null,
    totalMinor: null,
    currency: 'TZS',
    issuedAt: null,
    operation: null,
    trust: 'reference',
    officialPage: `https://verify.tra.go.tz/${code}_${time}`,
  })
}

export const tanzania: FiscalFormat = { country: 'tz', domains: ['verify.tra.go.tz'], readLink }
