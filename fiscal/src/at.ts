import { signedMinor, totalOf } from './amount.ts'
import { bytesOfStandardBase64 } from './base64.ts'
import { type CodeReading, complete, fiscalCode, type Operation, refuse } from './code.ts'
import type { FiscalFormat } from './format.ts'
import { isoClock } from './moment.ts'

/**
 * Austria, the machine-readable code of RKSV (Detailspezifikation, BMF), thirteen fields after
 * underscores: suite, till, number, time, five totals by rate, turnover, certificate serial, chain,
 * signature. The till's name and the receipt's number hold no `_`. The certificate is known by its
 * serial number; it is not in the code.
 */

const FIELDS = 13
/** What stands for the signature while the device is out of order. */
const DEVICE_FAILED = 'U2ljaGVyaGVpdHNlaW5yaWNodHVuZyBhdXNnZWZhbGxlbg'
/** What stands for the turnover on training and cancelling receipts: `TRA`, `STO`. */
const SPECIAL: Readonly<Record<string, Operation>> = { VFJB: 'training', U1RP: 'annulled' }
const SIGNATURE_BYTES = 64

/** `1A2B` and `001a2b` are one serial number; a closed system names its key instead. */
function canonicalSerial(text: string): string {
  return /^[0-9a-f]+$/i.test(text) ? text.toLowerCase().replace(/^0+(?=.)/, '') : text
}

function readText(text: string): CodeReading | null {
  if (!/^_R1-AT\d_/.test(text)) return null
  const parts = text.slice(1).split('_')
  if (parts.length !== FIELDS) return refuse('at', 'incomplete')
  const [suite = '', till = '', number = '', time = ''] = parts
  const [turnover = '', rawSerial = '', , signatureText = ''] = parts.slice(9)
  const hasFailed = signatureText.replace(/=+$/, '') === DEVICE_FAILED
  const signature = bytesOfStandardBase64(signatureText)
  const isSignature = signature !== null && (hasFailed || signature.length === SIGNATURE_BYTES)
  const read = complete('at', {
    till: till || null,
    receipt: number || null,
    time: isoClock(time),
    total: totalOf(parts.slice(4, 9).map((amount) => signedMinor(amount))),
    serial: /^[\w:.-]{1,80}$/.test(rawSerial) ? canonicalSerial(rawSerial) : null,
    signature: isSignature ? signature : null,
  })
  if (!read.ok) return read
  const { total, serial } = read.fields
  const provider = suite.slice('R1-'.length)
  return fiscalCode({
    country: 'at',
    identity: [till, number, serial],
    issuer: /^[US]:(\w{8,14})-/.exec(serial)?.[1] ?? null,
    totalMinor: total,
    currency: 'EUR',
    issuedAt: read.fields.time,
    operation: SPECIAL[turnover] ?? (total < 0 ? 'return' : 'sale'),
    trust: 'reference',
    officialPage: null,
    seal: hasFailed
      ? null
      : {
          kind: 'at',
          provider,
          serial,
          signedText: text.slice(0, text.lastIndexOf('_')),
          signature: read.fields.signature,
        },
  })
}

export const austria: FiscalFormat = { country: 'at', domains: [], readText }
