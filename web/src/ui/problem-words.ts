import { useTranslations } from 'use-intl'
import { ApiProblem } from '../problem.ts'

/**
 * Words for a refusal, in the language on the screen. A code without words of its own gets the
 * general sentence with the request id, so that support can find it.
 */
export function useProblemWords(): (error: unknown) => string {
  const t = useTranslations('problem')
  return (error) => {
    const code = error instanceof ApiProblem ? error.code : 'internal'
    if (t.has(code as 'internal')) return t(code as 'internal')
    const requestId = error instanceof ApiProblem ? error.requestId : null
    return requestId ? t('unknownWithId', { requestId }) : t('unknown')
  }
}
