/** True when the number's last digit is its check digit (Luhn; ISO/IEC 7812-1, annex B). */
export function cardNumberChecks(cardNumber: string): boolean {
  if (!/^\d{16,19}$/.test(cardNumber)) return false
  let sum = 0
  for (let fromRight = 0; fromRight < cardNumber.length; fromRight += 1) {
    const digit = cardNumber.charCodeAt(cardNumber.length - 1 - fromRight) - 0x30
    const doubled = fromRight % 2 === 1 ? digit * 2 : digit
    sum += doubled > 9 ? doubled - 9 : doubled
  }
  return sum % 10 === 0 && /[1-9]/.test(cardNumber)
}
