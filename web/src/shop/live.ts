import { useEffect } from 'react'
import type { SWRResponse } from 'swr'
import { api } from '../api.ts'
import { ApiProblem } from '../problem.ts'
import { useApi } from '../use-api.ts'

/** The server holds a long poll for up to 25 s; a little more is allowed for the way. */
const POLL_MS_MAX = 35_000
const PAUSE_MS = 3_000

/**
 * Reads something that changes by itself and follows it by long polls until it is settled. Nothing
 * is asked while the page is hidden.
 */
export function useLive<Value extends { version: number }>(
  path: string | null,
  isSettled: (value: Value) => boolean,
): SWRResponse<Value, ApiProblem> {
  const response = useApi<Value>(path)
  const { data, mutate } = response
  const version = data?.version
  const follow = path !== null && data !== undefined && !isSettled(data)

  useEffect(() => {
    if (!follow || path === null || version === undefined) return
    const stop = new AbortController()
    void followFrom(path, version, stop.signal, (next: Value) => mutate(next, false))
    return () => stop.abort()
  }, [follow, path, version, mutate])

  return response
}

/** Asks until a newer version comes; the effect above then starts from that version. */
export async function followFrom<Value extends { version: number }>(
  path: string,
  version: number,
  signal: AbortSignal,
  onNewer: (value: Value) => void,
) {
  while (!signal.aborted) {
    await visible(signal)
    try {
      const next = await api.get<Value>(`${path}?after=${version}`, {
        signal,
        timeoutMs: POLL_MS_MAX,
      })
      if (next.version > version) {
        onNewer(next)
        return
      }
    } catch (error) {
      if (!isPassing(error)) return
      await pause(PAUSE_MS, signal)
    }
  }
}

/**
 * What may be over in a while: no connection, a failure of the server, too many questions.
 * Anything else is its last word, as for a session that has ended.
 */
function isPassing(error: unknown): boolean {
  if (!(error instanceof ApiProblem)) return true
  const { status } = error
  return status < 400 || status === 408 || status === 429 || status >= 500
}

function visible(signal: AbortSignal): Promise<void> {
  if (!document.hidden) return Promise.resolve()
  return new Promise((resolve) => {
    const done = () => {
      if (document.hidden && !signal.aborted) return
      document.removeEventListener('visibilitychange', done)
      resolve()
    }
    document.addEventListener('visibilitychange', done, { signal })
    signal.addEventListener('abort', () => resolve(), { once: true })
  })
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms)
    signal.addEventListener('abort', () => {
      clearTimeout(timer)
      resolve()
    })
  })
}
