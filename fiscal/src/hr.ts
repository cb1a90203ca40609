import { signedMinor, wholeMinor } from './amount.ts'
import { type CodeReading, complete, fiscalCode, refuse } from './code.ts'
import type { FiscalFormat } from './format.ts'
import { compactClock } from './moment.ts'
import { parametersOf } from './parameters.ts'
import type { CodeUrl } from './url.ts'

/**
 * Croatia: `?jir=UUID` or `?zki=32 hex`, `&datv=YYYYMMDD_HHMM&izn=TOTAL` at the tax service. The
 * ZKI is the MD5 of a signature that is not in the code. A receipt printed without connection has
 * a ZKI, its copy a JIR: that these are one only the tax service knows.
 */

const PAGE = 'https://porezna.gov.hr/rn'
const JIR = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/
const ZKI = /^[0-9a-f]{32}$/

/** `125,50`, `125.5`, `00000125,50`; digits alone are cents: `12550`. */
function totalOf(text: string): number | null {
  return /[.,]/.test(text) ? signedMinor(text) : wholeMinor(text)
}

function readLink(link: CodeUrl): CodeReading {
  const names = { needed: ['datv', 'izn'], optional: ['jir', 'zki'] }
  const parameters = parametersOf('hr', link.query, names)
  if (!parameters.ok) return parameters
  const { get } = parameters
  const jir = get('jir')?.toLowerCase()
  const name = jir === undefined ? 'zki' : 'jir'
  const number = jir ?? get('zki')?.toLowerCase()
  if (number === undefined) return refuse('hr', 'incomplete', 'jir')
  const read = complete('hr', {
    [name]: (name === 'jir' ? JIR : ZKI).test(number) ? number : null,
    datv: compactClock((get('datv') ?? '').replace('_', '')),
    izn: totalOf(get('izn') ?? ''),
  })
  if (!read.ok) return read
  const { datv, izn } = read.fields
  return fiscalCode({
    country: 'hr',
    identity: [number],
    issuer: null,
    totalMinor: Number(izn),
    currency: 'EUR',
    issuedAt: String(datv),
    operation: Number(izn) < 0 ? 'return' : null,
    trust: 'reference',
    officialPage: `${PAGE}?${name}=${number}&datv=${get('datv')}&izn=${get('izn')}`,
  })
}

/** Which of its two numbers an identity is; null where it is no Croatian one. */
export function croatianNumbering(identity: string): 'zki' | 'jir' | null {
  if (!identity.startsWith('hr:')) return null
  return JIR.test(identity.slice('hr:'.length)) ? 'jir' : 'zki'
}

/**
 * The other number of a receipt, as its print shows it beside the one of its code; null when the
 * print does not show the code's own number, or more than one other.
 */
export function otherCroatianNumber(
  identity: string,
  print: { readonly zki: readonly string[]; readonly jir: readonly string[] },
): string | null {
  const own = croatianNumbering(identity)
  if (own === null) return null
  const [same, other] = own === 'jir' ? [print.jir, print.zki] : [print.zki, print.jir]
  const form = own === 'jir' ? ZKI : JIR
  const others = new Set(other.map((number) => number.toLowerCase()))
  const [number] = others
  const isOwn = same.some((one) => `hr:${one.toLowerCase()}` === identity)
  return isOwn && others.size === 1 && number && form.test(number) ? `hr:${number}` : null
}

export const croatia: FiscalFormat = { country: 'hr', domains: ['porezna.gov.hr'], readLink }
