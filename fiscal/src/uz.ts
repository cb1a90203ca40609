import { type CodeReading, complete, fiscalCode, refuse } from './code.ts'
import type { FiscalFormat } from './format.ts'
import { compactClock } from './moment.ts'
import { type CodeUrl, integerText, matching, parametersOf } from './url.ts'

/**
 * Uzbekistan: `?t=TERMINAL&r=NUMBER&c=20260617102213&s=SIGN` at the tax committee. The amount is
 * not in the code.
 */

function readLink(link: CodeUrl): CodeReading {
  const { get, twice } = parametersOf(link.query)
  if (twice[0] !== undefined) return refuse('uz', 'field', twice[0])
  const absent = ['t', 'r', 'c', 's'].find((name) => get(name) === null)
  if (absent !== undefined) return refuse('uz', 'incomplete', absent)
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
