import { useState } from 'react'
import { useProblemWords } from '../ui/problem-words.ts'
import { useToast } from '../ui/toast.tsx'

interface Action {
  busy: boolean
  /** The refusal of the last run, to be shown in words. */
  problem: unknown
  /** Runs the work unless it is running; resolves true when it succeeded. */
  run: (work: () => Promise<unknown>, done?: string) => Promise<boolean>
  clear: () => void
}

/**
 * One thing that a person may do: pending while it runs, `done` said when it succeeded. With
 * `quiet` the caller shows the refusal itself, otherwise it is said as a toast too.
 */
export function useAction({ quiet = false }: { quiet?: boolean } = {}): Action {
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<unknown>(null)
  const say = useToast()
  const words = useProblemWords()
  async function run(work: () => Promise<unknown>, done?: string) {
    if (busy) return false
    setBusy(true)
    setProblem(null)
    try {
      await work()
      if (done !== undefined) say(done)
      return true
    } catch (error) {
      setProblem(error)
      if (!quiet) say(words(error))
      return false
    } finally {
      setBusy(false)
    }
  }
  return { busy, problem, run, clear: () => setProblem(null) }
}
