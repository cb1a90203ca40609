import { XMLParser } from 'fast-xml-parser'

/** An element with its namespace resolved; `text` is what stands directly inside, decoded. */
export type XmlElement = {
  namespace: string
  name: string
  attributes: Attributes
  children: XmlElement[]
  text: string
}

type Attributes = Record<string, string>
type OrderedNode = Record<string, unknown>

const ATTRIBUTES_KEY = ':@'
const TEXT_KEY = '#text'
const REQUEST_DEPTH_MAX = 20

const PARSER = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  parseTagValue: false,
  trimValues: true,
  maxNestedTags: REQUEST_DEPTH_MAX,
})

/** Prefix → namespace, `''` for the default one. */
type Scope = ReadonlyMap<string, string>

function innerScope(scope: Scope, attributes: Attributes): Scope {
  const inner = new Map(scope)
  for (const [name, value] of Object.entries(attributes)) {
    if (name === 'xmlns') inner.set('', value)
    else if (name.startsWith('xmlns:')) inner.set(name.slice(6), value)
  }
  return inner
}

function elementOf(node: OrderedNode, scope: Scope): XmlElement | null {
  const tag = Object.keys(node).find((key) => key !== ATTRIBUTES_KEY)
  if (tag === undefined || tag === TEXT_KEY || tag.startsWith('?')) return null
  const attributes = (node[ATTRIBUTES_KEY] ?? {}) as Attributes
  const inner = innerScope(scope, attributes)
  const [prefix = '', name = ''] = tag.includes(':') ? tag.split(':', 2) : ['', tag]
  const nodes = (node[tag] ?? []) as OrderedNode[]
  const text = nodes.map((child) => child[TEXT_KEY] ?? '').join('')
  return {
    namespace: inner.get(prefix) ?? (prefix === '' ? '' : `undeclared:${prefix}`),
    name,
    attributes,
    text,
    children: nodes.flatMap((child) => elementOf(child, inner) ?? []),
  }
}

/** The root element of a document with namespaces resolved, or null when it is not well-formed. */
export function readXml(text: string): XmlElement | null {
  if (/<!(?:DOCTYPE|ENTITY)/i.test(text)) return null
  try {
    const nodes = PARSER.parse(text, true) as OrderedNode[]
    for (const node of nodes) {
      const element = elementOf(node, new Map())
      if (element !== null) return element
    }
    return null
  } catch {
    return null
  }
}

/** The single child of this name and namespace, or null. */
export function childOf(
  element: XmlElement | null,
  namespace: string,
  name: string,
): XmlElement | null {
  const found = element?.children.filter(
    (child) => child.name === name && child.namespace === namespace,
  )
  return found?.length === 1 ? (found[0] ?? null) : null
}
