import { useSyncExternalStore } from 'react'

/**
 * One value in localStorage that React can subscribe to. Storage that is denied or full only means
 * that the choice lasts until the page is closed.
 */
export function stored<Value extends string>(key: string, allowed: readonly Value[], first: Value) {
  return kept(key, (raw) => allowed.find((value) => value === raw) ?? first, first)
}

/** A text that `isOne` knows; empty until somebody has chosen. */
export function storedText(key: string, isOne: (text: string) => boolean) {
  return kept<string>(key, (raw) => (raw !== null && isOne(raw) ? raw : ''), '')
}

function kept<Value extends string>(
  key: string,
  read: (raw: string | null) => Value,
  first: Value,
) {
  const listeners = new Set<() => void>()
  let memory: Value | null = null

  function get(): Value {
    if (memory !== null) return memory
    try {
      memory = read(localStorage.getItem(key))
    } catch {
      memory = first
    }
    return memory
  }

  function set(value: Value) {
    memory = value
    try {
      localStorage.setItem(key, value)
    } catch {
      // Kept in memory only.
    }
    for (const listener of listeners) listener()
  }

  function subscribe(listener: () => void) {
    listeners.add(listener)
    return () => {
      listeners.delete(listener)
    }
  }

  return { get, set, use: () => useSyncExternalStore(subscribe, get, () => first) }
}
