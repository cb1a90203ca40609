import { XMLParser } from 'fast-xml-parser'
import { decodeXml } from '../outside/xml-text.ts'

/**
 * The little of SOAP 1.1 that the tax service needs. Answers are hostile input: numbers stay text
 * (64 bits survive), document types are refused, and only the five entities of XML and character
 * references are replaced, once.
 */

const DEPTH_MAX = 32
const CDATA_KEY = '#cdata'
const TEXT_KEY = '#text'

const PARSER = new XMLParser({
  ignoreAttributes: true,
  removeNSPrefix: true,
  parseTagValue: false,
  processEntities: false,
  trimValues: false,
  cdataPropName: CDATA_KEY,
  textNodeName: TEXT_KEY,
  maxNestedTags: DEPTH_MAX,
})

/** Wraps the XML of a message into an envelope. */
export function soapEnvelope(body: string): string {
  const namespace = 'http://schemas.xmlsoap.org/soap/envelope/'
  return `<soap:Envelope xmlns:soap="${namespace}"><soap:Body>${body}</soap:Body></soap:Envelope>`
}

/** The content of an envelope's body, or null when the text is no whole SOAP message. */
export function parseSoapBody(text: string): unknown {
  if (/<!(?:DOCTYPE|ENTITY)/i.test(text) || !/Envelope\s*>\s*$/.test(text)) return null
  try {
    const body = elementAt(PARSER.parse(text), 'Envelope', 'Body')
    return typeof body === 'object' ? body : null
  } catch {
    return null
  }
}

/** The element under `names`, one level each, ignoring namespaces; the first of repeated ones. */
export function elementAt(node: unknown, ...names: string[]): unknown {
  let at: unknown = Array.isArray(node) ? node[0] : node
  for (const name of names) {
    if (typeof at !== 'object' || at === null) return undefined
    const next: unknown = Object.entries(at).find(([key]) => key === name)?.[1]
    at = Array.isArray(next) ? next[0] : next
  }
  return at
}

/** The text of the element under `names`, decoded and trimmed; null when absent. */
export function textAt(node: unknown, ...names: string[]): string | null {
  const element = elementAt(node, ...names)
  if (typeof element === 'string') return decodeXml(element).trim()
  if (typeof element !== 'object' || element === null) return null
  const verbatim = elementAt(element, CDATA_KEY)
  if (typeof verbatim === 'string') return verbatim.trim()
  const text = elementAt(element, TEXT_KEY)
  return typeof text === 'string' ? decodeXml(text).trim() : null
}
