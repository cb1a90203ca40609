import { amountMinor } from './amount.ts'
import { type CodeReading, complete, fiscalCode, type Operation, refuse } from './code.ts'
import type { FiscalFormat } from './format.ts'
import { compactDay } from './moment.ts'

/**
 * Portugal (Portaria 195/2020, Especificações técnicas do código QR): fields `A:` to `S:` between
 * asterisks. Only four characters of the document's signature are printed: nothing can be checked.
 */

/** Field D. What is not here (consultations, transports, receipts of payments) is no sale. */
const OPERATIONS: Readonly<Record<string, Operation>> = {
  FT: 'sale',
  FS: 'sale',
  FR: 'sale',
  NC: 'return',
}
const LOOKS_PORTUGUESE = /^A:\d{9}\*B:[^*]*\*C:/

function fieldsOf(text: string): Map<string, string> | null {
  const fields = new Map<string, string>()
  for (const part of text.split('*')) {
    const colon = part.indexOf(':')
    const name = part.slice(0, Math.max(colon, 0)).trim()
    if (!/^[A-S]\d?$/.test(name) || fields.has(name)) return null
    fields.set(name, part.slice(colon + 1).trim())
  }
  return fields
}

function readText(text: string): CodeReading | null {
  if (!LOOKS_PORTUGUESE.test(text)) return null
  const fields = fieldsOf(text)
  if (fields === null) return refuse('pt', 'field')
  const get = (name: string) => fields.get(name) ?? ''
  const absent = ['D', 'E', 'F', 'G', 'O'].find((name) => get(name) === '')
  if (absent !== undefined) return refuse('pt', 'incomplete', absent)
  const read = complete('pt', {
    D: /^[A-Z]{2}$/.test(get('D')) ? get('D') : null,
    E: /^[A-Z]$/.test(get('E')) ? get('E') : null,
    F: compactDay(get('F').replace(/-/g, '')),
    O: amountMinor(get('O')),
  })
  if (!read.ok) return read
  const { D, E, F, O } = read.fields
  return fiscalCode({
    country: 'pt',
    identity: [get('A'), get('G').replace(/\s+/g, ' '), get('H') || '0'],
    issuer: get('A'),
    totalMinor: O,
    currency: 'EUR',
    issuedAt: F,
    operation: E === 'A' ? 'annulled' : (OPERATIONS[D] ?? 'other'),
    trust: 'reference',
    officialPage: null,
  })
}

export const portugal: FiscalFormat = { country: 'pt', domains: [], readText }
