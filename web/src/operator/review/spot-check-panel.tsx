'use client'
import { useTranslations } from 'use-intl'
import { fieldsToCheck, unmarkedOf } from '#schema/checked-reading'
import {
  CHECKED_FIELDS,
  type CheckedField,
  type CheckedReading,
  type ReviewMarks,
} from '#schema/review'
import layout from '../../desk/layout.module.css'
import { useFormat } from '../../i18n/use-format.ts'
import { Card } from '../../ui/card.tsx'
import { Notice } from '../../ui/states.tsx'
import css from './review.module.css'

interface SpotCheckPanelProps {
  /** What was read; null when it is gone. */
  checked: CheckedReading | null
  marks: ReviewMarks
  /** The reviewer wanted to record it: what is not marked yet is said. */
  isTried: boolean
  onMarks: (marks: ReviewMarks) => void
}

/** Right or wrong, field by field: what the machine read and nobody has looked at. */
export function SpotCheckPanel({ checked, marks, isTried, onMarks }: SpotCheckPanelProps) {
  const t = useTranslations('operator.review')
  const said = useSaid(checked)
  const unmarked = unmarkedOf(checked, marks)
  return (
    <Card className={layout.stack}>
      <p>{t('checkWhy')}</p>
      {fieldsToCheck(checked).map((field) => (
        <fieldset key={field} className={css.mark}>
          <legend>
            <kbd>{CHECKED_FIELDS.indexOf(field) + 1}</kbd> {t(`fields.${field}`)}
          </legend>
          <p>{said[field]}</p>
          {[true, false].map((isRight) => (
            <label key={String(isRight)}>
              <input
                type="radio"
                name={`mark-${field}`}
                checked={marks[field] === isRight}
                onChange={() => onMarks({ ...marks, [field]: isRight })}
              />
              {t(isRight ? 'markRight' : 'markWrong')}
            </label>
          ))}
        </fieldset>
      ))}
      {isTried && unmarked.length > 0 ? (
        <Notice tone="coming">
          {t('markAll', { fields: unmarked.map((field) => t(`fields.${field}`)).join(', ') })}
        </Notice>
      ) : null}
    </Card>
  )
}

/** What was read, as it is written. */
function useSaid(checked: CheckedReading | null): Partial<Record<CheckedField, string>> {
  const format = useFormat()
  if (checked === null) return {}
  const { retailer, date, time, total, numbers, items } = checked
  return {
    retailer: retailer ?? '',
    date: date === null ? '' : format.date(date, 'dayYear'),
    time: time ?? '',
    total: total === null ? '' : format.amount(total),
    numbers: (numbers ?? []).map((one) => one || '—').join(' : '),
    items: (items ?? []).join(', '),
  }
}
