import { printRs } from '#fiscal/print/rs'
import type { RuScan } from '#schema/receipt'
import type { IssuedReceipt } from '../receipts/receipt.ts'

/**
 * One paper of the sandbox as the tills of other countries would have numbered and printed it: each
 * country's own numbers hold the drive, the document and the sign, so that its twin finds the paper
 * again. Amounts and the wall clock are the paper's; only the currency is another.
 */

/** What a number of any country leads back to. */
export type PaperKey = { fn: string; i: number; fp: number }

/** Drives of the sandbox begin with these; the rest fits where a country has less room. */
const DRIVE_HEAD = '9999'
const COUNTER_DIGITS = 10

const padded = (value: number | string, digits: number) => String(value).padStart(digits, '0')
const keyOf = (fn: string, i: string, fp: string): PaperKey => ({
  fn,
  i: Number(i),
  fp: Number(fp),
})

/** As hex digits: 16 for the drive, 8 each for document and sign. */
const hexOf = ({ fn, i, fp }: PaperKey) =>
  (fn + padded(i.toString(16), 8) + padded(fp.toString(16), 8)).toUpperCase()

function keyOfHex(hex: string): PaperKey {
  const [i, fp] = [hex.slice(16, 24), hex.slice(24, 32)]
  return { fn: hex.slice(0, 16), i: Number.parseInt(i, 16), fp: Number.parseInt(fp, 16) }
}

/** Montenegro and Albania: the number (IIC) is 32 hex digits. */
export const iicOf = hexOf
export const keyOfIic = keyOfHex

/** Slovakia: `O-` and 32 hex digits, or five groups of eight. */
export const receiptIdOf = (key: PaperKey) => `O-${hexOf(key)}`
export const keyOfReceiptId = (id: string) => keyOfHex(id.slice(2))
export const okpOf = (key: PaperKey) => `${hexOf(key)}00000000`.replace(/(.{8})(?=.)/g, '$1-')
export const keyOfOkp = (okp: string) => keyOfHex(okp.replaceAll('-', ''))

/** Kazakhstan: a till of twelve digits and a sign of at most twenty. */
export const tillOf = ({ fn }: PaperKey) => fn.slice(DRIVE_HEAD.length)
export const signOf = ({ i, fp }: PaperKey) => `${fp}${padded(i, COUNTER_DIGITS)}`
export const keyOfSign = (till: string, sign: string) =>
  keyOf(DRIVE_HEAD + till, sign.slice(-COUNTER_DIGITS), sign.slice(0, -COUNTER_DIGITS))

/** TaxCore: two names of eight letters and digits, and a counter. */
const unit = (value: number) => padded(value.toString(36).toUpperCase(), 8)
const ofUnit = (name: string) => Number.parseInt(name, 36)
export const invoiceNumberOf = (key: PaperKey) =>
  `${unit(Number(tillOf(key)))}-${unit(key.fp)}-${key.i}`
const keyOfUnits = (requestedBy: string, signedBy: string, counter: number): PaperKey => ({
  fn: DRIVE_HEAD + padded(ofUnit(requestedBy), 12),
  i: counter,
  fp: ofUnit(signedBy),
})

/** The paper that a TaxCore record names, and the total and time it claims; null when it is none. */
export function readTaxCore(vl: string): (PaperKey & { totalMinor: number; at: number }) | null {
  const binary = tryAtob(vl)
  if (binary === null || binary.length < 44) return null
  const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0))
  const view = new DataView(bytes.buffer)
  const key = keyOfUnits(binary.slice(1, 9), binary.slice(9, 17), view.getUint32(17, true))
  const totalMinor = Number(view.getBigUint64(25, true)) / 100
  return { ...key, totalMinor, at: Number(view.getBigUint64(33, false)) }
}

function tryAtob(text: string): string | null {
  try {
    return atob(text)
  } catch {
    return null
  }
}

export const taxNumberOf = (country: 'me' | 'al' | 'kg', { fn }: PaperKey): string => {
  const eight = fn.slice(-8)
  return country === 'me' ? eight : country === 'al' ? `L${eight}K` : padded(eight, 14)
}

/** Hours ahead of UTC, where a code or an answer is an instant. */
export const HOURS_AHEAD = { me: 2, al: 1, kg: 6, rs: 1 } as const

export function instantOf(scan: Pick<RuScan, 'time'>, country: keyof typeof HOURS_AHEAD): number {
  return Date.parse(`${scan.time}:00Z`) - HOURS_AHEAD[country] * 3_600_000
}

const units = (minor: number) => (minor / 100).toFixed(2)
const compact = (time: string) => `${time.replace(/[-:]/g, '')}00`

/** The codes that the tills of other countries would print on this paper. */
export function foreignCodes({ scan }: Pick<IssuedReceipt, 'scan'>): Record<string, string> {
  const link = (country: 'me' | 'al') => {
    const offset = encodeURIComponent(`+0${HOURS_AHEAD[country]}:00`)
    const tin = taxNumberOf(country, scan)
    const crtd = `${scan.time}:00${offset}`
    return `iic=${iicOf(scan)}&tin=${tin}&crtd=${crtd}&prc=${units(scan.totalMinor)}`
  }
  const kg = {
    date: compact(scan.time),
    sum: String(scan.totalMinor),
    fn_number: scan.fn,
    regNumber: tillOf(scan),
    tin: taxNumberOf('kg', scan),
    type: '3',
    operation_type: String(scan.kind),
    fd_number: String(scan.i),
    fm: String(scan.fp),
  }
  const [requestedBy = '', signedBy = ''] = invoiceNumberOf(scan).split('-')
  const kz = `i=${signOf(scan)}&f=${tillOf(scan)}&s=${units(scan.totalMinor)}`
  return {
    sk: receiptIdOf(scan),
    skOffline: [
      okpOf(scan),
      scan.fn,
      compact(scan.time).replace('T', '').slice(2),
      scan.i,
      units(scan.totalMinor),
    ].join(':'),
    me: `https://mapr.tax.gov.me/ic/#/verify?${link('me')}`,
    al: `https://efiskalizimi-app.tatime.gov.al/invoice-check/#/verify?${link('al')}`,
    kg: `https://tax.salyk.kg/tax-web-control/client/api/v1/ticket?${new URLSearchParams(kg)}`,
    kz: `https://consumer.oofd.kz/?${kz}&t=${compact(scan.time)}`,
    rs: printRs({
      requestedBy,
      signedBy,
      totalCounter: scan.i,
      typeCounter: scan.i,
      totalMinor: scan.totalMinor,
      issuedAtMs: instantOf(scan, 'rs'),
      invoiceType: 0,
      transactionType: scan.kind === 2 ? 1 : 0,
      buyerId: '',
      internal: new Uint8Array(256),
      signature: new Uint8Array(256),
    }),
  }
}
