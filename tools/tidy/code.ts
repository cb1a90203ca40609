import { isNode, lineOf, type Node, placeOf, type Source } from './tree.ts'

/** Rules about the code of one file. Each answers its violations as `file:line words`. */

const COLUMNS_MAX = 100
const FUNCTION_LINES_MAX = 70
const REASON_CHARS_MIN = 12

const FUNCTIONS = ['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression']

const isTest = (source: Source) => /\.test\.tsx?$/.test(source.file)

/** Lines that nobody can break: imports, addresses, one text or one pattern and nothing else. */
const UNBREAKABLE = [
  /^\s*(import|export) .* from '/,
  /:\/\//,
  /^\s*([\w'-]+: )?(['"`]).*\2,?$/,
  /^\s*\/\^?.*\/[a-z]*,?$/,
]
const isUnbreakable = (line: string) => UNBREAKABLE.some((pattern) => pattern.test(line))

export function longLines(source: Source): string[] {
  return source.lines.flatMap((line, index) =>
    line.length > COLUMNS_MAX && !isUnbreakable(line)
      ? [`${source.file}:${index + 1} has ${line.length} columns`]
      : [],
  )
}

/** Functions longer than a screen; a block of tests is not one function. */
export function longFunctions(source: Source): string[] {
  const blocks = new Set(source.nodes.filter(isTestBlock).flatMap((node) => node.arguments))
  return source.nodes
    .filter((node) => FUNCTIONS.includes(node.type) && !blocks.has(node))
    .map((node) => ({ node, lines: lineOf(source, node.end) - lineOf(source, node.start) + 1 }))
    .filter(({ lines }) => lines > FUNCTION_LINES_MAX)
    .map(({ node, lines }) => `${placeOf(source, node.start)} is a function of ${lines} lines`)
}

function isTestBlock(node: Node): node is Node & { arguments: unknown[] } {
  const isNamed = isNode(node.callee) && rootName(node.callee) === 'describe'
  return node.type === 'CallExpression' && isNamed && Array.isArray(node.arguments)
}

function rootName(node: Node): string {
  if (node.type === 'Identifier') return String(node.name)
  const inner = isNode(node.object) ? node.object : isNode(node.callee) ? node.callee : null
  return inner ? rootName(inner) : ''
}

/** `Date.now` → `['Date', 'now']`; null for anything else. */
function memberOf(node: Node): [string, string] | null {
  const { object, property } = node
  if (node.type !== 'MemberExpression' || !isNode(object) || !isNode(property)) return null
  if (object.type !== 'Identifier' || property.type !== 'Identifier') return null
  return [String(object.name), String(property.name)]
}

const AMBIENT = [
  'Date.now',
  'Math.random',
  'performance.now',
  'crypto.randomUUID',
  'crypto.getRandomValues',
  'process.env',
]

/** The clock, chance and the environment come in as arguments. */
export function ambientReads(source: Source): string[] {
  return source.nodes.flatMap((node) => {
    const member = memberOf(node)?.join('.')
    const name = node.type === 'NewExpression' && isNode(node.callee) ? node.callee.name : null
    const isNow = name === 'Date' && Array.isArray(node.arguments) && node.arguments.length === 0
    const read = isNow ? 'new Date()' : member !== undefined && AMBIENT.includes(member) && member
    return read ? [`${placeOf(source, node.start)} reads ${read}`] : []
  })
}

const SUPPRESSED_TESTS = ['only', 'skip', 'todo', 'fails']

/** Ways around the types and around the tests. */
export function wayArounds(source: Source): string[] {
  const inCode = source.nodes.flatMap((node) => {
    const say = (words: string) => [`${placeOf(source, node.start)} ${words}`]
    if (node.type === 'TSAnyKeyword') return say('says any')
    const inner = node.type === 'TSAsExpression' && isNode(node.expression) && node.expression
    if (inner && inner.type === 'TSAsExpression' && isNode(inner.typeAnnotation)) {
      if (inner.typeAnnotation.type === 'TSUnknownKeyword') return say('casts through unknown')
    }
    const [object = '', property = ''] = memberOf(node) ?? []
    const isSuppressed = isTest(source) && SUPPRESSED_TESTS.includes(property)
    if (isSuppressed && /^(test|it|describe)$/.test(object)) return say(`says .${property}`)
    return []
  })
  return [...inCode, ...source.comments.flatMap((comment) => commentViolations(source, comment))]
}

function commentViolations(source: Source, comment: { value: string; start: number }): string[] {
  const say = (words: string) => [`${placeOf(source, comment.start)} ${words}`]
  const text = comment.value.trim()
  if (/@ts-(ignore|expect-error|nocheck)/.test(text)) return say('silences the compiler')
  if (/\b(TODO|FIXME|XXX|HACK)\b/.test(text)) return say('leaves work for later in a comment')
  if (!/^biome-ignore/.test(text)) return []
  const reason = /^biome-ignore[\w-]* [\w/]+: (.*)$/s.exec(text)?.[1] ?? ''
  return reason.length < REASON_CHARS_MIN ? say('suppresses a rule without a reason') : []
}

/** Where a framework looks for a default export. */
const DEFAULT_PLACES =
  /^web\/(app|pages)\/|^web\/messages-loader\.mjs$|\.config\.ts$|^\w+\/src\/(index|publisher)\.ts$|\.d\.ts$/

export function defaultExports(source: Source): string[] {
  if (DEFAULT_PLACES.test(source.file)) return []
  return source.nodes
    .filter((node) => node.type === 'ExportDefaultDeclaration')
    .map((node) => `${placeOf(source, node.start)} exports a default`)
}

/** Identifiers of a file that match, with their places. */
export function namesIn(source: Source, wanted: RegExp): string[] {
  return source.nodes
    .filter((node) => node.type === 'Identifier' && wanted.test(String(node.name)))
    .map((node) => `${placeOf(source, node.start)} names ${node.name}`)
}
