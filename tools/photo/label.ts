import { checkedReading } from '#schema/checked-reading'
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
 * approved document is the truth as the reviewer typed it. Of a spot check it is what was read and
 * marked as right; nothing of the shop and the goods, whose words only a typed document spells.
 */
export function labelOf(review: LabelledCase): Label | null {
  if (review.kind === 'spot_check') return checkedLabel(review)
  const { state, asked } = review
  if (state !== 'approved' || asked === null) return null
  return {
    date: asked.time.slice(0, 10),
    time: asked.time.slice(11),
    total: printed(asked.totalMinor),
    retailer: asked.retailer,
    ...(asked.taxNumber === null ? {} : { inn: asked.taxNumber }),
    items: asked.lines.map(({ name }) => ({ name })),
  }
}

function checkedLabel({ reading, marks }: LabelledCase): Label | null {
  if (reading === null) return null
  const { date, time, total } = checkedReading(reading)
  const label: Label = {
    ...(marks?.date && date !== null ? { date } : {}),
    ...(marks?.time && time !== null ? { time } : {}),
    ...(marks?.total && total !== null ? { total: printed(total) } : {}),
  }
  return Object.keys(label).length === 0 ? null : label
}

const printed = (amountMinor: number) => (amountMinor / 100).toFixed(2)

type LabelledCase = Pick<ReviewCase, 'kind' | 'state' | 'asked' | 'marks' | 'reading'>
