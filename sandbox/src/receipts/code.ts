import { printAt } from '#fiscal/print/at'
import { printRuQr } from '#fiscal/ru'
import { chainById } from '../catalogue.ts'
import { foreignCodes } from '../lookups/numbers.ts'
import type { IssuedReceipt } from './receipt.ts'
import { deviceOf } from './signature-device.ts'

type Paper = Omit<IssuedReceipt, 'code'>

/** The text of the code that the till prints, by the rule of its country. */
export async function codeFor(paper: Paper): Promise<string> {
  switch (chainById(paper.chainId)?.market) {
    case 'at':
      return austrianCode(paper)
    case 'kz':
      return foreignCodes(paper).kz ?? ''
    default:
      return printRuQr(paper.scan)
  }
}

const LINK_BYTES = 8

function austrianCode({ scan, lines, tillRegistration }: Paper): Promise<string> {
  const [, serial = '', till = ''] = tillRegistration.split(':')
  const sign = scan.kind === 2 ? -1 : 1
  const reduced = lines.reduce((sum, line) => sum + (line.vatPercent === 10 ? line.sumMinor : 0), 0)
  const receipt = {
    provider: 'AT1',
    till,
    receipt: String(scan.i),
    time: `${scan.time}:00`,
    totalsMinor: [sign * (scan.totalMinor - reduced), sign * reduced, 0, 0, 0] as const,
    turnover: bytesOf(scan.fp),
    serial,
    chain: bytesOf(scan.fp ^ scan.i),
  }
  return printAt(receipt, deviceOf(serial))
}

function bytesOf(number: number): Uint8Array {
  const bytes = new Uint8Array(LINK_BYTES)
  new DataView(bytes.buffer).setUint32(LINK_BYTES - 4, number >>> 0)
  return bytes
}
