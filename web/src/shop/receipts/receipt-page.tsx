import { ChevronDown, Copy, SearchX } from 'lucide-react'
import { useTranslations } from 'use-intl'
import type { Receipt } from '#schema/receipt'
import { useFormat } from '../../i18n/use-format.ts'
import { Button, ButtonLink } from '../../ui/button.tsx'
import { EmptyState, FailedState, Notice, SkeletonList } from '../../ui/states.tsx'
import { useToast } from '../../ui/toast.tsx'
import { useLive } from '../live.ts'
import { isUnderWay, useReasonWords } from './receipt-state.tsx'
import { ReceiptStrip } from './receipt-strip.tsx'
import css from './receipts.module.css'
import { ShowPerson } from './show-person.tsx'

/**
 * The receipt's page, live while it is being decided: what was earned and why, line by line, and
 * how it went.
 */
export function ReceiptPage({ id }: { id: string | null | undefined }) {
  const t = useTranslations('common')
  const {
    data: receipt,
    error,
    mutate,
  } = useLive<Receipt>(id ? `/receipts/${id}` : null, isDecided)
  if (id === null || error?.status === 404) {
    return <EmptyState icon={<SearchX aria-hidden="true" />} title={t('failed.notFound')} />
  }
  if (error && !receipt) return <FailedState problem={error} onRetry={() => void mutate()} />
  if (!receipt) return <SkeletonList rows={3} height={120} />
  return (
    <>
      <Decision receipt={receipt} />
      {receipt.personAsked ? <ShowPerson receipt={receipt} onShown={() => void mutate()} /> : null}
      <ReceiptStrip receipt={receipt} />
      <Timeline receipt={receipt} />
      <Numbers receipt={receipt} />
      <Next receipt={receipt} />
    </>
  )
}

/** Nothing more is to come: neither by itself nor by a person. */
const isDecided = ({ state, personAsked }: Receipt) => !isUnderWay(state) && personAsked !== 'asked'

/** What is going on with the receipt as a whole, announced when it changes. */
function Decision({ receipt }: { receipt: Receipt }) {
  const t = useTranslations('shop.receipt')
  const format = useFormat()
  const reasonWords = useReasonWords()
  const underWay = isUnderWay(receipt.state)
  const sentence = receipt.reason ? reasonWords(receipt.reason) : underWay ? t('checking') : null
  const other = receipt.reason?.receiptId
  const page = receipt.state === 'awaiting_authority' ? officialPageOf(receipt) : null
  if (!sentence) return <div aria-live="polite" />
  return (
    <div aria-live="polite">
      <Notice {...(underWay ? { tone: 'coming' } : refusalTone(receipt))}>
        <p>{sentence}</p>
        {receipt.reason?.amountMinor ? (
          <strong>{t('takenBack', { amount: format.amount(receipt.reason.amountMinor) })}</strong>
        ) : null}
        {receipt.nextCheckAt ? (
          <strong>{t('nextCheck', { date: format.instant(receipt.nextCheckAt, 'moment') })}</strong>
        ) : null}
        {other ? (
          <ButtonLink small href={`/receipt?id=${other}`}>
            {t('toOther')}
          </ButtonLink>
        ) : null}
        {page ? (
          <ButtonLink small href={page} target="_blank" rel="noopener noreferrer">
            {t('officialPage')}
          </ButtonLink>
        ) : null}
      </Notice>
    </div>
  )
}

/** The country's own page about the receipt, where its code leads to one. */
function officialPageOf({ scan }: Receipt): string | null {
  return 'country' in scan ? scan.officialPage : null
}

function refusalTone(receipt: Receipt): { tone?: 'refusal' } {
  return receipt.state === 'duplicate' || receipt.state === 'rejected' ? { tone: 'refusal' } : {}
}

function Timeline({ receipt }: { receipt: Receipt }) {
  const t = useTranslations('shop.receipt')
  const format = useFormat()
  return (
    <details className={css.fold} open={isUnderWay(receipt.state)}>
      <summary>
        {t('timeline')}
        <ChevronDown size={18} aria-hidden="true" />
      </summary>
      <ol className={css.timeline}>
        {receipt.timeline.map((entry) => (
          <li key={`${entry.at}-${entry.step}`} className={css.step}>
            <span>{t(`step.${entry.step}`)}</span>
            <time className={css.meta} dateTime={entry.at}>
              {format.instant(entry.at, 'moment')}
            </time>
          </li>
        ))}
      </ol>
    </details>
  )
}

function Numbers({ receipt }: { receipt: Receipt }) {
  const t = useTranslations('shop.receipt')
  const { scan } = receipt
  const page = officialPageOf(receipt)
  return (
    <details className={css.fold}>
      <summary>
        {t('numbers')}
        <ChevronDown size={18} aria-hidden="true" />
      </summary>
      <dl className={css.numbers}>
        {'fn' in scan ? (
          <>
            <dt>{t('fn')}</dt>
            <dd>{scan.fn}</dd>
            <dt>{t('fd')}</dt>
            <dd>{scan.i}</dd>
            <dt>{t('fp')}</dt>
            <dd>{scan.fp}</dd>
          </>
        ) : 'taxNumber' in scan ? (
          <>
            <dt>{t('taxNumber')}</dt>
            <dd>{scan.taxNumber}</dd>
          </>
        ) : 'seller' in scan ? null : (
          <>
            <dt>{t('proof')}</dt>
            <dd>{t(`proofs.${scan.trust}`)}</dd>
            {scan.till === null ? null : (
              <>
                <dt>{t('till')}</dt>
                <dd>{scan.till}</dd>
              </>
            )}
          </>
        )}
        {page === null ? null : (
          <>
            <dt>{t('service')}</dt>
            <dd>
              <a href={page} target="_blank" rel="noopener noreferrer">
                {new URL(page).hostname}
              </a>
            </dd>
          </>
        )}
        <dt>ID</dt>
        <dd>{receipt.id}</dd>
      </dl>
    </details>
  )
}

function Next({ receipt }: { receipt: Receipt }) {
  const t = useTranslations('shop.receipt')
  const copied = useTranslations('common')('copied')
  const say = useToast()
  return (
    <div className={css.actions}>
      <ButtonLink look="primary" wide href="/scan">
        {t('scanMore')}
      </ButtonLink>
      {isUnderWay(receipt.state) ? null : (
        <Notice>
          <strong>{t('disagree')}</strong>
          <p>{t('disagreeHow')}</p>
          <Button
            small
            icon={<Copy size={16} aria-hidden="true" />}
            onClick={() => void navigator.clipboard.writeText(receipt.id).then(() => say(copied))}
          >
            {t('copyId')}
          </Button>
        </Notice>
      )}
    </div>
  )
}
