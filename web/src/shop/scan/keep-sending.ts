import { useEffect } from 'react'
import { useRefresh } from '../../use-api.ts'

/**
 * Sends waiting scans and photos at the start, when the connection returns and when the page is
 * seen again.
 */
export function useKeepSending() {
  const refresh = useRefresh()
  useEffect(() => {
    async function send() {
      if (!navigator.onLine || document.hidden) return
      const { flushAll } = await import('./flush.ts')
      if ((await flushAll()) > 0) await refresh('/receipts', '/wallet')
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
