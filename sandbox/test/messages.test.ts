import { reset } from 'cloudflare:test'
import { env, exports } from 'cloudflare:workers'
import { beforeEach, describe, expect, test } from 'vitest'
import { createUnisender } from '#worker/notify/mail.fetch'
import type { MessageNotSent } from '#worker/notify/not-sent'
import { createSmsc } from '#worker/notify/sms.fetch'
import { stateOf } from '../src/env.ts'

/** The adapters of the SMS gateway and the mail API against the same protocols over HTTP. */

const send = (request: Request): Promise<Response> => exports.default.fetch(request)
const smsc = { base: 'https://smsc.test', apiKey: 'sandbox-sms-key', answerMsMax: 300, send }
const unisender = {
  base: 'https://go1.unisender.test',
  apiKey: 'sandbox-mail-key',
  fromEmail: 'code@kopilka.test',
  fromName: 'Копилка',
  answerMsMax: 300,
  send,
}
const sendSms = createSmsc(smsc)
const sendMail = createUnisender(unisender)

const sms = { id: 'msg_1', to: '+79161234567', text: '123456 — код для входа в Копилку.' }
const mail = { id: 'msg_2', to: 'anna@example.com', subject: 'Код', text: '654321 — код.' }

type Shown = { channel: string; to: string; subject: string | null; text: string; code: string }

async function outbox(query = ''): Promise<Shown[]> {
  const answer = await send(new Request(`https://sandbox.test/api/outbox${query}`))
  const body: { items: Shown[] } = await answer.json()
  return body.items
}

const turn = (key: string, value: string | number | boolean, remaining: number | null = 1) =>
  stateOf(env).setSwitch(`outbox.${key}`, value, remaining)

const failed = (sending: Promise<void>): Promise<string> =>
  sending.then(
    () => 'sent',
    (error: MessageNotSent) => `${error.name} ${error.gateway} ${error.code}`,
  )

beforeEach(() => reset())

describe('a message that is taken', () => {
  test('SMS: stands in the outbox with its code', async () => {
    await sendSms(sms)
    expect(await outbox()).toMatchObject([
      { channel: 'sms', to: sms.to, subject: null, text: sms.text, code: '123456' },
    ])
  })

  test('mail: stands in the outbox with its subject and code', async () => {
    await sendMail(mail)
    expect(await outbox()).toMatchObject([
      { channel: 'mail', to: mail.to, subject: mail.subject, text: mail.text, code: '654321' },
    ])
  })

  test('a lost answer repeated with the same id does not reach the person twice', async () => {
    await turn('sms', 'lost')
    expect(await failed(sendSms(sms))).toBe('MessageNotSent sms HTTP 502')
    expect(await failed(sendSms(sms))).toBe('sent')
    await turn('mail', 'lost')
    expect(await failed(sendMail(mail))).toBe('MessageNotSent mail HTTP 502')
    expect(await failed(sendMail(mail))).toBe('sent')
    expect(await outbox()).toHaveLength(2)
  })

  test('the same text under another id is another message', async () => {
    await sendSms(sms)
    await sendSms({ ...sms, id: 'msg_3' })
    await sendMail(mail)
    await sendMail({ ...mail, id: 'msg_4' })
    expect(await outbox()).toHaveLength(4)
  })
})

describe('a message that is not taken is an error with a name', () => {
  test.each<[string, string | number | boolean, string]>([
    ['sms', 'down', 'MessageNotSent sms HTTP 503'],
    ['sms_no_money', true, 'MessageNotSent sms error 3'],
    ['sms_slow_ms', 1_000, 'MessageNotSent sms silent'],
  ])('SMS: %s', async (key, value, error) => {
    await turn(key, value)
    expect(await failed(sendSms(sms))).toBe(error)
  })

  test.each<[string, string | number, string]>([
    ['mail', 'down', 'MessageNotSent mail HTTP 503'],
    ['mail_slow_ms', 1_000, 'MessageNotSent mail silent'],
  ])('mail: %s', async (key, value, error) => {
    await turn(key, value)
    expect(await failed(sendMail(mail))).toBe(error)
  })

  test('wrong keys', async () => {
    const sending = createSmsc({ ...smsc, apiKey: 'wrong' })(sms)
    expect(await failed(sending)).toBe('MessageNotSent sms error 2')
    const mailing = createUnisender({ ...unisender, apiKey: 'wrong' })(mail)
    expect(await failed(mailing)).toBe('MessageNotSent mail HTTP 401 error 114')
  })

  test('a number and an address that are none', async () => {
    const sending = sendSms({ ...sms, to: '+7' })
    expect(await failed(sending)).toBe('MessageNotSent sms error 7')
    const mailing = sendMail({ ...mail, to: 'nobody' })
    expect(await failed(mailing)).toBe('MessageNotSent mail HTTP 400 error 210')
  })

  test.each(['', '[]', '<html>', '{"id":1}', '{"status":"success"}'])(
    'nonsense: %s',
    async (body) => {
      const nonsense = () => Promise.resolve(new Response(body))
      expect(await failed(createSmsc({ ...smsc, send: nonsense })(sms))).toContain('MessageNotSent')
      const mailing = createUnisender({ ...unisender, send: nonsense })(mail)
      expect(await failed(mailing)).toContain('MessageNotSent')
    },
  )

  test('too many at once is not mistaken for a repeat', async () => {
    const body = { error: 'too many concurrent requests', error_code: 9 }
    const busy = () => Promise.resolve(Response.json(body))
    const sending = createSmsc({ ...smsc, send: busy })(sms)
    expect(await failed(sending)).toBe('MessageNotSent sms error 9')
  })

  test('an address that the mail service failed', async () => {
    const body = { status: 'success', job_id: 'j', failed_emails: { [mail.to]: 'unsubscribed' } }
    const partly = () => Promise.resolve(Response.json(body))
    const mailing = createUnisender({ ...unisender, send: partly })(mail)
    expect(await failed(mailing)).toBe('MessageNotSent mail unsubscribed')
  })

  test('the secret code never stands in the error', async () => {
    await turn('sms', 'down')
    expect(await failed(sendSms(sms))).not.toContain('123456')
  })
})

describe('the outbox', () => {
  test('newest first, found by phone as people type it, by mail, by channel', async () => {
    await sendSms(sms)
    await sendSms({ ...sms, id: 'msg_5', to: '+79990000000' })
    await sendMail(mail)
    expect((await outbox()).map(({ to }) => to)).toEqual([mail.to, '+79990000000', sms.to])
    expect(await outbox(`?to=${encodeURIComponent('8 (916) 123-45-67')}`)).toHaveLength(1)
    expect(await outbox(`?to=${encodeURIComponent('+79161234567')}`)).toHaveLength(1)
    expect(await outbox('?to=ANNA@')).toHaveLength(1)
    expect(await outbox('?channel=sms')).toHaveLength(2)
    expect(await outbox('?to=nobody')).toHaveLength(0)
  })

  test('keeps the last five hundred', async () => {
    for (let n = 0; n < 510; n += 1) await sendSms({ ...sms, id: `msg_${n}`, text: `text ${n}` })
    const kept = await outbox('?limit=500')
    expect(kept).toHaveLength(500)
    expect(kept.at(-1)?.text).toBe('text 10')
  })

  test('a message cannot bring its own markup into the page', async () => {
    await sendSms({ ...sms, text: '<script>alert(1)</script>' })
    const html = await (await send(new Request('https://sandbox.test/outbox'))).text()
    expect(html).toContain('&lt;script&gt;alert(1)')
    expect(html).not.toContain('<script>alert')
  })
})
