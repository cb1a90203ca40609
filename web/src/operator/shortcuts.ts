import { useRouter } from 'next/navigation'
import { useEffect } from 'react'
import { stored } from '../stored.ts'
import { SECTIONS } from './sections.ts'

/** Single keys can be turned off: WCAG 2.2, 2.1.4. */
export const shortcuts = stored<'on' | 'off'>('kopilka.keys', ['on', 'off'], 'on')

/** The second key of `g …` must come within this time, ms. */
const SECOND_KEY_MS = 1_200

/** True while the key belongs to what is being typed. */
function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  return target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName)
}

/** `/` to search, `?` for help, `g` and a letter to a section. */
export function useShortcuts({ onSearch, onHelp }: { onSearch: () => void; onHelp: () => void }) {
  const router = useRouter()
  const enabled = shortcuts.use() === 'on'
  useEffect(() => {
    if (!enabled) return
    let goneAt = Number.NEGATIVE_INFINITY
    function onKey(event: KeyboardEvent) {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return
      if (document.querySelector('dialog[open]')) return
      const section = SECTIONS.find((one) => one.letter === event.key)
      const after = event.timeStamp - goneAt < SECOND_KEY_MS
      goneAt = event.key === 'g' ? event.timeStamp : Number.NEGATIVE_INFINITY
      if (after && section) router.push(section.href)
      else if (event.key === '/') onSearch()
      else if (event.key === '?') onHelp()
      else return
      event.preventDefault()
    }
    addEventListener('keydown', onKey)
    return () => removeEventListener('keydown', onKey)
  }, [enabled, router, onSearch, onHelp])
}
