import { useTranslations } from 'use-intl'
import type { Receipt, ReceiptLine } from '#schema/receipt'
import type { Verdict } from '#schema/verdict'
import { useFormat } from '../../i18n/use-format.ts'
import { Amount } from '../../ui/amount.tsx'
import { Chip } from '../../ui/chip.tsx'
import { DashedRule, TornReceipt } from '../../ui/torn-receipt.tsx'
import { useVerdictWords, verdictTone } from '../../verdicts/verdict-words.ts'
import { isUnderWay } from './receipt-state.tsx'
import css from './receipts.module.css'
import { Why } from './why.tsx'

const MICRO = 1_000_000

/** The receipt as a strip of paper: shop, sum, what was earned, and every line with its verdict. */
export function ReceiptStrip({ receipt }: { receipt: Receipt }) {
  const t = useTranslations('shop.receipt')
  const format = useFormat()
  const store = receipt.store?.name ?? receipt.storeName
  const place = [
    receipt.isReturn ? t('returned') : null,
    format.wallClock(receipt.purchasedAt),
    receipt.store?.address,
    'fn' in receipt.scan ? t('document', { number: String(receipt.scan.i) }) : null,
  ]
  return (
    <TornReceipt label={t('strip')}>
      <div className={css.head}>
        <h2>{store ?? t('title')}</h2>
        <span className={css.sum}>
          <Amount minor={receipt.totalMinor} />
        </span>
        <p className={css.place}>{place.filter(Boolean).join(' · ')}</p>
      </div>
      <Earned receipt={receipt} />
      {receipt.lines.map((line) => (
        <Line key={line.index} line={line} receipt={receipt} />
      ))}
      {receipt.lines.length === 0 && isUnderWay(receipt.state) ? (
        <>
          <DashedRule />
          <p className={css.say}>{t('noLines')}</p>
        </>
      ) : null}
      <WholeReceipt receipt={receipt} />
    </TornReceipt>
  )
}

function Earned({ receipt }: { receipt: Receipt }) {
  const t = useTranslations('shop.receipt')
  const format = useFormat()
  if (receipt.rewardMinor === 0) return null
  return (
    <p className={css.earned}>
      <Amount minor={receipt.rewardMinor - receipt.returnedMinor} size="hero" tone="mine" signed />
      {receipt.returnedMinor > 0 ? (
        <Chip tone="refusal">
          {t('takenBack', { amount: format.amount(receipt.returnedMinor) })}
        </Chip>
      ) : null}
      {receipt.availableAt && receipt.heldMinor > 0 ? (
        <Chip tone="coming">
          {t('heldUntil', {
            amount: format.amount(receipt.heldMinor),
            date: format.instant(receipt.availableAt, 'short'),
          })}
        </Chip>
      ) : null}
    </p>
  )
}

function Line({ line, receipt }: { line: ReceiptLine; receipt: Receipt }) {
  const t = useTranslations('shop.receipt')
  const format = useFormat()
  const count = format.number(line.quantityMicro / MICRO)
  return (
    <>
      <DashedRule />
      <div className={css.line}>
        <span className={css.lineName}>
          {line.name}
          {line.quantityMicro === MICRO ? null : (
            <span className={css.quantity}>
              {' '}
              {t('quantity', { count, price: format.decimal(line.priceMinor) })}
            </span>
          )}
          {line.returnedMicro > 0 ? (
            <span className={css.quantity}>
              {' '}
              {t('returnedCount', { count: format.number(line.returnedMicro / MICRO) })}
            </span>
          ) : null}
        </span>
        <span className={css.lineSum}>{format.decimal(line.sumMinor)}</span>
        <div className={css.lineBody}>
          {receipt.isReturn ? null : (
            <Verdicts verdicts={line.verdicts} receipt={receipt} line={line.index} />
          )}
          {line.product ? (
            <span className="visually-hidden">
              {t('recognised')}: {line.product.name}
            </span>
          ) : null}
        </div>
      </div>
    </>
  )
}

function WholeReceipt({ receipt }: { receipt: Receipt }) {
  const t = useTranslations('shop.receipt')
  if (receipt.verdicts.every(isElsewhere)) return null
  return (
    <>
      <DashedRule />
      <div className={css.line}>
        <span className={css.lineName}>{t('wholeReceipt')}</span>
        <span className={css.lineSum}>
          <Amount minor={receipt.totalMinor} bare />
        </span>
        <div className={css.lineBody}>
          <Verdicts verdicts={receipt.verdicts} receipt={receipt} line={null} />
        </div>
      </div>
    </>
  )
}

/** Offers of other shops and goods say nothing about this receipt as a whole. */
function isElsewhere(verdict: Verdict): boolean {
  return verdict.rule === 'other_retailer' || verdict.rule === 'other_product'
}

/**
 * The rewards as chips; without any, the nearest refusal with what to do; the rest opens on demand.
 */
function Verdicts({
  verdicts,
  receipt,
  line,
}: {
  verdicts: readonly Verdict[]
  receipt: Receipt
  line: number | null
}) {
  const t = useTranslations('shop.receipt')
  const words = useVerdictWords()
  const why = <Why receipt={receipt} line={line} notable={verdicts} />
  const rewarded = verdicts.filter((verdict) => verdict.rule === 'rewarded')
  const nearest = verdicts[0]
  if (!nearest || (rewarded.length === 0 && nearest.rule === 'other_product')) {
    return (
      <>
        <p className={css.say}>{t('noOffers')}</p>
        {why}
      </>
    )
  }
  const returned = verdicts.filter((verdict) => verdict.rule === 'returned')
  const shown = rewarded.length > 0 ? [...rewarded, ...returned] : [nearest]
  return (
    <>
      {shown.map((verdict) => (
        <Chip key={`${verdict.offerId}-${verdict.rule}`} tone={verdictTone(verdict)}>
          {words.chip(verdict, receipt.availableAt)}
        </Chip>
      ))}
      {rewarded.length === 0 ? (
        <p className={css.say}>
          {nearest.action === 'none' ? words.why(nearest.rule) : words.action(nearest)}
        </p>
      ) : null}
      {why}
    </>
  )
}
