import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '../../ui/button.tsx'
import { Dialog, DialogActions } from '../../ui/dialog.tsx'
import type { SeenCode } from './read-code.ts'
import css from './scan.module.css'
import { SeenCodeWords } from './seen-code.tsx'

interface OutcomeProps {
  title: string
  why: string
  /** What the code says, as it is. */
  said?: string
  /** What may still be done. */
  hint?: string
  /** What the phone read by itself. */
  seen?: SeenCode
  onClose: () => void
  children?: ReactNode
}

/** How a scan ended, and the ways on. */
export function Outcome({ title, why, said, hint, seen, onClose, children }: OutcomeProps) {
  const t = useTranslations('shop.scan')
  return (
    <Dialog title={title} onClose={onClose}>
      <p>{why}</p>
      {seen ? (
        <p>
          <SeenCodeWords seen={seen} />
        </p>
      ) : null}
      {said ? <p className={css.said}>{said}</p> : null}
      {hint ? <p>{hint}</p> : null}
      <DialogActions>
        {children}
        <Button look="primary" onClick={onClose}>
          {t('again')}
        </Button>
      </DialogActions>
    </Dialog>
  )
}
