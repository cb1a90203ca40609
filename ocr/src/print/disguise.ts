import type { Pass } from '../fields/word.ts'

/** Capitals that the two scripts share: two thirds of Cyrillic print, nearly all of Latin misread. */
const SHARED_CAPITAL = /[АВЕЗКМНОРСТУХ]/g
const SHARED_SHARE_MAX = 0.84
/** Fewer capitals may be of a few words alone. */
const CAPITALS_MIN = 30

/** Whether a reading by a Cyrillic model is of Latin capitals: `САЗН ВМ` for `CASH RM`. */
export function isLatinInDisguise({ lines }: Pick<Pass, 'lines'>): boolean {
  const text = lines.map((line) => line.text).join(' ')
  const capitals = text.match(/\p{Lu}/gu)?.length ?? 0
  const shared = text.match(SHARED_CAPITAL)?.length ?? 0
  return capitals >= CAPITALS_MIN && shared > SHARED_SHARE_MAX * capitals
}
