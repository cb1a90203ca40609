'use client'
import type { ReactNode } from 'react'
import { MarketScope } from '../desk/market-scope.tsx'
import { DeskProviders } from '../desk/providers.tsx'
import { SessionGate } from '../desk/session-gate.tsx'
import { HOME } from '../market.ts'
import { operatorWords } from '../messages/operator.ts'
import { OperatorContext } from './operator-context.tsx'
import { OperatorFrame } from './operator-frame.tsx'

/**
 * Everything around the operator's pages: words, the way in, the rail, the one search. What no row
 * says otherwise about is of the home market, whatever was chosen as a shopper in this browser.
 */
export function OperatorArea({ children }: { children: ReactNode }) {
  return (
    <DeskProviders words={operatorWords}>
      <SessionGate area="operator">
        {(me) =>
          me.operatorRole === null ? null : (
            <OperatorContext.Provider value={{ me, role: me.operatorRole }}>
              <MarketScope code={HOME.code}>
                <OperatorFrame>{children}</OperatorFrame>
              </MarketScope>
            </OperatorContext.Provider>
          )
        }
      </SessionGate>
    </DeskProviders>
  )
}
