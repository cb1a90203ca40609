import { expect, test } from 'vitest'
import { failedJourneys, ofExit, ofLastLine, ofVitest, sumOf } from './tally.ts'

test('a suite of our own is counted by its last line', () => {
  expect(ofLastLine('…\n12 passed, 0 failed\n', 0)).toEqual({ passed: 12, failed: 0 })
  expect(ofLastLine('10 passed, 2 failed', 1)).toEqual({ passed: 10, failed: 2 })
})

test('nothing that went wrong is counted as good', () => {
  expect(ofLastLine('12 passed, 0 failed', 1)).toEqual({ passed: 12, failed: 1 })
  expect(ofLastLine('killed half-way', 0)).toEqual({ passed: 0, failed: 1 })
  expect(ofExit(null)).toEqual({ passed: 0, failed: 1 })
  expect(ofVitest(null, 0)).toEqual({ passed: 0, failed: 1 })
  const good = { numPassedTests: 3, numFailedTests: 0, testResults: [] }
  expect(ofVitest(good, 1)).toEqual({ passed: 3, failed: 1 })
})

test('a test file that cannot be loaded fails', () => {
  const report = {
    numPassedTests: 3,
    numFailedTests: 1,
    testResults: [
      { status: 'failed', assertionResults: [{}, {}] },
      { status: 'failed', assertionResults: [] },
    ],
  }
  expect(ofVitest(report, 1)).toEqual({ passed: 3, failed: 2 })
})

test('suites add up', () => {
  const tallies = [ofExit(0), ofExit(1), { passed: 5, failed: 2 }]
  expect(sumOf(tallies)).toEqual({ passed: 6, failed: 3 })
})

test('the journeys to be played once more are those with a failed check', () => {
  const output = '  ok    shopper: one\n  FAIL  pages-operator: two\n18:24   FAIL  profile: three\n'
  expect(failedJourneys(output)).toEqual(['pages-operator', 'profile'])
})
