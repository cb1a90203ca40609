/** A link cut into what recognition needs. Links found in codes are read, never fetched. */
export type CodeUrl = {
  readonly host: string
  readonly path: string
  readonly query: string
  /** The whole link as scanned, for checksums that run over it. */
  readonly text: string
}

const LINK = /^https?:\/\/([^/?#]*)([^?]*)(?:\?(.*))?$/is
const HOST = /^([a-z0-9.-]+)(?::\d{1,5})?$/i

/**
 * Cuts a link by hand: the `URL` class would forgive what a scanner must not (`host@elsewhere`).
 * `query` is everything after the first `?`, wherever a `#` stands, because operators put their
 * parameters after either. Null when the text is not a plain web link.
 */
export function splitUrl(text: string): CodeUrl | null {
  const link = LINK.exec(text)
  const host = HOST.exec(link?.[1] ?? '')?.[1]
  if (link === null || host === undefined) return null
  return { host: host.toLowerCase(), path: link[2] ?? '', query: link[3] ?? '', text }
}

/** True for `domain` itself and for every name under it. */
export function isUnder(host: string, domain: string): boolean {
  return host === domain || host.endsWith(`.${domain}`)
}

/** Percent escapes undone; a text with broken escapes stays as it is. Blanks around it go. */
export function unescaped(text: string): string {
  try {
    return decodeURIComponent(text).trim()
  } catch {
    return text.trim()
  }
}

/**
 * The parameters of a query by lower-case name. Empty values count as absent. One that is given
 * twice with different values is in `twice`: nobody can say which one is meant.
 */
export type Parameters = { readonly get: (name: string) => string | null; readonly twice: string[] }

export function parametersOf(query: string): Parameters {
  const values = new Map<string, string>()
  const twice: string[] = []
  for (const pair of query.replace(/#.*$/s, '').split('&')) {
    const equals = pair.indexOf('=')
    if (equals < 0) continue
    const name = unescaped(pair.slice(0, equals).replace(/^amp;/, '')).toLowerCase()
    const value = unescaped(pair.slice(equals + 1))
    if (value === '') continue
    if ((values.get(name) ?? value) !== value) twice.push(name)
    values.set(name, value)
  }
  return { get: (name) => values.get(name) ?? null, twice }
}

/** A parameter that must look like `pattern`; null when it is absent or does not. */
export function matching(value: string | null, pattern: RegExp): string | null {
  return value !== null && pattern.test(value) ? value : null
}

/** An integer's digits without the zeros in front: `0000077133` → `77133`. */
export function integerText(value: string | null, digitsMax = 20): string | null {
  if (value === null || !/^\d+$/.test(value)) return null
  const bare = value.replace(/^0+(?=\d)/, '')
  return bare.length <= digitsMax ? bare : null
}
