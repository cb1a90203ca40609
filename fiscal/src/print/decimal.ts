/** Minor units with two decimals: −2217 → `-22,17`. */
export function decimal(minor: number, point: ',' | '.'): string {
  const digits = String(Math.abs(minor)).padStart(3, '0')
  return `${minor < 0 ? '-' : ''}${digits.slice(0, -2)}${point}${digits.slice(-2)}`
}
