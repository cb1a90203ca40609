import { CreditCard, Landmark, Smartphone, Wallet as WalletIcon } from 'lucide-react'
import { Controller, type UseFormReturn, useForm } from 'react-hook-form'
import { useTranslations } from 'use-intl'
import { type CurrencyCode, currencySign } from '#schema/currency'
import { bareIban } from '#schema/iban'
import type { PayoutDestination, PayoutRequest, SbpBank } from '#schema/payout'
import type { Wallet } from '#schema/wallet'
import { formatDecimal, parseAmount } from '../../format.ts'
import { useFormat } from '../../i18n/use-format.ts'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { phoneE164 } from '../people/phone-digits.ts'
import { PhoneField } from '../people/phone-field.tsx'
import { BankPicker } from './bank-picker.tsx'
import { cardMask, isCardNumber } from './card-number.ts'
import { IbanFields } from './iban-fields.tsx'
import css from './money.module.css'

/** Bounds of one payout by the wallet's currency (`MARKETS` of the schema). */
const HOME_BOUNDS = { least: 100, most: 25_000_000 }
const BOUNDS: Partial<Record<CurrencyCode, typeof HOME_BOUNDS>> = {
  RUB: HOME_BOUNDS,
  KZT: { least: 10_000, most: 25_000_000 },
}
const BOUNDS_ABROAD = { least: 100, most: 250_000 }

export interface Typed {
  way: PayoutDestination['code']
  phone: string
  bank: SbpBank | null
  card: string
  account: string
  iban: string
  holder: string
  amount: string
}

const HOME_WAYS = [
  ['sbp', 'sbp', Smartphone],
  ['bank_card', 'card', CreditCard],
  ['yoo_money', 'yoomoney', WalletIcon],
] as const
const WAYS_ABROAD = [['iban', 'account', Landmark]] as const

interface WithdrawFormProps {
  wallet: Wallet
  busy: boolean
  onAsk: (content: Omit<PayoutRequest, 'id'>) => Promise<void>
}

/** Where to and how much. */
export function WithdrawForm({ wallet, busy, onAsk }: WithdrawFormProps) {
  const t = useTranslations('shop.withdraw')
  const format = useFormat()
  const { currency } = wallet
  const ways = currency === 'RUB' ? HOME_WAYS : WAYS_ABROAD
  const bounds = BOUNDS[currency] ?? BOUNDS_ABROAD
  const most = Math.min(wallet.availableMinor, bounds.most)
  const form = useForm<Typed>({
    defaultValues: {
      way: ways[0][0],
      phone: '',
      bank: null,
      card: '',
      account: '',
      iban: '',
      holder: '',
      amount: formatDecimal(most, format.locale),
    },
  })
  const { register, handleSubmit, watch, setValue, formState } = form
  const amountMinor = parseAmount(watch('amount'))

  return (
    <form
      className={css.form}
      noValidate
      onSubmit={(event) => void handleSubmit((typed) => onAsk(contentOf(typed)))(event)}
    >
      <fieldset className={css.ways}>
        <legend>{t('where')}</legend>
        {ways.map(([way, word, Icon]) => (
          <label key={way} className={css.way}>
            <input type="radio" value={way} {...register('way')} />
            <Icon size={22} aria-hidden="true" />
            {t(word)}
          </label>
        ))}
      </fieldset>
      <Destination form={form} />
      <Field
        label={t('amount', { sign: currencySign(currency) })}
        inputMode="decimal"
        className={css.amountInput ?? ''}
        hint={t('available', { amount: format.amount(wallet.availableMinor) })}
        error={formState.errors.amount?.message}
        suffix={
          <Button small pill onClick={() => setValue('amount', formatDecimal(most, format.locale))}>
            {t('all')}
          </Button>
        }
        {...register('amount', { validate: amountError })}
      />
      <p className={css.muted}>{t(currency === 'RUB' ? 'noFee' : 'noFeeAbroad')}</p>
      <Button look="primary" wide type="submit" busy={busy}>
        {amountMinor ? t('submit', { amount: format.amount(amountMinor) }) : t('submitPlain')}
      </Button>
    </form>
  )

  function amountError(text: string): true | string {
    const minor = parseAmount(text)
    if (minor === null) return t('amountWrong')
    if (minor < bounds.least) return t('amountSmall', { amount: format.amount(bounds.least) })
    if (minor > bounds.most) return t('amountLarge', { amount: format.amount(bounds.most) })
    if (minor > wallet.availableMinor) {
      return t('amountShort', { amount: format.amount(wallet.availableMinor) })
    }
    return true
  }
}

function contentOf(typed: Typed): Omit<PayoutRequest, 'id'> {
  const amountMinor = (parseAmount(typed.amount) ?? 0) as PayoutRequest['amountMinor']
  return { amountMinor, destination: destinationOf(typed) }
}

function destinationOf(typed: Typed): PayoutDestination {
  if (typed.way === 'bank_card') {
    return { code: 'bank_card', cardNumber: typed.card.replace(/\D/g, '') }
  }
  if (typed.way === 'yoo_money') {
    return { code: 'yoo_money', accountNumber: typed.account.replace(/\D/g, '') }
  }
  if (typed.way === 'iban') {
    return { code: 'iban', iban: bareIban(typed.iban), holder: typed.holder.trim() }
  }
  return { code: 'sbp', phone: phoneE164(typed.phone) ?? '', bankId: typed.bank?.id ?? '' }
}

function Destination({ form }: { form: UseFormReturn<Typed> }) {
  const way = form.watch('way')
  if (way === 'bank_card') return <CardFields form={form} />
  if (way === 'yoo_money') return <YooFields form={form} />
  if (way === 'iban') return <IbanFields form={form} />
  return <SbpFields form={form} />
}

function SbpFields({ form }: { form: UseFormReturn<Typed> }) {
  const t = useTranslations('shop.withdraw')
  return (
    <>
      <Controller
        control={form.control}
        name="phone"
        shouldUnregister
        rules={{ validate: (digits) => phoneE164(digits) !== null || t('sbpPhoneWrong') }}
        render={({ field, fieldState }) => (
          <PhoneField
            label={t('sbpPhone')}
            digits={field.value ?? ''}
            onDigits={field.onChange}
            error={fieldState.error?.message}
          />
        )}
      />
      <Controller
        control={form.control}
        name="bank"
        shouldUnregister
        rules={{ validate: (bank) => bank !== null || t('bankChoose') }}
        render={({ field, fieldState }) => (
          <BankPicker
            bank={field.value ?? null}
            onPick={field.onChange}
            error={fieldState.error?.message ?? null}
          />
        )}
      />
    </>
  )
}

function CardFields({ form }: { form: UseFormReturn<Typed> }) {
  const t = useTranslations('shop.withdraw')
  return (
    <Controller
      control={form.control}
      name="card"
      shouldUnregister
      rules={{ validate: (text) => isCardNumber(text) || t('cardWrong') }}
      render={({ field, fieldState }) => (
        <Field
          label={t('cardNumber')}
          inputMode="numeric"
          autoComplete="cc-number"
          placeholder="2200 0000 0000 0000"
          className="number"
          value={field.value ?? ''}
          onChange={(event) => field.onChange(cardMask(event.target.value))}
          error={fieldState.error?.message}
        />
      )}
    />
  )
}

function YooFields({ form }: { form: UseFormReturn<Typed> }) {
  const t = useTranslations('shop.withdraw')
  return (
    <Field
      label={t('yooNumber')}
      inputMode="numeric"
      className="number"
      error={form.formState.errors.account?.message}
      {...form.register('account', {
        shouldUnregister: true,
        validate: (text) => /^\d{11,33}$/.test(text.replace(/\s/g, '')) || t('yooWrong'),
      })}
    />
  )
}
