import type { Send } from '../src/outside/exchange.ts'

/** The SMS and mail gateways as a test stands in for them: their wire, and what they were given. */
export interface Outbox {
  /** Answers as both gateways. */
  send: Send
  /** The oldest first. */
  messages: { to: string; text: string }[]
  /** While true, mail is not taken. */
  mailDown: boolean
  /** The latest code sent to a phone (E.164) or an e-mail address. */
  lastCode(to: string): Promise<string>
}

const SMS_PATH = '/sys/send.php'
const MAIL_PATH = '/ru/transactional/api/v1/email/send.json'

interface Letter {
  message: { recipients: { email: string }[]; body: { plaintext: string } }
}

/** A fresh pair of gateways, for the adapters' `send`. */
export function createOutbox(): Outbox {
  const outbox: Outbox = {
    messages: [],
    mailDown: false,
    async lastCode(to) {
      const text = outbox.messages.findLast((message) => message.to === to)?.text
      const code = text?.match(/\d{6}/)?.[0]
      if (code === undefined) throw new Error(`no code has left for ${to}`)
      return code
    },
    async send(request) {
      const { pathname } = new URL(request.url)
      if (pathname === SMS_PATH) {
        const form = new URLSearchParams(new TextDecoder().decode(await request.arrayBuffer()))
        outbox.messages.push({ to: form.get('phones') ?? '', text: form.get('mes') ?? '' })
        return Response.json({ id: Number(form.get('id')), cnt: 1 })
      }
      if (pathname !== MAIL_PATH) throw new Error(`nobody answers ${request.url} in this test`)
      if (outbox.mailDown) return new Response('503 Service Unavailable', { status: 503 })
      const { message } = await request.json<Letter>()
      const to = message.recipients[0]?.email ?? ''
      outbox.messages.push({ to, text: message.body.plaintext })
      return Response.json({ status: 'success', job_id: crypto.randomUUID(), emails: [to] })
    },
  }
  return outbox
}

/** Reads codes from the sandbox, for an application whose messages leave for there. */
export function sandboxCodes(sandbox: Fetcher): Outbox['lastCode'] {
  return async function lastCode(to) {
    const query = new URLSearchParams({ to, limit: '1' })
    const answer = await sandbox.fetch(`http://sandbox.test/api/outbox?${query}`)
    const { items } = await answer.json<{ items: { code: string | null }[] }>()
    const code = items[0]?.code
    if (!code) throw new Error(`no code has left for ${to}`)
    return code
  }
}
