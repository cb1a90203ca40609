import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { type Comment, parseSync } from 'oxc-parser'
import { ROOT } from '../local/place.ts'

/** A node of the syntax tree, as far as the rules look. */
export type Node = { type: string; start: number; end: number; [field: string]: unknown }

/** A source file with its syntax tree. */
export type Source = {
  /** From the root, with forward slashes. */
  readonly file: string
  readonly text: string
  readonly lines: readonly string[]
  readonly nodes: readonly Node[]
  readonly comments: readonly Comment[]
}

/** Every file of the project: what git has and what it would take. */
export function projectFiles(): string[] {
  const listed = execFileSync('git', ['ls-files', '-z', '-co', '--exclude-standard'], {
    cwd: ROOT,
    encoding: 'utf8',
  })
  const files = listed.split('\0').filter((file) => file !== '')
  return [...new Set(files)].filter((file) => existsSync(path.join(ROOT, file))).sort()
}

export const readText = (file: string) => readFileSync(path.join(ROOT, file), 'utf8')

/** Parses the code among the files. Throws on a file that does not parse. */
export function sourcesOf(files: readonly string[]): Source[] {
  return files
    .filter((file) => /\.(ts|tsx|mjs)$/.test(file))
    .map((file) => parseSource(file, readText(file)))
}

/** Parses one file. Throws when it does not parse. */
export function parseSource(file: string, text: string): Source {
  const { program, comments, errors } = parseSync(file, text)
  if (errors.length > 0) throw new Error(`${file} does not parse: ${errors[0]?.message}`)
  return { file, text, lines: text.split('\n'), nodes: nodesOf(program), comments }
}

/** All nodes of a tree, parents before children. */
function nodesOf(program: unknown): Node[] {
  const nodes: Node[] = []
  const waiting: unknown[] = [program]
  while (waiting.length > 0) {
    const value = waiting.pop()
    if (Array.isArray(value)) waiting.push(...value)
    else if (isNode(value)) {
      nodes.push(value)
      waiting.push(...Object.values(value))
    }
  }
  return nodes
}

export function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && 'start' in value
}

/** `file:line`, for the words of a violation. */
export function placeOf(source: Source, offset: number): string {
  return `${source.file}:${lineOf(source, offset)}`
}

export function lineOf(source: Source, offset: number): number {
  return source.text.slice(0, offset).split('\n').length
}
