'use client'
import { type FieldPathByValue, useController, useFormContext } from 'react-hook-form'
import { useTranslations } from 'use-intl'
import { minorOfEuros } from '#schema/currency'
import { MARKETS } from '#schema/market'
import { useFormat } from '../../i18n/use-format.ts'
import { useMarket } from '../../market.ts'
import { usePartner } from '../partner-context.tsx'
import { ChoiceBlank, CountBlank, MomentBlank, MoneyBlank } from './blank.tsx'
import { Clause, Remark, useWrong } from './clause.tsx'
import type { DraftInput } from './draft.ts'

type NullablePath = FieldPathByValue<DraftInput, number | null>

interface GapProps {
  name: NullablePath
  label: string
  kind: 'money' | 'count'
  placeholder?: string
}

/** A gap bound to a number of the draft that may be empty. */
function Gap({ name, label, kind, placeholder }: GapProps) {
  const { control } = useFormContext<DraftInput>()
  const { field } = useController({ control, name })
  const wrong = useWrong(name)
  const Blank = kind === 'money' ? MoneyBlank : CountBlank
  return (
    <Blank
      label={label}
      value={field.value}
      placeholder={placeholder}
      invalid={wrong}
      onChange={field.onChange}
    />
  )
}

/** "…if at least 500 ₽ is spent on it and at least 3 are bought." */
export function MinimumClause() {
  const t = useTranslations('partner.editor.s')
  const { sign } = useFormat()
  return (
    <Clause id="minimum">
      {t('ifSpend')}{' '}
      <Gap
        name="rule.minimum.spendMinor"
        kind="money"
        label={`${t('ifSpend')}, ${sign}`}
        placeholder="0"
      />{' '}
      {sign} {t('ifQuantity')}{' '}
      <Gap
        name="rule.minimum.quantity"
        kind="count"
        label={`${t('ifQuantity')}, ${t('pieces')}`}
        placeholder="1"
      />{' '}
      {t('pieces')}
    </Clause>
  )
}

/** "Purchases count from … to …, and the receipt may be sent within 14 days." */
export function WhenClause() {
  const t = useTranslations('partner.editor.s')
  const { control } = useFormContext<DraftInput>()
  const starts = useController({ control, name: 'rule.startsAt' })
  const ends = useController({ control, name: 'rule.endsAt' })
  const days = useController({ control, name: 'rule.submissionDays' })
  const zone = useController({ control, name: 'rule.timeZone' })
  const { locale } = useFormat()
  const { submissionDaysMax } = MARKETS[usePartner().partner.market]
  return (
    <Clause id="when">
      {t('from')}{' '}
      <MomentBlank
        label={t('from')}
        value={starts.field.value}
        invalid={useWrong('rule.startsAt')}
        onChange={starts.field.onChange}
      />{' '}
      {t('to')}{' '}
      <MomentBlank
        label={t('to')}
        value={ends.field.value}
        invalid={useWrong('rule.endsAt')}
        onChange={ends.field.onChange}
      />{' '}
      {t('zone', { zone: zoneName(zone.field.value, locale) })} {t('submission')}{' '}
      <CountBlank
        label={t('submission')}
        value={days.field.value || null}
        invalid={useWrong('rule.submissionDays')}
        onChange={(value) => days.field.onChange(value ?? 0)}
      />{' '}
      {t('submissionDays', { max: String(submissionDaysMax) })}
    </Clause>
  )
}

/** `Europe/Vienna` → `Австрия`: as people there name their time. */
function zoneName(timeZone: string, locale: string): string {
  const format = new Intl.DateTimeFormat(locale, { timeZone, timeZoneName: 'shortGeneric' })
  const parts = format.formatToParts(new Date(0))
  return parts.find(({ type }) => type === 'timeZoneName')?.value ?? timeZone
}

/** "One person gets at most 300 ₽ a receipt …" */
export function CapsClause() {
  const t = useTranslations('partner.editor.s')
  const { sign } = useFormat()
  const none = t('noLimit')
  const label = (rest: string) => `${t('notMore')} ${rest}`
  return (
    <Clause id="caps">
      {t('notMore')}{' '}
      <Gap
        name="rule.caps.perLineMinor"
        kind="money"
        label={label(t('perLine'))}
        placeholder={none}
      />{' '}
      {sign} {t('perLine')}{' '}
      <Gap
        name="rule.caps.perReceiptMinor"
        kind="money"
        label={label(t('perReceipt'))}
        placeholder={none}
      />{' '}
      {sign} {t('perReceipt')}{' '}
      <Gap
        name="rule.caps.perShopperMinor"
        kind="money"
        label={label(t('perShopper'))}
        placeholder={none}
      />{' '}
      {sign} {t('perShopper')} {t('perShopperReceipts')}{' '}
      <Gap
        name="rule.caps.perShopperReceipts"
        kind="count"
        label={`${t('perShopperReceipts')} ${t('receipts')}`}
        placeholder={none}
      />{' '}
      {t('receipts')} <PeriodCap />
    </Clause>
  )
}

type PeriodKind = 'none' | 'day' | 'week' | 'month'

function PeriodCap() {
  const t = useTranslations('partner.editor.s')
  const { sign } = useFormat()
  const { currency } = useMarket()
  const { control } = useFormContext<DraftInput>()
  const { field } = useController({ control, name: 'rule.caps.perPeriod' })
  const cap = field.value
  const kinds: readonly PeriodKind[] = ['none', 'day', 'week', 'month']
  const name = (kind: PeriodKind) => (kind === 'none' ? t('periodNone') : t(`periods.${kind}`))
  return (
    <>
      {t('period')}{' '}
      <ChoiceBlank
        label={t('periodKind')}
        value={cap?.period ?? 'none'}
        options={kinds.map((value) => ({ value, label: name(value) }))}
        onChange={(period) =>
          field.onChange(
            period === 'none'
              ? null
              : {
                  period,
                  amountMinor: cap?.amountMinor ?? minorOfEuros(currency, 5),
                  receipts: cap?.receipts ?? null,
                },
          )
        }
      />{' '}
      {cap ? (
        <>
          {t('periodNotMore')}{' '}
          <MoneyBlank
            label={`${t('periodNotMore')}, ${sign}`}
            value={cap.amountMinor}
            placeholder={t('noLimit')}
            onChange={(amountMinor) => field.onChange({ ...cap, amountMinor })}
          />{' '}
          {sign} {t('periodReceipts')}{' '}
          <CountBlank
            label={`${t('periodReceipts')} ${t('receipts')}`}
            value={cap.receipts}
            placeholder={t('noLimit')}
            onChange={(receipts) => field.onChange({ ...cap, receipts })}
          />{' '}
          {t('receipts')}
        </>
      ) : null}
    </>
  )
}

/** "It must be activated before the purchase; the money is free at once." */
export function PayoutClause() {
  const t = useTranslations('partner.editor.s')
  const { control } = useFormContext<DraftInput>()
  const activation = useController({ control, name: 'rule.activation' })
  const hold = useController({ control, name: 'rule.holdDays' })
  const kinds = ['optional', 'required'] as const
  return (
    <Clause id="payout">
      {t('activation')}{' '}
      <ChoiceBlank
        label={t('activationKind')}
        value={activation.field.value}
        options={kinds.map((value) => ({ value, label: t(`activations.${value}`) }))}
        onChange={activation.field.onChange}
      />
      {'. '}
      {t('hold')}{' '}
      <CountBlank
        label={t('hold')}
        value={hold.field.value}
        invalid={useWrong('rule.holdDays')}
        onChange={(value) => hold.field.onChange(value ?? 0)}
      />{' '}
      {t('holdDays')}
      <Remark>
        {t('activationWhy')} {t('holdWhy')}
      </Remark>
    </Clause>
  )
}

/** "We spend at most 300 000 ₽ in all." */
export function BudgetClause({ feeBps }: { feeBps: number }) {
  const t = useTranslations('partner.editor.s')
  const format = useFormat()
  const { control } = useFormContext<DraftInput>()
  const { field } = useController({ control, name: 'budgetMinor' })
  return (
    <Clause id="budget">
      {t('budget')}{' '}
      <MoneyBlank
        label={t('budget')}
        value={field.value || null}
        invalid={useWrong('budgetMinor')}
        onChange={(value) => field.onChange(value ?? 0)}
      />{' '}
      {format.sign} {t('budgetFee', { fee: format.rate(feeBps) })}
    </Clause>
  )
}
