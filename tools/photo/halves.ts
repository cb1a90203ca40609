/**
 * Whether weights and thresholds are chosen by a picture and all that is made of it; by the other
 * half they are only judged. By a hash of its name (FNV-1a, mixed as MurmurHash ends): whatever
 * else is measured, a picture stays in its half.
 */
export const choosesBy = (name: string): boolean => hashOf(name) % 2 === 0

export function hashOf(name: string): number {
  let hash = 0x811c9dc5
  for (const byte of new TextEncoder().encode(name)) hash = Math.imul(hash ^ byte, 0x01000193)
  hash = Math.imul(hash ^ (hash >>> 15), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}

/** What a generated receipt is named by. */
export const generatedName = (seed: number) => `generated-${seed}`
