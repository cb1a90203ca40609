import { signedMinor } from './amount.ts'
import { type CodeReading, complete, fiscalCode } from './code.ts'
import type { FiscalFormat } from './format.ts'
import { compactClock } from './moment.ts'
import { integerText } from './url.ts'

/**
 * Slovakia, eKasa: `O-` and 32 hex digits for a receipt that the system has numbered, or
 * `OKP:TILL:YYMMDDHHMMSS:NUMBER:TOTAL` for one that was printed without connection.
 */

const PAGE = 'https://ekasa.financnasprava.sk/'
const ONLINE = /^O-([0-9A-F]{32})$/i
const OFFLINE = /^([0-9A-F]{8}(?:-[0-9A-F]{8}){4}):(\d{16,17}):(\d{12}):(\d{1,10}):([^:]{1,20})$/i

function readText(text: string): CodeReading | null {
  const online = ONLINE.exec(text)
  if (online !== null) {
    const receiptId = `O-${online[1]?.toUpperCase()}`
    return fiscalCode({
      country: 'sk',
      identity: [receiptId],
      issuer: null,
      totalMinor: null,
      currency: 'EUR',
      issuedAt: null,
      operation: null,
      trust: 'lookup',
      officialPage: PAGE,
      lookup: { receiptId },
    })
  }
  const offline = OFFLINE.exec(text)
  if (offline === null) return null
  const [, rawOkp = '', cashRegisterCode = '', time = '', number = '', total = ''] = offline
  const read = complete('sk', {
    time: compactClock(`20${time}`),
    number: integerText(number),
    total: signedMinor(total),
  })
  if (!read.ok) return read
  const okp = rawOkp.toUpperCase()
  return fiscalCode({
    country: 'sk',
    identity: [okp],
    issuer: null,
    totalMinor: read.fields.total,
    currency: 'EUR',
    issuedAt: read.fields.time,
    operation: read.fields.total < 0 ? 'return' : null,
    trust: 'lookup',
    officialPage: PAGE,
    lookup: {
      okp,
      cashRegisterCode,
      receiptNumber: read.fields.number,
      totalAmount: total.replace(',', '.'),
      issueDateFormatted: printedTime(read.fields.time),
    },
  })
}

/** `2026-08-21T18:42:59` → `21.08.2026 18:42:59`. */
function printedTime(time: string): string {
  return time.replace(/^(\d{4})-(\d{2})-(\d{2})T/, '$3.$2.$1 ')
}

export const slovakia: FiscalFormat = {
  country: 'sk',
  domains: ['ekasa.financnasprava.sk'],
  readText,
}
