type SourceContext = { source?: string }

/**
 * `JSON.parse` that keeps whole numbers a JS number cannot hold: they arrive as the string of their
 * digits. Fiscal documents carry 64-bit signs and 16-digit drive numbers. Throws as `JSON.parse`.
 */
export function parseExactJson(text: string): unknown {
  return JSON.parse(text, (_key, value: unknown, context?: SourceContext): unknown => {
    if (typeof value !== 'number' || Number.isSafeInteger(value)) return value
    const source = context?.source ?? ''
    return /^-?\d+$/.test(source) ? source : value
  })
}
