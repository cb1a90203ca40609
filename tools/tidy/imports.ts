import path from 'node:path'
import { isNode, lineOf, type Node, type Source } from './tree.ts'

/** One import, export-from or `import()` of a file. */
export type Import = {
  readonly from: string
  readonly line: number
  readonly specifier: string
  /** The file of the project that it means; null for a package or a platform module. */
  readonly to: string | null
  /** Only types: nothing of it runs. */
  readonly isType: boolean
}

const ALIAS = /^#(schema|fiscal|ocr|worker)\/(.+)$/

const DECLARATIONS = ['ImportDeclaration', 'ExportNamedDeclaration', 'ExportAllDeclaration']

/** Everything that a source imports. */
export function importsOf(source: Source): Import[] {
  const imports: Import[] = []
  for (const node of source.nodes) {
    const named = specifierOf(node)
    if (named === null) continue
    imports.push({
      from: source.file,
      line: lineOf(source, node.start),
      specifier: named,
      to: targetOf(source.file, named),
      isType: isTypeOnly(node),
    })
  }
  return imports
}

function specifierOf(node: Node): string | null {
  const isStatic = DECLARATIONS.includes(node.type)
  const isCalled = node.type === 'ImportExpression' || node.type === 'TSImportType'
  const { source } = node
  if (!(isStatic || isCalled) || !isNode(source) || typeof source.value !== 'string') return null
  return source.value
}

function isTypeOnly(node: Node): boolean {
  if (node.type === 'TSImportType') return true
  if (node.importKind === 'type' || node.exportKind === 'type') return true
  const { specifiers } = node
  if (!Array.isArray(specifiers) || specifiers.length === 0) return false
  return specifiers.every(
    (one: unknown) => isNode(one) && (one.importKind === 'type' || one.exportKind === 'type'),
  )
}

function targetOf(from: string, specifier: string): string | null {
  if (specifier.startsWith('.')) return path.posix.join(path.posix.dirname(from), specifier)
  const alias = ALIAS.exec(specifier)
  return alias ? `${alias[1]}/src/${alias[2]}.ts` : null
}

/** The files that a file reaches, itself among them. `follows` says which imports count. */
export function reachedFrom(
  start: string,
  imports: readonly Import[],
  follows: (one: Import) => boolean,
): Set<string> {
  const byFile = Map.groupBy(imports.filter(follows), (one) => one.from)
  const reached = new Set<string>()
  const waiting = [start]
  while (waiting.length > 0) {
    const file = waiting.pop()
    if (file === undefined || reached.has(file)) continue
    reached.add(file)
    for (const { to } of byFile.get(file) ?? []) if (to !== null) waiting.push(to)
  }
  return reached
}
