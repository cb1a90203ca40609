import type { Send } from '../src/outside/exchange.ts'

/** The SMS and mail gateways as a test stands in for them: their wire, and what they were given. */
export interface Outbox {
  /** Answers both gateways; a request to anybody else is passed on. */
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

/** For the adapters' `send`, or, through `catchMessages`, for an application built elsewhere. */
export function createOutbox(passOn: Send = refuse): Outbox {
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
      if (pathname !== MAIL_PATH) return passOn(request)
      if (outbox.mailDown) return new Response('503 Service Unavailable', { status: 503 })
      const { message } = await request.json<Letter>()
      const to = message.recipients[0]?.email ?? ''
      outbox.messages.push({ to, text: message.body.plaintext })
      return Response.json({ status: 'success', job_id: crypto.randomUUID(), emails: [to] })
    },
  }
  return outbox
}

/** Puts an outbox in front of the global `fetch`; `restore` takes it away again. */
export function catchMessages(): Outbox & { restore(): void } {
  const real = globalThis.fetch
  const outbox = createOutbox((request) => real(request))
  globalThis.fetch = (input, init) => outbox.send(new Request(input, init))
  return Object.assign(outbox, {
    restore: () => {
      globalThis.fetch = real
    },
  })
}

async function refuse(request: Request): Promise<Response> {
  throw new Error(`nobody answers ${request.url} in this test`)
}
