import { XMLParser } from 'fast-xml-parser'
import { decodeXml, escapeXml } from './xml-text.ts'

/**
 * XML that others wrote, read as hostile input: document types are refused, so that no entity but
 * the five of XML exists; depth is bounded, numbers stay text, namespaces are resolved.
 */
export type XmlElement = {
  readonly namespace: string
  readonly name: string
  /** By name without prefix, in `namespace`. */
  readonly attributes: Readonly<Record<string, string>>
  readonly children: readonly XmlElement[]
  /** What stands directly inside, decoded and trimmed. */
  readonly text: string
}

const DEPTH_MAX = 24
const ATTRIBUTES_KEY = ':@'
const TEXT_KEY = '#text'

const PARSER = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  parseTagValue: false,
  parseAttributeValue: false,
  processEntities: false,
  trimValues: false,
  maxNestedTags: DEPTH_MAX,
})

type Node = Record<string, unknown>
/** Prefix → namespace, `''` for the default one. */
type Scope = ReadonlyMap<string, string>

/** The root element of a well-formed document, or null. */
export function readXml(text: string): XmlElement | null {
  if (/<!(?:DOCTYPE|ENTITY|ELEMENT)/i.test(text)) return null
  try {
    const nodes = PARSER.parse(text, true) as Node[]
    const roots = nodes.flatMap((node) => elementOf(node, new Map()) ?? [])
    return roots.length === 1 ? (roots[0] ?? null) : null
  } catch {
    return null
  }
}

function elementOf(node: Node, outer: Scope): XmlElement | null {
  const tag = Object.keys(node).find((key) => key !== ATTRIBUTES_KEY)
  if (tag === undefined || tag === TEXT_KEY || tag.startsWith('?')) return null
  const attributes = (node[ATTRIBUTES_KEY] ?? {}) as Record<string, string>
  const scope = scopeIn(outer, attributes)
  const [prefix, name] = tag.includes(':') ? tag.split(':', 2) : ['', tag]
  const nodes = (node[tag] ?? []) as Node[]
  return {
    namespace: scope.get(prefix ?? '') ?? '',
    name: name ?? '',
    attributes,
    children: nodes.flatMap((child) => elementOf(child, scope) ?? []),
    text: decodeXml(nodes.map((child) => child[TEXT_KEY] ?? '').join('')).trim(),
  }
}

function scopeIn(outer: Scope, attributes: Record<string, string>): Scope {
  const scope = new Map(outer)
  for (const [name, value] of Object.entries(attributes)) {
    if (name === 'xmlns') scope.set('', value)
    else if (name.startsWith('xmlns:')) scope.set(name.slice(6), value)
  }
  return scope
}

/** The children of this name in the element's own namespace. */
export function childrenOf(element: XmlElement | null, name: string): readonly XmlElement[] {
  return (element?.children ?? []).filter(
    (child) => child.name === name && child.namespace === element?.namespace,
  )
}

/** The element under `names`, one level each; null when one is missing or stands there twice. */
export function childOf(element: XmlElement | null, ...names: string[]): XmlElement | null {
  let at = element
  for (const name of names) {
    const found = childrenOf(at, name)
    at = found.length === 1 ? (found[0] ?? null) : null
  }
  return at
}

/** An element to be written: its text, or its children in order; `null` ones are left out. */
export type XmlPart = readonly [tag: string, content: string | readonly (XmlPart | null)[]]

/** Characters that XML 1.0 has no way to carry. */
const UNSPEAKABLE = /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu

/** Writes a part, two blanks a level; `tag` may carry attributes that need no escaping. */
export function writeXml([tag, content]: XmlPart, indent = ''): string {
  const close = `</${tag.split(' ', 1)[0]}>`
  if (typeof content === 'string')
    return `${indent}<${tag}>${escapeXml(content.replace(UNSPEAKABLE, ''))}${close}\n`
  const inside = content.map((part) => (part === null ? '' : writeXml(part, `${indent}  `)))
  return `${indent}<${tag}>\n${inside.join('')}${indent}${close}\n`
}
