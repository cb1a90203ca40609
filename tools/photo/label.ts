import type { ReviewCase } from '#schema/review'

/** One entry of a `ground-truth.json`, as `Truths` reads it; what is not known is left out. */
type Label = {
  readonly date?: string
  readonly time?: string
  readonly total?: string
  readonly inn?: string
  readonly retailer?: string
  readonly items?: readonly { readonly name: string }[]
}

/**
 * What a reviewed case says of its picture; null when nobody has vouched for anything on it. An
 * approved document is the truth as the reviewer typed it. Of a spot check only the fields marked
 * as right are: nobody typed the others.
 */
export function labelOf({ kind, state, asked, marks }: LabelledCase): Label | null {
  if (asked === null) return null
  const isTrue = (field: keyof NonNullable<typeof marks>) =>
    kind === 'spot_check' ? marks?.[field] === true : state === 'approved'
  const label: Label = {
    ...(isTrue('date') ? { date: asked.time.slice(0, 10) } : {}),
    ...(isTrue('time') ? { time: asked.time.slice(11) } : {}),
    ...(isTrue('total') ? { total: (asked.totalMinor / 100).toFixed(2) } : {}),
    ...(isTrue('retailer') ? { retailer: asked.retailer } : {}),
    ...(isTrue('retailer') && asked.taxNumber !== null ? { inn: asked.taxNumber } : {}),
    ...(isTrue('items') ? { items: asked.lines.map(({ name }) => ({ name })) } : {}),
  }
  return Object.keys(label).length === 0 ? null : label
}

type LabelledCase = Pick<ReviewCase, 'kind' | 'state' | 'asked' | 'marks'>
