import type { FaultName, TicketMethod } from './wire.ts'
import { ASYNC, AUTH, SOAP, SYNC, TICKET } from './wire.ts'
import { childOf, readXml, type XmlElement } from './xml.ts'

/** The question about one receipt, as it was sent; values are text, checked by the service. */
export type TicketQuestion = {
  method: TicketMethod
  sum: string
  date: string
  fn: string
  kind: string
  i: string
  fp: string
}

export type TaxRequest =
  | { kind: 'auth'; masterToken: string }
  | { kind: 'send'; question: TicketQuestion }
  | { kind: 'poll'; messageId: string }
  | { kind: 'invalid'; fault: FaultName; subject: string }

/** Children of the question in the order of the schema: it is a sequence, order is checked. */
const QUESTION_FIELDS = ['Sum', 'Date', 'Fn', 'TypeOperation', 'FiscalDocumentId', 'FiscalSign']
const AFTER_QUESTION = ['GeoInfo', 'RawData']

function invalid(subject: string): TaxRequest {
  return { kind: 'invalid', fault: 'bad_xml', subject }
}

/** The message inside the envelope's body, or null when the envelope is not one. */
function messageOf(body: string): XmlElement | null {
  const root = readXml(body)
  if (root?.name !== 'Envelope' || root.namespace !== SOAP) return null
  const soapBody = childOf(root, SOAP, 'Body')
  return soapBody?.children.length === 1 ? (soapBody.children[0] ?? null) : null
}

/** Reads a request for a token; names and namespaces must be the documented ones. */
export function readAuthRequest(action: string, body: string): TaxRequest {
  const message = messageOf(body)
  if (message?.namespace !== SYNC || message.name !== 'GetMessageRequest') {
    return invalid(message?.name ?? '')
  }
  if (action !== 'urn:GetMessageRequest') return invalid(message.name)
  const auth = childOf(childOf(message, SYNC, 'Message'), AUTH, 'AuthRequest')
  const token = childOf(childOf(auth, AUTH, 'AuthAppInfo'), AUTH, 'MasterToken')
  return token === null ? invalid('Message') : { kind: 'auth', masterToken: token.text }
}

/** Reads a request to the receipt service: a question to be sent, or a poll. */
export function readTicketRequest(action: string, body: string): TaxRequest {
  const message = messageOf(body)
  if (message?.namespace !== ASYNC) return invalid(message?.name ?? '')
  if (action !== `urn:${message.name}`) return invalid(message.name)
  if (message.name === 'GetMessageRequest') {
    const messageId = childOf(message, ASYNC, 'MessageId')
    return messageId === null ? invalid('MessageId') : { kind: 'poll', messageId: messageId.text }
  }
  if (message.name !== 'SendMessageRequest') return invalid(message.name)
  return readQuestion(childOf(message, ASYNC, 'Message')?.children[0] ?? null)
}

function readQuestion(request: XmlElement | null): TaxRequest {
  const method =
    request?.name === 'GetTicketRequest'
      ? 'GetTicket'
      : request?.name === 'CheckTicketRequest'
        ? 'CheckTicket'
        : null
  if (request === null || method === null || request.namespace !== TICKET) {
    return invalid(request?.name ?? 'Message')
  }
  const [info, ...rest] = request.children
  const isOrdered =
    info?.name === `${method}Info` &&
    info.namespace === TICKET &&
    info.children.length === QUESTION_FIELDS.length &&
    info.children.every((child, at) => {
      return child.name === QUESTION_FIELDS[at] && child.namespace === TICKET
    }) &&
    rest.every((child) => AFTER_QUESTION.includes(child.name))
  if (!isOrdered) return invalid(info?.name ?? request.name)
  const [sum = '', date = '', fn = '', kind = '', i = '', fp = ''] = info.children.map(
    (child) => child.text,
  )
  return { kind: 'send', question: { method, sum, date, fn, kind, i, fp } }
}
