import { useTranslations } from 'use-intl'
import type { PaymentMethod, Photo } from '#schema/photo'
import { useFormat } from '../../i18n/use-format.ts'
import { restOf } from '../../ui/read-rest.ts'
import css from './scan.module.css'

/** What else was read on the photo: there to be compared, not to be typed. */
export function PhotoRest({ photo }: { photo: Photo }) {
  const t = useTranslations('shop.scan.rest')
  const format = useFormat()
  const words = { amount: format.amount, method: (method: PaymentMethod) => t(method) }
  const rest = photo.reading === null ? [] : restOf(photo.reading, words)
  if (rest.length === 0) return null
  return (
    <details>
      <summary>{t('title')}</summary>
      <dl className={css.rest}>
        {rest.map(({ name, key, printed, text, read }) => (
          <div key={name}>
            <dt>{key === null ? printed : t(key)}</dt>
            <dd>
              {text}
              {read.certainty === 'doubtful' ? <small>{t('doubtful')}</small> : null}
            </dd>
          </div>
        ))}
      </dl>
    </details>
  )
}
