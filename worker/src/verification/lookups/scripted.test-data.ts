import type { FiscalCode } from '#fiscal/code'
import { readCode } from '#fiscal/registry'
import type { Service } from '../json-call.ts'

/** A service that answers from a script, and remembers what it was asked. */

type Reply = Response | Error

export type Asked = { readonly url: string; readonly method: string; readonly body: string }

export const BASE = 'https://service.example'

export function scripted(replies: readonly Reply[]): Service & { readonly asked: Asked[] } {
  const asked: Asked[] = []
  const left = [...replies]
  return {
    base: BASE,
    asked,
    bounds: { answerMsMax: 50, answerBytesMax: 20_000 },
    async send(request) {
      asked.push({ url: request.url, method: request.method, body: await request.text() })
      const reply = left.shift()
      if (reply === undefined) throw new Error('asked more often than the script says')
      if (reply instanceof Error) throw reply
      return reply
    },
  }
}

export function json(value: unknown, status = 200, headers: Record<string, string> = {}): Response {
  return Response.json(value, { status, headers })
}

export function codeOf(text: string): FiscalCode {
  const reading = readCode(text)
  if (!reading.ok) throw new Error(`no code: ${text}`)
  return reading.code
}
