/** Secrets of local runs and tests: worth nothing, and the same everywhere on purpose. */
export const LOCAL_SECRETS = {
  AUTH_SECRET: 'local-auth-secret-of-no-worth-0123456789',
  RECEIPT_KEY: 'local-receipt-key-of-no-worth-0123456789',
  SEAL_KEY: 'bG9jYWwtc2VhbC1rZXktb2Ytbm8td29ydGgtMDEyMzQ=',
  FNS_MASTER_TOKEN: 'sandbox-master-token',
  YOOKASSA_SECRET: 'sandbox-payout-secret',
  SMS_API_KEY: 'sandbox-sms-key',
  MAIL_API_KEY: 'sandbox-mail-key',
} as const
