import type { FiscalCountry } from '../code.ts'

/**
 * Which key a code says it was signed with. AT: the certificate's serial number in lower-case hex
 * without zeros in front. DE: SHA-256 of the key in hex, the device's serial number. IN: `kid`.
 * CL: the number of the tax service's own key (IDK), which signs authorisations.
 */
export type KeyId = {
  readonly country: FiscalCountry
  readonly id: string
  /** AT: who issued the certificate, because serial numbers are only unique within one issuer. */
  readonly provider: string | null
}

/** The public part of a JWK (RFC 7517), as far as it is used. */
export type Jwk = {
  readonly kty: string
  readonly crv?: string
  readonly x?: string
  readonly y?: string
  readonly n?: string
  readonly e?: string
}

/** A key that somebody vouches for. Times are instants that end in `Z`. */
export type RegisteredKey = {
  /** PEM: a certificate or a public key. */
  readonly key: Jwk | string
  readonly validFrom: string | null
  readonly validUntil: string | null
  /** Once revoked, nothing that it signed is believed: its holder can choose any date. */
  readonly revokedAt: string | null
  readonly registeredBy: string
}

/** The register of tills and certificates, wherever it is kept. */
export type KeyRing = {
  readonly find: (id: KeyId) => Promise<RegisteredKey | null>
}
