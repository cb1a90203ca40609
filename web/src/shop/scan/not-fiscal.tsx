import type { ReactNode } from 'react'
import { useLocale, useTranslations } from 'use-intl'
import { countryName } from '../../market.ts'
import { Outcome } from './outcome.tsx'
import type { ScanStep } from './use-submit.ts'

/** A stranger's code may be long; this much says which one it was. */
const SAID_CHARS_MAX = 200

interface NotFiscalProps {
  step: Extract<ScanStep, { at: 'not_fiscal' }>
  onClose: () => void
  /** The way on with a photo. */
  children: ReactNode
}

/** No code of a till, or one of a known country that was cut or damaged. */
export function NotFiscal({ step: { country, text }, onClose, children }: NotFiscalProps) {
  const t = useTranslations('shop.scan')
  const locale = useLocale()
  return (
    <Outcome
      title={t('refusedTitle')}
      why={
        country === null ? t('notFiscal') : t('damaged', { country: countryName(country, locale) })
      }
      said={text.slice(0, SAID_CHARS_MAX)}
      hint={t('photoInstead')}
      onClose={onClose}
    >
      {children}
    </Outcome>
  )
}
