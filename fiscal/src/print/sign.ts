/** Signs a message with a key that only the signer knows; the printers never see it. */
export type Sign = (message: Uint8Array) => Promise<Uint8Array>
