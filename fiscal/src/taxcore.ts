import { md5 } from '@noble/hashes/legacy.js'
import { totalOf } from './amount.ts'
import { base64Of, bytesOfBase64, latin1Of } from './base64.ts'
import { type CodeReading, complete, type FiscalCountry, fiscalCode, refuse } from './code.ts'
import type { FiscalFormat } from './format.ts'
import { instantOf } from './moment.ts'
import { parametersOf } from './parameters.ts'
import type { CodeUrl } from './url.ts'

/**
 * TaxCore, the platform of Serbia, Republika Srpska, Fiji and Samoa: `/v/?vl=` and base64 of a
 * record of version 3 that ends with the MD5 of all before. Its RSA signature cannot be checked:
 * the certificates of the signing elements are not public. One record under the host of another
 * place is still the same receipt, so all places number as Serbia does.
 */

const VERSION = 3
const HEAD_BYTES = 44
const SIGNATURE_BYTES = 256
const MD5_BYTES = 16
const INTERNAL_BYTES = [256, 512]
const UNITS_PER_MINOR = 100n

function operationOf(invoiceType: number, transactionType: number) {
  if (invoiceType === 2) return 'copy'
  if (invoiceType === 3) return 'training'
  if (invoiceType !== 0) return 'other'
  return transactionType === 0 ? 'sale' : transactionType === 1 ? 'return' : 'other'
}

function isWhole(record: Uint8Array): boolean {
  const digest = md5(record.subarray(0, -MD5_BYTES))
  return record.subarray(-MD5_BYTES).every((byte, at) => byte === digest[at])
}

/** Ten-thousandths as minor units, rounded half up. */
function minorOf(units: bigint): number | null {
  const minor = (units + UNITS_PER_MINOR / 2n) / UNITS_PER_MINOR
  return minor <= BigInt(Number.MAX_SAFE_INTEGER) ? totalOf([Number(minor)]) : null
}

function unitName(bytes: Uint8Array): string | null {
  const name = latin1Of(bytes)
  return /^[0-9A-Z]{8}$/.test(name) ? name : null
}

function readRecord(place: Place, record: Uint8Array): CodeReading {
  const { country, currency, host } = place
  const internal = record.length - HEAD_BYTES - (record[43] ?? 0) - SIGNATURE_BYTES - MD5_BYTES
  if (record[0] !== VERSION || !INTERNAL_BYTES.includes(internal)) {
    return refuse(country, 'field', 'vl')
  }
  if (!isWhole(record)) return refuse(country, 'checksum')
  const view = new DataView(record.buffer, record.byteOffset, record.length)
  const read = complete(country, {
    requestedBy: unitName(record.subarray(1, 9)),
    signedBy: unitName(record.subarray(9, 17)),
    total: minorOf(view.getBigUint64(25, true)),
    time: instantOf(Number(view.getBigUint64(33, false))),
  })
  if (!read.ok) return read
  const { fields } = read
  const vl = base64Of(record)
  return fiscalCode({
    country,
    numbering: 'rs',
    identity: [fields.requestedBy, fields.signedBy, view.getUint32(17, true)],
    issuer: null,
    totalMinor: fields.total,
    currency,
    issuedAt: fields.time,
    operation: operationOf(view.getUint8(41), view.getUint8(42)),
    trust: 'checksum',
    officialPage: `https://${host}/v/?vl=${encodeURIComponent(vl)}`,
    lookup: { vl },
  })
}

type Place = {
  readonly country: FiscalCountry
  readonly currency: string
  readonly domain: string
  readonly host: string
}

function formatOf(place: Place): FiscalFormat {
  function readLink(link: CodeUrl): CodeReading {
    const parameters = parametersOf(place.country, link.query, { needed: ['vl'] })
    if (!parameters.ok) return parameters
    const record = bytesOfBase64(parameters.get('vl') ?? '')
    if (record === null) return refuse(place.country, 'field', 'vl')
    return readRecord(place, record)
  }
  return { country: place.country, domains: [place.domain], readLink }
}

export const serbia = formatOf({
  country: 'rs',
  currency: 'RSD',
  domain: 'suf.purs.gov.rs',
  host: 'suf.purs.gov.rs',
})

export const republikaSrpska = formatOf({
  country: 'ba',
  currency: 'BAM',
  domain: 'suf.poreskaupravars.org',
  host: 'suf.poreskaupravars.org',
})

export const fiji = formatOf({
  country: 'fj',
  currency: 'FJD',
  domain: 'vms.frcs.org.fj',
  host: 'tap.vms.frcs.org.fj',
})

export const samoa = formatOf({
  country: 'ws',
  currency: 'WST',
  domain: 'tims.revenue.gov.ws',
  host: 'tap.tims.revenue.gov.ws',
})
