import { distance, shapeOf } from './fold.ts'
import { type Item, itemsTotal } from './items.ts'

/** The goods of one reading of the page. */
type List = readonly Item[]

/** Lists that name this share of the total more are not one receipt's goods. */
const SUM_OVER_MAX = 1.02

/**
 * The goods of several readings as one list: each line of the paper by the name on which readings
 * agree best. The fullest list leads; a line it lacks comes from two others that agree, unless
 * the leading list adds up to the total by itself, or from one that is sure of it, while there is
 * room below the total.
 */
export function mergedItems(lists: readonly List[], totalMinor: number): Item[] {
  const ranked = [...lists].sort((a, b) => scoreOf(b, totalMinor) - scoreOf(a, totalMinor))
  const [lead = []] = ranked
  const rest = ranked.slice(1)
  const named = lead.map((item) =>
    agreed(
      item,
      rest.flatMap((list) => sameLine(list, item)),
    ),
  )
  if (Math.abs(itemsTotal(lead) - totalMinor) <= 1) return named
  let sum = itemsTotal(lead)
  const missed = rest.flatMap((list, index) =>
    list.filter((item) => {
      const isKnown = [lead, ...rest.slice(0, index)].some((one) => sameLine(one, item).length > 0)
      const isSeenAgain = rest
        .slice(index + 1)
        .some((other) => sameLine(other, item).some((twin) => isAlike(twin, item)))
      const isRoom = sum + (item.sumMinor ?? 0) <= totalMinor
      const isMissed = !isKnown && (isSeenAgain || (isRoom && isAmong(item, lead)))
      if (isMissed) sum += item.sumMinor ?? 0
      return isMissed
    }),
  )
  return [...named, ...missed].sort((a, b) => middleOf(a) - middleOf(b))
}

/** One reading suffices for a line between others when it is this sure of the name. */
const LONE_SURE = 70

const isAmong = (item: Item, list: List) =>
  item.sureness >= LONE_SURE &&
  list.some((other) => middleOf(other) < middleOf(item)) &&
  list.some((other) => middleOf(other) > middleOf(item))

function scoreOf(items: List, totalMinor: number): number {
  const sum = itemsTotal(items)
  const exact = items.length > 0 && Math.abs(sum - totalMinor) <= 1 ? 4 : 0
  const near = sum > 0 && sum <= totalMinor * SUM_OVER_MAX ? Math.min(1, sum / totalMinor) : 0
  return exact + near * 2 + items.length * 0.35
}

const middleOf = ({ box }: Item) => (box.top + box.bottom) / 2
const heightOf = ({ box }: Item) => box.bottom - box.top

const sameLine = (list: List, item: Item): Item[] =>
  list.filter(
    (other) =>
      Math.abs(middleOf(other) - middleOf(item)) < 0.5 * Math.min(heightOf(other), heightOf(item)),
  )

const NAME_ERROR_MAX = 0.4

function isAlike(a: Item, b: Item): boolean {
  const [one, two] = [shapeOf(a.name), shapeOf(b.name)]
  const limit = Math.floor(NAME_ERROR_MAX * Math.max(one.length, two.length))
  return distance(one, two, limit) <= limit
}

/** What a reading's sureness counts beside distance: a sign or two where readings tie. */
const SURENESS_WEIGHT = 0.03

/** The item with the name that is nearest to all its readings, the surer one where they tie. */
function agreed(item: Item, others: readonly Item[]): Item {
  const readings = [item, ...others.filter((other) => isAlike(other, item))]
  const shapes = readings.map(({ name }) => shapeOf(name))
  const costs = shapes.map((shape, at) => {
    const far = shapes.map((other) => distance(shape, other, shape.length + other.length))
    const sureness = readings[at]?.sureness ?? 0
    return far.reduce((sum, one) => sum + one, 0) - SURENESS_WEIGHT * sureness
  })
  const best = readings[costs.indexOf(Math.min(...costs))] ?? item
  const quantified = readings.find(({ quantityMicro }) => quantityMicro !== null) ?? item
  const { quantityMicro, priceMinor } = item.quantityMicro === null ? quantified : item
  return { ...item, name: best.name, quantityMicro, priceMinor }
}
