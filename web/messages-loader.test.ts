import { expect, test } from 'vitest'
import { compileWords } from './messages-loader.mjs'

test('a plain message stays the text it is', () => {
  expect(compileWords("export const a = { key: 'Вывести' }")).toBe(
    'export const a = { key: "Вывести" }',
  )
})

test('a message with an argument is compiled, so that no parser is shipped', () => {
  expect(compileWords("{ key: 'до {date}' }")).toBe('{ key: ["до ",["date"]] }')
})

test('an apostrophe in a comment does not swallow the messages after it', () => {
  expect(compileWords("/** the shopper's words */\n// it's so\n{ key: 'a' }")).toBe(
    '/** the shopper\'s words */\n// it\'s so\n{ key: "a" }',
  )
})

test('an apostrophe inside a message survives', () => {
  expect(compileWords('{ key: "don’t, can\'t" }')).toContain("can't")
})

test('imports are left alone', () => {
  const line = "import { common } from './common.ts'"
  expect(compileWords(line)).toBe(line)
})
