import { useState } from 'react'
import { useTranslations } from 'use-intl'
import type { Photo } from '#schema/photo'
import type { PhotoReview } from '#schema/review-verdict'
import { api } from '../../api.ts'
import { useFormat } from '../../i18n/use-format.ts'
import { Button, ButtonLink } from '../../ui/button.tsx'
import { Chip } from '../../ui/chip.tsx'
import { Dialog, DialogActions } from '../../ui/dialog.tsx'
import { TextArea } from '../../ui/field.tsx'
import { useProblemWords } from '../../ui/problem-words.ts'
import { useApi } from '../../use-api.ts'
import css from './receipts.module.css'

const FRESH_MS = 20_000
const NOTE_MIN = 3
const NOTE_MAX = 300

/** Photos that a person is looking at or has declined: a receipt is in the list below already. */
export function ReviewedPhotos() {
  const t = useTranslations('shop.receipts.photos')
  const { data, mutate } = useApi<{ items: Photo[] }>('/photos', { refreshInterval: FRESH_MS })
  const [disputed, setDisputed] = useState<Photo | null>(null)
  const photos = (data?.items ?? []).flatMap((photo) =>
    photo.review === null ? [] : [{ photo, review: photo.review }],
  )
  if (photos.length === 0) return null
  return (
    <section aria-label={t('title')}>
      <ul className={css.list}>
        {photos.map(({ photo, review }) => (
          <li key={photo.id} className={css.item}>
            <b>{t('title')}</b>
            <span className={css.end}>
              <Chip tone={review.state === 'open' ? 'coming' : 'refusal'}>
                {t(review.state === 'open' ? 'inReview' : 'declined')}
              </Chip>
            </span>
            <Said review={review} />
            <span className={css.acts}>
              {review.mayDispute ? (
                <Button small onClick={() => setDisputed(photo)}>
                  {t('dispute')}
                </Button>
              ) : null}
              {photo.state === 'in_review' ? (
                <ButtonLink small href={`/scan?photo=${photo.id}`}>
                  {t('correct')}
                </ButtonLink>
              ) : null}
            </span>
          </li>
        ))}
      </ul>
      {disputed ? (
        <Dispute
          photo={disputed}
          onClose={() => setDisputed(null)}
          onDone={() => {
            setDisputed(null)
            void mutate()
          }}
        />
      ) : null}
    </section>
  )
}

function Said({ review }: { review: PhotoReview }) {
  const t = useTranslations('shop.receipts.photos')
  const format = useFormat()
  if (review.reason === null) {
    return <p className={css.said}>{t('due', { at: format.instant(review.dueAt) })}</p>
  }
  return (
    <p className={css.said}>
      {t(`reasons.${review.reason}`)} {review.note}{' '}
      {review.disputeUntil === null
        ? t('final')
        : t('disputeUntil', { at: format.instant(review.disputeUntil, 'day') })}
    </p>
  )
}

function Dispute({
  photo,
  onClose,
  onDone,
}: {
  photo: Photo
  onClose: () => void
  onDone: () => void
}) {
  const t = useTranslations('shop.receipts.photos')
  const words = useProblemWords()
  const [note, setNote] = useState('')
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<string | null>(null)
  async function send() {
    if (note.trim().length < NOTE_MIN) return setError(t('noteWrong'))
    setBusy(true)
    try {
      await api.post(`/photos/${photo.id}/dispute`, { note: note.trim() })
      onDone()
    } catch (problem) {
      setError(words(problem))
      setBusy(false)
    }
  }
  return (
    <Dialog title={t('disputeTitle')} onClose={onClose}>
      <p>{t('disputeWhy')}</p>
      <TextArea
        label={t('note')}
        maxLength={NOTE_MAX}
        error={error}
        value={note}
        onChange={(event) => setNote(event.target.value)}
      />
      <DialogActions>
        <Button look="primary" busy={busy} onClick={() => void send()}>
          {t('disputeSend')}
        </Button>
      </DialogActions>
    </Dialog>
  )
}
