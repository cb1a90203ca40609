'use client'
import { useTranslations } from 'use-intl'
import layout from '../desk/layout.module.css'
import { Dialog } from '../ui/dialog.tsx'
import { Checkbox } from '../ui/field.tsx'
import css from './keys-dialog.module.css'
import { REVIEW_KEYS } from './review/review-keys.ts'
import { SECTIONS } from './sections.ts'
import { shortcuts } from './shortcuts.ts'

/** Which keys do what, and the switch that turns single keys off. */
export function KeysDialog({ onClose }: { onClose: () => void }) {
  const t = useTranslations('operator')
  const enabled = shortcuts.use() === 'on'
  return (
    <Dialog title={t('keys.title')} onClose={onClose}>
      <dl className={layout.facts}>
        <dt>
          <kbd className={css.key}>/</kbd>
        </dt>
        <dd>{t('keys.search')}</dd>
        <dt>
          <kbd className={css.key}>?</kbd>
        </dt>
        <dd>{t('keys.help')}</dd>
        {SECTIONS.map((section) => (
          <div key={section.id} className={css.row}>
            <dt>
              <kbd className={css.key}>g</kbd> <kbd className={css.key}>{section.letter}</kbd>
            </dt>
            <dd>{t(`nav.${section.id}`)}</dd>
          </div>
        ))}
      </dl>
      <p className={layout.small}>{t('keys.rows')}</p>
      <h3>{t('nav.review')}</h3>
      <dl className={layout.facts}>
        {REVIEW_KEYS.map((key) => (
          <div key={key} className={css.row}>
            <dt>
              <kbd className={css.key}>{key}</kbd>
            </dt>
            <dd>{t(`review.keys.${key}`)}</dd>
          </div>
        ))}
      </dl>
      <Checkbox
        label={t('keys.on')}
        hint={t('keys.onWhy')}
        checked={enabled}
        onChange={(event) => shortcuts.set(event.currentTarget.checked ? 'on' : 'off')}
      />
    </Dialog>
  )
}
