/** What a suite found; a step without tests of its own counts as one. */
export type Tally = { readonly passed: number; readonly failed: number }

export const sumOf = (tallies: readonly Tally[]): Tally => ({
  passed: tallies.reduce((sum, { passed }) => sum + passed, 0),
  failed: tallies.reduce((sum, { failed }) => sum + failed, 0),
})

/** A program that only passes or fails. */
export const ofExit = (code: number | null): Tally =>
  code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 }

/** A program that failed without a failed test failed by itself: its exit code is not forgotten. */
function withExit(tally: Tally, code: number | null): Tally {
  return code !== 0 && tally.failed === 0 ? { ...tally, failed: 1 } : tally
}

/** Reads the last line of a suite of our own: `12 passed, 0 failed`. */
export function ofLastLine(output: string, code: number | null): Tally {
  const last = output.trimEnd().split('\n').at(-1) ?? ''
  const found = /^(\d+) passed, (\d+) failed$/.exec(last.trim())
  if (!found) return ofExit(code === 0 ? 1 : code)
  return withExit({ passed: Number(found[1]), failed: Number(found[2]) }, code)
}

/** The part of vitest's JSON report that is counted. */
export type VitestReport = {
  numPassedTests: number
  numFailedTests: number
  testResults: { status: string; assertionResults: unknown[] }[]
}

/** A file that could not even be loaded has no tests and fails all the same. */
export function ofVitest(report: VitestReport | null, code: number | null): Tally {
  if (report === null) return ofExit(code === 0 ? 1 : code)
  const broken = report.testResults.filter(
    (file) => file.status === 'failed' && file.assertionResults.length === 0,
  ).length
  return withExit({ passed: report.numPassedTests, failed: report.numFailedTests + broken }, code)
}

/** Names of the journeys with a failed check, each once, out of what the browser suite printed. */
export function failedJourneys(output: string): string[] {
  const names = [...output.matchAll(/^\s*(?:[\d:]+\s+)?FAIL\s+([a-z-]+):/gm)].map(
    ([, name]) => name,
  )
  return [...new Set(names)].filter((name) => name !== undefined)
}
