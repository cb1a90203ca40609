import { Controller, type UseFormReturn } from 'react-hook-form'
import { useTranslations } from 'use-intl'
import { bareIban, ibanChecks, ibanInGroups } from '#schema/iban'
import { Field } from '../../ui/field.tsx'
import type { Typed } from './withdraw-form.tsx'

/** As the server takes it: Latin letters, because banks abroad carry no others. */
const HOLDER = /^[\p{Script=Latin}\p{M} .,'’-]{2,70}$/u

/** An account abroad: its number, and whose it is. */
export function IbanFields({ form }: { form: UseFormReturn<Typed> }) {
  const t = useTranslations('shop.withdraw')
  return (
    <>
      <Controller
        control={form.control}
        name="iban"
        shouldUnregister
        rules={{ validate: (text) => ibanChecks(bareIban(text ?? '')) || t('ibanWrong') }}
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
        hint={t('holderHint')}
        error={form.formState.errors.holder?.message}
        {...form.register('holder', {
          shouldUnregister: true,
          validate: (text) => (HOLDER.test(text.trim()) && /\S \S/.test(text)) || t('holderWrong'),
        })}
      />
    </>
  )
}
