import { useEffect, useRef } from 'react'
import { shortcuts } from '../shortcuts.ts'

/** The keys of a reviewer, in the order of the help. */
export const REVIEW_KEYS = ['j', 'k', 'a', 'd', 'e', 'x', 'z'] as const
type ReviewKey = (typeof REVIEW_KEYS)[number]

type ReviewActs = Record<ReviewKey, () => void> & {
  /** The digits: a reason to decline, or a field of a spot check. */
  digit: (digit: number) => void
  /** Gives up declining. */
  escape: () => void
}

const ARROWS: Partial<Record<string, ReviewKey>> = { ArrowDown: 'j', ArrowUp: 'k' }

/** What is typed into, and what moves by arrows itself, keeps its keys; Escape leaves it. */
function isTyping(target: EventTarget | null): target is HTMLElement {
  return target instanceof HTMLElement && /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName)
}

/** Chromium keeps the focus on the calendar's button inside a date, whatever is blurred. */
function leave(input: HTMLElement) {
  input.blur()
  if (document.activeElement === input) input.closest<HTMLElement>('[tabindex="-1"]')?.focus()
}

const isReviewKey = (key: string): key is ReviewKey => REVIEW_KEYS.some((one) => one === key)

/** Single keys of the review page; they can be turned off with all others. */
export function useReviewKeys(acts: ReviewActs) {
  const enabled = shortcuts.use() === 'on'
  const latest = useRef(acts)
  latest.current = acts
  useEffect(() => {
    if (!enabled) return
    function onKey(event: KeyboardEvent) {
      if (event.ctrlKey || event.metaKey || event.altKey) return
      if (document.querySelector('dialog[open]')) return
      const { current } = latest
      if (event.key === 'Escape') {
        if (isTyping(event.target)) leave(event.target)
        return current.escape()
      }
      if (isTyping(event.target)) return
      const key = ARROWS[event.key] ?? event.key
      if (/^[1-9]$/.test(key)) current.digit(Number(key))
      else if (isReviewKey(key)) current[key]()
      else return
      event.preventDefault()
    }
    addEventListener('keydown', onKey)
    return () => removeEventListener('keydown', onKey)
  }, [enabled])
}
