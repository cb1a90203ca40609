import type { RuRecognised } from '#fiscal/ru'
import { CODE_REFUSALS, type Photo } from '#schema/photo'

const UINT32_MAX = 4_294_967_295

/** What was read on a photo, as far as the form can begin with it. */
export function recognisedOn({ reading }: Photo): RuRecognised {
  if (reading === null) return {}
  if (reading.scan !== null) return reading.scan
  const { date, time, totalMinor, fn, fd, fp } = reading
  const [i, sign] = [uint32(fd?.value), uint32(fp?.value)]
  return {
    ...(date ? { time: `${date.value}T${time?.value ?? ''}` } : {}),
    ...(totalMinor ? { totalMinor: totalMinor.value } : {}),
    ...(fn ? { fn: fn.value } : {}),
    ...(i === null ? {} : { i }),
    ...(sign === null ? {} : { fp: sign }),
  }
}

/** A code was read, and refused as its scan would be: numbers typed beside it say nothing else. */
export const isRefusedCode = ({ problem }: Photo): boolean =>
  CODE_REFUSALS.some((code) => code === problem)

function uint32(text: string | undefined): number | null {
  if (text === undefined || !/^\d{1,10}$/.test(text) || Number(text) > UINT32_MAX) return null
  return Number(text)
}
