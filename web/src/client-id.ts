/**
 * A random id made here, so that a repeated request is recognised as the same one (RFC 9562 v4).
 */
export function newClientId(): string {
  return crypto.randomUUID()
}
