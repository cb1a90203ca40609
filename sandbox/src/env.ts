import type { SandboxState } from './state.object.ts'

/** Bindings and variables of the sandbox Worker; each part of it adds its own here. */
export type SandboxEnv = {
  STATE: DurableObjectNamespace<SandboxState>
  MASTER_TOKEN: string
  FISCAL_SIGN_KEY: string
}

/** The one object that holds the sandbox's switches and its tax service. */
export function stateOf(env: SandboxEnv): DurableObjectStub<SandboxState> {
  return env.STATE.get(env.STATE.idFromName('sandbox'))
}
