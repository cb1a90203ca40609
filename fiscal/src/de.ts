import { sha256 } from '@noble/hashes/sha2.js'
import { signedMinor, totalOf } from './amount.ts'
import { bytesOfStandardBase64, hexOf } from './base64.ts'
import { type CodeReading, complete, fiscalCode, type Operation, refuse } from './code.ts'
import type { FiscalFormat } from './format.ts'
import { isoInstant } from './moment.ts'
import type { DeHash, DeTimeFormat } from './seal.ts'

/**
 * Germany, the code of a technical security device (TSE; DFKA taxonomy, DSFinV-K annex I): twelve
 * fields between semicolons, the key among them. The receipt's time is the transaction's end, the
 * only one that is signed.
 */

const FIELDS = 12
/** The first word of the process data (DSFinV-K); anything else is no receipt of a sale. */
const OPERATIONS: Readonly<Record<string, Operation>> = {
  Beleg: 'sale',
  AVTraining: 'training',
  AVBelegstorno: 'annulled',
  AVBelegabbruch: 'annulled',
}
const HASHES: Readonly<Record<string, DeHash>> = {
  'ecdsa-plain-SHA256': 'SHA-256',
  'ecdsa-plain-SHA384': 'SHA-384',
  'ecdsa-plain-SHA512': 'SHA-512',
}
const TIME_FORMATS: Readonly<Record<string, DeTimeFormat>> = {
  unixTime: 'unixTime',
  utcTime: 'utcTime',
  utcTimeWithSeconds: 'utcTime',
  generalizedTime: 'generalizedTime',
}
const POINT_BYTES = [65, 97]
const UNCOMPRESSED = 4

/** `1,234.56` too: some tills group thousands. */
function grossMinor(text: string): number | null {
  return signedMinor(/^-?\d{1,3}(,\d{3})+\.\d{2}$/.test(text) ? text.replace(/,/g, '') : text)
}

function count(text: string): number | null {
  return /^\d{1,15}$/.test(text) ? Number(text) : null
}

function printedInstant(text: string): string | null {
  return /^[\dT:.Z-]+$/.test(text) ? isoInstant(text) : null
}

/** The signed time has whole seconds: a fraction in the print would be nobody's word. */
function wholeSecond(text: string): string | null {
  const instant = printedInstant(text)
  return instant !== null && !instant.includes('.') ? instant : null
}

function publicPoint(text: string): Uint8Array | null {
  const bytes = bytesOfStandardBase64(text)
  return bytes && POINT_BYTES.includes(bytes.length) && bytes[0] === UNCOMPRESSED ? bytes : null
}

function readText(text: string): CodeReading | null {
  const parts = text.split(';', FIELDS + 1)
  if (parts[0] !== 'V0' || parts.length < 3) return null
  if (parts.length !== FIELDS) return refuse('de', 'incomplete')
  const [, clientId = '', processType = '', processData = ''] = parts
  const [transaction = '', counter = '', start = '', log = '', algorithm = ''] = parts.slice(4)
  const [timeFormat = '', signature = '', publicKey = ''] = parts.slice(9)
  const [kind = '', gross = ''] = processData.split('^')
  const isReceipt = processType === 'Kassenbeleg-V1'
  const buckets = gross.split('_')
  const read = complete('de', {
    client: clientId || null,
    transaction: count(transaction),
    counter: count(counter),
    start: printedInstant(start),
    time: wholeSecond(log),
    algorithm: HASHES[algorithm] ?? null,
    timeFormat: TIME_FORMATS[timeFormat] ?? null,
    signature: bytesOfStandardBase64(signature),
    publicKey: publicPoint(publicKey),
    total:
      isReceipt && buckets.length === 5 ? totalOf(buckets.map(grossMinor)) : !isReceipt || null,
  })
  if (!read.ok) return read
  const { fields } = read
  const totalMinor = fields.total === true ? null : fields.total
  const operation = (isReceipt && OPERATIONS[kind]) || 'other'
  const device = hexOf(sha256(fields.publicKey))
  return fiscalCode({
    country: 'de',
    identity: [device, fields.counter],
    issuer: null,
    totalMinor,
    currency: 'EUR',
    issuedAt: fields.time,
    operation: operation === 'sale' && Number(totalMinor) < 0 ? 'return' : operation,
    trust: 'reference',
    officialPage: null,
    seal: {
      kind: 'de',
      clientId,
      processData,
      processType,
      transaction: fields.transaction,
      counter: fields.counter,
      loggedAt: fields.time,
      timeFormat: fields.timeFormat,
      hash: fields.algorithm,
      signature: fields.signature,
      publicKey: fields.publicKey,
      device,
    },
  })
}

export const germany: FiscalFormat = { country: 'de', domains: [], readText }
