import { useEffect, useState } from 'react'

/** The clock of the page, read every `everyMs`; null while the page is prerendered. */
export function useNow(everyMs: number): number | null {
  const [nowMs, setNowMs] = useState<number | null>(null)
  useEffect(() => {
    setNowMs(Date.now())
    const timer = setInterval(() => setNowMs(Date.now()), everyMs)
    return () => clearInterval(timer)
  }, [everyMs])
  return nowMs
}

/** Whole seconds until an instant, counting down to 0. */
export function useSecondsUntil(iso: string | null): number {
  const nowMs = useNow(1_000)
  if (iso === null || nowMs === null) return 0
  return Math.max(0, Math.ceil((Date.parse(iso) - nowMs) / 1_000))
}
