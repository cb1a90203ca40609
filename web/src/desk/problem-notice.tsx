'use client'
import { CircleAlert } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { ApiProblem } from '../problem.ts'
import { useProblemWords } from '../ui/problem-words.ts'
import { Notice } from '../ui/states.tsx'

/** A refusal inside a form or a dialog, in words, with the request's number for support. */
export function ProblemNotice({ problem }: { problem: unknown }) {
  const t = useTranslations('desk.action')
  const words = useProblemWords()
  if (problem === null || problem === undefined) return null
  const requestId = problem instanceof ApiProblem ? problem.requestId : null
  const fields = unworded(problem)
  return (
    <Notice tone="refusal" icon={<CircleAlert size={20} aria-hidden="true" />}>
      <span>{words(problem)}</span>
      {fields.length > 0 ? <small>{fields.join(', ')}</small> : null}
      {requestId ? <small>{t('requestId', { id: requestId })}</small> : null}
    </Notice>
  )
}

/** Fields of a request that did not fit the contract: a page that let it out has no words for them. */
function unworded(problem: unknown): string[] {
  if (!(problem instanceof ApiProblem) || problem.code !== 'invalid_request') return []
  return problem.errors.map((error) => error.path)
}
