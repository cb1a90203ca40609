import { LegalPage } from '../../src/shop/legal/legal-page.tsx'
import { TERMS } from '../../src/shop/legal/terms.ts'

export default function TermsPage() {
  return <LegalPage texts={TERMS} />
}
