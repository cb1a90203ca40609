import { decimal } from './decimal.ts'

/** The access key of a Brazilian receipt, with the total; `../br.ts` names the rule. */
export type BrReceipt = { readonly key: string; readonly totalMinor: number }

/** The link of the first version, which says the total; the state is told by the key. */
export const printBr = ({ key, totalMinor }: BrReceipt): string =>
  `https://www.nfe.fazenda.gov.br/portal?chNFe=${key}&tpAmb=1&vNF=${decimal(totalMinor, '.')}`
