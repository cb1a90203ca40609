import { wholeMinor } from './amount.ts'
import { bytesOfStandardBase64, latin1Bytes } from './base64.ts'
import { type CodeReading, complete, fiscalCode, type Operation, refuse } from './code.ts'
import type { FiscalFormat } from './format.ts'
import { isoClock } from './moment.ts'
import { matching } from './url.ts'

/**
 * Chile, the stamp (TED) of an electronic document, a PDF417: `DD` is signed (RSA-SHA1) with the
 * key of the issuer's authorisation to number documents (CAF), which lies in the stamp itself and
 * is signed by the tax service. Bytes are ISO-8859-1, elements in this order, no blanks between.
 */

const OPERATIONS: Readonly<Record<string, Operation>> = {
  33: 'sale',
  34: 'sale',
  39: 'sale',
  41: 'sale',
  61: 'return',
}

const text = (name: string) => `<${name}>([^<]*)</${name}>`
const RANGE = `<RNG>${text('D')}${text('H')}</RNG>`
const KEY = `<RSAPK>${text('M')}${text('E')}</RSAPK>`
const AUTHORISED = ['RE', 'RS', 'TD'].map(text).join('') + RANGE + text('FA') + KEY + text('IDK')
const DOCUMENT = ['RE', 'TD', 'F', 'FE', 'RR', 'RSR', 'MNT', 'IT1'].map(text).join('')
const CAF =
  `<CAF version="1\\.0">(<DA>${AUTHORISED}</DA>)` +
  '<FRMA algoritmo="SHA1withRSA">([^<]*)</FRMA></CAF>'
const STAMP = new RegExp(
  `^<TED version="1\\.0">(<DD>${DOCUMENT}${CAF}${text('TSTED')}</DD>)` +
    '<FRMT algoritmo="SHA1withRSA">([^<]*)</FRMT></TED>$',
)

/** The element values in the order in which the pattern has them. */
const NAMES = [
  ...['TED', 'DD', 'RE', 'TD', 'F', 'FE', 'RR', 'RSR', 'MNT', 'IT1', 'DA', 'caRE', 'caRS', 'caTD'],
  ...['D', 'H', 'FA', 'M', 'E', 'IDK', 'FRMA', 'TSTED', 'FRMT'],
] as const
type Elements = Readonly<Record<(typeof NAMES)[number], string>>

function elementsOf(stamp: string): Elements | null {
  const parts = STAMP.exec(stamp)
  if (parts === null) return null
  return Object.fromEntries(NAMES.map((name, at) => [name, parts[at] ?? ''])) as Elements
}

/** The authorisation must be for this issuer, this kind and this number. */
function isAuthorised({ RE, TD, F, caRE, caTD, D, H }: Elements): boolean {
  const isInRange = Number(D) <= Number(F) && Number(F) <= Number(H)
  return RE === caRE && TD === caTD && /^\d{1,10}$/.test(D) && /^\d{1,10}$/.test(H) && isInRange
}

/** Some stamps are printed with the line breaks that their XML has. */
const brokenBase64 = (text: string) => bytesOfStandardBase64(text.replace(/\s/g, ''))

function readText(code: string): CodeReading | null {
  if (!/^<TED[\s>]/.test(code)) return null
  const elements = elementsOf(code.replace(/>\s+</g, '><'))
  if (elements === null) return refuse('cl', 'field', 'TED')
  const read = complete('cl', {
    RE: matching(elements.RE, /^\d{1,8}-[\dK]$/i),
    TD: matching(elements.TD, /^\d{1,3}$/),
    F: matching(elements.F, /^\d{1,10}$/),
    MNT: wholeMinor(elements.MNT),
    TSTED: isoClock(elements.TSTED),
    DD: latin1Bytes(elements.DD),
    DA: latin1Bytes(elements.DA),
    FRMT: brokenBase64(elements.FRMT),
    FRMA: brokenBase64(elements.FRMA),
    M: brokenBase64(elements.M),
    E: brokenBase64(elements.E),
    IDK: matching(elements.IDK, /^\d{1,6}$/),
  })
  if (!read.ok) return read
  if (!isAuthorised(elements)) return refuse('cl', 'checksum', 'CAF')
  const { fields } = read
  const issuer = fields.RE.toUpperCase()
  return fiscalCode({
    country: 'cl',
    identity: [issuer, Number(fields.TD), Number(fields.F)],
    issuer,
    totalMinor: fields.MNT,
    currency: 'CLP',
    issuedAt: fields.TSTED,
    operation: OPERATIONS[fields.TD] ?? 'other',
    trust: 'reference',
    officialPage: null,
    seal: {
      kind: 'cl',
      stamped: fields.DD,
      signature: fields.FRMT,
      key: { modulus: fields.M, exponent: fields.E },
      authorised: fields.DA,
      authorisation: fields.FRMA,
      authority: fields.IDK,
    },
  })
}

export const chile: FiscalFormat = { country: 'cl', domains: [], readText }
