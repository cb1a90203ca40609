import { amountMinor } from './amount.ts'
import { type CodeReading, complete, fiscalCode, refuse } from './code.ts'
import type { FiscalFormat } from './format.ts'
import { parametersOf } from './parameters.ts'
import { type CodeUrl, integerText } from './url.ts'

/**
 * Greece, receipts of fiscal devices: `SIG=` device of 11, number of 8, SHA-1 of 40 hex digits,
 * total. The hash is of a text that is not in the code.
 */

const SIGNATURE = /^([A-Z]{3}\d{8})(\d{8})([0-9A-F]{40})(\d{1,12}(?:[.,]\d{1,2})?)$/

function readLink(link: CodeUrl): CodeReading {
  const parameters = parametersOf('gr', link.query, { needed: ['SIG'] })
  if (!parameters.ok) return parameters
  const parts = SIGNATURE.exec((parameters.get('SIG') ?? '').toUpperCase())
  if (parts === null) return refuse('gr', 'field', 'SIG')
  const [signature, device = '', number = '', , amount = ''] = parts
  const read = complete('gr', { number: integerText(number), total: amountMinor(amount) })
  if (!read.ok) return read
  return fiscalCode({
    country: 'gr',
    identity: [device, number],
    issuer: null,
    totalMinor: read.fields.total,
    currency: 'EUR',
    issuedAt: null,
    operation: null,
    trust: 'reference',
    officialPage: `https://www1.aade.gr/tameiakes/myweb/q1.php?SIG=${signature}`,
  })
}

/** The others are the tax service's older doors, printed on receipts to this day. */
export const greece: FiscalFormat = {
  country: 'gr',
  domains: ['aade.gr', 'gsis.gr', '147.102.24.100'],
  readLink,
}
