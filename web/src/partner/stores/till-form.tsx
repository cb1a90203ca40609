'use client'
import { zodResolver } from '@hookform/resolvers/zod'
import { type FieldErrors, useForm } from 'react-hook-form'
import { useTranslations } from 'use-intl'
import { type Till, TillDraft } from '#schema/partner'
import { api } from '../../api.ts'
import layout from '../../desk/layout.module.css'
import { ProblemNotice } from '../../desk/problem-notice.tsx'
import { useAction } from '../../desk/use-action.ts'
import { useFieldWords } from '../../desk/use-field-words.ts'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { DashedRule, TornReceipt } from '../../ui/torn-receipt.tsx'
import { usePartner } from '../partner-context.tsx'
import css from './till-form.module.css'

/** Countries whose way to name a till is explained (`tillOf` of `fiscal/`). */
const TILL_RULES = ['at', 'de', 'kz'] as const

interface TillFormProps {
  till: Till | null
  tillsPath: string
  onSaved: () => Promise<unknown>
  onCancel: () => void
}

/** The two numbers of a till, with a piece of a receipt that shows where they are printed. */
export function TillForm({ till, tillsPath, onSaved, onCancel }: TillFormProps) {
  const t = useTranslations('partner.tills')
  const common = useTranslations('common')
  const action = useAction({ quiet: true })
  const form = useForm({
    resolver: zodResolver(TillDraft),
    defaultValues: {
      registration: till?.registration ?? '',
      fiscalDrive: till?.fiscalDrive ?? '',
    },
  })
  const words = useFieldWords(form.formState.errors as FieldErrors)
  const { market } = usePartner().partner
  const isRussian = market === 'ru'
  const rule = TILL_RULES.find((code) => code === market) ?? 'other'
  const digits = { setValueAs: (text: string) => text.replace(/\D/g, '') }
  const save = form.handleSubmit((draft) =>
    action.run(async () => {
      if (till) await api.patch(`${tillsPath}/${till.id}`, draft)
      else await api.post(tillsPath, draft)
      await onSaved()
    }, t('saved')),
  )
  return (
    <form onSubmit={save} noValidate className={css.form}>
      <div className={layout.stack}>
        {isRussian ? (
          <>
            <Field
              label={t('registration')}
              hint={t('registrationHint')}
              error={words('registration')}
              inputMode="numeric"
              maxLength={20}
              autoFocus
              {...form.register('registration', digits)}
            />
            <Field
              label={t('drive')}
              aside={common('optional')}
              hint={t('driveHint')}
              error={words('fiscalDrive')}
              inputMode="numeric"
              maxLength={20}
              {...form.register('fiscalDrive', digits)}
            />
          </>
        ) : (
          <Field
            label={t('registrationAbroad')}
            hint={t(`registrationAbroadHint.${rule}`)}
            error={form.formState.errors.registration ? t('registrationAbroadWrong') : undefined}
            maxLength={120}
            autoFocus
            {...form.register('registration', { setValueAs: (text: string) => text.trim() })}
          />
        )}
        <ProblemNotice problem={action.problem} />
        <div className={layout.row}>
          <Button look="primary" type="submit" busy={action.busy}>
            {common('save')}
          </Button>
          <Button onClick={onCancel}>{common('cancel')}</Button>
        </div>
      </div>
      {isRussian ? <WhereOnReceipt /> : null}
    </form>
  )
}

function WhereOnReceipt() {
  const t = useTranslations('partner.tills')
  return (
    <div className={layout.tight}>
      <p className={layout.small}>{t('where')}</p>
      <TornReceipt label={t('where')}>
        <div className={css.paper} lang="ru">
          <span>ИТОГ</span>
          <span>612,87</span>
          <DashedRule />
          <span>ИНН</span>
          <span>7707083893</span>
          <mark className={css.found}>РН ККТ</mark>
          <mark className={css.found}>0001 2345 6700 1234</mark>
          <mark className={css.found}>ФН</mark>
          <mark className={css.found}>7380 4408 0012 3456</mark>
          <span>ФД</span>
          <span>65082</span>
          <span>ФП</span>
          <span>2981623349</span>
        </div>
      </TornReceipt>
    </div>
  )
}
