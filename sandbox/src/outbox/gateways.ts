import { type Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { z } from 'zod'
import { type SandboxEnv, stateOf } from '../env.ts'
import type { SwitchValue } from '../switches.ts'
import type { Outbox } from './outbox.object.ts'

type Ctx = Context<{ Bindings: SandboxEnv }>

const BODY_BYTES_MAX = 64 * 1024
const SMS_CHARS_MAX = 1_000

/** The one object that keeps the messages. */
export function outboxOf(env: SandboxEnv): DurableObjectStub<Outbox> {
  return env.OUTBOX.get(env.OUTBOX.idFromName('outbox'))
}

/** The SMS gateway (SMSC) and the mail API (Unisender Go) in their own protocols. */
export const gateways = new Hono<{ Bindings: SandboxEnv }>()
gateways.use('/sys/*', bodyLimit({ maxSize: BODY_BYTES_MAX }))
gateways.use('/ru/transactional/*', bodyLimit({ maxSize: BODY_BYTES_MAX }))

/** What a switch makes of a gateway: slow first, then down, before or after the message left. */
async function fault(env: SandboxEnv, gateway: 'sms' | 'mail'): Promise<'down' | 'lost' | null> {
  const state = stateOf(env)
  const take = (name: string): Promise<SwitchValue> => state.takeSwitch(`outbox.${name}`)
  const slow = Number(await take(`${gateway}_slow_ms`))
  if (slow > 0) await scheduler.wait(slow)
  const value = await take(gateway)
  return value === 'down' || value === 'lost' ? value : null
}

const SMS_ERRORS = {
  1: 'parameters error',
  2: 'authorise error',
  3: 'no money',
  7: 'invalid number',
  9: 'duplicate request, wait a minute',
} as const

function smsError(c: Ctx, code: keyof typeof SMS_ERRORS): Response {
  return c.json({ error: SMS_ERRORS[code], error_code: code })
}

gateways.post('/sys/send.php', async (c) => {
  const form = new URLSearchParams(new TextDecoder().decode(await c.req.arrayBuffer()))
  const broken = await fault(c.env, 'sms')
  if (broken === 'down') return c.text('503 Service Unavailable', 503)
  if (form.get('apikey') !== c.env.SMS_API_KEY) return smsError(c, 2)
  if ((await stateOf(c.env).takeSwitch('outbox.sms_no_money')) !== null) return smsError(c, 3)
  const text = form.get('mes') ?? ''
  if (text === '' || text.length > SMS_CHARS_MAX || form.get('fmt') !== '3') return smsError(c, 1)
  const to = `+${(form.get('phones') ?? '').replace(/[^\d]/g, '')}`
  if (!/^\+\d{10,15}$/.test(to)) return smsError(c, 7)
  const identity = `sms ${form.get('id') ?? ''} ${to} ${text}`
  const id = await outboxOf(c.env).take({ channel: 'sms', to, subject: null, text, identity })
  if (id === null) return smsError(c, 9)
  if (broken === 'lost') return c.text('502 Bad Gateway', 502)
  return c.json({ id: Number(form.get('id') ?? id), cnt: 1 })
})

const Letter = z.object({
  message: z.object({
    recipients: z.array(z.object({ email: z.email() })).length(1),
    subject: z.string().min(1),
    from_email: z.email(),
    body: z.object({ plaintext: z.string().min(1) }),
    idempotence_key: z.string().max(64).optional(),
  }),
})

function mailError(c: Ctx, status: 400 | 401, code: number, message: string): Response {
  return c.json({ status: 'error', code, message }, status)
}

gateways.post('/ru/transactional/api/v1/email/send.json', async (c) => {
  const broken = await fault(c.env, 'mail')
  if (broken === 'down') return c.text('503 Service Unavailable', 503)
  if (c.req.header('x-api-key') !== c.env.MAIL_API_KEY) {
    return mailError(c, 401, 114, 'Error ID: 114. User was not found or the API key is wrong')
  }
  const parsed = Letter.safeParse(await c.req.json().catch(() => null))
  if (!parsed.success) return mailError(c, 400, 210, 'Error ID: 210. The request is wrong')
  const { recipients, subject, body, idempotence_key } = parsed.data.message
  const to = recipients[0]?.email ?? ''
  const identity = `mail ${idempotence_key ?? crypto.randomUUID()}`
  const letter = { channel: 'mail', to, subject, text: body.plaintext, identity } as const
  const id = await outboxOf(c.env).take(letter)
  // The documentation says that a repeated key is declined, and no more: the code is a guess.
  if (id === null) return mailError(c, 400, 229, 'Error ID: 229. idempotence_key was used already')
  if (broken === 'lost') return c.text('502 Bad Gateway', 502)
  return c.json({ status: 'success', job_id: `job-${id}`, emails: [to] })
})
