import { type CodeReading, fiscalCode, refuse } from './code.ts'
import type { FiscalFormat } from './format.ts'
import { parametersOf } from './parameters.ts'
import type { CodeUrl } from './url.ts'

/** Kenya, eTIMS: `?Data=` and the seller's PIN of 11, the branch of 2, the receipt's sign of 16. */

const PAGE = 'https://etims.kra.go.ke/common/link/etims/receipt/indexEtimsReceiptData'
const DATA = /^([A-Z]\d{9}[A-Z])(\d{2})([0-9A-Z]{16})$/

function readLink(link: CodeUrl): CodeReading {
  const parameters = parametersOf('ke', link.query, { needed: ['Data'] })
  if (!parameters.ok) return parameters
  const value = (parameters.get('Data') ?? '').toUpperCase()
  const parts = DATA.exec(value)
  if (parts === null) return refuse('ke', 'field', 'Data')
  return fiscalCode({
    country: 'ke',
    identity: [value],
    issuer: parts[1] ?? null,
    totalMinor: null,
    currency: 'KES',
    issuedAt: null,
    operation: null,
    trust: 'reference',
    officialPage: `${PAGE}?Data=${value}`,
  })
}

export const kenya: FiscalFormat = { country: 'ke', domains: ['etims.kra.go.ke'], readLink }
