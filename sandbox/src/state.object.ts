import { DurableObject } from 'cloudflare:workers'
import type { SandboxEnv } from './env.ts'
import { createSwitches, type Switch, type Switches, type SwitchValue } from './switches.ts'

/** The sandbox's memory: switches shared by all its services, and the tax service's own state. */
export class SandboxState extends DurableObject<SandboxEnv> {
  private readonly switches: Switches

  constructor(state: DurableObjectState, env: SandboxEnv) {
    super(state, env)
    this.switches = createSwitches(state.storage.sql)
  }

  setSwitch(key: string, value: SwitchValue, remaining: number | null): void {
    this.switches.set(key, value, remaining)
  }

  clearSwitch(key: string): void {
    this.switches.clear(key)
  }

  /** Counts one use; null when the switch is off. */
  takeSwitch(key: string): SwitchValue {
    return this.switches.take(key)
  }

  peekSwitch(key: string): SwitchValue {
    return this.switches.peek(key)
  }

  listSwitches(): Switch[] {
    return this.switches.list()
  }
}
