import { CreditCard, Landmark, Smartphone, Wallet as WalletIcon } from 'lucide-react'
import { Controller, type UseFormReturn, useForm } from 'react-hook-form'
import { useTranslations } from 'use-intl'
import { bareIban } from '#schema/iban'
import type { MarketView } from '#schema/market'
import type { PayoutDestination, PayoutRequest, SbpBank } from '#schema/payout'
import type { Wallet } from '#schema/wallet'
import { useFormat } from '../../i18n/use-format.ts'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { phoneE164 } from '../people/phone-digits.ts'
import { PhoneField } from '../people/phone-field.tsx'
import { BankPicker } from './bank-picker.tsx'
import { cardMask, isCardNumber } from './card-number.ts'
import { IbanFields } from './iban-fields.tsx'
import css from './money.module.css'

export interface Typed {
  way: PayoutDestination['code']
  phone: string
  bank: SbpBank | null
  card: string
  account: string
  iban: string
  holder: string
  personalNumber: string
  amount: string
}

const WAYS = [
  ['sbp', 'sbp', Smartphone],
  ['bank_card', 'card', CreditCard],
  ['yoo_money', 'yoomoney', WalletIcon],
  ['iban', 'account', Landmark],
] as const

interface WithdrawFormProps {
  wallet: Wallet
  /** Whose ways and bounds hold. */
  market: MarketView
  busy: boolean
  onAsk: (content: Omit<PayoutRequest, 'id'>) => Promise<void>
}

/** Where to and how much. */
export function WithdrawForm({ wallet, market, busy, onAsk }: WithdrawFormProps) {
  const t = useTranslations('shop.withdraw')
  const format = useFormat()
  const ways = WAYS.filter(([way]) => market.payoutMethods.includes(way))
  const most = Math.min(wallet.availableMinor, market.payoutMinorMax)
  const form = useForm<Typed>({
    defaultValues: {
      way: ways[0]?.[0] ?? 'iban',
      phone: '',
      bank: null,
      card: '',
      account: '',
      iban: '',
      holder: '',
      personalNumber: '',
      amount: format.decimal(most),
    },
  })
  const { register, handleSubmit, watch, setValue, formState } = form
  const amountMinor = format.typed(watch('amount'))

  return (
    <form
      className={css.form}
      noValidate
      onSubmit={(event) =>
        void handleSubmit((typed) => onAsk(contentOf(typed, format.typed(typed.amount) ?? 0)))(
          event,
        )
      }
    >
      <Ways form={form} ways={ways} />
      <Destination form={form} market={market} />
      <Field
        label={t('amount', { sign: format.sign })}
        inputMode="decimal"
        className={css.amountInput ?? ''}
        hint={t('available', { amount: format.amount(wallet.availableMinor) })}
        error={formState.errors.amount?.message}
        suffix={
          <Button small pill onClick={() => setValue('amount', format.decimal(most))}>
            {t('all')}
          </Button>
        }
        {...register('amount', { validate: amountError })}
      />
      <p className={css.muted}>{t(watch('way') === 'iban' ? 'noFeeAbroad' : 'noFee')}</p>
      <Button look="primary" wide type="submit" busy={busy}>
        {amountMinor ? t('submit', { amount: format.amount(amountMinor) }) : t('submitPlain')}
      </Button>
    </form>
  )

  function amountError(text: string): true | string {
    const minor = format.typed(text)
    if (minor === null) return t('amountWrong')
    const { payoutMinorMin: least, payoutMinorMax: largest } = market
    if (minor < least) return t('amountSmall', { amount: format.amount(least) })
    if (minor > largest) return t('amountLarge', { amount: format.amount(largest) })
    if (minor > wallet.availableMinor) {
      return t('amountShort', { amount: format.amount(wallet.availableMinor) })
    }
    return true
  }
}

type WayShown = (typeof WAYS)[number]

function Ways({ form, ways }: { form: UseFormReturn<Typed>; ways: readonly WayShown[] }) {
  const t = useTranslations('shop.withdraw')
  return (
    <fieldset className={css.ways}>
      <legend>{t('where')}</legend>
      {ways.map(([way, word, Icon]) => (
        <label key={way} className={css.way}>
          <input type="radio" value={way} {...form.register('way')} />
          <Icon size={22} aria-hidden="true" />
          {t(word)}
        </label>
      ))}
    </fieldset>
  )
}

function contentOf(typed: Typed, minor: number): Omit<PayoutRequest, 'id'> {
  const amountMinor = minor as PayoutRequest['amountMinor']
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
    const account = { iban: bareIban(typed.iban), holder: typed.holder.trim() }
    const personalNumber = typed.personalNumber?.replace(/\s/g, '')
    return { code: 'iban', ...account, ...(personalNumber ? { personalNumber } : {}) }
  }
  return { code: 'sbp', phone: phoneE164(typed.phone) ?? '', bankId: typed.bank?.id ?? '' }
}

function Destination({ form, market }: { form: UseFormReturn<Typed>; market: MarketView }) {
  const way = form.watch('way')
  if (way === 'bank_card') return <CardFields form={form} />
  if (way === 'yoo_money') return <YooFields form={form} />
  if (way === 'iban') return <IbanFields form={form} market={market} />
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
