/** A text message that leaves; `id` is its idempotency key at the provider. */
export interface SmsMessage {
  id: string
  /** E.164 */
  to: string
  text: string
}

/** A mail that leaves; plain text only. */
export interface MailMessage {
  id: string
  to: string
  subject: string
  text: string
}

/** Resolves once the provider has taken the message; rejects otherwise. */
export type SendSms = (message: SmsMessage) => Promise<void>

/** Resolves once the provider has taken the message; rejects otherwise. */
export type SendMail = (message: MailMessage) => Promise<void>
