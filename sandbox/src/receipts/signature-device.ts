import type { Sign } from '#fiscal/print/sign'

/**
 * The signature devices of the invented Austrian tills, by the serial number of their certificate.
 * The keys stand here because nothing hangs on them: they sign papers of the sandbox alone. The
 * first is meant to be registered with the network, the second is not.
 */
const DEVICES: Readonly<Record<string, JsonWebKey>> = {
  '5a17c0de': {
    kty: 'EC',
    crv: 'P-256',
    x: 'sz0gefKB1sZq9gqVvs3hEemE_xIq887e2vB_LETwsGY',
    y: 'HbS8KR67OCxjhF6wrCpNwxb57O8BKo9cQ43ej4yIy2A',
    d: 'yr2xks-6zlMMO3XCjgIpltGpFkitr-aogmLZRYfHeEo',
  },
  '7f3e91b2': {
    kty: 'EC',
    crv: 'P-256',
    x: 'JZ8r_KpADLONryH584666SXhBwR9R3GbRMpgcnDEpJY',
    y: '-ZXkLm6RM0HuLvmjAAgtPaPV-j_Ef2pkPMlZPzySwfw',
    d: 'qkbL0OUeh3R3BiA-fpySaehYM7hkMQqtoF45w2PL6p0',
  },
}

const ES256 = { name: 'ECDSA', namedCurve: 'P-256' }

/** What a partner hands in to have a till's key registered; null for no device of ours. */
export function publicKeyOf(serial: string): JsonWebKey | null {
  const device = DEVICES[serial]
  if (device === undefined) return null
  const { d: _, ...key } = device
  return key
}

/** ES256 as the device does it; throws for a serial number that is none of ours. */
export function deviceOf(serial: string): Sign {
  const device = DEVICES[serial]
  if (device === undefined) throw new Error(`no signature device ${serial}`)
  return async (message) => {
    const key = await crypto.subtle.importKey('jwk', device, ES256, false, ['sign'])
    const algorithm = { name: 'ECDSA', hash: 'SHA-256' }
    return new Uint8Array(await crypto.subtle.sign(algorithm, key, new Uint8Array(message)))
  }
}
