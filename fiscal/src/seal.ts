/**
 * What a code carries to be verified by `signature/`, already cut out and decoded, nothing checked.
 * Texts are as signed, bytes are as printed.
 */
export type Seal = AtSeal | DeSeal | InSeal | ClSeal | SaSeal

export type AtSeal = {
  readonly kind: 'at'
  /** `AT1` A-Trust, `AT2` GLOBALTRUST, `AT3` PrimeSign, `AT0` a closed system. */
  readonly provider: string
  /** The certificate's serial number in lower-case hex; in a closed system its key's name. */
  readonly serial: string
  readonly signedText: string
  readonly signature: Uint8Array
}

export type DeTimeFormat = 'unixTime' | 'utcTime' | 'generalizedTime'
export type DeHash = 'SHA-256' | 'SHA-384' | 'SHA-512'

export type DeSeal = {
  readonly kind: 'de'
  readonly clientId: string
  readonly processData: string
  readonly processType: string
  readonly transaction: number
  readonly counter: number
  /** The end of the transaction, `2026-05-21T21:41:30Z`. */
  readonly loggedAt: string
  readonly timeFormat: DeTimeFormat
  readonly hash: DeHash
  readonly signature: Uint8Array
  /** An uncompressed point. */
  readonly publicKey: Uint8Array
  /** SHA-256 of the key in hex: the device's serial number as receipts print it. */
  readonly device: string
}

export type InSeal = {
  readonly kind: 'in'
  readonly kid: string
  readonly signedText: string
  readonly signature: Uint8Array
}

export type RsaKey = { readonly modulus: Uint8Array; readonly exponent: Uint8Array }

export type ClSeal = {
  readonly kind: 'cl'
  /** `<DD>…</DD>` in ISO-8859-1. */
  readonly stamped: Uint8Array
  readonly signature: Uint8Array
  /** The issuer's key from its authorisation to number documents (CAF). */
  readonly key: RsaKey
  /** `<DA>…</DA>`, which the tax service signed with the key that `authority` names. */
  readonly authorised: Uint8Array
  readonly authorisation: Uint8Array
  readonly authority: string
}

export type SaSeal = {
  readonly kind: 'sa'
  /** SHA-256 of the invoice's XML: all that the signature covers. */
  readonly documentHash: Uint8Array
  /** DER. */
  readonly signature: Uint8Array
  /** SubjectPublicKeyInfo, DER. */
  readonly publicKey: Uint8Array
}
