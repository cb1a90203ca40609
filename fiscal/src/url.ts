/** A link cut into what recognition needs. Links found in codes are read, never fetched. */
type CodeUrl = { host: string; path: string; query: string }

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
  return { host: host.toLowerCase(), path: link[2] ?? '', query: link[3] ?? '' }
}

/** True for `domain` itself and for every name under it. */
export function isUnder(host: string, domain: string): boolean {
  return host === domain || host.endsWith(`.${domain}`)
}
