import { Amount } from '../src/ui/amount.tsx'
import { Button } from '../src/ui/button.tsx'

export default function Home() {
  return (
    <main>
      <Amount minor={128450} size="hero" />
      <Button look="primary">ok</Button>
    </main>
  )
}
