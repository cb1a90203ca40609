import { amountMinorRounded } from './amount.ts'
import { type CodeReading, complete, fiscalCode } from './code.ts'
import type { FiscalFormat } from './format.ts'
import { parametersOf } from './parameters.ts'
import { type CodeUrl, matching } from './url.ts'

/**
 * Mexico, CFDI (Anexo 20). 3.3 and 4.0: a link of the tax service with `id`, `re`, `rr`, `tt`,
 * `fe` (the last eight characters of the seal). 3.2: the parameters alone, the total with six
 * decimals and zeros in front. The currency is not told; pesos are assumed.
 */

const PAGE = 'https://verificacfdi.facturaelectronica.sat.gob.mx/default.aspx'
const TAX_NUMBER = /^[A-ZÑ&]{3,4}\d{6}[A-Z0-9]{3}$/i
const UUID = /^[0-9A-F]{8}-[0-9A-F]{4}-[0-9A-F]{4}-[0-9A-F]{4}-[0-9A-F]{12}$/i

function readQuery(query: string): CodeReading {
  const parameters = parametersOf('mx', query, {
    needed: ['id', 're', 'rr', 'tt'],
    optional: ['fe'],
  })
  if (!parameters.ok) return parameters
  const { get } = parameters
  const read = complete('mx', {
    id: matching(get('id'), UUID),
    re: matching(get('re'), TAX_NUMBER),
    tt: amountMinorRounded(get('tt') ?? ''),
  })
  if (!read.ok) return read
  const { tt } = read.fields
  const id = read.fields.id.toUpperCase()
  const names = ['re', 'rr', 'tt', 'fe'].flatMap((name) => {
    const value = get(name)
    return value === null ? [] : [`&${name}=${encodeURIComponent(value)}`]
  })
  return fiscalCode({
    country: 'mx',
    identity: [id],
    issuer: read.fields.re.toUpperCase(),
    totalMinor: tt,
    currency: 'MXN',
    issuedAt: null,
    operation: null,
    trust: 'reference',
    officialPage: `${PAGE}?id=${id}${names.join('')}`,
  })
}

/** Parameters alone, in any order: no other country names an issuer and a recipient so. */
function looksMexican(text: string): boolean {
  if (!/^\??(?:re|rr|tt|id|fe)=/i.test(text)) return false
  return /(?:^\??|&)re=/i.test(text) && /(?:^\??|&)rr=/i.test(text)
}

export const mexico: FiscalFormat = {
  country: 'mx',
  domains: ['facturaelectronica.sat.gob.mx'],
  readLink: (link: CodeUrl) => readQuery(link.query),
  readText: (text) => (looksMexican(text) ? readQuery(text.replace(/^\?/, '')) : null),
}
