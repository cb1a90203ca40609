import type { BrowserContext, ConsoleMessage, Request, Response } from 'playwright-core'

/** A refusal that a journey provokes on purpose: the start of its path and its status. */
type Refusal = { readonly path: string; readonly status: number }

/** What a visitor's pages said since they were last asked. */
export type Watch = {
  /** From here on this refusal is part of the journey; answers a way to end that. */
  expect(refusal: Refusal): void
  /** While true, requests may fail: the connection is cut. */
  offline: boolean
  /** Everything that should not have happened; asking empties the list. */
  complaints(): string[]
  /** The whole console, for a failed check. */
  readonly log: readonly string[]
}

/** Requests that a page or its browser gives up by itself: it went elsewhere. */
const GIVEN_UP = /ERR_ABORTED|ERR_FAILED.*aborted/
const FAILED_LOAD = /Failed to load resource/

/**
 * Listens to everything that the pages and workers of a visitor do. A console error, an unhandled
 * rejection, a failed or refused request and a request to another origin are complaints.
 */
export function watch(context: BrowserContext, origin: string): Watch {
  const complaints: string[] = []
  const expected: Refusal[] = []
  const log: string[] = []
  const state = { offline: false }

  const isExpected = (url: string, status?: number) =>
    expected.some(
      (one) => pathOf(url).startsWith(one.path) && (status === undefined || status === one.status),
    )

  context.on('console', (message) => {
    log.push(`${message.type()}: ${message.text()} (${message.location().url})`)
    if (message.type() !== 'error' || isFailedLoad(message)) return
    complaints.push(`console: ${message.text()}`)
  })
  // A refused load is judged by its response, which has the status as a number.
  const isFailedLoad = (message: ConsoleMessage) =>
    FAILED_LOAD.test(message.text()) && (state.offline || message.location().url.startsWith(origin))

  context.on('weberror', (error) => {
    log.push(`thrown: ${error.error().stack ?? error.error().message}`)
    complaints.push(`thrown: ${error.error().message}`)
  })
  /** Begun while the connection was cut: their ends come later. */
  const cutOff = new WeakSet<Request>()
  context.on('request', (request) => {
    if (state.offline) cutOff.add(request)
    if (isForeign(request.url(), origin)) complaints.push(`another origin: ${request.url()}`)
  })
  context.on('requestfailed', (request: Request) => {
    const why = request.failure()?.errorText ?? ''
    log.push(`failed: ${request.method()} ${request.url()} ${why}`)
    if (state.offline || cutOff.has(request) || GIVEN_UP.test(why)) return
    complaints.push(`failed: ${request.method()} ${request.url()} ${why}`)
  })
  context.on('response', (response: Response) => {
    const status = response.status()
    const line = `${status} ${response.request().method()} ${pathOf(response.url())}`
    log.push(line)
    if (status >= 400 && !isExpected(response.url(), status)) complaints.push(line)
  })

  return {
    expect: (refusal) => void expected.push(refusal),
    get offline() {
      return state.offline
    },
    set offline(value) {
      state.offline = value
    },
    complaints: () => complaints.splice(0),
    log,
  }
}

const pathOf = (url: string) => new URL(url).pathname

function isForeign(url: string, origin: string): boolean {
  const { protocol } = new URL(url)
  return /^(http|ws)s?:$/.test(protocol) && new URL(url).origin !== origin
}
