/** Secrets of local runs and tests: worth nothing, and the same everywhere on purpose. */
export const LOCAL_SECRETS = {
  AUTH_SECRET: 'local-auth-secret-of-no-worth-0123456789',
  RECEIPT_KEY: 'local-receipt-key-of-no-worth-0123456789',
  SEAL_KEY: 'bG9jYWwtc2VhbC1rZXktb2Ytbm8td29ydGgtMDEyMzQ=',
  FNS_MASTER_TOKEN: 'sandbox-master-token',
  PROVERKACHEKA_TOKEN: 'sandbox-proverkacheka-token',
  OFD_TOKEN_SECRET: 'sandbox-ofd-token-secret',
  YOOKASSA_SECRET: 'sandbox-payout-secret',
  WISE_TOKEN: 'sandbox-wise-token',
  SMS_API_KEY: 'sandbox-sms-key',
  MAIL_API_KEY: 'sandbox-mail-key',
} as const

/** Base URLs of a network whose whole outside world is one sandbox. */
export function outsideVars(sandbox: string): Record<string, string> {
  const countries = ['sk', 'me', 'al', 'kg', 'kz', 'rs', 'ba', 'fj', 'ws']
  return {
    FNS_BASE_URL: sandbox,
    PROVERKACHEKA_BASE_URL: sandbox,
    OFD_BASE_URL: sandbox,
    LOOKUP_BASE_URLS: JSON.stringify(Object.fromEntries(countries.map((one) => [one, sandbox]))),
    YOOKASSA_BASE_URL: sandbox,
    WISE_BASE_URL: sandbox,
    SMS_BASE_URL: sandbox,
    MAIL_BASE_URL: sandbox,
  }
}
