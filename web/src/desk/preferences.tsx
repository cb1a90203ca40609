'use client'
import { useTranslations } from 'use-intl'
import { LOCALES, locale, type WebLocale } from '../i18n/locale.ts'
import { chooseTheme, THEMES, type Theme, theme } from '../theme.ts'
import css from './preferences.module.css'

/** Language and theme, side by side. */
export function PreferencePickers() {
  const t = useTranslations('common')
  const chosenLocale = locale.use()
  const chosenTheme = theme.use()
  return (
    <div className={css.pickers}>
      <label>
        <span className="visually-hidden">{t('language')}</span>
        <select
          value={chosenLocale}
          onChange={(event) => locale.set(event.target.value as WebLocale)}
        >
          {LOCALES.map((one) => (
            <option key={one} value={one}>
              {t(`languages.${one}`)}
            </option>
          ))}
        </select>
      </label>
      <label>
        <span className="visually-hidden">{t('theme.label')}</span>
        <select value={chosenTheme} onChange={(event) => chooseTheme(event.target.value as Theme)}>
          {THEMES.map((one) => (
            <option key={one} value={one}>
              {t(`theme.${one}`)}
            </option>
          ))}
        </select>
      </label>
    </div>
  )
}
