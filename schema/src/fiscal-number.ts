import { z } from 'zod'

/**
 * Numbers that name a receipt or its till in a country, each by the words that stand before it on
 * paper: what ФН, ФД and ФПД are in Russia. They are of no language of ours.
 */
export const FISCAL_NUMBERS = {
  al_iic: 'NSLF',
  al_fic: 'NIVF',
  at_till: 'Kassen-ID',
  at_receipt: 'Beleg-Nr.',
  br_key: 'Chave de acesso',
  cl_folio: 'Folio',
  de_tse_serial: 'TSE-Seriennummer',
  de_transaction: 'TSE-Transaktion',
  de_signature_counter: 'Signaturzähler',
  hr_zki: 'ZKI',
  hr_jir: 'JIR',
  kg_module: 'ФМ',
  kg_till: 'РН ККМ',
  kg_document: 'ФД',
  kg_sign: 'ФПД',
  kz_sign: 'ФП',
  kz_till: 'РНМ',
  kz_serial: 'ЗНМ',
  kz_operator: 'ОФД',
  me_iic: 'IKOF',
  me_fic: 'JIKR',
  mx_uuid: 'Folio fiscal',
  pt_atcud: 'ATCUD',
  pt_document: 'Fatura n.º',
  rs_number: 'ПФР број рачуна',
  rs_counter: 'Бројач рачуна',
  si_zoi: 'ZOI',
  si_eor: 'EOR',
  sk_uid: 'UID',
  sk_okp: 'OKP',
  ua_till: 'ФН РРО',
  ua_document: 'Чек №',
  uz_terminal: 'FM raqami',
  uz_document: 'Chek raqami',
  uz_sign: 'Fiskal belgi',
} as const
export type FiscalNumberName = keyof typeof FISCAL_NUMBERS
export const FiscalNumberName = z.enum(
  Object.keys(FISCAL_NUMBERS) as [FiscalNumberName, ...FiscalNumberName[]],
)
