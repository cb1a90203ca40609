import { LegalPage } from '../../src/shop/legal/legal-page.tsx'
import { PRIVACY } from '../../src/shop/legal/privacy.ts'

export default function PrivacyPage() {
  return <LegalPage texts={PRIVACY} />
}
