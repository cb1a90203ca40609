import { useRouter } from 'next/router'
import { useCallback, useEffect, useState } from 'react'
import type { Payout, PayoutRequest } from '#schema/payout'
import { api } from '../../api.ts'
import { ApiProblem, isOffline } from '../../problem.ts'
import { useRefresh } from '../../use-api.ts'
import { keepPayout, pendingPayout, settlePayout } from './pending-payout.ts'

/** What stands between the asked withdrawal and the money: nothing, the age, or the code. */
export type Gate = null | 'adult' | 'code'

interface Withdraw {
  gate: Gate
  /** A withdrawal of before whose answer was lost. */
  unfinished: PayoutRequest | null
  problem: ApiProblem | null
  busy: boolean
  ask: (content: Omit<PayoutRequest, 'id'>) => Promise<void>
  repeat: () => Promise<void>
  drop: () => void
  confirmAdult: (dateOfBirth: string) => Promise<void>
  closeGate: () => void
}

/**
 * Sends a withdrawal exactly once: its id is kept before the first send and reused until the server
 * has answered; the age and the code are asked for when the server wants them.
 */
export function useWithdraw(): Withdraw {
  const router = useRouter()
  const refresh = useRefresh()
  const [gate, setGate] = useState<Gate>(null)
  const [unfinished, setUnfinished] = useState<PayoutRequest | null>(null)
  const [problem, setProblem] = useState<ApiProblem | null>(null)
  const [busy, setBusy] = useState(false)

  const follow = useCallback(
    async (payoutId: string) => {
      settlePayout()
      setUnfinished(null)
      await refresh('/wallet', '/payouts')
      await router.push(`/payout?id=${payoutId}`)
    },
    [refresh, router],
  )

  useEffect(() => {
    void findLost(follow, setUnfinished)
  }, [follow])

  const send = useCallback(
    async (request: PayoutRequest) => {
      setBusy(true)
      setProblem(null)
      try {
        const payout = await api.post<Payout>('/payouts', request)
        setGate(null)
        await follow(payout.id)
      } catch (error) {
        if (!(error instanceof ApiProblem)) throw error
        if (error.code === 'adult_confirmation_needed') setGate('adult')
        else if (error.code === 'reauthentication_needed') setGate('code')
        else setRefusal(error)
      } finally {
        setBusy(false)
      }

      function setRefusal(refusal: ApiProblem) {
        setGate(null)
        setProblem(refusal)
        if (isUnknown(refusal)) setUnfinished(request)
        else settlePayout()
      }
    },
    [follow],
  )

  const resend = async () => {
    const request = pendingPayout()
    if (request) await send(request)
  }

  return {
    gate,
    unfinished,
    problem,
    busy,
    ask: (content) => send(keepPayout(content)),
    repeat: resend,
    drop: () => {
      settlePayout()
      setUnfinished(null)
      setProblem(null)
    },
    confirmAdult: async (dateOfBirth) => {
      await api.post('/me/adult', { dateOfBirth })
      await refresh('/me')
      await resend()
    },
    closeGate: () => {
      settlePayout()
      setGate(null)
    },
  }
}

/** An answer that does not say whether the withdrawal was taken. */
function isUnknown(problem: ApiProblem): boolean {
  return isOffline(problem) || problem.code === 'unreadable' || problem.status >= 500
}

/** After a lost answer: the server either knows the withdrawal, or it may be repeated. */
async function findLost(
  follow: (payoutId: string) => Promise<void>,
  setUnfinished: (request: PayoutRequest) => void,
) {
  const lost = pendingPayout()
  if (!lost) return
  try {
    const payout = await api.get<Payout>(`/payouts/${lost.id}`)
    await follow(payout.id)
  } catch {
    setUnfinished(lost)
  }
}
