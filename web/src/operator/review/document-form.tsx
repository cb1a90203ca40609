'use client'
import { Plus, X } from 'lucide-react'
import { type RefObject, useState } from 'react'
import { useTranslations } from 'use-intl'
import type { ReviewCase } from '#schema/review'
import layout from '../../desk/layout.module.css'
import { useTaxWords } from '../../desk/use-tax-words.ts'
import { useFormat } from '../../i18n/use-format.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Chip } from '../../ui/chip.tsx'
import { Field } from '../../ui/field.tsx'
import { PartnerSelect, StoreSelect } from '../stores/shop-selects.tsx'
import { type Draft, type DraftField, type DraftLine, linesMinor } from './draft.ts'
import { ProductDialog } from './product-dialog.tsx'
import { useReadWords } from './read-words.ts'
import css from './review.module.css'

interface FormProps {
  review: ReviewCase
  draft: Draft
  onChange: (draft: Draft) => void
  wrong: readonly DraftField[]
  first: RefObject<HTMLInputElement | null>
}

/** The receipt as it will be judged. A collision shows the authority's own, which nobody edits. */
export function DocumentForm(props: FormProps) {
  const { review, draft, onChange, wrong } = props
  const t = useTranslations('operator.review')
  const isFixed = review.kind !== 'photo'
  const put = (part: Partial<Draft>) => onChange({ ...draft, ...part })
  const wrongOf = (field: Exclude<DraftField, 'taxNumber'>) =>
    wrong.includes(field) ? t(`wrong.${field}`) : undefined
  const tax = useTaxWords(review.market)
  const { sign } = useFormat()
  const read = useReadWords(review.reading)
  return (
    <Card>
      <fieldset disabled={isFixed} className={css.form}>
        <legend className="visually-hidden">{t('document')}</legend>
        <div className={css.pair}>
          <Field
            ref={props.first}
            label={t('fields.retailer')}
            data-read="retailer"
            hint={read('retailer', draft.retailer)}
            error={wrongOf('retailer')}
            value={draft.retailer}
            onChange={(event) => put({ retailer: event.target.value })}
          />
          <Field
            label={tax.name}
            data-read="taxNumber"
            hint={read('taxNumber', draft.taxNumber)}
            error={wrong.includes('taxNumber') ? t('wrong.taxNumber', { form: tax.form }) : null}
            value={draft.taxNumber}
            onChange={(event) => put({ taxNumber: event.target.value })}
          />
        </div>
        <Shop {...props} />
        <div className={css.three}>
          <Field
            label={t('fields.date')}
            type="date"
            data-read="date"
            hint={read('date', draft.date)}
            error={wrongOf('time')}
            value={draft.date}
            onChange={(event) => put({ date: event.target.value })}
          />
          <Field
            label={t('fields.time')}
            type="time"
            data-read="time"
            hint={read('time', draft.time)}
            value={draft.time}
            onChange={(event) => put({ time: event.target.value })}
          />
          <Field
            label={t('fields.total')}
            suffix={sign}
            inputMode="decimal"
            data-read="totalMinor"
            hint={read('totalMinor', draft.sum)}
            error={wrongOf('sum')}
            value={draft.sum}
            onChange={(event) => put({ sum: event.target.value })}
          />
        </div>
        <Lines {...props} isFixed={isFixed} />
      </fieldset>
    </Card>
  )
}

/** The shop as the network knows it: by the tax number, or picked. */
function Shop({ review, draft, onChange }: FormProps) {
  const t = useTranslations('operator.review')
  const [picking, setPicking] = useState(false)
  if (picking) {
    return (
      <div className={css.pair}>
        <PartnerSelect
          first={draft.taxNumber || draft.retailer}
          partnerId={draft.retailerId}
          onChange={(retailerId) => onChange({ ...draft, retailerId, storeId: '' })}
        />
        {draft.retailerId ? (
          <StoreSelect
            partnerId={draft.retailerId}
            storeId={draft.storeId}
            onChange={(storeId) => onChange({ ...draft, storeId })}
          />
        ) : null}
      </div>
    )
  }
  const { store } = review
  return (
    <div className={layout.row}>
      <span className={layout.small}>
        {store ? [store.name, store.address].filter(Boolean).join(', ') : t('noShop')}
      </span>
      {review.kind === 'photo' ? (
        <Button small onClick={() => setPicking(true)}>
          {t('pickShop')}
        </Button>
      ) : null}
    </div>
  )
}

function Lines({ draft, onChange, wrong, isFixed }: FormProps & { isFixed: boolean }) {
  const t = useTranslations('operator.review')
  const format = useFormat()
  const [picking, setPicking] = useState<DraftLine | null>(null)
  const put = (line: DraftLine, part: Partial<DraftLine>) =>
    onChange({
      ...draft,
      lines: draft.lines.map((one) => (one.key === line.key ? { ...one, ...part } : one)),
    })
  const sum = linesMinor(draft, format)
  const total = format.typed(draft.sum)
  const add = () => {
    const key = Math.max(-1, ...draft.lines.map((line) => line.key)) + 1
    const blank = { key, name: '', quantity: '1', sum: '', picked: null, matched: null, box: '' }
    onChange({ ...draft, lines: [...draft.lines, blank] })
  }
  return (
    <div className={layout.tight}>
      {draft.lines.map((line, index) => (
        <Line
          key={line.key}
          line={line}
          number={String(index + 1)}
          isFixed={isFixed}
          onPut={(part) => put(line, part)}
          onPick={() => setPicking(line)}
          onRemove={() => onChange({ ...draft, lines: draft.lines.filter((one) => one !== line) })}
        />
      ))}
      {wrong.includes('lines') ? (
        <p role="alert" className={css.wrong}>
          {t('wrong.lines')}
        </p>
      ) : null}
      <div className={layout.spread}>
        {isFixed ? null : (
          <Button small icon={<Plus size={16} aria-hidden="true" />} onClick={add}>
            {t('addLine')}
          </Button>
        )}
        <span className={layout.small}>
          {t('linesSum', { amount: format.amount(sum) })}
          {total !== null && total !== sum && draft.lines.length > 0
            ? `, ${t('linesDiffer', { amount: format.amount(total - sum, true) })}`
            : ''}
        </span>
      </div>
      {picking ? (
        <ProductDialog
          line={picking.name}
          onPick={(picked) => {
            put(picking, { picked })
            setPicking(null)
          }}
          onClose={() => setPicking(null)}
        />
      ) : null}
    </div>
  )
}

interface LineProps {
  line: DraftLine
  number: string
  isFixed: boolean
  onPut: (part: Partial<DraftLine>) => void
  onPick: () => void
  onRemove: () => void
}

function Line({ line, number, isFixed, onPut, onPick, onRemove }: LineProps) {
  const t = useTranslations('operator.review')
  const { picked, matched } = line
  const product = picked?.name ?? matched?.name
  const isSure = picked !== null || matched?.certain === true
  return (
    <div className={css.line}>
      <Field
        label={t('lineName', { number })}
        labelHidden
        data-read={line.box}
        value={line.name}
        onChange={(event) => onPut({ name: event.target.value })}
      />
      <Field
        label={t('lineQuantity', { number })}
        labelHidden
        data-read={line.box}
        inputMode="decimal"
        value={line.quantity}
        onChange={(event) => onPut({ quantity: event.target.value })}
      />
      <Field
        label={t('lineSum', { number })}
        labelHidden
        data-read={line.box}
        inputMode="decimal"
        value={line.sum}
        onChange={(event) => onPut({ sum: event.target.value })}
      />
      {isFixed ? (
        <span />
      ) : (
        <IconButton label={t('removeLine', { number })} onClick={onRemove}>
          <X aria-hidden="true" />
        </IconButton>
      )}
      <div className={css.product}>
        <Chip tone={isSure ? 'mine' : product ? 'coming' : 'neutral'}>
          {product ?? t('notRecognised')}
        </Chip>
        {isFixed ? null : (
          <Button small onClick={onPick}>
            {t('pickProduct')}
          </Button>
        )}
      </div>
    </div>
  )
}
