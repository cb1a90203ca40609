import { amountMinor } from './amount.ts'
import { type CodeReading, complete, fiscalCode, refuse } from './code.ts'
import type { FiscalFormat } from './format.ts'
import { isoClock } from './moment.ts'
import { type CodeUrl, integerText, unescaped } from './url.ts'

/**
 * Moldova: `/receipt/` and either 32 hex digits or `TILL/TOTAL/NUMBER/DAY`, at the tax service. The
 * total is no part of the identity: an edited one is the same receipt.
 */

const PAGE = 'https://sift-mev.sfs.md/receipt/'
const OPAQUE = /^\/receipt(?:-verifier)?\/([0-9A-F]{32})\/?$/i
const PLAIN =
  /^\/receipt(?:-verifier)?\/([0-9A-Z]{4,20})\/([\d.,]{1,20})\/(\d{1,12})\/([\d-]{10})\/?$/i

function readLink(link: CodeUrl): CodeReading {
  const path = unescaped(link.path)
  const opaque = OPAQUE.exec(path)?.[1]?.toUpperCase()
  if (opaque !== undefined) return receiptOf([opaque], null, null, opaque)
  const plain = PLAIN.exec(path)
  if (plain === null) return refuse('md', 'incomplete', 'receipt')
  const [, till = '', total = '', number = '', day = ''] = plain
  const read = complete('md', {
    total: amountMinor(total),
    number: integerText(number),
    day: isoClock(`${day} 00:00`)?.slice(0, 10) ?? null,
  })
  if (!read.ok) return read
  const { fields } = read
  const parts = [till.toUpperCase(), fields.number, fields.day]
  const page = `${till.toUpperCase()}/${total}/${number}/${day}`
  return receiptOf(parts, fields.total, fields.day, page)
}

function receiptOf(
  identity: readonly string[],
  totalMinor: number | null,
  issuedAt: string | null,
  page: string,
): CodeReading {
  return fiscalCode({
    country: 'md',
    identity,
    issuer: null,
    totalMinor,
    currency: 'MDL',
    issuedAt,
    operation: null,
    trust: 'reference',
    officialPage: PAGE + page,
  })
}

export const moldova: FiscalFormat = {
  country: 'md',
  domains: ['sift-mev.sfs.md', 'mev.sfs.md'],
  readLink,
}
