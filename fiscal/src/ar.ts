import { amountMinor, wholeMinor } from './amount.ts'
import { bytesOfBase64, utf8Of } from './base64.ts'
import { type CodeReading, complete, fiscalCode, type Operation, refuse } from './code.ts'
import type { FiscalFormat } from './format.ts'
import { jsonObject, textOf } from './json.ts'
import { isoClock } from './moment.ts'
import { parametersOf } from './parameters.ts'
import type { CodeUrl } from './url.ts'

/**
 * Argentina (RG 4892/2020): `?p=` and base64 of a JSON object. Nothing in it is signed; the
 * authorisation code (CAE) is checked by a service that wants the asker's certificate.
 */

const PAGE = 'https://www.afip.gob.ar/fe/qr/'
/** Table of voucher kinds: invoices and tickets, then credit notes; the rest is neither. */
const SALES = [1, 6, 11, 19, 51, 81, 82, 83, 109, 111, 118, 195, 201, 206, 211]
const RETURNS = [3, 8, 13, 21, 53, 110, 112, 113, 114, 119, 197, 203, 208, 213]
/** Table of currencies, those that a shop may print. */
const CURRENCIES: Readonly<Record<string, string>> = {
  PES: 'ARS',
  DOL: 'USD',
  '002': 'USD',
  '060': 'EUR',
  '012': 'BRL',
  '011': 'UYU',
  '033': 'CLP',
}

function operationOf(kind: number): Operation {
  if (SALES.includes(kind)) return 'sale'
  return RETURNS.includes(kind) ? 'return' : 'other'
}

function integerOf(value: unknown, digitsMax: number): string | null {
  const text = textOf(value)
  return text !== null && new RegExp(`^\\d{1,${digitsMax}}$`).test(text)
    ? text.replace(/^0+(?=\d)/, '')
    : null
}

/** Pesos of Chile have no hundredths: whatever fraction is printed has to be zeros. */
function totalOf(text: string, currency: string | null): number | null {
  return currency === 'CLP' ? wholeMinor(text.replace(/[.,]0*$/, '')) : amountMinor(text)
}

function readLink(link: CodeUrl): CodeReading {
  const parameters = parametersOf('ar', link.query, { needed: ['p'] })
  if (!parameters.ok) return parameters
  const value = parameters.get('p') ?? ''
  const bytes = bytesOfBase64(value)
  const told = jsonObject(bytes && utf8Of(bytes))
  if (told === null) return refuse('ar', 'field', 'p')
  const currency = CURRENCIES[textOf(told.moneda)?.toUpperCase() ?? ''] ?? null
  const read = complete('ar', {
    fecha: isoClock(`${textOf(told.fecha)} 00:00`)?.slice(0, 10) ?? null,
    cuit: integerOf(told.cuit, 11),
    ptoVta: integerOf(told.ptoVta, 5),
    tipoCmp: integerOf(told.tipoCmp, 3),
    nroCmp: integerOf(told.nroCmp, 8),
    importe: totalOf(textOf(told.importe) ?? '', currency),
    moneda: textOf(told.moneda),
  })
  if (!read.ok) return read
  const { fields } = read
  return fiscalCode({
    country: 'ar',
    identity: [fields.cuit, fields.ptoVta, fields.tipoCmp, fields.nroCmp],
    issuer: fields.cuit,
    totalMinor: fields.importe,
    currency,
    issuedAt: fields.fecha,
    operation: operationOf(Number(fields.tipoCmp)),
    trust: 'reference',
    officialPage: `${PAGE}?p=${encodeURIComponent(value)}`,
  })
}

export const argentina: FiscalFormat = {
  country: 'ar',
  domains: ['afip.gob.ar', 'arca.gob.ar'],
  readLink,
}
