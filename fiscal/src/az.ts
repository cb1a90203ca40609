import { type CodeReading, fiscalCode, refuse } from './code.ts'
import type { FiscalFormat } from './format.ts'
import { parametersOf } from './parameters.ts'
import { type CodeUrl, matching } from './url.ts'

/** Azerbaijan: `#/index?doc=ID` at the tax service. The document's id is all that the code has. */

function readLink(link: CodeUrl): CodeReading {
  const parameters = parametersOf('az', link.query, { needed: ['doc'] })
  if (!parameters.ok) return parameters
  const doc = matching(parameters.get('doc'), /^[1-9A-Za-z]{8,64}$/)
  if (doc === null) return refuse('az', 'field', 'doc')
  return fiscalCode({
    country: 'az',
    identity: [doc],
    issuer: null,
    totalMinor: null,
    currency: 'AZN',
    issuedAt: null,
    operation: null,
    trust: 'reference',
    officialPage: `https://monitoring.e-kassa.gov.az/#/index?doc=${doc}`,
  })
}

export const azerbaijan: FiscalFormat = {
  country: 'az',
  domains: ['monitoring.e-kassa.gov.az'],
  readLink,
}
