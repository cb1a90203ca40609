/** A Kyrgyz sale, as its link asks for it; `../kg.ts` names the rule. */
export type KgReceipt = {
  /** The till's registration, its fiscal module, the document within it, and the sign. */
  readonly till: string
  readonly module: string
  readonly number: string
  readonly sign: string
  readonly taxNumber: string
  /** Wall clock with seconds. */
  readonly time: string
  readonly totalMinor: number
}

const PAGE = 'https://tax.salyk.kg/tax-web-control/client/api/v1/ticket'
/** Of a receipt, and of a sale. */
const [TYPE, OPERATION] = ['3', '1']

export function printKg(receipt: KgReceipt): string {
  const { till, module, number, sign, taxNumber, time, totalMinor } = receipt
  const date = time.replace(/[-:]/g, '')
  const sale = `type=${TYPE}&operation_type=${OPERATION}`
  const numbers = `fn_number=${module}&regNumber=${till}&tin=${taxNumber}`
  return `${PAGE}?date=${date}&sum=${totalMinor}&${numbers}&${sale}&fd_number=${number}&fm=${sign}`
}
