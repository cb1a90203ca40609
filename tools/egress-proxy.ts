import { createServer } from 'node:http'
import { egressHandler } from './egress/handler.ts'

/**
 * A fixed address for services that allow listed ones only (docs/decisions/0015). Run it behind TLS
 * on a machine whose address the service knows:
 * `EGRESS_TOKEN=… EGRESS_ALLOW=https://openapi.nalog.ru:8090 EGRESS_PORT=8790 node tools/egress-proxy.ts`
 */
const { EGRESS_TOKEN = '', EGRESS_ALLOW = '', EGRESS_PORT = '8790' } = process.env
const allowed = EGRESS_ALLOW.split(',').flatMap((origin) => origin.trim() || [])
if (EGRESS_TOKEN.length < 32 || allowed.length === 0) {
  throw new Error('EGRESS_TOKEN of 32 characters and EGRESS_ALLOW with origins are needed')
}
createServer(egressHandler({ token: EGRESS_TOKEN, allowed })).listen(Number(EGRESS_PORT))
