/**
 * Check digits of tax and till numbers. A number whose check digits hold, printed beside its name,
 * was read right: one wrong digit in a hundred thousand survives two of them.
 */

const digitsOf = (text: string) => [...text].map(Number)

function weighted(digits: readonly number[], weights: readonly number[]): number {
  return weights.reduce((sum, weight, index) => sum + weight * (digits[index] ?? 0), 0)
}

/** Russian ИНН: 10 digits of a company, 12 of a person (order of the tax service ММВ-7-6/435@). */
export function isInn(text: string): boolean {
  const digits = digitsOf(text)
  if (/^0+$/.test(text)) return false
  if (/^\d{10}$/.test(text)) {
    return (weighted(digits, [2, 4, 10, 3, 5, 9, 4, 6, 8]) % 11) % 10 === digits[9]
  }
  if (!/^\d{12}$/.test(text)) return false
  const eleventh = (weighted(digits, [7, 2, 4, 10, 3, 5, 9, 4, 6, 8]) % 11) % 10
  const twelfth = (weighted(digits, [3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8]) % 11) % 10
  return eleventh === digits[10] && twelfth === digits[11]
}

/** Belarusian УНП, nine digits. */
export function isUnp(text: string): boolean {
  if (!/^\d{9}$/.test(text)) return false
  const digits = digitsOf(text)
  return weighted(digits, [29, 23, 19, 17, 13, 7, 5, 3]) % 11 === digits[8]
}

/** Kazakh БИН and ИИН, twelve digits with a second round when the first gives ten. */
export function isBin(text: string): boolean {
  if (!/^\d{12}$/.test(text)) return false
  const digits = digitsOf(text)
  const first = weighted(digits, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]) % 11
  const check = first < 10 ? first : weighted(digits, [3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2]) % 11
  return check < 10 && check === digits[11]
}

/** Portuguese NIF, nine digits. */
export function isPortugueseNif(text: string): boolean {
  if (!/^[1-35689]\d{8}$/.test(text)) return false
  const digits = digitsOf(text)
  const rest = weighted(digits, [9, 8, 7, 6, 5, 4, 3, 2]) % 11
  return (rest < 2 ? 0 : 11 - rest) === digits[8]
}

/** Spanish NIF of a company (CIF): letter, seven digits, a digit or a letter. */
export function isSpanishCif(text: string): boolean {
  const parts = /^([ABCDEFGHJNPQRSUVW])(\d{7})([\dA-J])$/.exec(text)
  if (parts === null) return false
  const digits = digitsOf(parts[2] ?? '')
  const sum = digits.reduce((total, digit, index) => {
    const doubled = digit * 2
    return total + (index % 2 === 0 ? Math.floor(doubled / 10) + (doubled % 10) : digit)
  }, 0)
  const check = (10 - (sum % 10)) % 10
  return parts[3] === String(check) || parts[3] === 'JABCDEFGHI'[check]
}

/**
 * Modulo 11,10 of ISO 7064: Serbian ПИБ and the German USt-IdNr of 9 digits, the Croatian OIB
 * of 11.
 */
export function isMod11of10(text: string): boolean {
  if (!/^(?:\d{9}|\d{11})$/.test(text)) return false
  let product = 10
  for (const digit of digitsOf(text.slice(0, -1))) {
    const sum = (digit + product) % 10
    product = ((sum === 0 ? 10 : sum) * 2) % 11
  }
  return (11 - product) % 10 === Number(text.at(-1))
}

/** Slovenian davčna številka, eight digits, the first no zero. */
export function isSlovenian(text: string): boolean {
  if (!/^[1-9]\d{7}$/.test(text)) return false
  const digits = digitsOf(text)
  const check = 11 - (weighted(digits, [8, 7, 6, 5, 4, 3, 2]) % 11)
  return check !== 11 && check % 10 === digits[7]
}

/** CRC-16/CCITT-FALSE of ASCII text. */
function crc16(text: string): number {
  let crc = 0xffff
  for (let at = 0; at < text.length; at += 1) {
    crc ^= text.charCodeAt(at) << 8
    for (let bit = 0; bit < 8; bit += 1) {
      crc = crc & 0x8000 ? ((crc << 1) ^ 0x1021) & 0xffff : (crc << 1) & 0xffff
    }
  }
  return crc
}

/**
 * Russian РН ККТ: ten digits and six of a CRC over them, the ИНН to 12 and the till's serial
 * number (ЗН ККТ) to 20 places. Holds only when all three numbers were read right.
 */
export function isTillNumber(registration: string, inn: string, serial: string): boolean {
  if (!/^\d{16}$/.test(registration) || !/^\d{10,12}$/.test(inn) || !/^\d{1,20}$/.test(serial)) {
    return false
  }
  const covered = registration.slice(0, 10) + inn.padStart(12, '0') + serial.padStart(20, '0')
  return crc16(covered) === Number(registration.slice(10))
}
