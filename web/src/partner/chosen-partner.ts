import { useSyncExternalStore } from 'react'

const KEY = 'kopilka.partner'
const listeners = new Set<() => void>()

function read(): string | null {
  try {
    return localStorage.getItem(KEY)
  } catch {
    return null
  }
}

/** Remembers the organisation for the next visit; null asks again. */
export function choosePartner(partnerId: string | null) {
  try {
    if (partnerId === null) localStorage.removeItem(KEY)
    else localStorage.setItem(KEY, partnerId)
  } catch {
    // Storage is denied: with several organisations the choice is asked again after a reload.
  }
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void) {
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}

/** The organisation chosen last, or null. */
export function useChosenPartner(): string | null {
  return useSyncExternalStore(subscribe, read, () => null)
}
