import { useEffect, useState } from 'react'
import { OfferDraft, type OfferPreview } from '#schema/offer'
import { api, query } from '../../api.ts'
import { isOffline } from '../../problem.ts'
import { usePartner } from '../partner-context.tsx'
import type { DraftInput } from './draft.ts'
import type { DraftProblem } from './problems.ts'

/** Typing pauses this long before the server is asked, ms. */
const PAUSE_MS = 400

export interface Preview {
  /** The last answer; it may be of an earlier wording while `stale`. */
  preview: OfferPreview | null
  stale: boolean
  problem: unknown
  /** What the draft still lacks, by the contract and by the server. */
  problems: readonly DraftProblem[]
}

/**
 * Asks the server what the draft means and costs, whenever the typing pauses; null for an offer
 * that is still new.
 */
export function usePreview(offerId: string | null, values: DraftInput): Preview {
  const { path } = usePartner()
  const url = path(`/offers/preview${query({ offerId })}`)
  const parsed = OfferDraft.safeParse(values)
  const body = parsed.success ? JSON.stringify(parsed.data) : null
  const [answer, setAnswer] = useState<{ body: string; preview: OfferPreview } | null>(null)
  const [problem, setProblem] = useState<unknown>(null)

  useEffect(() => {
    if (body === null) return
    const stop = new AbortController()
    const timer = setTimeout(async () => {
      try {
        const draft: unknown = JSON.parse(body)
        const preview = await api.post<OfferPreview>(url, draft, { signal: stop.signal })
        setAnswer({ body, preview })
        setProblem(null)
      } catch (error) {
        if (!stop.signal.aborted || isOffline(error)) setProblem(error)
      }
    }, PAUSE_MS)
    return () => {
      clearTimeout(timer)
      stop.abort()
    }
  }, [body, url])

  const stale = body !== null && answer?.body !== body && problem === null
  const own = parsed.success
    ? []
    : parsed.error.issues.map((issue) => ({ path: issue.path.join('.'), code: issue.code }))
  const said = stale ? [] : (answer?.preview.estimate.problems ?? [])
  return { preview: answer?.preview ?? null, stale, problem, problems: own.length ? own : said }
}
