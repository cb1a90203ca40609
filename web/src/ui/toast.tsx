'use client'
import { createContext, type ReactNode, useCallback, useContext, useRef, useState } from 'react'
import css from './toast.module.css'

/** Long enough to read a sentence twice. */
const SHOWN_MS = 6_000

const Say = createContext<(words: string) => void>(() => undefined)

/** Shows a sentence at the edge of the screen and reads it aloud to assistive technology. */
export function useToast() {
  return useContext(Say)
}

/** Holds the sentences; put it once around the pages of an area. */
export function ToastProvider({ children }: { children: ReactNode }) {
  const [shown, setShown] = useState<{ id: number; words: string }[]>([])
  const last = useRef(0)
  const say = useCallback((words: string) => {
    last.current += 1
    const id = last.current
    setShown((before) => [...before.slice(-2), { id, words }])
    setTimeout(() => setShown((before) => before.filter((toast) => toast.id !== id)), SHOWN_MS)
  }, [])
  return (
    <Say.Provider value={say}>
      {children}
      <div className={css.region} aria-live="polite">
        {shown.map((toast) => (
          <p key={toast.id} className={css.toast}>
            {toast.words}
          </p>
        ))}
      </div>
    </Say.Provider>
  )
}
