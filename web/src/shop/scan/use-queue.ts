import { useEffect, useState } from 'react'
import { personHere } from '../person.ts'
import { watchQueue } from './device-store.ts'
import { type KeptPhoto, keptPhotos } from './kept-photos.ts'
import { type QueuedScan, queuedScans } from './queue.ts'

/** What of this person waits on this device; `undefined` while it is being read. */
function useWaiting<Thing>(
  waiting: (userId: string | null) => Promise<Thing[]>,
): Thing[] | undefined {
  const [things, setThings] = useState<Thing[] | undefined>()
  useEffect(() => {
    let wanted = true
    const read = () =>
      waiting(personHere()).then(
        (read) => wanted && setThings(read),
        () => wanted && setThings([]),
      )
    void read()
    const unwatch = watchQueue(() => void read())
    return () => {
      wanted = false
      unwatch()
    }
  }, [waiting])
  return things
}

export const useQueue = (): QueuedScan[] | undefined => useWaiting(queuedScans)
export const useKeptPhotos = (): KeptPhoto[] | undefined => useWaiting(keptPhotos)
