import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'

const folder = mkdtempSync(path.join(tmpdir(), 'match-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function file(name: string, content: string | Uint8Array): string {
  const at = path.join(folder, name)
  writeFileSync(at, content)
  return at
}

function run(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['tools/match.ts', ...args], {
    encoding: 'utf8',
  })
  const answers = stdout.split('\n').filter(Boolean)
  return { status, stderr, answers: answers.map((text): unknown => JSON.parse(text)) }
}

const CATALOGUE = file(
  'catalogue.csv',
  [
    'id,name,gtin',
    '1,"Йогурт ""Чудо"" клубника 2,5%, 290 г",',
    '2,"Йогурт ""Чудо"" вишня 2,5%, 290 г",',
    '3,Сырок глазированный,4660043858820',
  ].join('\r\n'),
)
const LINES = file('lines.csv', 'line,retailer\n"ЙОГ.ЧУДО КЛУБ.2,5% 290Г",magnit\nZZZZ,\n')

describe('matching a file of lines', () => {
  it('answers each line in order, with the best candidate or none', () => {
    const { status, answers } = run(CATALOGUE, LINES)
    expect(status).toBe(0)
    expect(answers).toEqual([
      expect.objectContaining({ line: 'ЙОГ.ЧУДО КЛУБ.2,5% 290Г', id: '1', accepted: true }),
      { line: 'ZZZZ', id: null, score: 0, margin: 0, accepted: false },
    ])
  })

  it('names the best candidate of a line that it does not accept', () => {
    const lines = file('open.csv', 'line\n"ЙОГУРТ ЧУДО 2,5% 290Г"\n')
    const [answer] = run(CATALOGUE, lines).answers
    expect(answer).toMatchObject({ id: expect.stringMatching(/^[12]$/), accepted: false })
  })

  it('reads semicolons, a byte order mark and a GTIN before the name', () => {
    const catalogue = file('semicolons.csv', '\ufeffid;name;gtin\n7;Сырок;4660043858820\n')
    const lines = file('gtin.csv', '\ufeffline\n4660043858820 ТОВАР\n')
    const answer = { line: '4660043858820 ТОВАР', id: '7', score: 1, margin: 1, accepted: true }
    expect(run(catalogue, lines).answers).toEqual([answer])
  })

  it.each([
    ['a missing file', () => [path.join(folder, 'none.csv'), LINES]],
    ['an empty file', () => [file('empty.csv', ''), LINES]],
    ['a missing column', () => [LINES, LINES]],
    ['a header without rows', () => [CATALOGUE, file('header.csv', 'line\n')]],
    ['an open quote', () => [CATALOGUE, file('quote.csv', 'line\n"СЫР\n')]],
    ['bytes that are no text', () => [CATALOGUE, file('bytes.csv', Uint8Array.of(255, 254, 1))]],
    ['one argument', () => [CATALOGUE]],
  ])('says in one sentence what is wrong with %s, and exits with 2', (_, args) => {
    const { status, stderr, answers } = run(...args())
    expect(status).toBe(2)
    expect(stderr).toMatch(/^[^\n]+\n$/)
    expect(answers).toEqual([])
  })
})
