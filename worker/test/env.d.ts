/// <reference types="@cloudflare/vitest-plugin/types" />
import type { D1Migration } from '@cloudflare/vitest-plugin'
import type { Env } from '../src/env.ts'

declare global {
  namespace Cloudflare {
    interface GlobalProps {
      mainModule: typeof import('../src/index.ts')
    }
    interface Env extends KopilkaEnv {
      TEST_MIGRATIONS: D1Migration[]
      SANDBOX: Fetcher
    }
  }
}

type KopilkaEnv = Env
