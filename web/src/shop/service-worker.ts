import { useEffect } from 'react'
import { watchInstall } from './install.ts'

/**
 * Registers the service worker once the page is quiet. A newer version that was waiting takes over
 * right at the start, before anyone has begun to work in the page.
 */
export function useServiceWorker() {
  useEffect(() => {
    watchInstall()
    if (!('serviceWorker' in navigator) || process.env.NODE_ENV !== 'production') return
    const start = () => void register().catch(() => undefined)
    if (document.readyState === 'complete') start()
    else window.addEventListener('load', start, { once: true })
  }, [])
}

async function register() {
  const registration = await navigator.serviceWorker.register('/sw.js')
  const { waiting } = registration
  if (!waiting) return
  navigator.serviceWorker.addEventListener('controllerchange', () => window.location.reload(), {
    once: true,
  })
  waiting.postMessage('take-over')
}
