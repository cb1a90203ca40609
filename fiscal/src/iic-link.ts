import { signedMinor } from './amount.ts'
import { type CodeReading, complete, type FiscalCountry, fiscalCode } from './code.ts'
import type { FiscalFormat } from './format.ts'
import { isoInstant } from './moment.ts'
import { parametersOf } from './parameters.ts'
import { type CodeUrl, matching } from './url.ts'

/**
 * Montenegro and Albania share a link: `#/verify?iic=32 hex&tin=&crtd=TIME+OFFSET&prc=TOTAL`. The
 * IIC is the MD5 of a signature that is not in the code, so nothing of it can be checked here. The
 * plus sign of the offset often arrives as a blank.
 */

type Place = {
  readonly country: FiscalCountry
  readonly currency: string
  readonly domain: string
  /** The form of a tax number, which keeps one country's receipt out of the other's link. */
  readonly taxNumber: RegExp
  readonly page: string
}

function formatOf(place: Place): FiscalFormat {
  const { country } = place
  function readLink(link: CodeUrl): CodeReading {
    const needed = ['iic', 'tin', 'crtd', 'prc']
    const parameters = parametersOf(country, link.query, { needed })
    if (!parameters.ok) return parameters
    const { get } = parameters
    const read = complete(country, {
      iic: matching(get('iic'), /^[0-9a-f]{32}$/i),
      tin: matching(get('tin'), place.taxNumber),
      crtd: isoInstant(get('crtd') ?? ''),
      prc: signedMinor(get('prc') ?? ''),
    })
    if (!read.ok) return read
    const { crtd, prc } = read.fields
    const iic = read.fields.iic.toUpperCase()
    const tin = read.fields.tin.toUpperCase()
    const printed = (get('crtd') ?? '').replace(/ (?=\d\d:?\d\d$)/, '+')
    const query = `iic=${iic}&tin=${tin}&crtd=${encodeURIComponent(printed)}&prc=${get('prc')}`
    return fiscalCode({
      country,
      identity: [iic],
      issuer: tin,
      totalMinor: prc,
      currency: place.currency,
      issuedAt: crtd,
      operation: prc < 0 ? 'return' : null,
      trust: 'lookup',
      officialPage: `${place.page}?${query}`,
      lookup: { iic, tin, dateTimeCreated: printed },
    })
  }
  return { country, domains: [place.domain], readLink }
}

export const montenegro = formatOf({
  country: 'me',
  currency: 'EUR',
  domain: 'mapr.tax.gov.me',
  taxNumber: /^\d{8}(\d{5})?$/,
  page: 'https://mapr.tax.gov.me/ic/#/verify',
})

export const albania = formatOf({
  country: 'al',
  currency: 'ALL',
  domain: 'efiskalizimi-app.tatime.gov.al',
  taxNumber: /^[A-Z]\d{8}[A-Z]$/i,
  page: 'https://efiskalizimi-app.tatime.gov.al/invoice-check/#/verify',
})
