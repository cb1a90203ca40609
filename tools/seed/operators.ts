import path from 'node:path'
import { quiet, stateOf } from '../local/network.ts'
import { type Place, ROOT } from '../local/place.ts'
import { runProgram } from '../local/program.ts'

/** Gives the operator's first people their roles at `at` (ISO); the place's Workers must not run. */
export async function grantFirstOperators(place: Place, at: string): Promise<void> {
  await runProgram(path.join(ROOT, 'tools', 'seed', 'grant.ts'), [stateOf(place), at], {
    log: path.join(place.folder, 'log', 'grant.log'),
    env: quiet(place),
  })
}
