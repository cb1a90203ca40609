import { z } from 'zod'
import { exchange, parseJson, type Send } from '../outside/exchange.ts'
import { MessageNotSent } from './not-sent.ts'
import type { SendSms, SmsMessage } from './port.ts'

/**
 * The SMSC gateway over HTTP (smsc.ru/api/http/send/sms, …/send/sms/sms_answer): a form to
 * /sys/send.php, answered with JSON when `fmt=3`: `{id, cnt}`, or `{error, error_code}` with HTTP
 * 200. Codes: 1 parameters, 2 login, 3 no money, 4 address blocked, 5 date, 6 text or sender
 * forbidden, 7 bad number, 8 cannot be delivered, 9 the same request within a minute, or too many
 * at once.
 */
const BOUNDS = { answerMsMax: 10_000, answerBytesMax: 16 * 1024 }

/** The gateway's message ids are numbers from 1 to 2^31 − 1. */
const GATEWAY_ID_MAX = 2_147_483_647

const CODE_REPEATED = 9

const Answer = z.union([
  z.object({ id: z.union([z.number(), z.string()]), cnt: z.number().int().min(1) }),
  z.object({ error: z.string(), error_code: z.number().int() }),
])

interface SmscConfig {
  /** `https://smsc.ru` */
  base: string
  apiKey: string
  /** The registered sender name; the gateway's default when absent. */
  sender?: string
  answerMsMax?: number
  send: Send
}

/** Sends SMS through SMSC. Throws MessageNotSent. */
export function createSmsc(config: SmscConfig): SendSms {
  return async function sendSms(message) {
    const got = await exchange(
      config.send,
      new URL('/sys/send.php', config.base).href,
      { method: 'POST', body: formOf(message, config) },
      { ...BOUNDS, answerMsMax: config.answerMsMax ?? BOUNDS.answerMsMax },
    )
    if (got.kind === 'silent') throw new MessageNotSent('sms', 'silent')
    if (got.status !== 200) throw new MessageNotSent('sms', `HTTP ${got.status}`)
    const parsed = Answer.safeParse(parseJson(got.text))
    if (!parsed.success) throw new MessageNotSent('sms', 'nonsense')
    const answer = parsed.data
    if (!('error_code' in answer)) return
    // The same message with the same id a moment ago: it has been taken, the answer got lost.
    if (answer.error_code === CODE_REPEATED && /duplicate/i.test(answer.error)) return
    throw new MessageNotSent('sms', `error ${answer.error_code}`)
  }
}

function formOf(message: SmsMessage, config: SmscConfig): URLSearchParams {
  const form = new URLSearchParams({
    apikey: config.apiKey,
    phones: message.to,
    mes: message.text,
    id: String(gatewayId(message.id)),
    charset: 'utf-8',
    fmt: '3',
  })
  if (config.sender !== undefined) form.set('sender', config.sender)
  return form
}

/** Our id as the gateway's number (FNV-1a): a repeat keeps it, two messages hardly share it. */
function gatewayId(id: string): number {
  let hash = 0x811c9dc5
  for (const byte of new TextEncoder().encode(id)) hash = Math.imul(hash ^ byte, 0x01000193)
  return ((hash >>> 0) % GATEWAY_ID_MAX) + 1
}
