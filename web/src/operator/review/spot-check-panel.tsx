'use client'
import { useTranslations } from 'use-intl'
import { CHECKED_FIELDS, type ReviewCase, type ReviewMarks } from '#schema/review'
import layout from '../../desk/layout.module.css'
import { useFormat } from '../../i18n/use-format.ts'
import { Card } from '../../ui/card.tsx'
import { Checkbox } from '../../ui/field.tsx'

/** Right or wrong, field by field: what the machine decided without anybody. */
export function SpotCheckPanel({
  review,
  marks,
  onMarks,
}: {
  review: ReviewCase
  marks: ReviewMarks
  onMarks: (marks: ReviewMarks) => void
}) {
  const t = useTranslations('operator.review')
  const format = useFormat()
  const { asked } = review
  const said: Partial<Record<(typeof CHECKED_FIELDS)[number], string | undefined>> = {
    retailer: asked?.retailer,
    date: asked ? format.wallClock(asked.time, 'dayYear') : undefined,
    time: asked?.time.slice(11),
    total: asked ? format.amount(asked.totalMinor) : undefined,
    items: asked?.lines.map(({ name }) => name).join(', '),
  }
  return (
    <Card className={layout.stack}>
      <p>{t('checkWhy')}</p>
      {CHECKED_FIELDS.map((field, index) => (
        <Checkbox
          key={field}
          label={`${index + 1}. ${t(`fields.${field}`)}`}
          hint={said[field]}
          checked={marks[field] === true}
          onChange={(event) => onMarks({ ...marks, [field]: event.currentTarget.checked })}
        />
      ))}
    </Card>
  )
}
