import { amountMinor } from './amount.ts'
import { type CodeReading, complete, fiscalCode } from './code.ts'
import type { FiscalFormat } from './format.ts'
import { compactClock } from './moment.ts'
import { parametersOf } from './parameters.ts'
import { type CodeUrl, integerText, isUnder } from './url.ts'

/**
 * Kazakhstan: `?i=SIGN&f=TILL&s=TOTAL&t=20231210T151300` under the host of an operator of fiscal
 * data. The till's registration and the sign are the receipt, whichever host a link names.
 */

/** Where a person looks a receipt up, by the operator's domain. */
const PAGES: Readonly<Record<string, string>> = {
  'oofd.kz': 'https://consumer.oofd.kz/',
  'kofd.kz': 'https://cabinet.kofd.kz/consumer',
  'wofd.kz': 'https://consumer.wofd.kz/',
  'ofd1.kz': 'https://ofd1.kz/t/',
}
const TILL_DIGITS = 12

function readLink(link: CodeUrl): CodeReading {
  const parameters = parametersOf('kz', link.query, { needed: ['i', 'f', 's', 't'] })
  if (!parameters.ok) return parameters
  const { get } = parameters
  const read = complete('kz', {
    i: integerText(get('i')),
    f: integerText(get('f'), TILL_DIGITS),
    s: amountMinor(get('s') ?? ''),
    t: compactClock(get('t') ?? ''),
  })
  if (!read.ok) return read
  const { i, s, t } = read.fields
  const f = read.fields.f.padStart(TILL_DIGITS, '0')
  const domain = Object.keys(PAGES).find((one) => isUnder(link.host, one)) ?? 'oofd.kz'
  const total = `${Math.trunc(s / 100)}.${String(s % 100).padStart(2, '0')}`
  const stamp = t.replace(/[-:]/g, '')
  return fiscalCode({
    country: 'kz',
    identity: [f, i],
    issuer: null,
    totalMinor: s,
    currency: 'KZT',
    issuedAt: t,
    operation: null,
    trust: 'lookup',
    officialPage: `${PAGES[domain]}?i=${i}&f=${f}&s=${total}&t=${stamp}`,
    lookup: { i, f, s: total, t: stamp },
  })
}

export const kazakhstan: FiscalFormat = { country: 'kz', domains: Object.keys(PAGES), readLink }
