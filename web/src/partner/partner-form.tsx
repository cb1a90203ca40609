'use client'
import { zodResolver } from '@hookform/resolvers/zod'
import { type FieldErrors, useForm } from 'react-hook-form'
import { useLocale, useTranslations } from 'use-intl'
import type { MarketCode } from '#schema/market'
import { PartnerApplication, type PartnerKind } from '#schema/partner'
import { hasTaxForm, taxNumberHolds, taxNumberOf } from '#schema/tax-number'
import layout from '../desk/layout.module.css'
import { ProblemNotice } from '../desk/problem-notice.tsx'
import { useFieldWords } from '../desk/use-field-words.ts'
import { useTaxWords } from '../desk/use-tax-words.ts'
import { countryName, HOME } from '../market.ts'
import { Button } from '../ui/button.tsx'
import { Field, Select } from '../ui/field.tsx'
import { useMarkets } from '../use-markets.ts'

const KINDS: readonly PartnerKind[] = ['brand', 'retailer', 'both']

const Checked = PartnerApplication.refine((data) => taxNumberHolds(data.market, data.taxNumber), {
  path: ['taxNumber'],
  params: { code: 'taxNumber' },
})

type Application = typeof PartnerApplication._zod.output

interface PartnerFormProps {
  values: Application
  submit: string
  action: { busy: boolean; problem: unknown }
  disabled?: boolean
  onSubmit: (application: Application) => void
}

/**
 * What the network must know of an organisation; the tax number's check digits are checked here.
 */
export function PartnerForm({ values, submit, action, disabled, onSubmit }: PartnerFormProps) {
  const t = useTranslations('partner.apply')
  const form = useForm({
    resolver: zodResolver(Checked),
    defaultValues: values,
    disabled: disabled ?? false,
  })
  const words = useFieldWords(form.formState.errors as FieldErrors)
  const market = form.watch('market') ?? values.market
  const tax = useTaxField(market, form.watch('taxNumber') ?? values.taxNumber)
  return (
    <form onSubmit={form.handleSubmit(onSubmit)} noValidate className={layout.stack}>
      <MarketField isNew={values.name === ''} market={market} register={form.register('market')} />
      <Select label={t('kind')} {...form.register('kind')}>
        {KINDS.map((kind) => (
          <option key={kind} value={kind}>
            {t(`kinds.${kind}`)}
          </option>
        ))}
      </Select>
      <Field
        label={t('name')}
        hint={t('nameHint')}
        error={words('name')}
        autoComplete="organization"
        {...form.register('name')}
      />
      <Field
        label={t('legalName')}
        hint={market === 'ru' ? t('legalNameHint') : undefined}
        error={words('legalName')}
        {...form.register('legalName')}
      />
      <Field
        label={tax.label}
        hint={tax.hint}
        error={form.formState.errors.taxNumber ? tax.error : undefined}
        maxLength={14}
        {...form.register('taxNumber', { setValueAs: taxNumberOf })}
      />
      <div className={layout.columns}>
        <Field
          label={t('contactName')}
          error={words('contactName')}
          autoComplete="name"
          {...form.register('contactName')}
        />
        <Field
          label={t('contactPhone')}
          error={words('contactPhone')}
          type="tel"
          autoComplete="tel"
          {...form.register('contactPhone')}
        />
      </div>
      <WebsiteField error={words('website')} register={form.register('website')} />
      <ProblemNotice problem={action.problem} />
      {disabled ? null : (
        <div className={layout.row}>
          <Button look="primary" type="submit" busy={action.busy}>
            {submit}
          </Button>
        </div>
      )}
    </form>
  )
}

function WebsiteField({ error, register }: { error: string | undefined; register: object }) {
  const t = useTranslations('partner.apply')
  const optional = useTranslations('common')('optional')
  return (
    <Field
      label={t('website')}
      aside={optional}
      error={error}
      type="url"
      placeholder="https://"
      {...register}
    />
  )
}

/** The tax number is told apart: a wrong length and a wrong check digit are different mistakes. */
function useTaxField(market: MarketCode, text: string) {
  const { name, form, wrong } = useTaxWords(market)
  const complete = hasTaxForm(market, taxNumberOf(text))
  return { label: name, hint: form, error: complete ? wrong : form }
}

/** The country is chosen once: whoever has applied stays in its market. */
function MarketField({
  isNew,
  market,
  register,
}: {
  isNew: boolean
  market: MarketCode
  register: object
}) {
  const t = useTranslations('partner.apply')
  const locale = useLocale()
  const markets = useMarkets(isNew)
  if (!isNew) return <Field label={t('market')} readOnly value={countryName(market, locale)} />
  return (
    <Select label={t('market')} hint={t('marketHint')} {...register}>
      {(markets ?? [{ code: HOME.code }]).map(({ code }) => (
        <option key={code} value={code}>
          {countryName(code, locale)}
        </option>
      ))}
    </Select>
  )
}
