export type Channel = 'sms' | 'mail'

/** A message that "left". */
export type KeptMessage = {
  id: number
  channel: Channel
  to: string
  subject: string | null
  text: string
  /** ms since the epoch */
  at: number
}

/** The code to type, when the message carries one: its first group of six digits. */
export function codeIn(message: { subject: string | null; text: string }): string | null {
  return /(?<!\d)\d{6}(?!\d)/.exec(`${message.subject ?? ''}\n${message.text}`)?.[0] ?? null
}
