import { afterEach, expect, test, vi } from 'vitest'
import { followFrom } from './live.ts'

afterEach(() => vi.useRealTimers())

const problem = (status: number) => Response.json({ code: 'some_code' }, { status })

/** Follows for ten minutes of the page's time and answers how often the server was asked. */
async function asked(answer: () => Response, onNewer = () => undefined): Promise<number> {
  vi.useFakeTimers()
  vi.stubGlobal('document', { hidden: false })
  const fetched = vi.fn(async () => answer())
  vi.stubGlobal('fetch', fetched)
  const stop = new AbortController()
  void followFrom('/receipts/rcp_1', 1, stop.signal, onNewer)
  await vi.advanceTimersByTimeAsync(600_000)
  stop.abort()
  return fetched.mock.calls.length
}

test.each([401, 403, 404])('after %s nothing is asked any more', async (status) => {
  expect(await asked(() => problem(status))).toBe(1)
})

test.each([429, 500, 503])('after %s it is asked again, after pauses', async (status) => {
  const times = await asked(() => problem(status))
  expect(times).toBeGreaterThan(2)
  expect(times).toBeLessThan(300)
})

test('a newer version ends the asking and is shown', async () => {
  const onNewer = vi.fn()
  expect(await asked(() => Response.json({ version: 2 }), onNewer)).toBe(1)
  expect(onNewer).toHaveBeenCalledWith({ version: 2 })
})
