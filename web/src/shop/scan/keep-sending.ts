import { useEffect } from 'react'
import { useRefresh } from '../../use-api.ts'

/**
 * Sends waiting scans at the start, when the connection returns and when the page is seen again.
 */
export function useKeepSending() {
  const refresh = useRefresh()
  useEffect(() => {
    async function send() {
      if (!navigator.onLine || document.hidden) return
      const { flushQueue } = await import('./queue.ts')
      if ((await flushQueue()) > 0) await refresh('/receipts', '/wallet')
    }
    const onEvent = () => void send().catch(() => undefined)
    onEvent()
    window.addEventListener('online', onEvent)
    document.addEventListener('visibilitychange', onEvent)
    return () => {
      window.removeEventListener('online', onEvent)
      document.removeEventListener('visibilitychange', onEvent)
    }
  }, [refresh])
}
