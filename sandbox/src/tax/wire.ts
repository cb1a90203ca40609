/**
 * What the simulated tax service says: its namespaces, answers and the exact words of its faults
 * (published documentation of the open API for tills).
 */

const SERVIN = 'urn://x-artefacts-gnivc-ru/inplat/servin'
export const SOAP = 'http://schemas.xmlsoap.org/soap/envelope/'
export const SYNC = `${SERVIN}/OpenApiMessageConsumerService/types/1.0`
export const ASYNC = `${SERVIN}/OpenApiAsyncMessageConsumerService/types/1.0`
export const AUTH = 'urn://x-artefacts-gnivc-ru/ais3/kkt/AuthService/types/1.0'
export const TICKET = 'urn://x-artefacts-gnivc-ru/ais3/kkt/KktTicketService/types/1.0'

export const AUTH_PATH = '/open-api/AuthService/0.1'
export const TICKET_PATH = '/open-api/ais3/KktService/0.1'

/** An HTTP reply of the service. */
export type TaxReply = { status: number; contentType: string; body: string; retryAfter?: string }

function escapeText(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}

function envelope(body: string): string {
  return `<soap:Envelope xmlns:soap="${SOAP}"><soap:Body>${body}</soap:Body></soap:Envelope>`
}

function answer(body: string): TaxReply {
  return { status: 200, contentType: 'text/xml;charset=UTF-8', body: envelope(body) }
}

/** `2026-11-21T22:42:13.202+03:00`: the service writes instants in Moscow time. */
function moscowTime(epochMs: number): string {
  return new Date(epochMs + 3 * 3_600_000).toISOString().replace('Z', '+03:00')
}

export function tokenReply(token: string, expiresAt: number): TaxReply {
  return answer(
    `<GetMessageResponse xmlns="${SYNC}"><Message>` +
      `<AuthResponse xmlns:ns2="${AUTH}" xmlns="${AUTH}"><ns2:Result>` +
      `<ns2:Token>${token}</ns2:Token>` +
      `<ns2:ExpireTime>${moscowTime(expiresAt)}</ns2:ExpireTime></ns2:Result></AuthResponse>` +
      '</Message></GetMessageResponse>',
  )
}

export function tokenRefusal(words: string): TaxReply {
  return answer(
    `<GetMessageResponse xmlns="${SYNC}"><Message><tns:AuthResponse xmlns:tns="${AUTH}">` +
      `<tns:Fault><tns:Message>${escapeText(words)}</tns:Message></tns:Fault></tns:AuthResponse>` +
      '</Message></GetMessageResponse>',
  )
}

export function sentReply(messageId: string): TaxReply {
  return answer(
    `<SendMessageResponse xmlns="${ASYNC}"><MessageId>${messageId}</MessageId>` +
      '</SendMessageResponse>',
  )
}

export function processingReply(): TaxReply {
  return answer(
    `<GetMessageResponse xmlns="${ASYNC}"><ProcessingStatus>PROCESSING</ProcessingStatus>` +
      '</GetMessageResponse>',
  )
}

export type TicketMethod = 'GetTicket' | 'CheckTicket'

/** Published texts of the result codes; later codes as they have been reported. */
export const RESULT_WORDS: Readonly<Record<string, string>> = {
  '200': 'Отправленные данные корректны',
  '400': 'Формат отправленных данных некорректен',
  '404': 'Чек не найден',
  '406': 'Данные не прошли проверку',
  '452': 'Некорректный формат данных для hsm',
  '453': 'Некорректный чек',
  '454': 'Отрицательный ответ hsm',
  '455': 'Чек отсутствует в системе поиска чеков',
  '503': 'Сервис недоступен',
  '528': 'В hsm отсутствует необходимый ключ',
  '531': 'Ошибочные данные',
}

/** The completed answer: a result code, and with 200 of GetTicket the document's JSON. */
export function resultReply(method: TicketMethod, code: string, ticket: string | null): TaxReply {
  const inside =
    ticket === null
      ? `<ns2:Message>${RESULT_WORDS[code] ?? ''}</ns2:Message>`
      : `<ns2:Ticket>${escapeText(ticket)}</ns2:Ticket>`
  return answer(
    `<GetMessageResponse xmlns="${ASYNC}"><ProcessingStatus>COMPLETED</ProcessingStatus><Message>` +
      `<${method}Response xmlns:ns2="${TICKET}" xmlns="${TICKET}"><ns2:Result>` +
      `<ns2:Code>${code}</ns2:Code>${inside}</ns2:Result></${method}Response>` +
      '</Message></GetMessageResponse>',
  )
}

export const FAULT_NAMES = [
  'timeout',
  'internal',
  'bad_xml',
  'ip_denied',
  'token_denied',
  'method_denied',
  'headers_missing',
  'daily_limit',
  'method_limit',
  'rate',
  'message_not_found',
  'signature',
] as const
export type FaultName = (typeof FAULT_NAMES)[number]

const FAULT_WORDS: Readonly<Record<FaultName, string>> = {
  timeout: 'Произошел timeout ожидания ответа',
  internal:
    'Произошла внутренняя ошибка 00c5b2ae-45b2-475d-9b49-9c9a88e53b97. При повторении ошибки ' +
    'обратитесь в службу технической поддержки.',
  bad_xml:
    'Unmarshalling Error: cvc-complex-type.2.4.a: Invalid content was found starting with ' +
    "element '?'.",
  ip_denied: 'Доступ к сервису для переданного IP, запрещен',
  token_denied: 'Доступ к сервису для token запрещен',
  method_denied: 'Метод GetTicketRequest отсутствует в списке доступа для переданного токена',
  headers_missing: 'Не удалось обнаружить требуемые заголовки в переданном запросе',
  daily_limit: 'Превышен общий дневной лимит запросов, приложением TestAppId-1',
  method_limit: 'Превышен лимит запросов метода GetTicketRequest',
  rate:
    'Превышено количество запросов метода GetMessage по уникальному MessageID. ' +
    'Повторите запрос позже.',
  message_not_found: 'По переданному MessageId: ? сообщение не найдено',
  signature: 'Значение ЭЦП не прошло проверку.',
}

const FAULT_DETAILS: Readonly<Partial<Record<FaultName, string>>> = {
  token_denied: `<AuthenticationFault xmlns="${ASYNC}"/>`,
  message_not_found: `<MessageNotFoundFault xmlns="${ASYNC}"/>`,
  rate: `<RateLimitingFault xmlns="${ASYNC}"><errorCode>429</errorCode></RateLimitingFault>`,
}

/** A SOAP fault as HTTP 500; `subject` stands where the words name an element or a message. */
export function faultReply(name: FaultName, subject = ''): TaxReply {
  const detail = FAULT_DETAILS[name]
  const code = name === 'bad_xml' ? 'soap:Client' : 'soap:Server'
  const body = envelope(
    `<soap:Fault><faultcode>${code}</faultcode>` +
      `<faultstring>${escapeText(FAULT_WORDS[name].replace('?', subject))}</faultstring>` +
      `${detail === undefined ? '' : `<detail>${detail}</detail>`}</soap:Fault>`,
  )
  return { status: 500, contentType: 'text/xml;charset=UTF-8', body }
}
