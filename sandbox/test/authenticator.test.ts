import { exports } from 'cloudflare:workers'
import { TOTP, URI } from 'otpauth'
import { expect, test } from 'vitest'

const ORIGIN = 'http://sandbox.test'
const LINK = (label: string, secret: string) =>
  `otpauth://totp/Kopilka:${encodeURIComponent(label)}?secret=${secret}&issuer=Kopilka`

type Shown = { id: number; label: string; code: string; secondsLeft: number }

function send(path: string, init?: RequestInit): Promise<Response> {
  return exports.default.fetch(new Request(`${ORIGIN}${path}`, { redirect: 'manual', ...init }))
}

function addLink(text: string): Promise<Response> {
  return send('/api/authenticator', { method: 'POST', body: JSON.stringify({ text }) })
}

async function accountsOf(label: string): Promise<Shown[]> {
  const answer = await send(`/api/authenticator?account=${encodeURIComponent(label)}`)
  return (await answer.json<{ items: Shown[] }>()).items
}

test('an account added by its link shows the code that its own app would show', async () => {
  const link = LINK('one@example.org', 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ')
  expect((await addLink(link)).status).toBe(201)
  const [shown] = await accountsOf('one@example.org')
  const otp = URI.parse(link)
  if (!(otp instanceof TOTP)) throw new Error('not time-based')
  expect(otp.validate({ token: shown?.code ?? '', window: 1 })).not.toBeNull()
  expect(await (await send('/authenticator')).text()).toContain('one@example.org')
  const others = await send('/authenticator?account=nobody')
  expect(await others.text()).not.toContain('one@example.org')
})

test('a new secret of the same account replaces the old one', async () => {
  await addLink(LINK('two@example.org', 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'))
  const [before] = await accountsOf('two@example.org')
  await addLink(LINK('two@example.org', 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP'))
  const after = await accountsOf('two@example.org')
  expect(after).toHaveLength(1)
  expect(after[0]?.code).not.toBe(before?.code)
})

test('a forgotten account is gone, and nonsense is refused with words', async () => {
  await addLink(LINK('three@example.org', 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'))
  const [account] = await accountsOf('three@example.org')
  const forgotten = await send(`/authenticator/${account?.id}/forget`, { method: 'POST' })
  expect(forgotten.status).toBe(303)
  expect(await accountsOf('three@example.org')).toEqual([])
  expect((await addLink('hello')).status).toBe(400)
  const form = new URLSearchParams({ text: 'hello' })
  const refused = await send('/authenticator', { method: 'POST', body: form })
  expect(refused.status).toBe(400)
  expect(await refused.text()).toContain('role="alert"')
})
