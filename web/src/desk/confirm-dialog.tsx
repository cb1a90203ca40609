'use client'
import { type FormEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '../ui/button.tsx'
import { Dialog, DialogActions } from '../ui/dialog.tsx'
import { TextArea } from '../ui/field.tsx'
import layout from './layout.module.css'
import { ProblemNotice } from './problem-notice.tsx'
import { useAction } from './use-action.ts'

const REASON_CHARACTERS_MIN = 5
const REASON_CHARACTERS_MAX = 300

interface ConfirmDialogProps {
  title: string
  children?: ReactNode
  confirm: string
  danger?: boolean
  /** Asks for a reason of at least five letters and hands it over. */
  withReason?: boolean
  /** Asked before anything is sent: false keeps the dialog, whose fields say why. */
  isReady?: () => boolean
  /** What is to be confirmed has not been read yet: nothing can be. */
  isReading?: boolean
  /** Said as a toast when it worked. */
  done: string
  onConfirm: (reason: string) => Promise<unknown>
  onClose: () => void
}

/** "Are you sure?", with what will happen; a refusal stays in the dialog in words. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { title, children, confirm, danger, withReason, isReady, isReading, done } = props
  const { onConfirm, onClose } = props
  const t = useTranslations('desk.action')
  const cancel = useTranslations('common')('cancel')
  const action = useAction({ quiet: true })
  const [reason, setReason] = useState('')
  const [short, setShort] = useState(false)
  const [refusals, setRefusals] = useState(0)
  const form = useRef<HTMLFormElement>(null)
  useEffect(() => {
    if (refusals > 0) form.current?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus()
  }, [refusals])

  async function send(event: FormEvent) {
    event.preventDefault()
    const isShort = withReason === true && reason.trim().length < REASON_CHARACTERS_MIN
    setShort(isShort)
    const isWrong = isReady?.() === false
    if (isShort || isWrong) return setRefusals((count) => count + 1)
    if (await action.run(() => onConfirm(reason.trim()), done)) onClose()
  }

  return (
    <Dialog title={title} onClose={onClose}>
      <form ref={form} onSubmit={send} className={layout.stack} noValidate>
        {children}
        {withReason ? (
          <TextArea
            label={t('reason')}
            hint={t('reasonHint')}
            error={short ? t('reasonShort') : undefined}
            value={reason}
            maxLength={REASON_CHARACTERS_MAX}
            autoFocus={!isReady}
            onChange={(event) => {
              setReason(event.target.value)
              setShort(false)
            }}
          />
        ) : null}
        <ProblemNotice problem={action.problem} />
        <DialogActions>
          <Button
            look={danger ? 'danger' : 'primary'}
            type="submit"
            busy={action.busy}
            disabled={isReading}
          >
            {confirm}
          </Button>
          <Button onClick={onClose}>{cancel}</Button>
        </DialogActions>
      </form>
    </Dialog>
  )
}
