import { CloudOff, ScanText } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { useFormat } from '../../i18n/use-format.ts'
import { ApiProblem } from '../../problem.ts'
import { Button, ButtonLink } from '../../ui/button.tsx'
import { Chip } from '../../ui/chip.tsx'
import { useProblemWords } from '../../ui/problem-words.ts'
import { dropPhoto, type KeptPhoto } from '../scan/kept-photos.ts'
import css from './receipts.module.css'

/** Photos that wait on this device, those to be compared, and those refused for good. */
export function KeptPhotosList({ photos }: { photos: readonly KeptPhoto[] }) {
  return (
    <ul className={css.list}>
      {photos.map((photo) => (
        <Kept key={photo.id} photo={photo} />
      ))}
    </ul>
  )
}

function Kept({ photo }: { photo: KeptPhoto }) {
  const t = useTranslations('shop.receipts')
  const remove = useTranslations('common')('remove')
  const words = useProblemWords()
  const format = useFormat()
  const { shots, takenAt, refusedCode, needsFields, photoId } = photo
  return (
    <li className={css.item}>
      <strong>{t('photo')}</strong>
      {refusedCode !== null ? null : needsFields ? (
        <Chip tone="coming" icon={<ScanText aria-hidden="true" />}>
          {t('photoRead')}
        </Chip>
      ) : (
        <Chip tone="coming" icon={<CloudOff aria-hidden="true" />}>
          {t('waiting')}
        </Chip>
      )}
      <span className={css.meta}>
        {t('photoShots', { count: shots.length, date: format.instant(takenAt) })}
      </span>
      {refusedCode === null ? null : (
        <p className={css.say}>{words(new ApiProblem({ code: refusedCode, status: 0 }))}</p>
      )}
      <span className={css.acts}>
        <Button small onClick={() => void dropPhoto(photo)}>
          {remove}
        </Button>
        {needsFields ? (
          <ButtonLink small look="primary" href={`/scan?photo=${photoId}`}>
            {t('photoCheck')}
          </ButtonLink>
        ) : null}
      </span>
    </li>
  )
}
