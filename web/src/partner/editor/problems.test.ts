import { describe, expect, it } from 'vitest'
import { clauseOf, mergeProblems } from './problems.ts'

describe('a problem of an offer', () => {
  it('stands in the clause that speaks of its field', () => {
    expect(clauseOf('rule.reward.args.rateBps')).toBe('reward')
    expect(clauseOf('rule.endsAt')).toBe('when')
    expect(clauseOf('title.en')).toBe('names')
    expect(clauseOf('budgetMinor')).toBe('budget')
  })

  it('is never lost, even when its field is unknown to the editor', () => {
    expect(clauseOf('somethingNew')).toBe('legal')
  })

  it('is said once for a field, in the words of the nearest judge', () => {
    expect(
      mergeProblems(
        [{ path: 'title.ru', code: 'too_small' }],
        [
          { path: 'title.ru', code: 'missing' },
          { path: 'legal.adToken', code: 'missing' },
        ],
      ),
    ).toEqual([
      { path: 'title.ru', code: 'too_small' },
      { path: 'legal.adToken', code: 'missing' },
    ])
  })
})
