/**
 * A gateway did not take a message; the caller answers `upstream_unavailable`. The detail names the
 * gateway's code, never the text of the message: it holds a secret code.
 */
export class MessageNotSent extends Error {
  readonly gateway: 'sms' | 'mail'
  readonly code: string

  constructor(gateway: 'sms' | 'mail', code: string) {
    super(`the ${gateway} gateway did not take the message: ${code}`)
    this.name = 'MessageNotSent'
    this.gateway = gateway
    this.code = code
  }
}
