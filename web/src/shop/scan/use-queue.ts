import { useEffect, useState } from 'react'
import { personHere } from '../person.ts'
import { type QueuedScan, queuedScans, watchQueue } from './queue.ts'

/** What of this person waits on this device; `undefined` while it is being read. */
export function useQueue(): QueuedScan[] | undefined {
  const [scans, setScans] = useState<QueuedScan[] | undefined>()
  useEffect(() => {
    let wanted = true
    const read = () =>
      queuedScans(personHere()).then(
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
