import type { Metadata } from 'next'
import { EditorPage } from '../../../../src/partner/editor/editor-page.tsx'

export const metadata: Metadata = { title: 'Правка акции' }

export default function Page() {
  return <EditorPage />
}
