import { signedMinor } from './amount.ts'
import { latin1Bytes } from './base64.ts'
import { type CodeReading, complete, fiscalCode, refuse } from './code.ts'
import type { FiscalFormat } from './format.ts'
import { wallDay } from './moment.ts'
import { parametersOf } from './parameters.ts'
import { type CodeUrl, matching } from './url.ts'

/**
 * Spain. The Basque provinces (TicketBAI, Bizkaia, Gipuzkoa, Araba): `?id=TBAI-NIF-DDMMYY-` 13
 * characters of the signature `-CRC&s=&nf=&i=TOTAL&cr=CRC`; both checks are CRC-8. The rest
 * (VeriFactu, Orden HAC/1177/2024): `?nif=&numserie=&fecha=DD-MM-YYYY&importe=`, no check.
 */

const VERIFACTU_PAGE = 'https://www2.agenciatributaria.gob.es/wlpl/TIKE-CONT/ValidarQR'
const BASQUE = ['batuz.eus', 'gipuzkoa.eus', 'araba.eus']
const TICKET = /^TBAI-([0-9A-Z]{9})-(\d{2})(\d{2})(\d{2})-([\w+/=]{13})-(\d{3})$/

/** CRC-8 with polynomial 07, as TicketBAI prints it: three decimal digits. Null beyond Latin-1. */
function crc8(text: string): string | null {
  const bytes = latin1Bytes(text)
  if (bytes === null) return null
  let crc = 0
  for (const byte of bytes) {
    crc ^= byte
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 0x80 ? ((crc << 1) ^ 0x07) & 0xff : crc << 1
  }
  return String(crc).padStart(3, '0')
}

/**
 * The check runs over the link as it was printed, `https` and a host in lower case, up to itself.
 * What somebody has put behind it is no part of the ticket.
 */
function printedText(link: CodeUrl): string {
  const rest = link.text.replace(/^https?:\/\/[^/?#]*/i, '')
  return `https://${link.host}${rest}`.replace(/(&cr=\d*)(?:[&#].*)?$/is, '$1')
}

function readTicket(link: CodeUrl): CodeReading {
  const page = printedText(link)
  const printed = page.slice(page.indexOf('?') + 1)
  const parameters = parametersOf('es', printed, { needed: ['id', 'i', 'cr'] })
  if (!parameters.ok) return parameters
  const { get } = parameters
  const id = get('id') ?? ''
  const [, nif = '', day = '', month = '', year = ''] = TICKET.exec(id) ?? []
  const read = complete('es', {
    id: matching(id, TICKET),
    day: wallDay(`20${year}`, month, day),
    i: signedMinor(get('i') ?? ''),
  })
  if (!read.ok) return read
  if (crc8(id.slice(0, -3)) !== id.slice(-3)) return refuse('es', 'checksum', 'id')
  if (crc8(page.replace(/&cr=\d*$/i, '')) !== get('cr')) return refuse('es', 'checksum', 'cr')
  return fiscalCode({
    country: 'es',
    identity: [id],
    issuer: nif,
    totalMinor: read.fields.i,
    currency: 'EUR',
    issuedAt: read.fields.day,
    operation: read.fields.i < 0 ? 'return' : null,
    trust: 'checksum',
    officialPage: page,
  })
}

function readInvoice(link: CodeUrl): CodeReading {
  const needed = ['nif', 'numserie', 'fecha', 'importe']
  const parameters = parametersOf('es', link.query, { needed })
  if (!parameters.ok) return parameters
  const { get } = parameters
  const [, day = '', month = '', year = ''] =
    /^(\d{2})-(\d{2})-(\d{4})$/.exec(get('fecha') ?? '') ?? []
  const read = complete('es', {
    nif: matching(get('nif'), /^[0-9A-Z]{9}$/i),
    numserie: matching(get('numserie'), /^[\x20-\x7e]{1,60}$/),
    fecha: wallDay(year, month, day),
    importe: signedMinor(get('importe') ?? ''),
  })
  if (!read.ok) return read
  const { numserie, fecha, importe } = read.fields
  const nif = read.fields.nif.toUpperCase()
  const query = `nif=${nif}&numserie=${encodeURIComponent(numserie)}&fecha=${get('fecha')}`
  return fiscalCode({
    country: 'es',
    // A blank is a plus sign where links are made as forms are.
    identity: [nif, numserie.replace(/[+ ]+/g, ' ')],
    issuer: nif,
    totalMinor: importe,
    currency: 'EUR',
    issuedAt: fecha,
    operation: importe < 0 ? 'return' : null,
    trust: 'reference',
    officialPage: `${VERIFACTU_PAGE}?${query}&importe=${get('importe')}`,
  })
}

export const spain: FiscalFormat = {
  country: 'es',
  domains: [...BASQUE, 'agenciatributaria.gob.es'],
  readLink: (link) =>
    /[?&]id=TBAI-/i.test(`?${link.query}`) ? readTicket(link) : readInvoice(link),
}
