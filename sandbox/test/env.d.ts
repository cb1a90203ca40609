/// <reference types="@cloudflare/vitest-plugin/types" />
import type { SandboxEnv } from '../src/env.ts'

/** What the tests' runtime binds: sandbox/wrangler.toml. */
declare global {
  namespace Cloudflare {
    interface Env extends SandboxEnv {}
    interface GlobalProps {
      mainModule: typeof import('../src/index.ts')
    }
  }
}
