import { useRouter } from 'next/router'
import { type ReactNode, useState } from 'react'
import { useTranslations } from 'use-intl'
import type { PhotoState, PhotoSummary } from '#schema/photo'
import type { PhotoReview } from '#schema/review-verdict'
import { api } from '../../api.ts'
import { useFormat } from '../../i18n/use-format.ts'
import { countryName } from '../../market.ts'
import { ApiProblem } from '../../problem.ts'
import { Button, ButtonLink } from '../../ui/button.tsx'
import { Chip } from '../../ui/chip.tsx'
import { Dialog, DialogActions } from '../../ui/dialog.tsx'
import { TextArea } from '../../ui/field.tsx'
import { useProblemWords } from '../../ui/problem-words.ts'
import type { Pages } from '../../use-pages.ts'
import { enterMarket } from '../enter-market.ts'
import css from './receipts.module.css'

const NOTE_MIN = 3
const NOTE_MAX = 300

interface SentPhotosProps {
  pages: Pages<PhotoSummary>
  /** Those that wait on this device are told of there. */
  hidden: readonly (string | null)[]
}

/** Every photo that is not among the receipts, with its state and what to do next. */
export function SentPhotos({ pages, hidden }: SentPhotosProps) {
  const t = useTranslations('shop.receipts.photos')
  const more = useTranslations('common')('more')
  const [disputed, setDisputed] = useState<PhotoSummary | null>(null)
  const photos = pages.rows?.filter(({ id }) => !hidden.includes(id)) ?? []
  if (photos.length === 0) return null
  return (
    <section className={css.section} aria-labelledby="photos">
      <h2 id="photos">{t('list')}</h2>
      <ul className={css.list}>
        {photos.map((photo) => (
          <Sent
            key={photo.id}
            photo={photo}
            onDispute={() => setDisputed(photo)}
            onGone={pages.refresh}
          />
        ))}
      </ul>
      {pages.more ? (
        <Button wide busy={pages.busy} onClick={pages.more}>
          {more}
        </Button>
      ) : null}
      {disputed ? (
        <Dispute
          photo={disputed}
          onClose={() => setDisputed(null)}
          onDone={() => {
            setDisputed(null)
            void pages.refresh()
          }}
        />
      ) : null}
    </section>
  )
}

const TONES = {
  uploading: 'coming',
  reading: 'neutral',
  needs_fields: 'coming',
  in_review: 'coming',
  declined: 'refusal',
  refused: 'refusal',
  submitted: 'mine',
} as const satisfies Record<PhotoState, string>

interface SentProps {
  photo: PhotoSummary
  onDispute: () => void
  onGone: () => Promise<unknown>
}

function Sent({ photo, onDispute, onGone }: SentProps) {
  const t = useTranslations('shop.receipts.photos')
  const format = useFormat()
  const { state, retailer, totalMinor, createdAt } = photo
  const sum = totalMinor === null ? null : format.amount(totalMinor)
  return (
    <li className={css.item}>
      <b>{retailer ?? t('title')}</b>
      <span className={css.end}>
        <Chip tone={TONES[state]}>{t(`state.${state}`)}</Chip>
      </span>
      <span className={css.meta}>
        {[format.instant(createdAt), sum].filter(Boolean).join(' · ')}
      </span>
      <Said photo={photo} />
      <span className={css.acts}>
        <Acts photo={photo} onDispute={onDispute} onGone={onGone} />
      </span>
    </li>
  )
}

/** Why the photo is where it is, and what comes next. */
function Said({ photo }: { photo: PhotoSummary }) {
  const t = useTranslations('shop.receipts.photos')
  const words = useProblemWords()
  const { locale } = useFormat()
  const { state, problem, country, review } = photo
  const said = (): ReactNode => {
    if (state === 'submitted') return t('abroad', { country: countryName(country ?? '', locale) })
    if (review && (state === 'in_review' || state === 'declined'))
      return <Verdict review={review} />
    if (problem === 'reader_failed') return t('say.reader_failed')
    if (problem !== null) return words(new ApiProblem({ code: problem, status: 0 }))
    return state === 'uploading' || state === 'reading' ? t(`say.${state}`) : t('say.needs_fields')
  }
  return <p className={css.said}>{said()}</p>
}

function Verdict({ review }: { review: PhotoReview }) {
  const t = useTranslations('shop.receipts.photos')
  const format = useFormat()
  if (review.reason === null) return t('due', { at: format.instant(review.dueAt) })
  return (
    <>
      {t(`reasons.${review.reason}`)}{' '}
      {review.note ? `${t('noteOf', { note: review.note })} ` : null}
      {review.disputeUntil === null
        ? t('final')
        : t('disputeUntil', { at: format.instant(review.disputeUntil, 'day') })}
    </>
  )
}

function Acts({ photo, onDispute, onGone }: SentProps) {
  const t = useTranslations('shop.receipts')
  const remove = useTranslations('common')('remove')
  const router = useRouter()
  const [busy, setBusy] = useState(false)
  const { id, state, country, receiptId, review } = photo
  const beside = `/scan?photo=${id}`
  async function drop() {
    setBusy(true)
    await api.delete(`/photos/${id}`).catch(() => undefined)
    await onGone()
    setBusy(false)
  }
  const gone = (
    <Button small busy={busy} onClick={() => void drop()}>
      {remove}
    </Button>
  )
  switch (state) {
    case 'uploading':
      return gone
    case 'refused':
      return (
        <>
          {gone}
          <ButtonLink small look="primary" href="/scan">
            {t('photos.again')}
          </ButtonLink>
        </>
      )
    case 'needs_fields':
      return (
        <>
          {gone}
          <ButtonLink small look="primary" href={beside}>
            {t('photoCheck')}
          </ButtonLink>
        </>
      )
    case 'in_review':
      return (
        <ButtonLink small href={beside}>
          {t('photos.correct')}
        </ButtonLink>
      )
    case 'declined':
      return review?.mayDispute ? (
        <Button small onClick={onDispute}>
          {t('photos.dispute')}
        </Button>
      ) : null
    case 'submitted': {
      const open = async () => {
        if (country === null || !(await enterMarket(country))) return
        await router.push(`/receipt?id=${receiptId}`)
      }
      return (
        <Button small onClick={() => void open()}>
          {t('photos.open')}
        </Button>
      )
    }
    case 'reading':
      return null
  }
}

function Dispute({
  photo,
  onClose,
  onDone,
}: {
  photo: PhotoSummary
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
