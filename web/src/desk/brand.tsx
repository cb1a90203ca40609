import { useTranslations } from 'use-intl'
import css from './brand.module.css'

/** The sign and the name; `note` says which desk this is. */
export function Brand({ note }: { note?: string }) {
  const t = useTranslations('common')
  return (
    <span className={css.brand}>
      <svg width="32" height="32" viewBox="0 0 32 32" aria-hidden="true">
        <circle cx="16" cy="8" r="6" fill="var(--coming)" />
        <rect x="2" y="9" width="28" height="20" rx="7" fill="var(--brand)" />
        <rect x="10" y="14" width="12" height="3" rx="1.5" fill="var(--on-brand)" />
      </svg>
      <span>
        {t('brand')}
        {note ? <small className={css.note}>{note}</small> : null}
      </span>
    </span>
  )
}
