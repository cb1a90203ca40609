import { useEffect, useRef, useState } from 'react'

/**
 * The boxes of a picture and the fields of the forms beside it: whichever is touched names the
 * other. Fields say by `data-read` what of the reading they show.
 */
export function useTapping() {
  const [active, setActive] = useState<string | null>(null)
  const forms = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const around = forms.current
    const onFocus = ({ target }: FocusEvent) => {
      if (target instanceof HTMLElement) setActive(target.dataset.read ?? null)
    }
    around?.addEventListener('focusin', onFocus)
    return () => around?.removeEventListener('focusin', onFocus)
  }, [])
  return {
    active,
    /** Of the element that all forms stand in. */
    forms,
    /** A box was tapped: its field is gone to, in the form that is in use. */
    pick(name: string) {
      setActive(name)
      const all = forms.current?.querySelectorAll<HTMLElement>('[data-read]') ?? []
      const fields = [...all].filter(({ dataset }) => dataset.read === name)
      const field =
        fields.find((one) => one.closest('details[open]')) ??
        fields.find((one) => !one.closest('details')) ??
        fields[0]
      const folded = field?.closest('details')
      if (folded) folded.open = true
      field?.focus()
    },
  }
}

/** Of an element that scrolls: keeps the box of the active field in its middle. */
export function useBoxInView<Frame extends HTMLElement>(active: string | null) {
  const frame = useRef<Frame>(null)
  useEffect(() => {
    const box = active === null ? null : frame.current?.querySelector('[data-active="true"]')
    if (!frame.current || !box) return
    const [seen, at] = [frame.current.getBoundingClientRect(), box.getBoundingClientRect()]
    frame.current.scrollBy({
      top: at.top + at.height / 2 - seen.top - seen.height / 2,
      left: at.left + at.width / 2 - seen.left - seen.width / 2,
    })
  }, [active])
  return frame
}
