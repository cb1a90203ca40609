import { amountMinor } from './amount.ts'
import { type CodeReading, complete, fiscalCode, refuse } from './code.ts'
import type { FiscalFormat } from './format.ts'
import { isoInstant, wallDay } from './moment.ts'
import { parametersOf } from './parameters.ts'
import { type CodeUrl, matching } from './url.ts'

/**
 * Brazil, NFC-e (Manual de Padrões, QR code 1.00 and 2.00): the access key of 44 digits under the
 * host of a state. `p=KEY|2|ENVIRONMENT|TOKEN|HASH` online; in contingency the day, the total and
 * the digest stand before the token. The hash needs the seller's secret, the key has a check digit.
 */

/** IBGE numbers of the states, as a key begins with. */
const STATES =
  '11 12 13 14 15 16 17 21 22 23 24 25 26 27 28 29 31 32 33 35 41 42 43 50 51 52 53'.split(' ')
const PRODUCTION = '1'

/** Modulo 11 with weights 2 to 9 from the right, as keys and tax numbers have it. */
function checkDigit(digits: string): number {
  let sum = 0
  for (let at = 0; at < digits.length; at += 1) {
    sum += Number(digits.charAt(digits.length - 1 - at)) * (2 + (at % 8))
  }
  const rest = sum % 11
  return rest < 2 ? 0 : 11 - rest
}

/** CNPJ, fourteen digits of which two check the others. */
export function isBrazilianTaxNumber(digits: string): boolean {
  if (!/^\d{14}$/.test(digits)) return false
  const first = checkDigit(digits.slice(0, 12))
  return digits === `${digits.slice(0, 12)}${first}${checkDigit(digits.slice(0, 12) + first)}`
}

/** An access key of 44 digits: state, month, seller, model and the check digits. */
export function isBrazilianKey(key: string): boolean {
  if (!/^\d{44}$/.test(key)) return false
  const month = Number(key.slice(4, 6))
  const isModel = key.slice(20, 22) === '65' || key.slice(20, 22) === '55'
  const isForm = STATES.includes(key.slice(0, 2)) && month >= 1 && month <= 12 && isModel
  return (
    isForm &&
    isBrazilianTaxNumber(key.slice(6, 20)) &&
    checkDigit(key.slice(0, 43)) === Number(key[43])
  )
}

type Told = {
  key: string
  environment: string | null
  totalMinor: number | null
  issuedAt: string | null
}

function receiptOf(told: Told): CodeReading {
  const { key, environment } = told
  if (!isBrazilianKey(key)) return refuse('br', 'checksum', 'chNFe')
  if (environment !== PRODUCTION && environment !== '2') return refuse('br', 'field', 'tpAmb')
  return fiscalCode({
    country: 'br',
    identity: [key],
    issuer: key.slice(6, 20),
    totalMinor: told.totalMinor,
    currency: 'BRL',
    issuedAt: told.issuedAt,
    operation: environment === PRODUCTION ? null : 'training',
    // Its digits check the key; a day and a total beside it are nobody's word.
    trust: told.totalMinor === null && told.issuedAt === null ? 'checksum' : 'reference',
    officialPage: null,
  })
}

/** The day of the month stands in the code, year and month in the key. */
function dayOf(key: string, day: string): string | null {
  return wallDay(`20${key.slice(2, 4)}`, key.slice(4, 6), day.padStart(2, '0'))
}

function readSecond(value: string): CodeReading {
  const parts = value.split('|')
  const [key = '', version, environment = '', day = '', total = ''] = parts
  if (!/^\d{44}$/.test(key)) return refuse('br', 'field', 'chNFe')
  if (version !== '2') return refuse('br', 'field', 'version')
  if (parts.length === 5) return receiptOf({ key, environment, totalMinor: null, issuedAt: null })
  if (parts.length !== 8) return refuse('br', 'incomplete', 'p')
  const read = complete('br', { day: dayOf(key, day), vNF: amountMinor(total) })
  if (!read.ok) return read
  return receiptOf({ key, environment, totalMinor: read.fields.vNF, issuedAt: read.fields.day })
}

/** `dhEmi` is the hex of an ISO time with offset. */
function instantOfHex(hex: string): string | null {
  if (!/^(?:[0-9a-f]{2}){1,40}$/i.test(hex)) return null
  return isoInstant(hex.replace(/../g, (pair) => String.fromCharCode(Number.parseInt(pair, 16))))
}

function readLink(link: CodeUrl): CodeReading {
  const optional = ['p', 'chNFe', 'dhEmi', 'vNF', 'tpAmb']
  const parameters = parametersOf('br', link.query, { needed: [], optional })
  if (!parameters.ok) return parameters
  const { get } = parameters
  const second = get('p')
  if (second !== null) return readSecond(second)
  const key = get('chNFe')
  if (key === null) return refuse('br', 'incomplete', 'chNFe')
  const time = get('dhEmi')
  const total = get('vNF')
  const read = complete('br', {
    chNFe: matching(key, /^\d{44}$/),
    dhEmi: time === null ? '' : instantOfHex(time),
    vNF: total === null ? -1 : amountMinor(total),
  })
  if (!read.ok) return read
  return receiptOf({
    key,
    environment: get('tpAmb') ?? PRODUCTION,
    totalMinor: total === null ? null : read.fields.vNF,
    issuedAt: read.fields.dhEmi || null,
  })
}

export const brazil: FiscalFormat = { country: 'br', domains: ['gov.br'], readLink }
