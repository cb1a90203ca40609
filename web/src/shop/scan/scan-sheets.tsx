import { type ReactNode, useState } from 'react'
import { useLocale, useTranslations } from 'use-intl'
import type { RuRecognised } from '#fiscal/ru'
import type { Photo } from '#schema/photo'
import type { RuScan } from '#schema/receipt'
import { useFormat } from '../../i18n/use-format.ts'
import { countryName } from '../../market.ts'
import { Button, ButtonLink } from '../../ui/button.tsx'
import { Dialog, DialogActions } from '../../ui/dialog.tsx'
import { TextArea } from '../../ui/field.tsx'
import { useProblemWords } from '../../ui/problem-words.ts'
import { useTapping } from '../../ui/use-tapping.ts'
import { askReview } from './ask-review.ts'
import { FieldsForm } from './fields-form.tsx'
import { PaperForm } from './paper-form.tsx'
import { PhotoProof } from './photo-proof.tsx'
import { PhotoSheet } from './photo-sheet.tsx'
import type { SeenCode, SumUnit } from './read-code.ts'
import { ReviewForm } from './review-form.tsx'
import css from './scan.module.css'
import { SeenCodeWords } from './seen-code.tsx'
import { useDoubts } from './use-doubts.ts'
import type { ScanStep } from './use-submit.ts'

/** A stranger's code may be long; this much says which one it was. */
const SAID_CHARS_MAX = 200

interface SheetsProps {
  step: ScanStep
  setStep: (step: ScanStep) => void
  hasCamera: boolean
  takeText: (text: string, sumUnit?: SumUnit) => Promise<void>
  takeFields: (fields: RuScan, photoId?: string) => Promise<void>
  takePhoto: (photo: Photo) => Promise<void>
}

/** What stands over the picture: a question, a form, or the outcome. Closing goes on scanning. */
export function ScanSheets(props: SheetsProps) {
  const { step, setStep, hasCamera, takeText, takePhoto } = props
  const t = useTranslations('shop.scan')
  const close = () => setStep({ at: 'aiming' })
  switch (step.at) {
    case 'aiming':
    case 'capture':
    case 'sending':
      return null
    case 'ambiguous':
      return <SumQuestion step={step} onClose={close} takeText={takeText} />
    case 'typing':
      return <Typing {...props} step={step} onClose={close} />
    case 'reviewing':
      return (
        <Dialog title={t('review.title')} onClose={close}>
          <ReviewForm
            photo={step.photo}
            onSend={async (request) => setStep(await askReview(step.photo, request))}
          />
        </Dialog>
      )
    case 'in_review':
      return (
        <InReview
          photo={step.photo}
          onCorrect={() => setStep({ at: 'reviewing', photo: step.photo })}
          onClose={close}
        />
      )
    case 'photo':
      return (
        <PhotoSheet
          shots={step.shots}
          onShots={(shots) => setStep(shots.length > 0 ? { at: 'photo', shots } : { at: 'aiming' })}
          onMore={hasCamera ? () => setStep({ at: 'capture', shots: step.shots }) : null}
          onClose={close}
          onRead={takePhoto}
        />
      )
    case 'pasting':
      return <PasteSheet onClose={close} takeText={takeText} />
    case 'queued':
      return (
        <Outcome title={t('queuedTitle')} why={t('queuedWhy')} onClose={close} seen={step.seen}>
          <ButtonLink href="/receipts">{t('toReceipts')}</ButtonLink>
        </Outcome>
      )
    case 'same':
      return (
        <Outcome title={t('sameTitle')} why={t('sameWhy')} onClose={close}>
          <ButtonLink href={step.receiptId ? `/receipt?id=${step.receiptId}` : '/receipts'}>
            {step.receiptId ? t('openReceipt') : t('toReceipts')}
          </ButtonLink>
        </Outcome>
      )
    case 'refused':
      return <Refused step={step} onClose={close} />
    case 'product':
      return (
        <Outcome title={t('productTitle')} why={t('productWhy')} onClose={close}>
          <ButtonLink href="/">{t('toOffers')}</ButtonLink>
        </Outcome>
      )
    case 'not_fiscal':
      return <NotFiscal step={step} onClose={close} />
  }
}

type TypingProps = SheetsProps & {
  step: Extract<ScanStep, { at: 'typing' }>
  onClose: () => void
}

/** Numbers typed by hand; beside a photo also the ways for a paper that has none. */
function Typing({ step: { photo, recognised }, onClose, ...props }: TypingProps) {
  const t = useTranslations('shop.scan')
  return (
    <Dialog title={t('form.title')} onClose={onClose}>
      {photo ? (
        <BesidePhoto {...props} photo={photo} recognised={recognised} />
      ) : (
        <FieldsForm recognised={recognised} onFields={(fields) => props.takeFields(fields)} />
      )}
    </Dialog>
  )
}

interface BesideProps extends Omit<SheetsProps, 'step'> {
  photo: Photo
  recognised: RuRecognised
}

/** The picture and its forms: a tap on either shows the other. */
function BesidePhoto({ photo, recognised, ...props }: BesideProps) {
  const tapping = useTapping()
  const doubt = useDoubts(photo)
  return (
    <div ref={tapping.forms} className={css.beside}>
      <PhotoProof photo={photo} active={tapping.active} onPick={tapping.pick} />
      <FieldsForm
        recognised={recognised}
        doubt={doubt}
        onFields={(fields) => props.takeFields(fields, photo.id)}
      />
      {photo.reading?.items.length ? <PaperForm photo={photo} onFound={props.takePhoto} /> : null}
      <NoNumbers photo={photo} setStep={props.setStep} />
    </div>
  )
}

/** The way for a receipt without numbers or code: torn off, faded, unreadable. */
function NoNumbers({ photo, setStep }: { photo: Photo; setStep: SheetsProps['setStep'] }) {
  const t = useTranslations('shop.scan.review')
  return (
    <div className={css.instead}>
      <p>{t('noNumbers')}</p>
      <Button wide onClick={() => setStep({ at: 'reviewing', photo })}>
        {t('ask')}
      </Button>
    </div>
  )
}

interface InReviewProps {
  photo: Photo
  onCorrect: () => void
  onClose: () => void
}

function InReview({ photo, onCorrect, onClose }: InReviewProps) {
  const t = useTranslations('shop.scan')
  const format = useFormat()
  const why = t('review.sentWhy', { at: format.instant(photo.review?.dueAt ?? '') })
  return (
    <Outcome title={t('review.sentTitle')} why={why} onClose={onClose}>
      <Button onClick={onCorrect}>{t('review.correct')}</Button>
      <ButtonLink href="/receipts">{t('toReceipts')}</ButtonLink>
    </Outcome>
  )
}

/** No code of a till, or one of a known country that was cut or damaged. */
function NotFiscal({
  step,
  onClose,
}: {
  step: Extract<ScanStep, { at: 'not_fiscal' }>
  onClose: () => void
}) {
  const t = useTranslations('shop.scan')
  const locale = useLocale()
  const { country, text } = step
  return (
    <Outcome
      title={t('refusedTitle')}
      why={
        country === null ? t('notFiscal') : t('damaged', { country: countryName(country, locale) })
      }
      said={text.slice(0, SAID_CHARS_MAX)}
      onClose={onClose}
    />
  )
}

interface OutcomeProps {
  title: string
  why: string
  /** What the code says, as it is. */
  said?: string
  /** What the phone read by itself. */
  seen?: SeenCode
  onClose: () => void
  children?: ReactNode
}

function Outcome({ title, why, said, seen, onClose, children }: OutcomeProps) {
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
      <DialogActions>
        {children}
        <Button look="primary" onClick={onClose}>
          {t('again')}
        </Button>
      </DialogActions>
    </Dialog>
  )
}

/** The receipt waits on the device when only sign-in or consent is missing. */
function Refused({
  step,
  onClose,
}: {
  step: Extract<ScanStep, { at: 'refused' }>
  onClose: () => void
}) {
  const t = useTranslations('shop')
  const words = useProblemWords()
  const { status, code } = step.problem
  const kept = status === 401 || code === 'consent_needed'
  const href = status === 401 ? '/sign-in?next=/receipts' : '/consent?next=/receipts'
  return (
    <Outcome
      title={kept ? t('scan.queuedTitle') : t('scan.refusedTitle')}
      why={words(step.problem)}
      onClose={onClose}
    >
      {kept ? <ButtonLink href={href}>{t('nav.signIn')}</ButtonLink> : null}
    </Outcome>
  )
}

function SumQuestion({
  step,
  onClose,
  takeText,
}: {
  step: Extract<ScanStep, { at: 'ambiguous' }>
  onClose: () => void
  takeText: SheetsProps['takeText']
}) {
  const t = useTranslations('shop.scan')
  const format = useFormat()
  return (
    <Dialog title={t('sumTitle')} onClose={onClose}>
      <p>{t('sumQuestion')}</p>
      <div className={css.choices}>
        <Button wide onClick={() => void takeText(step.text, 'roubles')}>
          {format.amount(step.roublesMinor)}
        </Button>
        <Button wide onClick={() => void takeText(step.text, 'kopecks')}>
          {format.amount(step.kopecksMinor)}
        </Button>
      </div>
    </Dialog>
  )
}

function PasteSheet({
  onClose,
  takeText,
}: {
  onClose: () => void
  takeText: SheetsProps['takeText']
}) {
  const t = useTranslations('shop.scan.pasteForm')
  const required = useTranslations('common')('required')
  const [text, setText] = useState('')
  const [error, setError] = useState<string | null>(null)
  return (
    <Dialog title={t('title')} onClose={onClose}>
      <form
        className={css.fields}
        onSubmit={(event) => {
          event.preventDefault()
          if (text.trim() === '') setError(required)
          else void takeText(text.trim())
        }}
      >
        <TextArea
          label={t('label')}
          hint={t('hint')}
          error={error}
          maxLength={2_000}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        <Button look="primary" wide type="submit">
          {t('send')}
        </Button>
      </form>
    </Dialog>
  )
}
