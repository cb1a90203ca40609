import { wholeMinor } from './amount.ts'
import { type CodeReading, complete, fiscalCode, type Operation } from './code.ts'
import type { FiscalFormat } from './format.ts'
import { compactClock } from './moment.ts'
import { parametersOf } from './parameters.ts'
import { type CodeUrl, integerText, matching } from './url.ts'

/**
 * Kyrgyzstan: the link of the tax service's own look-up, with the sum in tyiyn. The number of the
 * fiscal module and the document's number within it are the receipt.
 */

const PAGE = 'https://tax.salyk.kg/tax-web-control/client/api/v1/ticket'
const OPERATIONS: Readonly<Record<string, Operation>> = { 1: 'sale', 2: 'return' }
const NAMES = [
  'date',
  'sum',
  'fn_number',
  'regNumber',
  'tin',
  'type',
  'operation_type',
  'fd_number',
  'fm',
] as const

function readLink(link: CodeUrl): CodeReading {
  const needed = ['date', 'sum', 'tin', 'fn_number', 'fd_number']
  const parameters = parametersOf('kg', link.query, { needed, optional: NAMES })
  if (!parameters.ok) return parameters
  const { get } = parameters
  const read = complete('kg', {
    date: compactClock(get('date') ?? ''),
    sum: wholeMinor(get('sum') ?? ''),
    tin: matching(get('tin'), /^\d{10,14}$/),
    fn_number: integerText(get('fn_number')),
    fd_number: integerText(get('fd_number')),
  })
  if (!read.ok) return read
  const { fields } = read
  const kind = get('operation_type')
  const asked = NAMES.flatMap((name): [string, string][] => {
    const value = get(name)
    return value === null ? [] : [[name, value]]
  })
  const query = asked.map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
  return fiscalCode({
    country: 'kg',
    identity: [fields.tin.replace(/^0+(?=\d)/, ''), fields.fn_number, fields.fd_number],
    issuer: fields.tin,
    totalMinor: fields.sum,
    currency: 'KGS',
    issuedAt: fields.date,
    operation: kind === null ? null : (OPERATIONS[kind] ?? 'other'),
    trust: 'lookup',
    officialPage: `${PAGE}?${query.join('&')}`,
    lookup: Object.fromEntries(asked),
  })
}

export const kyrgyzstan: FiscalFormat = { country: 'kg', domains: ['tax.salyk.kg'], readLink }
