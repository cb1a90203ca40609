import { z } from 'zod'
import { exchange, parseJson, type Send } from '../outside/exchange.ts'
import { MessageNotSent } from './not-sent.ts'
import type { MailMessage, SendMail } from './port.ts'

/**
 * Unisender Go's web API (godocs.unisender.ru/web-api-ref, email/send): JSON to
 * /ru/transactional/api/v1/email/send.json with `X-API-KEY`; 200 `{status: 'success', job_id,
 * emails, failed_emails}` or 4xx/5xx `{status: 'error', code, message}`. `idempotence_key` holds up
 * to 64 characters; a repeat within a minute is declined.
 */
const PATH = '/ru/transactional/api/v1/email/send.json'
const BOUNDS = { answerMsMax: 10_000, answerBytesMax: 16 * 1024 }

const Success = z.object({
  status: z.literal('success'),
  job_id: z.string(),
  failed_emails: z.record(z.string(), z.string()).optional(),
})

const Failure = z.object({ status: z.literal('error'), code: z.number(), message: z.string() })

interface UnisenderConfig {
  /** `https://go1.unisender.ru` or go2: where the account is registered. */
  base: string
  apiKey: string
  fromEmail: string
  fromName: string
  answerMsMax?: number
  send: Send
}

/** Sends mail through Unisender Go. Throws MessageNotSent. */
export function createUnisender(config: UnisenderConfig): SendMail {
  return async function sendMail(message) {
    const got = await exchange(
      config.send,
      new URL(PATH, config.base).href,
      {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-api-key': config.apiKey },
        body: JSON.stringify({ message: letterOf(message, config) }),
      },
      { ...BOUNDS, answerMsMax: config.answerMsMax ?? BOUNDS.answerMsMax },
    )
    if (got.kind === 'silent') throw new MessageNotSent('mail', 'silent')
    const answer = parseJson(got.text)
    const success = Success.safeParse(answer)
    if (got.status === 200 && success.success) {
      const failed = Object.values(success.data.failed_emails ?? {})[0]
      if (failed === undefined) return
      throw new MessageNotSent('mail', failed.slice(0, 40))
    }
    const failure = Failure.safeParse(answer)
    if (!failure.success) throw new MessageNotSent('mail', `HTTP ${got.status}`)
    // The same letter with the same key a moment ago: it has been taken, the answer got lost.
    if (/idempotence/i.test(failure.data.message)) return
    throw new MessageNotSent('mail', `HTTP ${got.status} error ${failure.data.code}`)
  }
}

function letterOf(message: MailMessage, config: UnisenderConfig): Record<string, unknown> {
  return {
    recipients: [{ email: message.to }],
    subject: message.subject,
    from_email: config.fromEmail,
    from_name: config.fromName,
    body: { plaintext: message.text },
    track_links: 0,
    track_read: 0,
    idempotence_key: message.id.slice(0, 64),
  }
}
