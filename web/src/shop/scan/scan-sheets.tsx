import dynamic from 'next/dynamic'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import type { RuRecognised } from '#fiscal/ru'
import { namesGoods, type Photo } from '#schema/photo'
import type { RuScan } from '#schema/receipt'
import { useFormat } from '../../i18n/use-format.ts'
import { HOME, useMarket } from '../../market.ts'
import { Button, ButtonLink } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { TextArea } from '../../ui/field.tsx'
import { useProblemWords } from '../../ui/problem-words.ts'
import { useTapping } from '../../ui/use-tapping.ts'
import { askReview } from './ask-review.ts'
import { FieldsForm } from './fields-form.tsx'
import { NotFiscal } from './not-fiscal.tsx'
import { Outcome } from './outcome.tsx'
import { PaperForm } from './paper-form.tsx'
import { isRefusedCode } from './photo-fields.ts'
import { PhotoProof } from './photo-proof.tsx'
import { PhotoRest } from './photo-rest.tsx'
import { PhotoSheet } from './photo-sheet.tsx'
import type { SumUnit } from './read-code.ts'
import { ReviewForm } from './review-form.tsx'
import css from './scan.module.css'
import { useDoubts } from './use-doubts.ts'
import type { ScanStep } from './use-submit.ts'

/** What a barcode of goods brings is asked of the server: loaded when one was scanned. */
const ProductSheet = dynamic(() => import('./product-sheet.tsx').then((one) => one.ProductSheet), {
  ssr: false,
})

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
      return <Same receiptId={step.receiptId} onClose={close} />
    case 'refused':
      return <Refused step={step} onClose={close} />
    case 'product':
      return (
        <ProductSheet gtin={step.gtin} onClose={close}>
          {step.shots.length > 0 ? <PhotoWay {...props} shots={step.shots} /> : null}
        </ProductSheet>
      )
    case 'several':
      return <Outcome title={t('severalTitle')} why={t('severalWhy')} onClose={close} />
    case 'not_fiscal':
      return (
        <NotFiscal step={step} onClose={close}>
          <PhotoWay {...props} shots={step.shots} />
        </NotFiscal>
      )
  }
}

function Same({ receiptId, onClose }: { receiptId: string | null; onClose: () => void }) {
  const t = useTranslations('shop.scan')
  return (
    <Outcome title={t('sameTitle')} why={t('sameWhy')} onClose={onClose}>
      <ButtonLink href={receiptId ? `/receipt?id=${receiptId}` : '/receipts'}>
        {receiptId ? t('openReceipt') : t('toReceipts')}
      </ButtonLink>
    </Outcome>
  )
}

/** The way on when a code is none of a till: a photo may still show the receipt. */
function PhotoWay({
  shots,
  hasCamera,
  setStep,
}: Pick<SheetsProps, 'hasCamera' | 'setStep'> & { shots: readonly Blob[] }) {
  const t = useTranslations('shop.scan')
  if (shots.length > 0) {
    return <Button onClick={() => setStep({ at: 'photo', shots })}>{t('photo.send')}</Button>
  }
  if (!hasCamera) return null
  return <Button onClick={() => setStep({ at: 'capture', shots })}>{t('shootReceipt')}</Button>
}

type TypingProps = SheetsProps & {
  step: Extract<ScanStep, { at: 'typing' }>
  onClose: () => void
}

/**
 * Numbers typed by hand; beside a photo also the ways for a paper that has none. The numbers are
 * those of Russian receipts: where they are not printed, or a code has said more, there is no form.
 */
function Typing({ step: { photo, recognised }, onClose, ...props }: TypingProps) {
  const t = useTranslations('shop.scan')
  const isRussian = useMarket().code === HOME.code && !(photo && isRefusedCode(photo))
  const mayType = isRussian || photo === undefined
  return (
    <Dialog title={t(mayType ? 'form.title' : 'photo.title')} onClose={onClose}>
      {photo ? (
        <BesidePhoto {...props} photo={photo} recognised={recognised} mayType={mayType} />
      ) : (
        <FieldsForm recognised={recognised} onFields={(fields) => props.takeFields(fields)} />
      )}
    </Dialog>
  )
}

interface BesideProps extends Omit<SheetsProps, 'step'> {
  photo: Photo
  recognised: RuRecognised
  mayType: boolean
}

/** The picture and its forms: a tap on either shows the other. */
function BesidePhoto({ photo, recognised, mayType, ...props }: BesideProps) {
  const tapping = useTapping()
  const doubt = useDoubts(photo)
  return (
    <div ref={tapping.forms} className={css.beside}>
      <PhotoProof photo={photo} active={tapping.active} onPick={tapping.pick} />
      {mayType ? (
        <FieldsForm
          recognised={recognised}
          doubt={doubt}
          onFields={(fields) => props.takeFields(fields, photo.id)}
        />
      ) : null}
      {photo.reading && namesGoods(photo.reading.items) && mayType ? (
        <PaperForm photo={photo} onFound={props.takePhoto} />
      ) : null}
      <PhotoRest photo={photo} />
      <NoNumbers photo={photo} mayType={mayType} setStep={props.setStep} />
    </div>
  )
}

/** The way for a receipt without numbers or code: torn off, faded, unreadable. */
function NoNumbers({
  photo,
  mayType,
  setStep,
}: Pick<SheetsProps, 'setStep'> & { photo: Photo; mayType: boolean }) {
  const t = useTranslations('shop.scan.review')
  return (
    <div className={css.instead}>
      {mayType ? <p>{t('noNumbers')}</p> : null}
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
