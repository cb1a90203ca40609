import { type CodeRefusal, type FiscalCountry, refuse } from './code.ts'
import { unescaped } from './url.ts'

/** Names as the country prints them; a link may have them in any case and order. */
type Names = { readonly needed: readonly string[]; readonly optional?: readonly string[] }

/** The value of a name; null when it is absent. */
type Parameters = { readonly ok: true; readonly get: (name: string) => string | null }

/**
 * The parameters of a code that its format reads, by one rule for all countries: names in any case,
 * escapes undone, empty values count as absent. Of one that is given twice with different values
 * nobody can say which is meant. What else a link carries, to be followed by, is nobody's matter.
 */
export function parametersOf(
  country: FiscalCountry,
  query: string,
  { needed, optional = [] }: Names,
): Parameters | CodeRefusal {
  const printed = new Map([...needed, ...optional].map((name) => [name.toLowerCase(), name]))
  const values = new Map<string, string>()
  for (const pair of query.split('&')) {
    const equals = pair.indexOf('=')
    if (equals < 0) continue
    const name = unescaped(pair.slice(0, equals).replace(/^amp;/, '')).toLowerCase()
    const value = unescaped(pair.slice(equals + 1))
    if (value === '' || !printed.has(name)) continue
    if ((values.get(name) ?? value) !== value) return refuse(country, 'field', printed.get(name))
    values.set(name, value)
  }
  const absent = needed.find((name) => !values.has(name.toLowerCase()))
  if (absent !== undefined) return refuse(country, 'incomplete', absent)
  return { ok: true, get: (name) => values.get(name.toLowerCase()) ?? null }
}
