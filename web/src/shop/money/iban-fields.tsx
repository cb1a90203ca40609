import { Controller, type UseFormReturn } from 'react-hook-form'
import { useTranslations } from 'use-intl'
import { ACCOUNT_HOLDER, bareIban, ibanChecks, ibanInGroups } from '#schema/iban'
import { Field } from '../../ui/field.tsx'
import type { Typed } from './withdraw-form.tsx'

/** As the server takes it, and two names at least: the provider pays nobody known by one. */
function isHolder(text: string): boolean {
  const name = text.normalize('NFC').trim()
  return ACCOUNT_HOLDER.test(name) && /\S \S/.test(name) && name.length <= 70
}

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
          validate: (text) => isHolder(text) || t('holderWrong'),
        })}
      />
    </>
  )
}
