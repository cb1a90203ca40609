import { appendFile } from 'node:fs/promises'

/** What the checks of a run add up to. */
export type Report = {
  readonly passed: number
  readonly failed: number
  pass(words: string, tookMs: number): void
  fail(words: string, why: string): void
}

/** Prints a line per check and counts; failures are also kept in a file. */
export function openReport(file: string, print: (line: string) => void): Report {
  const count = { passed: 0, failed: 0 }
  return {
    get passed() {
      return count.passed
    },
    get failed() {
      return count.failed
    },
    pass(words, tookMs) {
      count.passed += 1
      print(`  ok    ${words} (${(tookMs / 1000).toFixed(1)} s)`)
    },
    fail(words, why) {
      count.failed += 1
      const text = why.replaceAll('\n', '\n        ')
      print(`  FAIL  ${words}\n        ${text}`)
      void appendFile(file, `${words}\n${why}\n\n`)
    },
  }
}
