import { useEffect, useState } from 'react'
import { type QueuedScan, queuedScans, watchQueue } from './queue.ts'

/** What waits on this device; `undefined` while it is being read. */
export function useQueue(): QueuedScan[] | undefined {
  const [scans, setScans] = useState<QueuedScan[] | undefined>()
  useEffect(() => {
    let wanted = true
    const read = () =>
      queuedScans().then(
        (read) => wanted && setScans(read),
        () => wanted && setScans([]),
      )
    void read()
    const unwatch = watchQueue(() => void read())
    return () => {
      wanted = false
      unwatch()
    }
  }, [])
  return scans
}
