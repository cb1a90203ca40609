import { beforeEach, describe, expect, test } from 'vitest'
import type { Me, Staff } from '#schema/member'
import { PARTNER_ROLES } from '#schema/partner'
import { founderStatement, grantOperator } from '../src/members/staff.d1.ts'
import {
  authenticatorCode,
  type Caller,
  callerOf,
  good,
  signInByMailOnly,
  signInNewcomer,
  signInOperator,
  signInPartner,
  signInShopper,
  stranger,
} from './actors.ts'
import { createMembersWorld, type MembersWorld } from './members-world.ts'

const PARTNER = 'prt_dairy00001'
const OTHER = 'prt_bakery0001'
const MINUTE_MS = 60_000

let world: MembersWorld
beforeEach(async () => {
  world = await createMembersWorld()
  for (const id of [PARTNER, OTHER]) {
    await world.db
      .prepare(
        `INSERT INTO partners (id, name, legal_name, tax_number, kind, contact_name,
           contact_phone, website, words, state, fee_bps, created_at)
         VALUES (?1, ?1, ?1, '7707083893', 'brand', '', '', '', '', 'applied', 0, ?2)`,
      )
      .bind(id, new Date().toISOString())
      .run()
  }
})

const staffOf = (partnerId: string) => `/v1/partners/${partnerId}/staff`
const codeOf = async (response: Response) => (await response.json<{ code: string }>()).code
const meOf = async (caller: Caller) => good<Me>(await caller.call('GET', '/v1/me'))
const enrol = async (caller: Caller) =>
  good<{ uri: string; secret: string; backupCodes: string[] }>(
    await caller.call('POST', '/v1/auth/second-factor/enrol'),
  )
const prove = (caller: Caller, code: string) =>
  caller.call('POST', '/v1/auth/second-factor/verify', { code })
const backup = (caller: Caller, code: string) =>
  caller.call('POST', '/v1/auth/second-factor/backup', { code })
const rotated = (answer: Response) =>
  callerOf(world, answer.headers.get('set-auth-token') ?? 'no new token')

async function employ(userId: string): Promise<void> {
  await founderStatement(world.db, PARTNER, userId, new Date().toISOString()).run()
}

describe('staff without the second factor', () => {
  test('reach themselves and the enrolment, and nothing of the partner', async () => {
    const owner = await signInByMailOnly(world, 'owner@dairy.test')
    await employ(owner.userId)
    expect(await meOf(owner)).toMatchObject({
      kind: 'partner',
      partners: [{ partnerId: PARTNER, role: 'owner' }],
      secondFactor: { required: true, enrolled: false, verifiedAt: null },
    })
    const refused = await owner.call('GET', staffOf(PARTNER))
    expect(refused.status).toBe(403)
    expect(await codeOf(refused)).toBe('second_factor_required')
  })

  test('get in once the authenticator code is proven, in the session that follows', async () => {
    const owner = await signInByMailOnly(world, 'owner@dairy.test')
    await employ(owner.userId)
    const { uri, secret, backupCodes } = await enrol(owner)
    expect(secret).toMatch(/^[A-Z2-7]+$/)
    expect(backupCodes).toHaveLength(10)
    const proven = await prove(owner, authenticatorCode(uri))
    expect(proven.status).toBe(200)
    expect((await rotated(proven).call('GET', staffOf(PARTNER))).status).toBe(200)
    expect((await meOf(owner)).kind).toBe('anonymous')
  })

  test('keep the secret and backup codes out of the database in clear', async () => {
    const owner = await signInByMailOnly(world, 'owner@dairy.test')
    const { secret, backupCodes } = await enrol(owner)
    const row = JSON.stringify(await world.db.prepare('SELECT * FROM two_factors').first())
    expect(row).not.toContain(secret)
    expect(row).not.toContain(backupCodes[0])
  })

  test('cannot pass with the backup codes of an enrolment that was never finished', async () => {
    const owner = await signInByMailOnly(world, 'owner@dairy.test')
    const { backupCodes } = await enrol(owner)
    expect(await codeOf(await backup(owner, backupCodes[0] ?? ''))).toBe(
      'second_factor_not_enrolled',
    )
  })
})

describe('the second factor', () => {
  /** Somebody enrolled, in a second session that has not proven the factor. */
  async function secondSession() {
    const first = await signInByMailOnly(world, 'owner@dairy.test')
    const enrolment = await enrol(first)
    const proven = await prove(first, authenticatorCode(enrolment.uri))
    await good(proven.clone())
    world.clock.ms += MINUTE_MS
    const second = await signInByMailOnly(world, 'owner@dairy.test')
    return { first: rotated(proven), second, ...enrolment }
  }

  test('is asked again in every new session', async () => {
    const { second } = await secondSession()
    expect((await meOf(second)).secondFactor).toMatchObject({ enrolled: true, verifiedAt: null })
  })

  test('does not accept an authenticator code that was accepted before', async () => {
    const { second, uri } = await secondSession()
    const replayed = await prove(second, authenticatorCode(uri))
    expect(replayed.status).toBe(400)
    expect(await codeOf(replayed)).toBe('second_factor_invalid')
  })

  test('accepts a backup code once, even when two requests race', async () => {
    const { second, backupCodes } = await secondSession()
    const code = backupCodes[3] ?? ''
    const answers = await Promise.all([backup(second, code), backup(second, code)])
    expect(answers.map((answer) => answer.status).sort()).toEqual([200, 400])
    expect((await meOf(second)).secondFactor.verifiedAt).not.toBeNull()
    expect((await backup(second, code)).status).toBe(400)
  })

  test('stands ten wrong guesses an hour, exactly, when twenty come at once', async () => {
    const { second } = await secondSession()
    const answers = await Promise.all(Array.from({ length: 20 }, () => prove(second, '000000')))
    expect(answers.filter((answer) => answer.status === 400)).toHaveLength(10)
    expect(answers.filter((answer) => answer.status === 429)).toHaveLength(10)
  })

  test('cannot be enrolled anew by whoever holds the mailbox only', async () => {
    const { second } = await secondSession()
    const again = await second.call('POST', '/v1/auth/second-factor/enrol')
    expect(await codeOf(again)).toBe('second_factor_enrolled')
    const reset = await second.call('POST', '/v1/auth/second-factor/reset')
    expect(await codeOf(reset)).toBe('second_factor_required')
  })

  test('can be replaced after a backup code, and closes every session until then', async () => {
    const { first, second, backupCodes } = await secondSession()
    await good(await backup(second, backupCodes[0] ?? ''))
    expect((await second.call('POST', '/v1/auth/second-factor/reset')).status).toBe(204)
    expect((await meOf(first)).secondFactor).toMatchObject({ enrolled: false, verifiedAt: null })
    const { uri } = await enrol(second)
    expect((await prove(second, authenticatorCode(uri))).status).toBe(200)
  })

  test('lasts twelve hours', async () => {
    const owner = await signInPartner(world, PARTNER, 'owner')
    world.clock.ms += 12 * 60 * MINUTE_MS - MINUTE_MS
    expect((await owner.call('GET', staffOf(PARTNER))).status).toBe(200)
    world.clock.ms += 2 * MINUTE_MS
    expect((await owner.call('GET', staffOf(PARTNER))).status).toBe(403)
  })
})

describe('roles', () => {
  test('every role sees the staff, only owners change it', async () => {
    for (const role of PARTNER_ROLES) {
      const caller = await signInPartner(world, PARTNER, role)
      expect((await caller.call('GET', staffOf(PARTNER))).status).toBe(200)
      const invited = await caller.call('POST', staffOf(PARTNER), {
        email: `friend-of-${role}@dairy.test`,
        role: 'viewer',
      })
      expect(invited.status).toBe(role === 'owner' ? 201 : 403)
      if (role !== 'owner') expect(await codeOf(invited)).toBe('role_not_allowed')
    }
  })

  test('a foreign partner, a missing one and a malformed id answer the same bytes', async () => {
    await signInPartner(world, PARTNER, 'owner')
    const foreign = await signInPartner(world, OTHER, 'owner')
    const answers = await Promise.all(
      [PARTNER, 'prt_missing0001', 'nonsense'].map((id) => foreign.call('GET', staffOf(id))),
    )
    expect(answers.map((answer) => answer.status)).toEqual([404, 404, 404])
    const bodies = await Promise.all(answers.map((answer) => answer.text()))
    expect(new Set(bodies).size).toBe(1)
  })

  test('strangers and shoppers are asked to sign in as staff', async () => {
    const shopper = await signInShopper(world, '+79161234567')
    for (const caller of [stranger(world), shopper]) {
      const answer = await caller.call('GET', staffOf(PARTNER))
      expect(answer.status).toBe(401)
      expect(await codeOf(answer)).toBe('sign_in_required')
    }
  })

  test('the operator reads a staff list in the roles that may, and changes none', async () => {
    await signInPartner(world, PARTNER, 'owner')
    const support = await signInOperator(world, 'support')
    const finance = await signInOperator(world, 'finance')
    expect((await support.call('GET', staffOf(PARTNER))).status).toBe(200)
    expect((await finance.call('GET', staffOf(PARTNER))).status).toBe(403)
    const invitation = { email: 'mole@operator.test', role: 'owner' }
    expect((await support.call('POST', staffOf(PARTNER), invitation)).status).toBe(401)
  })

  test('somebody who serves two partners chooses by header, and the URL decides', async () => {
    const owner = await signInPartner(world, PARTNER, 'owner')
    await founderStatement(world.db, OTHER, owner.userId, new Date().toISOString()).run()
    expect((await meOf(owner)).kind).toBe('newcomer')
    const chosen = await owner.call('GET', '/v1/me', undefined, { 'x-partner-id': OTHER })
    expect(await chosen.json()).toMatchObject({ kind: 'partner' })
    for (const id of [PARTNER, OTHER]) {
      expect((await owner.call('GET', staffOf(id))).status).toBe(200)
    }
  })

  test('an address that the operator granted a role to signs in with it', async () => {
    const at = new Date().toISOString()
    const email = 'chief@operator.test'
    await grantOperator(world.db, { email, role: 'support', newUserId: 'usr_chief00001', at })
    await grantOperator(world.db, { email, role: 'admin', newUserId: 'usr_unused0001', at })
    const chief = await signInNewcomer(world, email)
    expect(await meOf(chief)).toMatchObject({ kind: 'operator', operatorRole: 'admin' })
  })
})

describe('the staff of a partner', () => {
  let owner: Caller
  beforeEach(async () => {
    owner = await signInPartner(world, PARTNER, 'owner')
  })
  const invite = (email: string, role: string) =>
    owner.call('POST', staffOf(PARTNER), { email, role })
  const list = async () =>
    (await good<{ items: Staff[] }>(await owner.call('GET', staffOf(PARTNER)))).items

  test('an invited person gets a mail and joins at the first sign-in', async () => {
    const invited = await good<Staff>(await invite('Mark@Dairy.test', 'marketer'))
    expect(invited).toMatchObject({ email: 'mark@dairy.test', state: 'invited', joinedAt: null })
    const mail = world.outbox.messages.findLast((message) => message.to === 'mark@dairy.test')
    expect(mail?.text).toContain('Молочный двор')
    const marketer = await signInNewcomer(world, 'mark@dairy.test')
    expect((await meOf(marketer)).partners).toEqual([{ partnerId: PARTNER, role: 'marketer' }])
    const joined = (await list()).find((staff) => staff.userId === marketer.userId)
    expect(joined?.state).toBe('active')
  })

  test('nobody is invited twice', async () => {
    await good(await invite('mark@dairy.test', 'marketer'))
    const again = await invite('mark@dairy.test', 'viewer')
    expect(again.status).toBe(409)
    expect(await codeOf(again)).toBe('already_staff')
  })

  test('an invitation whose mail could not leave is as if never made', async () => {
    world.outbox.mailDown = true
    const lost = await invite('mark@dairy.test', 'marketer')
    expect(lost.status).toBe(503)
    expect(await list()).toHaveLength(1)
    world.outbox.mailDown = false
    expect((await invite('mark@dairy.test', 'marketer')).status).toBe(201)
  })

  test('a changed role and a removal are felt at the next request', async () => {
    const marketer = await signInPartner(world, PARTNER, 'marketer')
    const path = `${staffOf(PARTNER)}/${marketer.userId}`
    await good(await owner.call('PATCH', path, { role: 'owner' }))
    expect((await marketer.call('GET', staffOf(PARTNER))).status).toBe(200)
    expect((await owner.call('DELETE', path)).status).toBe(204)
    expect((await marketer.call('GET', staffOf(PARTNER))).status).toBe(404)
    expect((await owner.call('DELETE', path)).status).toBe(404)
  })

  test('every change names who made it in the log, and a refused one does not', async () => {
    const mark = await good<Staff>(await invite('mark@dairy.test', 'marketer'))
    const path = `${staffOf(PARTNER)}/${mark.userId}`
    await good(await owner.call('PATCH', path, { role: 'viewer' }))
    expect((await owner.call('DELETE', path)).status).toBe(204)
    expect((await owner.call('DELETE', path)).status).toBe(404)
    await invite('owner@prt-dairy00001.test', 'viewer')
    expect((await owner.call('POST', '/v1/auth/second-factor/reset')).status).toBe(204)
    const { results } = await world.db
      .prepare('SELECT action, subject, detail, partner_id FROM staff_actions WHERE actor_id = ?')
      .bind(owner.userId)
      .all<Record<string, unknown>>()
    expect(results.map(Object.values)).toEqual([
      ['staff.invite', 'mark@dairy.test', 'marketer', PARTNER],
      ['staff.role', mark.userId, 'viewer', PARTNER],
      ['staff.remove', mark.userId, '', PARTNER],
      ['second_factor.reset', owner.userId, '', null],
    ])
  })

  test('the last owner can neither leave nor step down, also when two leave at once', async () => {
    const own = `${staffOf(PARTNER)}/${owner.userId}`
    expect(await codeOf(await owner.call('DELETE', own))).toBe('last_owner')
    expect(await codeOf(await owner.call('PATCH', own, { role: 'viewer' }))).toBe('last_owner')
    const second = await signInPartner(world, PARTNER, 'owner', 'second@dairy.test')
    const answers = await Promise.all([
      owner.call('DELETE', own),
      second.call('DELETE', `${staffOf(PARTNER)}/${second.userId}`),
    ])
    expect(answers.map((answer) => answer.status).sort()).toEqual([204, 409])
  })

  test('an owner who was only invited does not let the last real one go', async () => {
    await good(await invite('heir@dairy.test', 'owner'))
    const answer = await owner.call('DELETE', `${staffOf(PARTNER)}/${owner.userId}`)
    expect(await codeOf(answer)).toBe('last_owner')
  })
})
