'use client'
import { useFormContext } from 'react-hook-form'
import { useTranslations } from 'use-intl'
import layout from '../../desk/layout.module.css'
import { useTaxWords } from '../../desk/use-tax-words.ts'
import { Field } from '../../ui/field.tsx'
import { usePartner } from '../partner-context.tsx'
import { Clause, useDraftFieldWords } from './clause.tsx'
import type { DraftInput } from './draft.ts'

/** The offer's name in both languages; the rest of its text is generated. */
export function NamesClause() {
  const t = useTranslations('partner.editor.s')
  const { register } = useFormContext<DraftInput>()
  const words = useDraftFieldWords()
  return (
    <Clause id="names" fields>
      <div className={layout.stack}>
        <Field
          label={t('titleRu')}
          hint={t('titleHint')}
          error={words('title.ru')}
          maxLength={80}
          lang="ru"
          {...register('title.ru')}
        />
        <Field
          label={t('titleEn')}
          error={words('title.en')}
          maxLength={80}
          lang="en"
          {...register('title.en')}
        />
      </div>
    </Clause>
  )
}

/** What the law wants before an offer is published. */
export function LegalClause() {
  const t = useTranslations('partner.editor.s')
  const { register } = useFormContext<DraftInput>()
  const words = useDraftFieldWords()
  const { partner } = usePartner()
  const isRussian = partner.market === 'ru'
  const tax = useTaxWords(partner.market)
  return (
    <Clause id="legal" fields>
      <div className={layout.stack}>
        <p className={layout.small}>{t('legalWhy')}</p>
        <Field
          label={t('organiser')}
          hint={t('organiserHint')}
          error={words('legal.organiser')}
          maxLength={200}
          {...register('legal.organiser')}
        />
        <Field
          label={t('rulesUrl')}
          error={words('legal.rulesUrl')}
          type="url"
          placeholder="https://"
          maxLength={500}
          {...register('legal.rulesUrl')}
        />
        <Field
          label={t('advertiser', { name: tax.name })}
          error={words('legal.advertiserTaxNumber')}
          maxLength={14}
          {...register('legal.advertiserTaxNumber')}
        />
        {isRussian ? (
          <Field
            label={t('adToken')}
            hint={t('adTokenHint')}
            error={words('legal.adToken')}
            maxLength={100}
            {...register('legal.adToken')}
          />
        ) : null}
      </div>
    </Clause>
  )
}
