import { useSyncExternalStore } from 'react'

/** The browser's own event, not yet in the DOM library of TypeScript. */
interface InstallPrompt extends Event {
  prompt(): Promise<unknown>
}

let prompt: InstallPrompt | null = null
const listeners = new Set<() => void>()

function change(next: InstallPrompt | null) {
  prompt = next
  for (const listener of listeners) listener()
}

function isInstallPrompt(event: Event): event is InstallPrompt {
  return 'prompt' in event
}

/** Keeps the browser's offer to install until the shopper asks for it. Called once, early. */
export function watchInstall() {
  window.addEventListener('beforeinstallprompt', (event) => {
    event.preventDefault()
    if (isInstallPrompt(event)) change(event)
  })
  window.addEventListener('appinstalled', () => change(null))
}

/** Opens the browser's install question; null where it cannot be asked. */
export function useInstall(): (() => void) | null {
  const offered = useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => {
        listeners.delete(listener)
      }
    },
    () => prompt,
    () => null,
  )
  if (!offered) return null
  return () => {
    void offered.prompt()
    change(null)
  }
}
