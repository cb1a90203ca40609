import type { RuScan } from '#schema/receipt'
import { escapeXml } from '../outside/xml-text.ts'
import { elementAt, parseSoapBody, soapEnvelope, textAt } from './soap.ts'

/**
 * Messages of the tax service's open API for tills: the authentication service is synchronous, the
 * receipt service answers a message id that is polled. Source: the service's kit and its WSDL.
 */

const CONSUMER = 'urn://x-artefacts-gnivc-ru/inplat/servin'
const SYNC = `${CONSUMER}/OpenApiMessageConsumerService/types/1.0`
const ASYNC = `${CONSUMER}/OpenApiAsyncMessageConsumerService/types/1.0`
const AUTH = 'urn://x-artefacts-gnivc-ru/ais3/kkt/AuthService/types/1.0'
const TICKET = 'urn://x-artefacts-gnivc-ru/ais3/kkt/KktTicketService/types/1.0'

/** Paths under the service's base address. */
const FNS_AUTH_PATH = '/open-api/AuthService/0.1'
const FNS_TICKET_PATH = '/open-api/ais3/KktService/0.1'

export type FnsRequest = { path: string; action: string; body: string }

/** Asks for a temporary token against the master token. */
export function authRequest(masterToken: string): FnsRequest {
  const body =
    `<ns:GetMessageRequest xmlns:ns="${SYNC}"><ns:Message><tns:AuthRequest xmlns:tns="${AUTH}">` +
    `<tns:AuthAppInfo><tns:MasterToken>${escapeXml(masterToken)}</tns:MasterToken>` +
    '</tns:AuthAppInfo></tns:AuthRequest></ns:Message></ns:GetMessageRequest>'
  return { path: FNS_AUTH_PATH, action: 'urn:GetMessageRequest', body: soapEnvelope(body) }
}

/**
 * Asks for a receipt with its items; the service checks the sign first. Children stand in the order
 * of the schema. `GeoInfo` is left out: clients omit it and are served, and where the shopper is
 * concerns nobody.
 */
export function ticketRequest(scan: RuScan): FnsRequest {
  const body =
    `<ns:SendMessageRequest xmlns:ns="${ASYNC}"><ns:Message>` +
    `<tns:GetTicketRequest xmlns:tns="${TICKET}"><tns:GetTicketInfo>` +
    `<tns:Sum>${scan.totalMinor}</tns:Sum><tns:Date>${scan.time}:00</tns:Date>` +
    `<tns:Fn>${escapeXml(scan.fn)}</tns:Fn><tns:TypeOperation>${scan.kind}</tns:TypeOperation>` +
    `<tns:FiscalDocumentId>${scan.i}</tns:FiscalDocumentId>` +
    `<tns:FiscalSign>${scan.fp}</tns:FiscalSign></tns:GetTicketInfo></tns:GetTicketRequest>` +
    '</ns:Message></ns:SendMessageRequest>'
  return { path: FNS_TICKET_PATH, action: 'urn:SendMessageRequest', body: soapEnvelope(body) }
}

/** Asks whether the answer to a message is there. */
export function pollRequest(messageId: string): FnsRequest {
  const body =
    `<ns:GetMessageRequest xmlns:ns="${ASYNC}">` +
    `<ns:MessageId>${escapeXml(messageId)}</ns:MessageId></ns:GetMessageRequest>`
  return { path: FNS_TICKET_PATH, action: 'urn:GetMessageRequest', body: soapEnvelope(body) }
}

/**
 * What a fault means for the client. `denied`: our access is not what it should be, the operator
 * must act. `other`: the service's own trouble.
 */
export type FnsFaultCode =
  | 'token_refused'
  | 'message_not_found'
  | 'rate'
  | 'daily_limit'
  | 'denied'
  | 'other'

export type FnsReply =
  | { kind: 'token'; token: string; expiresAt: number }
  | { kind: 'sent'; messageId: string }
  | { kind: 'processing' }
  | { kind: 'result'; code: string; text: string; ticket: string | null }
  | { kind: 'fault'; code: FnsFaultCode; text: string }
  | { kind: 'unreadable' }

/** Faults by the words of the service: it gives most of them no machine-readable code. */
const FAULT_WORDS: readonly (readonly [pattern: RegExp, code: FnsFaultCode])[] = [
  [/для token запрещ/i, 'token_refused'],
  [/MessageId.*не найдено/i, 'message_not_found'],
  [/дневной лимит|лимит запросов метода/i, 'daily_limit'],
  [/Превышено количество запросов/i, 'rate'],
  [/для переданного IP|списке доступа|требуемые заголовки|ЭЦП/i, 'denied'],
]

const FAULT_DETAILS: readonly (readonly [element: string, code: FnsFaultCode])[] = [
  ['AuthenticationFault', 'token_refused'],
  ['MessageNotFoundFault', 'message_not_found'],
  ['RateLimitingFault', 'rate'],
]

function readFault(fault: unknown): FnsReply {
  const text = textAt(fault, 'faultstring') ?? ''
  const detail = elementAt(fault, 'detail')
  const named = FAULT_DETAILS.find(([element]) => elementAt(detail, element) !== undefined)
  const worded = FAULT_WORDS.find(([pattern]) => pattern.test(text))
  return { kind: 'fault', code: named?.[1] ?? worded?.[1] ?? 'other', text }
}

function readResult(result: unknown): FnsReply {
  const code = textAt(result, 'Code')
  if (code === null) return { kind: 'unreadable' }
  const text = textAt(result, 'Message') ?? ''
  return { kind: 'result', code, text, ticket: textAt(result, 'Ticket') }
}

function readAuth(auth: unknown): FnsReply {
  const refusal = textAt(auth, 'Fault', 'Message')
  if (refusal !== null) return { kind: 'fault', code: 'denied', text: refusal }
  const token = textAt(auth, 'Result', 'Token')
  const expiresAt = Date.parse(textAt(auth, 'Result', 'ExpireTime') ?? '')
  if (!token || Number.isNaN(expiresAt)) return { kind: 'unreadable' }
  return { kind: 'token', token, expiresAt }
}

function readMessage(response: unknown): FnsReply {
  const auth = elementAt(response, 'Message', 'AuthResponse')
  if (auth !== undefined) return readAuth(auth)
  const status = textAt(response, 'ProcessingStatus')
  if (status === 'PROCESSING') return { kind: 'processing' }
  const ticket = elementAt(response, 'Message', 'GetTicketResponse')
  const refusal = textAt(ticket, 'Fault', 'Message')
  if (refusal !== null) return { kind: 'fault', code: 'other', text: refusal }
  if (status !== 'COMPLETED') return { kind: 'unreadable' }
  return readResult(elementAt(ticket, 'Result'))
}

/** Reads any answer of the service; never throws. */
export function readReply(text: string): FnsReply {
  const body = parseSoapBody(text)
  if (body === null) return { kind: 'unreadable' }
  const fault = elementAt(body, 'Fault')
  if (fault !== undefined) return readFault(fault)
  const messageId = textAt(body, 'SendMessageResponse', 'MessageId')
  if (messageId) return { kind: 'sent', messageId }
  const response = elementAt(body, 'GetMessageResponse')
  return response === undefined ? { kind: 'unreadable' } : readMessage(response)
}
