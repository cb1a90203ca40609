import { z } from '@hono/zod-openapi'
import { idOf } from '#schema/id'
import { Staff, StaffChange, StaffInvite, StaffList } from '#schema/member'
import { PARTNER_ROLES } from '#schema/partner'
import { answer, jsonBody, NO_CONTENT } from '../http/contract.ts'
import { createRouter, defineRoute } from '../http/route.ts'
import { doerOf } from '../partners/staff-actions.d1.ts'
import type { MemberPorts } from './ports.ts'
import { changeStaffRole, inviteStaff, listStaff, removeStaff } from './staff.d1.ts'

const tags = ['Partner staff']
const ofPartner = z.object({ partnerId: idOf('partner') })
const ofMember = z.object({ partnerId: idOf('partner'), userId: idOf('user') })

const list = defineRoute({
  method: 'get',
  path: '/v1/partners/{partnerId}/staff',
  access: [{ partner: PARTNER_ROLES }, { operator: ['admin', 'support'] }],
  tags,
  summary: "A partner's staff",
  request: { params: ofPartner },
  responses: answer(200, StaffList),
})

const invite = defineRoute({
  method: 'post',
  path: '/v1/partners/{partnerId}/staff',
  access: { partner: ['owner'] },
  tags,
  summary: 'Invite somebody by e-mail',
  request: { params: ofPartner, ...jsonBody(StaffInvite) },
  responses: answer(201, Staff),
})

const change = defineRoute({
  method: 'patch',
  path: '/v1/partners/{partnerId}/staff/{userId}',
  access: { partner: ['owner'] },
  tags,
  summary: 'Change a role',
  request: { params: ofMember, ...jsonBody(StaffChange) },
  responses: answer(200, Staff),
})

const remove = defineRoute({
  method: 'delete',
  path: '/v1/partners/{partnerId}/staff/{userId}',
  access: { partner: ['owner'] },
  tags,
  summary: 'Take somebody off the staff',
  request: { params: ofMember },
  responses: NO_CONTENT,
})

/** `/v1/partners/{partnerId}/staff…` */
export function staffRoutes(ports: MemberPorts) {
  return createRouter()
    .openapi(list, async (c) => {
      const { partnerId } = c.req.valid('param')
      return c.json({ items: await listStaff(ports.db, partnerId) }, 200)
    })
    .openapi(invite, async (c) => {
      const { partnerId } = c.req.valid('param')
      const { email, role } = c.req.valid('json')
      const invitation = { partnerId, email, role, doer: doerOf(c), nowMs: c.var.nowMs }
      return c.json(await inviteStaff(ports, invitation), 201)
    })
    .openapi(change, async (c) => {
      const { partnerId, userId } = c.req.valid('param')
      const { role } = c.req.valid('json')
      return c.json(await changeStaffRole(ports.db, partnerId, userId, role, doerOf(c)), 200)
    })
    .openapi(remove, async (c) => {
      const { partnerId, userId } = c.req.valid('param')
      await removeStaff(ports.db, partnerId, userId, doerOf(c))
      return c.body(null, 204)
    })
}
