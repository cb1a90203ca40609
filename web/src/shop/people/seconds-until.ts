import { useEffect, useState } from 'react'

/** Whole seconds until the instant, counted down once a second. */
export function useSecondsUntil(iso: string): number {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    setNow(Date.now())
    const timer = setInterval(() => setNow(Date.now()), 1_000)
    return () => clearInterval(timer)
  }, [])
  return Math.max(0, Math.ceil((Date.parse(iso) - now) / 1_000))
}
