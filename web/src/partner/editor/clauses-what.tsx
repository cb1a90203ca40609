'use client'
import { useController, useFormContext, useWatch } from 'react-hook-form'
import useSWR from 'swr'
import { useTranslations } from 'use-intl'
import { type CurrencyCode, minorOfEuros } from '#schema/currency'
import { CATEGORIES, MARKETS } from '#schema/market'
import { api } from '../../api.ts'
import { useFormat } from '../../i18n/use-format.ts'
import { useMarket } from '../../market.ts'
import { usePartner } from '../partner-context.tsx'
import { ChoiceBlank, MoneyBlank, RateBlank, WordsBlank } from './blank.tsx'
import { Clause, Remark, useWrong } from './clause.tsx'
import type { DraftInput } from './draft.ts'
import { ProductsBlank } from './products-blank.tsx'
import { RetailersBlank } from './retailers-blank.tsx'

/** "The shopper gets 15 % of the price": the unit is part of the sentence. */
export function RewardClause() {
  const t = useTranslations('partner.editor.s')
  const { sign } = useFormat()
  const { currency } = useMarket()
  const { control } = useFormContext<DraftInput>()
  const { field } = useController({ control, name: 'rule.reward' })
  const wrong = useWrong('rule.reward')
  const reward = field.value
  const unit = reward.code === 'percent' ? 'percent' : reward.args.per
  return (
    <Clause id="reward">
      {t('gets')}{' '}
      {reward.code === 'percent' ? (
        <RateBlank
          key="rate"
          label={t('rewardValue')}
          value={reward.args.rateBps || null}
          invalid={wrong}
          onChange={(rate) => field.onChange({ code: 'percent', args: { rateBps: rate ?? 0 } })}
        />
      ) : (
        <MoneyBlank
          key="amount"
          label={t('rewardValue')}
          value={reward.args.amountMinor || null}
          invalid={wrong}
          onChange={(amount) =>
            field.onChange({
              code: 'fixed',
              args: { amountMinor: amount ?? 0, per: reward.args.per },
            })
          }
        />
      )}{' '}
      <ChoiceBlank
        label={t('rewardUnit')}
        value={unit}
        options={[
          { value: 'percent', label: t('unitPercent') },
          { value: 'unit', label: t('unitFixedUnit', { sign }) },
          { value: 'receipt', label: t('unitFixedReceipt', { sign }) },
        ]}
        onChange={(next) => field.onChange(rewardIn(next, currency))}
      />
    </Clause>
  )
}

/** A change of the unit starts from a usual size: 10 % and 10 ₽ must not turn into each other. */
function rewardIn(
  unit: 'percent' | 'unit' | 'receipt',
  currency: CurrencyCode,
): DraftInput['rule']['reward'] {
  if (unit === 'percent') return { code: 'percent', args: { rateBps: 1_000 } }
  const amountMinor = minorOfEuros(currency, unit === 'unit' ? 0.2 : 1)
  return { code: 'fixed', args: { amountMinor, per: unit } }
}

type Target = DraftInput['rule']['target']

const FRESH_TARGETS: Record<Target['code'], Target> = {
  products: { code: 'products', args: { productIds: [] } },
  brand: { code: 'brand', args: { brand: '' } },
  category: { code: 'category', args: { category: 'dairy' } },
  receipt: { code: 'receipt', args: {} },
}

/** "…for the chosen products": what it is paid on. */
export function TargetClause() {
  const t = useTranslations('partner.editor.s')
  const { control } = useFormContext<DraftInput>()
  const { field } = useController({ control, name: 'rule.target' })
  const target = field.value
  const change = (next: Target) => field.onChange(next)
  return (
    <Clause id="target">
      {t('forWhat')}{' '}
      <ChoiceBlank
        label={t('targetKind')}
        value={target.code}
        options={[
          { value: 'products', label: t('targetProducts') },
          { value: 'brand', label: t('targetBrand') },
          { value: 'category', label: t('targetCategory') },
          { value: 'receipt', label: t('targetReceipt') },
        ]}
        onChange={(code) => change(FRESH_TARGETS[code])}
      />{' '}
      {target.code === 'products' ? (
        <ProductsBlank
          productIds={target.args.productIds}
          onChange={(productIds) => change({ code: 'products', args: { productIds } })}
        />
      ) : null}
      {target.code === 'brand' ? (
        <BrandBlank
          brand={target.args.brand}
          onChange={(brand) => change({ code: 'brand', args: { brand } })}
        />
      ) : null}
      {target.code === 'category' ? (
        <CategoryBlank
          category={target.args.category}
          onChange={(category) => change({ code: 'category', args: { category } })}
        />
      ) : null}
    </Clause>
  )
}

function BrandBlank({ brand, onChange }: { brand: string; onChange: (brand: string) => void }) {
  const t = useTranslations('partner.editor.s')
  const wrong = useWrong('rule.target')
  const query = brand.trim().length > 0 ? `?q=${encodeURIComponent(brand.trim())}` : ''
  const { asPartner } = usePartner()
  const { data } = useSWR(
    `/catalogue/brands${query}`,
    (path: string) => api.get<{ items: string[] }>(path, { headers: asPartner }),
    { keepPreviousData: true },
  )
  return (
    <WordsBlank
      label={t('brand')}
      value={brand}
      placeholder={t('brandHint')}
      suggestions={data?.items ?? []}
      invalid={wrong}
      onChange={onChange}
    />
  )
}

type CategoryCode = (typeof CATEGORIES)[number]

function CategoryBlank({
  category,
  onChange,
}: {
  category: CategoryCode
  onChange: (category: CategoryCode) => void
}) {
  const t = useTranslations('partner.editor.s')
  const words = useTranslations('desk.categories')
  const { partner } = usePartner()
  const { blockedCategories } = MARKETS[partner.market]
  const allowed = CATEGORIES.filter((one) => !blockedCategories.includes(one))
  return (
    <ChoiceBlank
      label={t('category')}
      value={category}
      options={allowed.map((value) => ({ value, label: words(value) }))}
      onChange={onChange}
    />
  )
}

/** "…bought in any shop": where it counts. */
export function WhereClause() {
  const t = useTranslations('partner.editor.s')
  const { control } = useFormContext<DraftInput>()
  const { field } = useController({ control, name: 'rule.retailers' })
  const some = field.value !== 'all'
  return (
    <Clause id="where">
      {t('in')}{' '}
      <ChoiceBlank
        label={t('retailersKind')}
        value={some ? 'some' : 'all'}
        options={[
          { value: 'all', label: t('retailersAll') },
          { value: 'some', label: t('retailersSome') },
        ]}
        onChange={(kind) => field.onChange(kind === 'all' ? 'all' : [])}
      />{' '}
      {field.value === 'all' ? null : (
        <RetailersBlank retailerIds={field.value} onChange={field.onChange} />
      )}
      <WithoutLinesBlank />
    </Clause>
  )
}

/**
 * "Receipts that name no goods do not count": a retailer's choice for its own whole receipts, where
 * codes carry sums alone.
 */
function WithoutLinesBlank() {
  const t = useTranslations('partner.editor.s')
  const words = useTranslations('desk.categories')
  const { partner } = usePartner()
  const { locale } = useFormat()
  const { control } = useFormContext<DraftInput>()
  const { field } = useController({ control, name: 'rule.withoutLines' })
  const target = useWatch({ control, name: 'rule.target.code' })
  const has = partner.kind === 'retailer' && target === 'receipt'
  if (!has && field.value === undefined) return null
  const blocked = MARKETS[partner.market].blockedCategories.map((one) => words(one).toLowerCase())
  const goods = new Intl.ListFormat(locale, { type: 'conjunction' }).format(blocked)
  const kinds = ['refused', 'earns'] as const
  return (
    <div>
      {t('withoutLines')}{' '}
      <ChoiceBlank
        label={t('withoutLines')}
        value={field.value ?? 'refused'}
        options={kinds.map((value) => ({ value, label: t(`withoutLinesKinds.${value}`) }))}
        onChange={(kind) => field.onChange(kind === 'earns' ? kind : undefined)}
      />
      <Remark>{t('withoutLinesWhy', { goods })}</Remark>
    </div>
  )
}
