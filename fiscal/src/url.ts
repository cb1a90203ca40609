/** A link cut into what recognition needs. Links found in codes are read, never fetched. */
export type CodeUrl = {
  readonly host: string
  readonly path: string
  /** Parameters of the link, then those of its fragment: pages of one document have them there. */
  readonly query: string
  /** The whole link as scanned, for checksums that run over it. */
  readonly text: string
}

const LINK = /^https?:\/\/([^/?#]*)([^?#]*)(?:\?([^#]*))?(?:#(.*))?$/is
const HOST = /^([a-z0-9.-]+)(?::\d{1,5})?$/i

/**
 * Cuts a link by hand: the `URL` class would forgive what a scanner must not (`host@elsewhere`).
 * A fragment has parameters of its own after a `?`; what else it says is for a browser alone. Null
 * when the text is not a plain web link.
 */
export function splitUrl(text: string): CodeUrl | null {
  const link = LINK.exec(text)
  const host = HOST.exec(link?.[1] ?? '')?.[1]
  if (link === null || host === undefined) return null
  const [, , path = '', query = '', fragment = ''] = link
  const inside = /\?([^#]*)/.exec(fragment)?.[1] ?? ''
  const queries = [query, inside].filter((one) => one !== '')
  return { host: host.toLowerCase(), path, query: queries.join('&'), text }
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
