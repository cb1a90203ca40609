/** Sends a request to a service of others: `fetch`, or a stand-in that speaks HTTP in tests. */
export type Send = (request: Request) => Promise<Response>

/** How long an answer may take and how large it may be. */
export interface Bounds {
  answerMsMax: number
  answerBytesMax: number
}

/** What came back: an answer with its text, or nothing that may be relied on. */
export type Exchanged =
  | { kind: 'answered'; status: number; headers: Headers; text: string }
  | { kind: 'silent'; detail: string }

/**
 * Asks another service once. Time and bytes are bounded, redirects are not followed (they would
 * carry credentials elsewhere), and every failure is a value: after it nothing is known about
 * what the other side did.
 */
export async function exchange(
  send: Send,
  url: string,
  init: RequestInit,
  bounds: Bounds,
): Promise<Exchanged> {
  const aborter = new AbortController()
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<Exchanged>((resolve) => {
    timer = setTimeout(() => {
      resolve({ kind: 'silent', detail: `no answer within ${bounds.answerMsMax} ms` })
      aborter.abort()
    }, bounds.answerMsMax)
  })
  const request = new Request(url, { ...init, redirect: 'manual', signal: aborter.signal })
  try {
    return await Promise.race([ask(send, request, bounds.answerBytesMax), late])
  } finally {
    clearTimeout(timer)
  }
}

async function ask(send: Send, request: Request, bytesMax: number): Promise<Exchanged> {
  try {
    const response = await send(request)
    const bytes = await readAtMost(response, bytesMax)
    if (bytes === null) return { kind: 'silent', detail: `an answer over ${bytesMax} bytes` }
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: false }).decode(bytes)
    return { kind: 'answered', status: response.status, headers: response.headers, text }
  } catch (error) {
    return { kind: 'silent', detail: error instanceof Error ? error.message : String(error) }
  }
}

async function readAtMost(response: Response, bytesMax: number): Promise<Uint8Array | null> {
  if (response.body === null) return new Uint8Array()
  const parts: Uint8Array[] = []
  let size = 0
  const reader = response.body.getReader()
  for (;;) {
    const { done, value } = await reader.read()
    if (done) break
    size += value.byteLength
    if (size > bytesMax) {
      await reader.cancel()
      return null
    }
    parts.push(value)
  }
  const all = new Uint8Array(size)
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.byteLength
  }
  return all
}

/** The text as JSON, or null when it is none. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
