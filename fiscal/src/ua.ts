import { amountMinor, wholeMinor } from './amount.ts'
import { type CodeReading, complete, fiscalCode } from './code.ts'
import type { FiscalFormat } from './format.ts'
import { compactDay, timeOfDay, wallClock, wallDay } from './moment.ts'
import { parametersOf } from './parameters.ts'
import { type CodeUrl, integerText, matching } from './url.ts'

/**
 * Ukraine. Software tills (ПРРО) print a link of the taxpayer's cabinet, devices (РРО) print
 * `MAC;KOPECKS;DDMMYYHHMM;TILL;NUMBER`. The key of the MAC is with the tax service.
 */

const PAGE = 'https://cabinet.tax.gov.ua/cashregs/check'
const DEVICE = /^[\w+/=-]{4,128};(\d{1,15});(\d{10});(\d{8,12});(\d{1,10})$/

/** `20260815` or `15082026`: no day reads both ways, because no month is the twentieth. */
function dayOf(digits: string): string | null {
  if (!/^\d{8}$/.test(digits)) return null
  const backwards = wallDay(digits.slice(4), digits.slice(2, 4), digits.slice(0, 2))
  return digits.slice(4, 6) === '20' ? backwards : compactDay(digits)
}

/** `date` alone or with a time after a blank, `time` apart; many links have no time at all. */
function clockOf(date: string, time: string | null): string | null {
  const [digits = '', inside] = date.replace(/[.-]/g, '').split(/[ T+]/)
  const day = dayOf(digits)
  const clock = time ?? inside
  return clock === undefined ? day : wallClock(day, timeOfDay(clock))
}

function receiptOf(
  fields: { fn: string; id: string; sm: number; date: string },
  officialPage: string | null,
): CodeReading {
  return fiscalCode({
    country: 'ua',
    identity: [fields.fn, fields.id],
    issuer: null,
    totalMinor: fields.sm,
    currency: 'UAH',
    issuedAt: fields.date,
    operation: null,
    trust: 'reference',
    officialPage,
  })
}

function readLink(link: CodeUrl): CodeReading {
  const names = { needed: ['fn', 'id', 'date', 'sm'], optional: ['time', 'mac'] }
  const parameters = parametersOf('ua', link.query, names)
  if (!parameters.ok) return parameters
  const { get } = parameters
  const id = get('id') ?? ''
  const read = complete('ua', {
    fn: integerText(get('fn')),
    id: integerText(id) ?? matching(id, /^[\w.+/=-]{1,64}$/),
    date: clockOf(get('date') ?? '', get('time')),
    sm: amountMinor(get('sm') ?? ''),
  })
  if (!read.ok) return read
  const query = ['fn', 'id', 'date', 'time', 'sm', 'mac'].flatMap((name) => {
    const value = get(name)
    return value === null ? [] : [`${name}=${encodeURIComponent(value)}`]
  })
  return receiptOf(read.fields, `${PAGE}?${query.join('&')}`)
}

function readText(text: string): CodeReading | null {
  const parts = DEVICE.exec(text)
  if (parts === null) return null
  const [, sum = '', time = '', fn = '', id = ''] = parts
  const day = wallDay(`20${time.slice(4, 6)}`, time.slice(2, 4), time.slice(0, 2))
  const read = complete('ua', {
    fn: integerText(fn),
    id: integerText(id),
    date: wallClock(day, timeOfDay(time.slice(6))),
    sm: wholeMinor(sum),
  })
  return read.ok ? receiptOf(read.fields, PAGE) : read
}

export const ukraine: FiscalFormat = {
  country: 'ua',
  domains: ['cabinet.tax.gov.ua'],
  readLink,
  readText,
}
