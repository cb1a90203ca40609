import { NotFound } from '../src/ui/not-found.tsx'

export default function NotFoundPage() {
  return <NotFound />
}
