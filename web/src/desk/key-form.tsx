'use client'
import { type FormEvent, useState } from 'react'
import { useTranslations } from 'use-intl'
import type { FiscalKeyDraft } from '#schema/fiscal-key'
import type { MarketCode } from '#schema/market'
import { Button } from '../ui/button.tsx'
import { DialogActions } from '../ui/dialog.tsx'
import { Field, Select, TextArea } from '../ui/field.tsx'
import { PROVIDER_NAMES } from './key-facts.tsx'
import layout from './layout.module.css'
import { ProblemNotice } from './problem-notice.tsx'
import { useAction } from './use-action.ts'

const KEY_CHARACTERS_MIN = 40
const KEY_CHARACTERS_MAX = 8_000
const NOTE_CHARACTERS_MIN = 5

type Provider = FiscalKeyDraft['provider']

interface KeyFormProps {
  market: MarketCode
  submit: string
  /** Asks what it was compared with: for keys that count at once. */
  withNote?: boolean
  done: string
  onKey: (draft: FiscalKeyDraft, note: string) => Promise<unknown>
  onClose: () => void
}

/** A public key or certificate, pasted or from a file, and what it does not say itself. */
export function KeyForm({ market, submit, withNote, done, onKey, onClose }: KeyFormProps) {
  const t = useTranslations('desk.tillKey')
  const words = useTranslations('desk.action')
  const cancel = useTranslations('common')('cancel')
  const action = useAction({ quiet: true })
  const [draft, setDraft] = useState<FiscalKeyDraft>({ key: '', keyId: '', provider: '' })
  const [note, setNote] = useState('')
  const [wrong, setWrong] = useState<'key' | 'note' | null>(null)
  const change = (part: Partial<FiscalKeyDraft>) => setDraft((before) => ({ ...before, ...part }))

  async function send(event: FormEvent) {
    event.preventDefault()
    if (draft.key.trim().length < KEY_CHARACTERS_MIN) return setWrong('key')
    if (withNote && note.trim().length < NOTE_CHARACTERS_MIN) return setWrong('note')
    setWrong(null)
    if (await action.run(() => onKey(draft, note.trim()), done)) onClose()
  }

  return (
    <form onSubmit={send} noValidate className={layout.stack}>
      <TextArea
        label={t('key')}
        hint={market === 'de' ? t('keyHintDe') : t('keyHint')}
        error={wrong === 'key' ? t('keyShort') : undefined}
        maxLength={KEY_CHARACTERS_MAX}
        rows={6}
        spellCheck={false}
        value={draft.key}
        onChange={(event) => change({ key: event.target.value })}
      />
      <KeyFile onText={(key) => change({ key })} />
      {market === 'de' ? null : (
        <Field
          label={market === 'at' ? t('serial') : t('name')}
          hint={market === 'at' ? t('serialHint') : t('nameHint')}
          maxLength={120}
          value={draft.keyId}
          onChange={(event) => change({ keyId: event.target.value })}
        />
      )}
      {market === 'at' ? (
        <ProviderSelect provider={draft.provider} onProvider={(provider) => change({ provider })} />
      ) : null}
      {withNote ? (
        <TextArea
          label={t('compared')}
          hint={t('comparedHint')}
          error={wrong === 'note' ? words('reasonShort') : undefined}
          maxLength={300}
          value={note}
          onChange={(event) => setNote(event.target.value)}
        />
      ) : null}
      <ProblemNotice problem={action.problem} />
      <DialogActions>
        <Button look="primary" type="submit" busy={action.busy}>
          {submit}
        </Button>
        <Button onClick={onClose}>{cancel}</Button>
      </DialogActions>
    </form>
  )
}

function ProviderSelect({
  provider,
  onProvider,
}: {
  provider: Provider
  onProvider: (provider: Provider) => void
}) {
  const t = useTranslations('desk.tillKey')
  return (
    <Select
      label={t('provider')}
      value={provider}
      onChange={(event) => onProvider(event.target.value as Provider)}
    >
      <option value="">{t('providerRead')}</option>
      {Object.entries(PROVIDER_NAMES).map(([code, name]) => (
        <option key={code} value={code}>
          {code === 'AT0' ? t('closedSystem') : name}
        </option>
      ))}
    </Select>
  )
}

/** DER files become PEM; texts stay as they are. */
function KeyFile({ onText }: { onText: (text: string) => void }) {
  const t = useTranslations('desk.tillKey')
  return (
    <Field
      label={t('file')}
      type="file"
      accept=".pem,.crt,.cer,.der,.json,.txt"
      onChange={(event) => {
        const file = event.target.files?.[0]
        if (file && file.size <= KEY_CHARACTERS_MAX) void file.arrayBuffer().then(read)
      }}
    />
  )

  function read(buffer: ArrayBuffer) {
    const bytes = new Uint8Array(buffer)
    const DER_SEQUENCE = 0x30
    if (bytes[0] !== DER_SEQUENCE) return onText(new TextDecoder().decode(bytes))
    const base64 = btoa(String.fromCharCode(...bytes)).replace(/(.{64})/g, '$1\n')
    onText(`-----BEGIN CERTIFICATE-----\n${base64}\n-----END CERTIFICATE-----`)
  }
}
