import { Controller, type UseFormReturn } from 'react-hook-form'
import { useTranslations } from 'use-intl'
import { bareIban, holderFits, ibanChecks, ibanInGroups } from '#schema/iban'
import type { AccountRules, MarketView } from '#schema/market'
import { personalNumberHolds } from '#schema/tax-number'
import { Field } from '../../ui/field.tsx'
import type { Typed } from './withdraw-form.tsx'

/** As the server takes it, and two names at least: the provider pays nobody known by one. */
function isHolder(text: string, letters: AccountRules['holder']): boolean {
  const name = text.normalize('NFC').trim()
  return holderFits(name, letters) && /\S \S/.test(name) && name.length <= 70
}

interface IbanFieldsProps {
  form: UseFormReturn<Typed>
  /** Whose banks carry the transfer. */
  market: MarketView
}

/** An account: its number, and whose it is. */
export function IbanFields({ form, market }: IbanFieldsProps) {
  const t = useTranslations('shop.withdraw')
  const { country = null, holder: letters = 'latin', namesPerson } = market.account ?? {}
  const isLocal = letters === 'latin_or_cyrillic'
  return (
    <>
      <Controller
        control={form.control}
        name="iban"
        shouldUnregister
        rules={{ validate: (text) => accountError(bareIban(text ?? '')) }}
        render={({ field, fieldState }) => (
          <Field
            label={t('ibanNumber')}
            autoCapitalize="characters"
            autoComplete="off"
            spellCheck={false}
            className="number"
            value={field.value ?? ''}
            onBlur={field.onBlur}
            onChange={(event) => field.onChange(ibanInGroups(event.target.value).slice(0, 42))}
            error={fieldState.error?.message}
          />
        )}
      />
      <Field
        label={t('holder')}
        autoComplete="name"
        hint={t(isLocal ? 'holderHintLocal' : 'holderHint')}
        error={form.formState.errors.holder?.message}
        {...form.register('holder', {
          shouldUnregister: true,
          validate: (text) =>
            isHolder(text, letters) || t(isLocal ? 'holderWrongLocal' : 'holderWrong'),
        })}
      />
      {namesPerson ? <PersonField form={form} market={market} /> : null}
    </>
  )

  function accountError(iban: string): true | string {
    if (!ibanChecks(iban)) return t('ibanWrong')
    return country === null || iban.startsWith(country) || t('ibanCountry', { country })
  }
}

/** The holder's number in the state's register: banks there pay nobody without it. */
function PersonField({ form, market }: IbanFieldsProps) {
  const t = useTranslations('shop.withdraw')
  return (
    <Field
      label={t('personalNumber')}
      inputMode="numeric"
      autoComplete="off"
      className="number"
      hint={t('personalNumberHint')}
      error={form.formState.errors.personalNumber?.message}
      {...form.register('personalNumber', {
        shouldUnregister: true,
        validate: (text) =>
          personalNumberHolds(market.code, (text ?? '').replace(/\s/g, '')) ||
          t('personalNumberWrong'),
      })}
    />
  )
}
