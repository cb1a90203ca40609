import { type CodeReading, complete, fiscalCode } from './code.ts'
import type { FiscalFormat } from './format.ts'
import { compactClock } from './moment.ts'
import { parametersOf } from './parameters.ts'
import { type CodeUrl, integerText, matching } from './url.ts'

/**
 * Uzbekistan: `?t=TERMINAL&r=NUMBER&c=20260617102213&s=SIGN` at the tax committee. The amount is
 * not in the code.
 */

function readLink(link: CodeUrl): CodeReading {
  const parameters = parametersOf('uz', link.query, { needed: ['t', 'r', 'c', 's'] })
  if (!parameters.ok) return parameters
  const { get } = parameters
  const read = complete('uz', {
    t: matching(get('t'), /^[A-Z]{2}[0-9A-Z]{6,18}$/i),
    r: integerText(get('r')),
    c: compactClock(get('c') ?? ''),
    s: integerText(get('s')),
  })
  if (!read.ok) return read
  const { r, c, s } = read.fields
  const t = read.fields.t.toUpperCase()
  const stamp = c.replace(/\D/g, '')
  return fiscalCode({
    country: 'uz',
    identity: [t, r, s],
    issuer: null,
    totalMinor: null,
    currency: 'UZS',
    issuedAt: c,
    operation: null,
    trust: 'reference',
    officialPage: `https://ofd.soliq.uz/check?t=${t}&r=${r}&c=${stamp}&s=${s}`,
  })
}

export const uzbekistan: FiscalFormat = { country: 'uz', domains: ['ofd.soliq.uz'], readLink }
