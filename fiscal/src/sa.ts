import { amountMinor } from './amount.ts'
import { bytesOfBase64, hexOf, latin1Of, utf8Of } from './base64.ts'
import { type CodeReading, complete, fiscalCode, refuse } from './code.ts'
import type { FiscalFormat } from './format.ts'
import { isoClock, isoInstant } from './moment.ts'
import type { SaSeal } from './seal.ts'
import { matching } from './url.ts'

/**
 * Saudi Arabia, ZATCA: base64 of tag, length, value. 1 seller, 2 VAT number, 3 time, 4 total, 5
 * VAT; since phase 2 also 6 hash of the invoice's XML, 7 signature, 8 key. The signature covers the
 * hash alone: tags 1 to 5 can be edited under it, so even a valid one proves nothing of the total.
 */

const HASH_BYTES = 32

function tagsOf(bytes: Uint8Array): Map<number, Uint8Array> | null {
  const tags = new Map<number, Uint8Array>()
  let at = 0
  while (at < bytes.length) {
    const [tag = 0, length = 0] = bytes.subarray(at, at + 2)
    const end = at + 2 + length
    if (at + 2 > bytes.length || end > bytes.length || tags.has(tag)) return null
    tags.set(tag, bytes.subarray(at + 2, end))
    at = end
  }
  return tags
}

/** Tags 6 and 7 are base64 texts inside the base64; some tills write the bytes themselves. */
function inner(value: Uint8Array | undefined, isRaw: (bytes: Uint8Array) => boolean) {
  if (value === undefined) return null
  return isRaw(value) ? value : bytesOfBase64(latin1Of(value))
}

function sealOf(tags: Map<number, Uint8Array>): SaSeal | null {
  const documentHash = inner(tags.get(6), (bytes) => bytes.length === HASH_BYTES)
  const signature = inner(tags.get(7), (bytes) => bytes[0] === 0x30)
  const publicKey = tags.get(8)
  if (documentHash?.length !== HASH_BYTES || signature === null || !publicKey) return null
  return { kind: 'sa', documentHash, signature, publicKey }
}

function readText(text: string): CodeReading | null {
  if (!/^A[Q-Za-f][\w+/ -]{60,}={0,2}$/.test(text)) return null
  const bytes = bytesOfBase64(text)
  const tags = bytes && tagsOf(bytes)
  const value = (tag: number) => {
    const told = tags?.get(tag)
    return told === undefined ? null : utf8Of(told)
  }
  if (!tags || matching(value(2), /^\d{15}$/) === null) return null
  const absent = [1, 3, 4].find((tag) => !tags.has(tag))
  if (absent !== undefined) return refuse('sa', 'incomplete', String(absent))
  const isSealed = tags.has(6) || tags.has(7) || tags.has(8)
  const seal = sealOf(tags)
  const read = complete('sa', {
    2: matching(value(2), /^\d{15}$/),
    3: isoInstant(value(3) ?? '') ?? isoClock(value(3) ?? ''),
    4: amountMinor(value(4) ?? ''),
    7: isSealed ? seal : true,
  })
  if (!read.ok) return read
  const { 2: vat, 3: time, 4: total } = read.fields
  return fiscalCode({
    country: 'sa',
    identity: seal === null ? [vat, time, total] : [vat, hexOf(seal.documentHash)],
    issuer: vat,
    totalMinor: total,
    currency: 'SAR',
    issuedAt: time,
    operation: null,
    trust: 'reference',
    officialPage: null,
    seal,
  })
}

export const saudiArabia: FiscalFormat = { country: 'sa', domains: [], readText }
