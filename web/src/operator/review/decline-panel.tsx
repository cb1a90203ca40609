'use client'
import { useEffect, useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import { DECLINE_REASONS, type DeclineReason } from '#schema/review-verdict'
import layout from '../../desk/layout.module.css'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Field } from '../../ui/field.tsx'
import css from './review.module.css'

const NOTE_MAX = 300

/** Why not: a number for the reason, then a word of our own if need be, then Enter. */
export function DeclinePanel({
  chosen,
  busy,
  onChoose,
  onDecline,
  onClose,
}: {
  chosen: DeclineReason | 'choose'
  busy: boolean
  onChoose: (reason: DeclineReason) => void
  onDecline: (reason: DeclineReason, note: string) => void
  onClose: () => void
}) {
  const t = useTranslations('operator.review')
  const cancel = useTranslations('common')('cancel')
  const [note, setNote] = useState('')
  const input = useRef<HTMLInputElement>(null)
  useEffect(() => {
    if (chosen !== 'choose') input.current?.focus()
  }, [chosen])
  return (
    <Card className={layout.stack}>
      <fieldset className={css.reasons}>
        <legend>{t('why')}</legend>
        {DECLINE_REASONS.map((reason, index) => (
          <label key={reason}>
            <input
              type="radio"
              name="reason"
              checked={chosen === reason}
              onChange={() => onChoose(reason)}
            />
            <kbd>{index + 1}</kbd> {t(`reasons.${reason}`)}
          </label>
        ))}
      </fieldset>
      <form
        className={layout.tight}
        onSubmit={(event) => {
          event.preventDefault()
          if (chosen !== 'choose') onDecline(chosen, note.trim())
        }}
      >
        <Field
          ref={input}
          label={t('note')}
          hint={t('noteHint')}
          maxLength={NOTE_MAX}
          value={note}
          onChange={(event) => setNote(event.target.value)}
        />
        <div className={layout.row}>
          <Button look="danger" type="submit" busy={busy} disabled={chosen === 'choose'}>
            {t('declineSend')}
          </Button>
          <Button onClick={onClose}>{cancel}</Button>
        </div>
      </form>
    </Card>
  )
}
