import { amountMinor } from './amount.ts'
import { bytesOfBase64, utf8Of } from './base64.ts'
import { type CodeReading, complete, fiscalCode, type Operation, refuse } from './code.ts'
import type { FiscalFormat } from './format.ts'
import { jsonObject, textOf } from './json.ts'
import { isoClock, wallDay } from './moment.ts'
import { matching } from './url.ts'

/**
 * India, GST e-invoice: a JWT (RS256) whose `data` is a JSON text. Total, seller and the invoice's
 * registration number (IRN) are signed; the key is named by `kid` and is not in the code. The time
 * is that of the registration, Indian wall clock.
 */

const OPERATIONS: Readonly<Record<string, Operation>> = { INV: 'sale', CRN: 'return' }
const LOOKS_SIGNED = /^eyJ[\w-]+\.eyJkYXRhIjoi[\w-]*\.[\w-]+$/

function objectOf(part: string): Readonly<Record<string, unknown>> | null {
  const bytes = bytesOfBase64(part)
  return jsonObject(bytes && utf8Of(bytes))
}

/** Registrations of the first year do not tell their own time, only the invoice's day. */
function timeOf(data: Readonly<Record<string, unknown>>): string | null {
  if (data.IrnDt !== undefined) return isoClock(textOf(data.IrnDt) ?? '')
  const [, day = '', month = '', year = ''] =
    /^(\d{2})\/(\d{2})\/(\d{4})$/.exec(textOf(data.DocDt) ?? '') ?? []
  return wallDay(year, month, day)
}

function readText(text: string): CodeReading | null {
  if (!LOOKS_SIGNED.test(text)) return null
  const [head = '', payload = '', signatureText = ''] = text.split('.')
  const header = objectOf(head)
  const data = jsonObject(textOf(objectOf(payload)?.data))
  if (header === null || header.alg !== 'RS256') return refuse('in', 'field', 'alg')
  if (data === null) return refuse('in', 'field', 'data')
  const read = complete('in', {
    kid: matching(textOf(header.kid), /^[\x21-\x7e]{1,128}$/),
    signature: bytesOfBase64(signatureText),
    SellerGstin: matching(textOf(data.SellerGstin), /^[0-9A-Z]{15}$/i),
    Irn: matching(textOf(data.Irn), /^[0-9a-f]{64}$/i),
    IrnDt: timeOf(data),
    TotInvVal: amountMinor(textOf(data.TotInvVal) ?? ''),
    DocTyp: textOf(data.DocTyp),
  })
  if (!read.ok) return read
  const { fields } = read
  return fiscalCode({
    country: 'in',
    identity: [fields.Irn.toLowerCase()],
    issuer: fields.SellerGstin.toUpperCase(),
    totalMinor: fields.TotInvVal,
    currency: 'INR',
    issuedAt: fields.IrnDt,
    operation: OPERATIONS[fields.DocTyp.toUpperCase()] ?? 'other',
    trust: 'reference',
    officialPage: 'https://einvoice1.gst.gov.in/',
    seal: {
      kind: 'in',
      kid: fields.kid,
      signedText: `${head}.${payload}`,
      signature: fields.signature,
    },
  })
}

export const india: FiscalFormat = { country: 'in', domains: [], readText }
