'use client'
import type { ReactNode } from 'react'
import { DeskProviders } from '../desk/providers.tsx'
import { SessionGate } from '../desk/session-gate.tsx'
import { operatorWords } from '../messages/operator.ts'
import { OperatorContext } from './operator-context.tsx'
import { OperatorFrame } from './operator-frame.tsx'

/** Everything around the operator's pages: words, the way in, the rail, the one search. */
export function OperatorArea({ children }: { children: ReactNode }) {
  return (
    <DeskProviders words={operatorWords}>
      <SessionGate area="operator">
        {(me) =>
          me.operatorRole === null ? null : (
            <OperatorContext.Provider value={{ me, role: me.operatorRole }}>
              <OperatorFrame>{children}</OperatorFrame>
            </OperatorContext.Provider>
          )
        }
      </SessionGate>
    </DeskProviders>
  )
}
